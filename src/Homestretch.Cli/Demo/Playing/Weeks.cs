using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>The demonstration played for weeks beside our own planner, in one process and as fast as it goes: what the server and the
/// simulator do together, without sockets. The same seed and start give the same weeks.</summary>
internal sealed class Weeks
{
    private static readonly Duration s_stride = Duration.FromHours(6), s_unitsStay = Duration.FromDays(14);
    private static readonly TableKind[] s_learned = [.. new[] { "purchase_order_lines", "lots", "order_lines", "builds", "pegs" }.Select(static n => TableKind.Named(n)!)];
    private static readonly PlanPolicy s_policy = new(), s_glance = new() { Samples = 64 };

    private readonly Play _play;

    /// <param name="pastDays">Days of executed deliveries that the company remembers.</param>
    public Weeks(Instant start, int seed, int pastDays = 0)
    {
        Now = Voyage.Whole(start);
        World = Snapshot.Of(DemoCompany.Make(Now, seed, pastDays: pastDays));
        _play = new(World, Now, seed);
    }

    public Instant Now { get; private set; }

    /// <summary>The world as the planner has it.</summary>
    public Snapshot World { get; private set; }

    /// <summary>What either side's rules refused; nothing in a sound run.</summary>
    public List<Finding> Refused { get; } = [];

    /// <summary>How often the planner on duty stepped in during the last week.</summary>
    public int RePlans { get; private set; }

    /// <summary>Plays one week and looks at what came of it.</summary>
    public Week Next()
    {
        Snapshot before = World;
        RePlans = 0;
        Instant to = Now + Duration.FromDays(7);
        while (Now < to)
        {
            Now = Instant.Min(to, Now + s_stride);
            Applied told = Take(_play.To(Now).Told);
            Take(Plan.Following(told, Now, s_policy));
            if (Duty.Looks(Now - s_stride, Now)) Glance();
            Refused.AddRange(_play.Learn(s_learned.ToDictionary(static k => k, k => (IReadOnlyCollection<IRecord>)[.. World.Records(k)])));
        }
        Take([.. World.Units.Where(u => u.Completed < Now - s_unitsStay).SelectMany(Gone)]);
        Refused.AddRange(_play.Refused.Skip(Refused.Count));
        return Week.Of(before, Plan.Make(World, Now, s_policy), _play.Machines, RePlans);
    }

    /// <summary>A unit leaves for the archive.</summary>
    private IEnumerable<WorldEvent> Gone(Unit unit) => World.UnitSteps.StartingWith($"{unit.Key}|").Cast<IRecord>().Concat(World.UnitParts.StartingWith($"{unit.Key}|")).Append(unit).Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "kept in the archive"));

    /// <summary>Puts into the planner's world what another than the players has to say.</summary>
    public void Tell(IReadOnlyList<WorldEvent> events) => Take(events);

    /// <summary>The planner on duty looks at the promises, see <see cref="Duty"/>.</summary>
    private void Glance()
    {
        double[] kept = [.. Plan.Make(World, Now, s_glance).Forecasts.Select(static f => f.AsDated?.Kept?.Value ?? 1)];
        if (!Duty.StepsIn(kept.Count(k => k < s_policy.RiskBelow), 0, kept.Length)) return;
        RePlans++;
        Take(Plan.Propose(World, Now, s_policy).Events);
    }

    private Applied Take(IReadOnlyList<WorldEvent> events)
    {
        Applied applied = World.Apply(events, "weeks");
        Refused.AddRange(applied.Findings);
        World = applied.World;
        return applied;
    }
}
