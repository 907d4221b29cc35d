using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>Prices one machine's slots on a branch: the same futures, another calendar of the machine.</summary>
internal sealed class Pricing
{
    private readonly UpkeepPolicy _how;
    private readonly Branch _branch;
    private readonly Links _links;
    private readonly Failing _failing;

    public Pricing(Plan plan, UpkeepPolicy how)
    {
        (_how, _branch, _links) = (how, new Branch(plan), Links.Of(plan.World));
        _failing = new Failing(_links, plan.Epoch, plan.Policy);
    }

    private Plan Plan => _branch.Plan;

    public MachineUpkeep Of(Machine machine)
    {
        Snapshot world = _branch.Home;
        ProductionRun[] queue = _failing.Queue(world, machine.Key);
        Key<Lot>[] lots = [.. queue.Select(static r => r.Lot).Distinct()];
        int promises = lots.SelectMany(l => Plan.HeldBy(l)).Select(static h => h.OrderLine).Distinct().Count(o => Plan.Of(o)?.AsDated?.Promise is not null);
        if (world.MachineReports.Find(machine.Id) is not { } report) return new(machine.Key, MachineState.NoData, LifeLeft.Of(machine, null), null, lots, promises, null, Next(machine), [], null, null);
        if (queue.Length == 0) return new(machine.Key, report.State, LifeLeft.Of(machine, report), null, lots, promises, Consequence.None, Next(machine), [], null, null);

        Consequence atStake = Consequence.Of(world, _branch.Try(new WorldEvent.Put(machine with { BetweenFailuresHours = null }), new WorldEvent.Put(report with { RemainingP10Hours = null, RemainingP50Hours = null })));
        Maintenance? planned = Next(machine);
        PricedSlot[] slots = [.. Slots(machine, queue, planned).Select(s => new PricedSlot(s.From, s.To, Consequence.Of(world, _branch.Try(new WorldEvent.Put(PlannedWork.In(machine, planned, s.From, s.To))))))];
        _branch.Return();
        PricedSlot? best = slots.Where(s => s.Gain.Promises >= _how.LeastGain).MaxBy(static s => s.Gain.Promises);
        Instant? good = best is null ? null : slots.Last(s => s.Gain.Promises >= _how.AsGood * best.Gain.Promises).From;
        return new(machine.Key, report.State, LifeLeft.Of(machine, report), _failing.First(world, machine, report, queue), lots, promises, atStake, planned, slots, best, good);
    }

    /// <summary>The slot is taken: what is priced from here on has it.</summary>
    public void Take(Machine machine, PricedSlot slot)
    {
        var work = new WorldEvent.Put(PlannedWork.In(machine, Next(machine), slot.From, slot.To));
        Snapshot before = _branch.Home;
        _branch.Try(work);
        _branch.Settle();
        _links.Follow([new(work.Kind, work.Key, before.Find(work.Kind, work.Key), work.Record)]);
    }

    private IReadOnlyList<(Instant From, Instant To)> Slots(Machine machine, ProductionRun[] queue, Maintenance? planned)
    {
        Maintenance[] others = [.. _links.Stops(_branch.Home, machine.Key).Where(m => m.Key != planned?.Key)];
        return [.. Candidates.Of(Plan.Epoch, _how, planned is null ? _how.Work : planned.To - planned.From, queue, others).Where(s => s.From != planned?.From)];
    }

    private Maintenance? Next(Machine machine) => PlannedWork.Next(_links.Stops(_branch.Home, machine.Key), Plan.Epoch);
}
