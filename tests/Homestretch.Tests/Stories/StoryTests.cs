using System.Text.Json;
using Homestretch.Exchange.Csv;
using Homestretch.Promising;
using Homestretch.Tests.House;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Stories;

/// <summary>Each folder here is a story: story.md says in words what happens, world/ adds its rows to those of frame/, then/ holds what is told
/// afterwards, and expect.json is what the plan says, to be read against the words.</summary>
public sealed class StoryTests
{
    private const string Folder = "tests/Homestretch.Tests/Stories";
    private static readonly Instant s_t = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly PlanPolicy s_policy = new();
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> All => [.. Directory.GetDirectories(Repository.PathOf(Folder)).Select(static d => Path.GetFileName(d)).Where(static d => d != "frame").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(All))]
    public void A_story_comes_out_as_told(string story)
    {
        Snapshot world = Told(Told(Snapshot.Empty, "frame"), $"{story}/world");
        Applied planned = world.Apply(Plan.Allocate(world, s_t, s_policy, Scope.Unpegged));
        Assert.Empty(planned.Findings);
        Plan plan = Plan.Make(planned.World, s_t, s_policy);
        object first = Say(plan);
        object[] then = [];
        if (Directory.Exists(Repository.PathOf($"{Folder}/{story}/then")))
        {
            Applied told = planned.World.Apply(Events($"{story}/then"));
            IReadOnlyList<Moved> moved = plan.Advance(told.World, told.Touched);
            then = [new { moved = moved.Select(static m => new { order_line = m.OrderLine.Value, p90_later_by_days = Math.Round(m.DaysP90, 1) }), orders = Say(plan) }];
        }
        Repository.Keep($"{Folder}/{story}/expect.json", JsonSerializer.Serialize(new { at = s_t.ToString(), orders = first, then }, s_json) + "\n");
    }

    private static IEnumerable<object> Say(Plan plan) => [.. plan.Forecasts.Select(f => plan.Explain(f.OrderLine)!).Select(static e => e.Forecast is not Forecast.Dated d ? (object)new { order_line = e.Forecast.OrderLine.Value, e.Reasons } : new
    {
        order_line = d.OrderLine.Value,
        build = $"{d.Build.Line} {d.Build.Start} - {d.Build.End}",
        dates = new { p50 = Day(d.Dates.P50), p90 = Day(d.Dates.P90) },
        late = e.Late.ToString(),
        whole_by_start = Math.Round(d.Whole.Value, 2),
        gate = d.Gate.Supply,
        earlier = e.Earlier,
        reasons = e.Reasons,
        kit = e.Pegs.Select(static p => new
        {
            part = p.Item.Id,
            peg = $"{p.Peg.Quantity.Value:0} of {p.Peg.Supply}",
            last = Math.Round(p.Last.Value, 2),
            by_start = Math.Round(p.OnTime.Value, 2),
            a_day_earlier_wins = Math.Round(p.ADayEarlier, 2),
            arrives = p.Arrival is { } a ? $"{Day(a.P50)} / {Day(a.P90)}{(a.Overdue ? ", overdue" : "")}" : "here",
            steps = p.Steps.Select(static s => $"{(s.Step is { } step ? $"{step.Lane} {step.Sequence} {step.Kind}" : "making")}: {(s.Done ? "done" : s.Running ? "running" : "ahead")}"),
        }),
    })];

    private static string Day(Instant at) => at.InUtc().Date.ToString("uuuu'-'MM'-'dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Snapshot Told(Snapshot world, string folder)
    {
        Applied applied = world.Apply(Events(folder));
        Assert.Empty(applied.Findings);
        return applied.World;
    }

    private static List<WorldEvent> Events(string folder)
    {
        var events = new List<WorldEvent>();
        foreach (string file in Directory.GetFiles(Repository.PathOf($"{Folder}/{folder}"), "*.csv").Order(StringComparer.Ordinal))
        {
            var (rows, findings) = CompanyFolder.ReadDelta(Path.GetFileName(file), File.ReadAllBytes(file));
            Assert.Empty(findings);
            events.AddRange(rows);
        }
        return events;
    }
}
