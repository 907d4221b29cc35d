using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>How the hours of a crew are spent.</summary>
internal enum Ranking
{
    /// <summary>No maintenance but what is planned.</summary>
    None,

    /// <summary>Where an hour wins most promises, in the slot that wins most.</summary>
    Consequence,

    /// <summary>Where most hours of standstill are expected over the coming fortnight, as soon as a crew can be there.</summary>
    Severity,

    /// <summary>Where the median of what is left is shortest, as soon as a crew can be there.</summary>
    RemainingLife,
}

/// <summary>What came of one world under one ranking.</summary>
/// <param name="Late">Promised order lines delivered after the promise in force at the start, on average over the futures played.</param>
/// <param name="Hours">Crew hours spent.</param>
internal sealed record Outcome(int World, Ranking Ranking, double Late, double Hours, int Promises);

/// <summary>Rankings of maintenance against each other: the same worlds, the same crew hours, the same futures; what differs is which machines are served and when.
/// Futures are drawn under seeds that no ranking has seen.</summary>
/// <param name="tight">Plants that are used up (<see cref="Wear.Hard"/>), and promises without slack: those in force are given anew, at the day that the plan keeps eight times in ten.</param>
internal sealed class Contest(Instant start, Duration crew, int futures, bool tight)
{
    private static readonly PlanPolicy s_policy = new(), s_played = s_policy with { Samples = 64 };     // while a future is played nothing is said to anybody
    private static readonly UpkeepPolicy s_how = new();

    public IReadOnlyList<Outcome> Of(int seed)
    {
        Snapshot company = Snapshot.Of(DemoCompany.Make(start, seed));
        // what plants have planned for themselves does not take part: all effort is the crew's
        Snapshot world = WornPlants.Of(company.Apply([.. company.Maintenance.Select(m => new WorldEvent.Put(m with { Status = OrderStatus.Cancelled }))]).World, start, seed, 0.7, 0, tight ? Wear.Hard : Wear.Usual);
        if (tight) world = Tightened(world);
        IReadOnlyList<MachineUpkeep> list = WorkList.Of(world, start, s_policy, s_how).Machines;
        return [.. Enum.GetValues<Ranking>().Select(r => Played(seed, r, world, list))];
    }

    private Snapshot Tightened(Snapshot world)
    {
        Plan plan = Plan.Make(world, start, s_policy);
        Applied applied = world.Apply([.. plan.Forecasts.Select(f => f.AsDated).Where(static d => d?.Promise is not null).Select(d => new WorldEvent.Put(d!.Promise! with
        {
            Version = d.Promise.Version + 1, Date = d.Dates.P80, Confidence = new Share(0.8), Given = start, Reason = "without slack",
        }))], "tight promises");
        return applied.Accepted ? applied.World : throw new InvalidOperationException($"The promises do not fit: {applied.Findings[0]}.\nMaybe a rule of promises is new.");
    }

    private Outcome Played(int seed, Ranking ranking, Snapshot world, IReadOnlyList<MachineUpkeep> list)
    {
        Maintenance[] work = [.. Work(ranking, world, list)];
        Snapshot served = world.Apply([.. work.Select(static m => new WorldEvent.Put(m))]).World;
        var promised = world.OrderLines.Where(static o => o.Status is OrderStatus.Approved or OrderStatus.Confirmed).Select(o => (Order: o.Key, Promise: world.Promises.StartingWith($"{o.Id}|").LastOrDefault())).Where(static x => x.Promise is not null)
            .ToDictionary(static x => x.Order, static x => x.Promise!.Date);
        long late = 0;
        for (int f = 1; f <= futures; f++)
        {
            Played played = Simulation.Play(served, start, new SimulationPolicy { Plan = s_played, Days = 30, RenewBelow = 0 }, (ulong)(seed * 1000 + f));
            late += played.Orders.Count(o => promised.TryGetValue(o.Order.Key, out Instant date) && !(o.Delivered <= date));
        }
        return new(seed, ranking, (double)late / futures, work.Sum(static m => (m.To - m.From).TotalHours), promised.Count);
    }

    private IEnumerable<Maintenance> Work(Ranking ranking, Snapshot world, IReadOnlyList<MachineUpkeep> list)
    {
        if (ranking == Ranking.None) return [];
        if (ranking == Ranking.Consequence) return Crew.Of(world, start, s_policy, crew, s_how).Select(static j => j.Work);
        var machines = list.Where(static m => m is { Slots.Count: > 0, Life: not null });
        var ranked = ranking == Ranking.RemainingLife ? machines.OrderBy(static m => m.Life!.P50Hours) : machines.OrderByDescending(m => Standstill(world.Machines[m.Machine], m.Life!));
        return ranked.ThenBy(static m => m.Machine.Value, StringComparer.Ordinal).Take((int)(crew / s_how.Work)).Select(m => PlannedWork.In(world.Machines[m.Machine], m.Planned, m.Slots[0].From, m.Slots[0].To));
    }

    /// <summary>Chance to fail within a fortnight of running, by a lognormal through what is left, times the median repair, hours.</summary>
    private static double Standstill(Machine machine, LifeLeft life) => life.Source == LifeSource.Stated
        ? (double)machine.RepairP50Hours * Normal.Cdf(Math.Log(336 / life.P50Hours) / (Math.Log(life.P50Hours / life.P10Hours) / Normal.Z90))
        : (double)machine.RepairP50Hours * (1 - Math.Exp(-336 * Math.Log(2) / life.P50Hours));
}
