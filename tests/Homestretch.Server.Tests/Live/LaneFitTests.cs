using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Live;

/// <summary>The hub learns its lanes when a day begins, in the journal like everything else.</summary>
public sealed partial class LaneFitTests
{
    private static readonly LaneStep s_step = DemoFolder.World.LaneSteps.First(static s => s is { Kind: StepKind.Leg, P50Days: > 3 } && s.P90Days > s.P50Days);

    [Fact]
    public async Task When_a_day_begins_executed_steps_are_learned_and_a_restart_keeps_them()
    {
        string folder = RunningServer.FreshFolder();
        Instant t = DemoFolder.NowAt;
        string learned;
        RunningServer first = await RunningServer.Demo(folder);
        try
        {
            await Clock(first, t);      // before there is a hub: no day begins while it is loaded
            await first.Tell([.. DemoFolder.Now, .. History(12, t)]);
            await first.Hears(FirstDay());
            Assert.DoesNotContain(s_step.Lane.Value, await Fits(first)); // the keeper has looked, and no day has begun
            await Clock(first, t + Duration.FromDays(1));
            learned = await Learned(first);
            Assert.Contains(",12,", learned);
            // a demonstration goes on at its last epoch: that must be of the new day too
            await RunningServer.Until(() => first.Get("/api/v1/plan"), p => InstantPattern.ExtendedIso.Parse(p.GetProperty("epoch").GetString()!).Value >= t + Duration.FromDays(1));
        }
        finally
        {
            await first.Kill();
        }
        await using RunningServer second = await RunningServer.Demo(folder);
        await second.Hears(FirstDay());
        Assert.Equal(learned, await Fits(second));
    }

    [Fact]
    public async Task A_day_that_began_while_the_server_was_down_is_learned_at_the_next_start()
    {
        string folder = RunningServer.FreshFolder();
        RunningServer first = await RunningServer.Demo(folder);
        try
        {
            await Clock(first, DemoFolder.NowAt - Duration.FromDays(1));    // the second start goes on at the epoch of the first, which is a day later
            await first.Tell([.. DemoFolder.Now, .. History(12, DemoFolder.NowAt - Duration.FromDays(1))]);
            await first.Hears(FirstDay());
            Assert.DoesNotContain(s_step.Lane.Value, await Fits(first));
        }
        finally
        {
            await first.Kill();
        }
        await using RunningServer second = await RunningServer.Demo(folder);
        await second.Hears(FirstDay());
        Assert.Contains(",12,", await Learned(second));
    }

    /// <summary>Shipments of which the step ended long enough before t to be counted.</summary>
    private static IEnumerable<WorldEvent> History(int count, Instant t) => Enumerable.Range(0, count).SelectMany(i => Executed(s_step, i, t - Duration.FromDays(3 * (double)s_step.P90Days + i)));

    private static IEnumerable<WorldEvent> Executed(LaneStep step, int i, Instant begin)
    {
        Key<Shipment> key = $"DONE-{i}";
        yield return new WorldEvent.Put(new Shipment(key, step.Party, step.Lane, "", ""));
        foreach (var (edge, at) in new[] { (Edge.Begin, begin), (Edge.End, begin + Duration.FromDays(1.5 * (double)step.P50Days)) })
            yield return new WorldEvent.Put(new Milestone(key, step.Sequence, edge, Classifier.Actual, step.Party, step.Party, at, at));
    }

    private static Task<string> Fits(RunningServer server) => server.Http.GetStringAsync("/api/v1/tables/lane_fits.csv");

    private static Task<string> Learned(RunningServer server) => RunningServer.Until(() => Fits(server), static fits => fits.Contains($"{s_step.Lane},{s_step.Sequence},", StringComparison.Ordinal));

    private static async Task Clock(RunningServer server, Instant now)
    {
        using HttpResponseMessage set = await server.Http.PostAsJsonAsync("/api/v1/demo/clock", new { now = InstantPattern.ExtendedIso.Format(now), timesReal = 0 }, TestContext.Current.CancellationToken);
        set.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("is the day at the hub; lane steps are learned")]
    private static partial Regex FirstDay();
}
