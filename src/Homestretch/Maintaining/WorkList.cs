using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>Machines by what waiting costs: which maintenance wins most promises, and when. The same world, epoch and policies give the same list, bit for bit.</summary>
/// <param name="PromisesKept">Promises expected to be kept as things stand.</param>
/// <param name="Machines">What waiting costs most first; then machines that nothing can be said of though promises hang on them; then what their failures cost.</param>
public sealed record WorkList(Instant Epoch, long WorldVersion, double PromisesKept, IReadOnlyList<MachineUpkeep> Machines)
{
    /// <summary>Prices every machine's slots against the plan in force.</summary>
    /// <param name="world">With its slots and pegs, which stay as they are.</param>
    public static WorkList Of(Snapshot world, Instant t, PlanPolicy policy, UpkeepPolicy? how = null, CancellationToken cancel = default) => Of(Plan.Make(world, t, policy), how ?? new(), cancel);

    /// <param name="plan">Nobody else's: it is advanced, and brought back.</param>
    internal static WorkList Of(Plan plan, UpkeepPolicy how, CancellationToken cancel)
    {
        var pricing = new Pricing(plan, how);
        var priced = new List<MachineUpkeep>();
        foreach (Machine machine in plan.World.Machines)
        {
            cancel.ThrowIfCancellationRequested();
            priced.Add(pricing.Of(machine));
        }
        return new(plan.Epoch, plan.World.Version, plan.Forecasts.Sum(static f => f.AsDated?.Kept?.Value ?? 0), [.. InRank(priced)]);
    }

    /// <summary>What is said of a machine; null when it is not on the list.</summary>
    public MachineUpkeep? Find(Key<Machine> machine) => RankOf(machine) is >= 0 and var rank ? Machines[rank] : null;

    /// <summary>Its place on the list, from 0; -1 when it is not on it.</summary>
    public int RankOf(Key<Machine> machine)
    {
        for (int i = 0; i < Machines.Count; i++)
            if (Machines[i].Machine == machine) return i;
        return -1;
    }

    private static IEnumerable<MachineUpkeep> InRank(IEnumerable<MachineUpkeep> priced) => priced.OrderByDescending(static m => m.WaitingCosts)
        .ThenByDescending(static m => m.AtStake is null ? m.Promises : 0).ThenByDescending(static m => m.AtStake?.Promises ?? 0).ThenBy(static m => m.Machine.Value, StringComparer.Ordinal);
}
