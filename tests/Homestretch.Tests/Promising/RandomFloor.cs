using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Promising;

/// <summary>What happens at the benches of a random company: builds begin, units are worked on, rest, are called to, are done or given up; steps of work come and go, hours change.</summary>
internal sealed class RandomFloor(RandomCompany company, int seed)
{
    private static readonly string[] s_steps = ["010", "020", "030", "040"];
    private readonly Random _random = new(seed);
    private int _next;

    public IReadOnlyList<WorldEvent> Happens()
    {
        Snapshot world = company.World;
        Unit[] open = [.. world.Units.Where(static u => u.State is UnitState.InWork or UnitState.Paused)];
        if (open.Length < 2 || Below(5) == 0) return Begun();
        Unit unit = open[Below(open.Length)];
        string site = world.AssemblyLines[world.Builds[unit.Build].Line].Site.Value;
        return Below(14) switch
        {
            0 => [Put(unit with { State = UnitState.Paused }), Put(Operation(FloorAct.Pause, unit, site))],
            1 => [Put(unit with { State = UnitState.InWork }), Put(Operation(FloorAct.Resume, unit, site))],
            2 => [Put(new WorkTask($"ANDON-{_next++}", "MC", "", TaskKind.AndonCall, "", $"units:{unit.Key}", "Help", At(-4, 1), TaskState.Open, ""))],
            3 when world.Tasks.Count > 0 => [Put(world.Tasks.ElementAt(Below(world.Tasks.Count)) with { State = TaskState.Done })],
            4 => [Put(unit with { State = UnitState.Complete, Completed = At(-1, 1) })],
            5 => [Put(unit with { State = UnitState.Scrapped })],
            6 => [Put(new WorkStep("BIKE", s_steps[Below(4)], "MC", Below(2) == 0 ? WorkKind.Check : WorkKind.Fit, "Step", "", Condition.Always, (Key<Item>)"MOTOR", Below(4) == 0 ? "B" : "", Tolerances.None, null, null))],
            7 => [Put(new Overtime("day", RandomCompany.T.InUtc().Date, new(4, 0), new(6 + Below(17), 0), "MC", ""))],
            8 => [Put(new UnitPart(unit.Key, 1 + Below(2), "MC", Below(3) == 0 ? "FRAME" : "MOTOR", Below(2) == 0 ? "B" : "", "", "", new(1, "EA"), At(-4, -1), Below(3) == 0 ? At(-1, 1) : null, ""))],
            9 => [Put(new BinStock(site, $"kit:{unit.Build}", "MOTOR", Below(2) == 0 ? "B" : "", "", "MC", new(Below(2), "EA"), null))],
            10 => [Put(new WorkPace("BIKE", world.Builds[unit.Build].Line, "MC", 9, RandomCompany.T, RandomCompany.T, 0.5m, 60 + Below(90), 80, 80, 80, 90, Below(3) == 0 ? "" : $"010={1 + Below(9)}; 020={1 + Below(9)}; 030=4; 040=5.5", "x"))],
            _ => Next(unit) is { } step ? [Put(step)] : [],
        };
    }

    /// <summary>The first step of a unit that has not passed, passed; null: there is none.</summary>
    public UnitStep? Next(Unit unit)
    {
        WorkStep? next = company.World.WorkSteps.FirstOrDefault(s => s.Revision.Length == 0 && company.World.UnitSteps.StartingWith($"{unit.Key}|{s.Step}|").LastOrDefault()?.Passed != YesNo.Yes);
        return next is null ? null : new(unit.Key, next.Step, company.World.UnitSteps.StartingWith($"{unit.Key}|{next.Step}|").Count() + 1, "MC", Below(6) == 0 ? YesNo.No : YesNo.Yes, "", "", At(-3, 1), "");
    }

    /// <summary>A unit of a build that is on its line.</summary>
    private IReadOnlyList<WorldEvent> Begun()
    {
        Build[] builds = [.. company.World.Builds.Where(static b => b.Status < OrderStatus.Completed)];
        if (builds.Length == 0) return [];
        Build build = builds[Below(builds.Length)];
        Instant begun = At(-5, 0);
        return [.. s_steps.Where(s => !company.World.WorkSteps.Contains($"BIKE|{s}") && Below(2) == 0).Select(static s => Put(new WorkStep("BIKE", s, "MC", WorkKind.Check, "Step", "", Condition.Always, null, "", Tolerances.None, null, null))),
            Put(new Unit($"SN-{_next++}", "MC", build.Key, "BIKE", company.World.OrderLines[build.OrderLine].Market, UnitState.InWork, begun, null, "")),
            Put(build with { Status = OrderStatus.Confirmed, Start = begun, End = begun + Duration.FromHours(3) })];
    }

    private FloorOperation Operation(FloorAct act, Unit unit, string site) => new($"D/{_next++}", "MC", site, act, "D", "", At(-3, 1), s_time, "", "", "", null, "", "", unit.Build.Value, unit.Id, "", "", "", "", FloorAnswer.Accepted, 0, "", "");

    private static readonly Instant s_time = RandomCompany.T;
    private int Below(int n) => _random.Next(n);
    private Instant At(int from, int to) => RandomCompany.T + Duration.FromMinutes(_random.Next(60 * from, 60 * to));
    private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
}
