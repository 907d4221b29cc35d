using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>A synthetic plan of the stated size: each line builds its share in sequence, one after another over two
/// shifts a day; each kit takes one lot of each of its parts, just in kit: of the part's lots one whose P90 arrival lies
/// up to <c>leadDays</c> before the planned start.</summary>
internal sealed class KernelPlan
{
    internal const int Day = 86_400, Pegs = 10, Work = 290;
    private readonly int _lotCount, _partCount = 40;
    private ulong _state = 1;

    internal KernelPlan(int buildCount, int lotCount, int lineCount, int samples, int leadDays = 12, double gaps = 0, int overtaking = 16 * 3_600)
    {
        _lotCount = lotCount;
        int perLine = (buildCount + lineCount - 1) / lineCount, perDay = (int)(16 * 3_600 / Work * (1 - gaps));
        Days = perLine / perDay + 1;
        Lines = [.. Enumerable.Range(0, lineCount).Select(line => new PlannedLine(Shifts(Days + 400, line % 2), overtaking))];
        Arrivals = new(samples, lotCount);
        int[] row = new int[samples];
        for (int lot = 0; lot < lotCount; lot++)
        {
            Draw(lot, 0, row);
            Arrivals.Append(row);
        }
        Builds = new(buildCount, buildCount * Pegs);
        Span<int> lots = stackalloc int[Pegs];
        for (int line = 0; line < lineCount; line++) // as the planner lays them out: by line and start
            for (int i = 0; i < perLine && Builds.Count < buildCount; i++)
            {
                double day = i / (double)perDay;
                for (int peg = 0; peg < Pegs; peg++) lots[peg] = LotFor((line * 7 + peg * 4 + Below(4)) % _partCount, day - leadDays * Uniform());
                LineCalendar calendar = Lines[line].Calendar;
                int planned = calendar.StartToCalendar((int)(day * 16 * 3_600));
                Builds.Add(new(line, planned, Work + Below(20) - 10, Math.Max(0, planned - 3 * Day), Below(10) == 0, Day, -1, planned + 3 * Day), lots);
            }
    }

    internal int Days { get; }
    internal PlannedLine[] Lines { get; }
    internal Futures Arrivals { get; }
    internal PlannedBuilds Builds { get; }

    /// <summary>Arrivals of a lot: lots of a part follow one another evenly over the plan; P90 on its
    /// day, an exponential tail of 0.5 to 3.5 days beyond, all slipped by some days.</summary>
    internal void Draw(int lot, int slipDays, Span<int> row)
    {
        double day = LotDay(lot) + slipDays, spread = 0.5 + 3 * Hash(lot, -1);
        for (int s = 0; s < row.Length; s++)
        {
            double u = Hash(lot, s), late = u < 0.9 ? -spread * (0.9 - u) * 3 : -spread * Math.Log((1 - u) * 10 + 1e-9);
            row[s] = Math.Clamp((int)((day + late) * Day), 0, Futures.Never);
        }
    }

    /// <summary>The day by which a lot comes with 90 %.</summary>
    internal double LotDay(int lot) => (lot / _partCount - 1) * (Days + 1.0) / (_lotCount / _partCount);

    private int LotFor(int part, double day)
    {
        int index = (int)Math.Floor(day / (Days + 1.0) * (_lotCount / _partCount)) + 1;
        return Math.Clamp(index, 0, _lotCount / _partCount - 1) * _partCount + part;
    }

    private static LineCalendar Shifts(int days, int shift) => new(
        [.. Enumerable.Range(0, days).Select(d => d * Day + shift * 7_200 + 4 * 3_600)],
        [.. Enumerable.Range(0, days).Select(d => d * Day + shift * 7_200 + 20 * 3_600)]);

    internal int Below(int bound) => (int)(Mix(_state += 0x9E3779B97F4A7C15) % (ulong)bound);

    private double Uniform() => (Mix(_state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

    private static double Hash(int lot, int sample) => (Mix(((ulong)lot << 20) + (ulong)(sample + 1)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
