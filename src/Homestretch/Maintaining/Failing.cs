using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>How often machines fail before the lot at work is made, in the plan's own futures.</summary>
internal sealed class Failing(Links links, Instant t, PlanPolicy policy)
{
    private readonly Draws _draws = new(policy.Seed);
    private readonly Making _making = new(links, t, new Draws(policy.Seed));

    /// <summary>Share of futures in which a machine fails, or is down, before the first lot of its queue is made; null when it has nothing to make.</summary>
    public Share? First(Snapshot world, Machine machine, MachineReport report) => _making.Queue(world, machine.Key) is { Length: > 0 } queue ? First(world, machine, report, queue) : null;

    public Share First(Snapshot world, Machine machine, MachineReport report, ProductionRun[] queue)
    {
        var (outlook, work) = _making.OnMachine(world, machine, report, queue);
        return ReadyDate.Sample(outlook, t, _draws, work.AsSpan(0, 1), new int[policy.Samples]).FailedFirst;
    }

    /// <summary>Running hours that the first lot of a machine's queue, and all of them, still take at its median rate.</summary>
    public (double First, double All) Hours(Snapshot world, Machine machine, MachineReport report, ProductionRun[] queue)
    {
        var (outlook, work) = _making.OnMachine(world, machine, report, queue);
        return (work[0].Pieces / outlook.PiecesPerHour, work.Sum(static w => w.Pieces) / outlook.PiecesPerHour);
    }

    /// <summary>What a machine still has to make, in the order in which it makes it.</summary>
    public ProductionRun[] Queue(Snapshot world, Key<Machine> machine) => _making.Queue(world, machine);
}
