using System.Collections.Immutable;
using Homestretch.Learning;
using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>How a model of remaining life is fitted.</summary>
/// <param name="Cap">Life beyond which nothing is told apart; null: three fifths of the median life.</param>
/// <param name="Folds">Parts of the fleet, each held out once; 3 at least, since intervals of one part are made from errors in the others.</param>
/// <param name="Cuts">Random cuts of each held-out unit that are scored.</param>
/// <param name="Networks">How many networks are averaged.</param>
/// <param name="Trees">How many trees.</param>
public sealed record LifeFitOptions(double? Cap = null, int Folds = 5, int Cuts = 20, int Networks = 6, int Trees = 300, ulong Seed = 1);

/// <summary>A fitted model and how it did on units held out of training.</summary>
/// <param name="HeldOut">Each unit judged at random cuts by a model, and by intervals, that had not seen it.</param>
public sealed record LifeFitted(LifeModel Model, LifeScore HeldOut, int Units, int Readings);

/// <summary>Fits a <see cref="LifeModel"/>: every unit is held out once, its errors there choose the blend and make the intervals, and the model
/// itself is fitted to all. The same fleet, options and seed give the same bits.</summary>
public static class LifeFit
{
    /// <summary>Fewer units than this cannot be held out from each other.</summary>
    public const int FewestUnits = 10;

    private const int MostRows = 10_000;

    /// <summary>What keeps a fleet from being fitted; empty when nothing does.</summary>
    public static IReadOnlyList<Finding> Check(FailureHistory fleet, Place place)
    {
        var findings = new List<Finding>();
        if (fleet.Units.Length < FewestUnits) findings.Add(new(place, "life-units", $"There are {fleet.Units.Length} units that ran to failure.", $"Give at least {FewestUnits}."));
        foreach (UnitHistory unit in fleet.Units.Where(static u => u.Count < 2 * HealthTrack.Early).Take(20))
            findings.Add(new(place, "life-short", $"Unit {unit.Unit} has {unit.Count} readings.", $"Leave out units with fewer than {2 * HealthTrack.Early}, or give a reading more often."));
        return findings;
    }

    /// <param name="stop">Looked at between models and rounds.</param>
    /// <param name="said">Told what is being done, for people who wait.</param>
    public static LifeFitted Fit(FailureHistory fleet, LifeFitOptions options, Action<string>? said = null, CancellationToken stop = default)
    {
        if (Check(fleet, new("fleet")) is [var first, ..]) throw new ArgumentException($"{first}\nMaybe the fleet was not checked first.", nameof(fleet));
        if (options.Folds < 3 || options.Folds > fleet.Units.Length) throw new ArgumentOutOfRangeException(nameof(options), options.Folds, "Folds are 3 at least and no more than units.");
        double cap = options.Cap ?? CapOf(fleet);
        int[] fold = Folded(fleet, options);
        var held = new List<HeldOut>();
        for (int f = 0; f < options.Folds; f++)
        {
            said?.Invoke($"part {f + 1} of {options.Folds} held out");
            int part = f;
            LifeParts parts = Parts(fleet with { Units = [.. fleet.Units.Where((_, u) => fold[u] != part)] }, cap, options, stop);
            for (int u = 0; u < fleet.Units.Length; u++)
            {
                if (fold[u] == f) held.Add(HeldOut.Of(fleet.Units[u], f, parts, cap));
            }
        }
        double share = LifeIntervals.NetworkShare(held);
        var outcomes = new List<LifeOutcome>();
        for (int f = 0; f < options.Folds; f++)
        {
            var (spread, errors) = LifeIntervals.Fit([.. held.Where(h => h.Fold != f)], share, stop);
            foreach (HeldOut unit in held.Where(h => h.Fold == f)) unit.Judge(share, spread, errors, cap, options, outcomes);
        }
        said?.Invoke("the model of all units");
        LifeParts all = Parts(fleet, cap, options, stop);
        var (spreadOfAll, errorsOfAll) = LifeIntervals.Fit(held, share, stop);
        LifeBasis basis = all.Basis;
        var model = new LifeModel(fleet.Names, basis.Conditions, basis.Directions, basis.Levels, basis.Drifts, cap, cap / CapCycles, all.Trees, all.Networks, share, spreadOfAll, errorsOfAll);
        return new(model, LifeScore.Of(outcomes), fleet.Units.Length, fleet.Units.Sum(static u => u.Count));
    }

    /// <summary>Cycles of the cap where a cycle is one step of age: places of curves reach a quarter beyond it.</summary>
    internal const double CapCycles = 125;

    private static double CapOf(FailureHistory fleet)
    {
        double[] lives = [.. fleet.Units.Select(static u => u.Cycles[^1]).Order()];
        return Math.Max(1e-6, 0.6 * lives[lives.Length / 2]);
    }

    private static int[] Folded(FailureHistory fleet, LifeFitOptions options)
    {
        var draws = new Draws(options.Seed);
        int[] order = [.. Enumerable.Range(0, fleet.Units.Length).OrderBy(u => draws.Bits(StableHash.Of("fold", fleet.Units[u].Unit), 0)).ThenBy(static u => u)], fold = new int[order.Length];
        for (int i = 0; i < order.Length; i++) fold[order[i]] = i % options.Folds;
        return fold;
    }

    private static LifeParts Parts(FailureHistory fleet, double cap, LifeFitOptions options, CancellationToken stop)
    {
        LifeBasis basis = LifeBasis.Fit(fleet, cap / CapCycles);
        BoostingRows rows = Rows(fleet, basis, cap);
        int least = Math.Clamp(rows.Count / 50, 2, 40);
        string text = Boosting.Train(rows, new(BoostingGoal.Mean, Trees: options.Trees, Rate: 0.04, Leaves: 24, LeastRows: least, RowShare: 0.5, FeatureShare: 0.5, L2: 5, Seed: (int)(options.Seed & 0xFFFF)), stop);
        var (trees, findings) = LightGbmText.Read(text, new("trees"));
        if (trees is null) throw new InvalidOperationException($"{findings[0]}\nMaybe the library is of another version.");
        var networks = new Network[options.Networks];
        for (int i = 0; i < networks.Length; i++) networks[i] = NetworkFit.Train(rows, new(Seed: StableHash.Join(options.Seed, (ulong)i)), stop);
        return new(basis, trees, [.. networks]);
    }

    /// <summary>Readings to learn from: thinned evenly to about <see cref="MostRows"/>, and of those far beyond the cap every second.</summary>
    private static BoostingRows Rows(FailureHistory fleet, LifeBasis basis, double cap)
    {
        int every = Math.Max(1, fleet.Units.Sum(static u => u.Count) / MostRows);
        var (rows, labels, at) = (new List<float>(), new List<float>(), new List<int>());
        for (int u = 0; u < fleet.Units.Length; u++)
        {
            UnitHistory unit = fleet.Units[u];
            int offset = u;
            at.Clear();
            basis.Rows(unit, basis.CurveOfUnit[u], r => (r + offset) % (unit.Left(r) > 1.2 * cap ? 2 * every : every) == 0, rows, at);
            foreach (int r in at) labels.Add((float)(Math.Min(cap, unit.Left(r)) / cap));
        }
        return new(basis.Features(fleet.Names), [.. rows], [.. labels]);
    }
}

/// <summary>What one fit to a part of the fleet gives, before intervals.</summary>
internal sealed record LifeParts(LifeBasis Basis, Forest Trees, ImmutableArray<Network> Networks);
