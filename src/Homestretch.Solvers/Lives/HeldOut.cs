using Homestretch.Learning;
using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>What a model that had not seen a unit said of each of its readings.</summary>
/// <param name="Truth">Life left, held to the cap, as a share of it; <paramref name="Left"/> is as it was.</param>
/// <param name="Tail">The row's comparisons with the past and its age, reading after reading, as <see cref="LifeOpinions.Doubt"/> wants them.</param>
internal sealed record HeldOut(string Unit, int Fold, LifeOpinions[] Opinions, double[] Truth, double[] Left, float[] Tail)
{
    private const int TailWidth = 1 + 2 * WearCurves.Told;

    public int Count => Truth.Length;

    public static HeldOut Of(UnitHistory unit, int fold, LifeParts parts, double cap)
    {
        var (rows, at) = (new List<float>(), new List<int>());
        parts.Basis.Rows(unit, -1, static _ => true, rows, at);
        float[] flat = [.. rows];
        int width = parts.Basis.Width;
        var opinions = new LifeOpinions[at.Count];
        float[] tail = new float[at.Count * TailWidth];
        for (int i = 0; i < at.Count; i++)
        {
            ReadOnlySpan<float> row = flat.AsSpan(i * width, width);
            opinions[i] = LifeOpinions.Of(parts.Trees, parts.Networks.AsSpan(), row);
            tail[i * TailWidth] = row[0];
            row[^(TailWidth - 1)..].CopyTo(tail.AsSpan(i * TailWidth + 1));
        }
        double[] left = [.. at.Select(unit.Left)];
        return new(unit.Unit, fold, opinions, [.. left.Select(l => Math.Min(1, l / cap))], left, tail);
    }

    public double Expected(int reading, double share) => Opinions[reading].Blend(share);

    /// <summary>What the spread of one reading is told from.</summary>
    public void Doubt(int reading, double share, Span<float> doubts) => Opinions[reading].Doubt(Expected(reading, share), Tail.AsSpan(reading * TailWidth, TailWidth), doubts);

    /// <summary>Judges the unit at random cuts, from its early life's end on.</summary>
    public void Judge(double share, Forest spread, LifeErrors errors, double cap, LifeFitOptions options, List<LifeOutcome> outcomes)
    {
        ulong key = StableHash.Of("cut", Unit);
        int from = Math.Min(HealthTrack.Early, Count - 1);
        float[] doubts = new float[LifeOpinions.Doubts];
        for (int cut = 0; cut < options.Cuts; cut++)
        {
            int r = from + (int)(new Draws(options.Seed).Bits(key, cut) % (ulong)(Count - from));
            Doubt(r, share, doubts);
            outcomes.Add(new(Unit, LifeModel.Said(Expected(r, share), Math.Max(LifeModel.LeastSpread, spread.Predict(doubts)), errors, cap), Left[r]));
        }
    }
}
