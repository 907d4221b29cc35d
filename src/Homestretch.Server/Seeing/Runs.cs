using System.Runtime.CompilerServices;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Production runs by lot and by machine; made once for each table of them.</summary>
internal sealed class Runs
{
    private static readonly ConditionalWeakTable<Table<ProductionRun>, Runs> s_known = [];
    private readonly Dictionary<Key<Lot>, ProductionRun> _byLot = [];
    private readonly ILookup<Key<Machine>, ProductionRun> _byMachine;

    private Runs(Table<ProductionRun> runs)
    {
        foreach (ProductionRun run in runs) _byLot.TryAdd(run.Lot, run);
        _byMachine = runs.Where(static r => r.Status <= OrderStatus.Confirmed).OrderByDescending(static r => r.Status).ThenBy(static r => r.Start).ThenBy(static r => r.Id, StringComparer.Ordinal).ToLookup(static r => r.Machine);
    }

    public static Runs Of(Snapshot world) => s_known.GetValue(world.ProductionRuns, static runs => new(runs));

    /// <summary>The run that makes or made a lot; null when no machine is known to.</summary>
    public ProductionRun? Making(Key<Lot> lot) => _byLot.GetValueOrDefault(lot);

    /// <summary>What a machine still has to make: what it works on, then by planned start.</summary>
    public IEnumerable<ProductionRun> Queue(Key<Machine> machine) => _byMachine[machine].Where(static r => r.Status >= OrderStatus.Approved);

    /// <summary>What a machine works on, or would next; null when nothing is known.</summary>
    public ProductionRun? On(Key<Machine> machine) => _byMachine[machine].FirstOrDefault();
}
