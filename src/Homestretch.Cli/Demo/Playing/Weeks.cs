using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>The demonstration played for weeks beside our own planner, in one process and as fast as it goes: what the server and the
/// simulator do together, without sockets. Nobody re-plans. The same seed and start give the same weeks.</summary>
internal sealed class Weeks
{
    private static readonly Duration s_stride = Duration.FromHours(6);
    private static readonly TableKind[] s_learned = [.. new[] { "purchase_order_lines", "lots", "order_lines", "builds", "pegs" }.Select(static n => TableKind.Named(n)!)];
    private static readonly PlanPolicy s_policy = new();

    private readonly Play _play;

    public Weeks(Instant start, int seed)
    {
        Now = Voyage.Whole(start);
        World = Snapshot.Of(DemoCompany.Make(Now, seed));
        _play = new(World, Now, seed);
    }

    public Instant Now { get; private set; }

    /// <summary>The world as the planner has it.</summary>
    public Snapshot World { get; private set; }

    /// <summary>What either side's rules refused; nothing in a sound run.</summary>
    public List<Finding> Refused { get; } = [];

    /// <summary>Plays one week and looks at what came of it.</summary>
    public Week Next()
    {
        Snapshot before = World;
        Instant from = Now, to = Now + Duration.FromDays(7);
        while (Now < to)
        {
            Now = Instant.Min(to, Now + s_stride);
            Applied told = World.Apply(_play.To(Now).Told);
            Refused.AddRange(told.Findings);
            World = told.World;
            Applied planned = World.Apply(Plan.Following(told, Now, s_policy), "plan");
            Refused.AddRange(planned.Findings);
            World = planned.World;
            Refused.AddRange(_play.Learn(s_learned.ToDictionary(static k => k, k => (IReadOnlyCollection<IRecord>)[.. World.Records(k)])));
        }
        Refused.AddRange(_play.Refused.Skip(Refused.Count));
        return Week.Of(before, from, Plan.Make(World, Now, s_policy), _play.Machines);
    }
}
