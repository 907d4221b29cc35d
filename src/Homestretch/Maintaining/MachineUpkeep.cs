using Homestretch.Machines;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>Where what is said of a machine's life comes from.</summary>
public enum LifeSource
{
    /// <summary>Its mean time between failures, without memory: no sign of wear.</summary>
    MeanBetweenFailures,

    /// <summary>Remaining life as reported for this machine.</summary>
    Stated,
}

/// <summary>Running hours that a machine survives nine times in ten, once in two and once in ten.</summary>
public sealed record LifeLeft(LifeSource Source, double P10Hours, double P50Hours, double P90Hours)
{
    /// <summary>The life that a plan draws failures from; null: nobody has said anything of it, and none is drawn.</summary>
    /// <param name="report">Null: the machine has never reported.</param>
    public static LifeLeft? Of(Machine machine, MachineReport? report)
    {
        Life life = Making.LifeOf(machine, report);
        return life is Life.Unknown ? null : new(life is Life.Stated ? LifeSource.Stated : LifeSource.MeanBetweenFailures, life.Left(0.9), life.Left(0.5), life.Left(0.1));
    }
}

/// <summary>A time in which a machine could be maintained, and what that does to the order lines against the plan in force.</summary>
public sealed record PricedSlot(Instant From, Instant To, Consequence Gain);

/// <summary>One machine on the work list.</summary>
/// <param name="Life">Null: nobody has said anything of its life.</param>
/// <param name="FailsFirst">Share of futures in which it fails, or is down, before the lot at work is made; null without work.</param>
/// <param name="Lots">What it still has to make, in that order.</param>
/// <param name="Promises">Promised order lines whose kits draw on one of these lots.</param>
/// <param name="AtStake">What its failures take from the order lines: what would be won if it could not fail. Null: it has never reported, so that nothing can be said.</param>
/// <param name="Planned">Its next planned stop that may still move; then the slots are other times for that work. Null: the slots are for new work.</param>
/// <param name="Slots">Ascending.</param>
/// <param name="Best">The slot that wins most, the earlier of two; null: none is worth stopping the machine.</param>
/// <param name="GoodUntil">The last slot that wins about as much begins then.</param>
public sealed record MachineUpkeep(Key<Machine> Machine, MachineState State, LifeLeft? Life, Share? FailsFirst, IReadOnlyList<Key<Lot>> Lots, int Promises, Consequence? AtStake,
    Maintenance? Planned, IReadOnlyList<PricedSlot> Slots, PricedSlot? Best, Instant? GoodUntil)
{
    /// <summary>Promises expected to be lost if it is left as it is: what the best slot would win.</summary>
    public double WaitingCosts => Best?.Gain.Promises ?? 0;
}
