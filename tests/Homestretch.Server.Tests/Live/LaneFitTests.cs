using System.Net.Http.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Live;

/// <summary>The hub learns its lanes when a day begins, in the journal like everything else.</summary>
public sealed class LaneFitTests
{
    [Fact]
    public async Task When_a_day_begins_executed_steps_are_learned_and_a_restart_keeps_them()
    {
        string folder = RunningServer.FreshFolder();
        Instant t = Instant.FromUtc(2026, 3, 2, 6, 0);
        LaneStep step = DemoFolder.World.LaneSteps.First(static s => s is { Kind: StepKind.Leg, P50Days: > 3 } && s.P90Days > s.P50Days);
        string learned;
        RunningServer first = await RunningServer.Demo(folder);
        try
        {
            await Clock(first, t);      // before there is a hub: no day begins while it is loaded
            await first.Load();
            await first.Tell([.. Enumerable.Range(0, 12).SelectMany(i => Executed(step, i, t - Duration.FromDays(3 * (double)step.P90Days + i)))]);
            await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
            Assert.DoesNotContain(step.Lane.Value, await Fits(first)); // the day has not ended
            await Clock(first, t + Duration.FromDays(1));
            learned = await RunningServer.Until(() => Fits(first), fits => fits.Contains($"{step.Lane},{step.Sequence},", StringComparison.Ordinal));
            Assert.Contains(",12,", learned);
        }
        finally
        {
            await first.Kill();
        }
        await using RunningServer second = await RunningServer.Demo(folder);
        Assert.Equal(learned, await Fits(second));
    }

    private static IEnumerable<WorldEvent> Executed(LaneStep step, int i, Instant begin)
    {
        Key<Shipment> key = $"DONE-{i}";
        yield return new WorldEvent.Put(new Shipment(key, step.Party, step.Lane, "", ""));
        foreach (var (edge, at) in new[] { (Edge.Begin, begin), (Edge.End, begin + Duration.FromDays(1.5 * (double)step.P50Days)) })
            yield return new WorldEvent.Put(new Milestone(key, step.Sequence, edge, Classifier.Actual, step.Party, step.Party, at, at));
    }

    private static Task<string> Fits(RunningServer server) => server.Http.GetStringAsync("/api/v1/tables/lane_fits.csv");

    private static async Task Clock(RunningServer server, Instant now)
    {
        using HttpResponseMessage set = await server.Http.PostAsJsonAsync("/api/v1/demo/clock", new { now = InstantPattern.ExtendedIso.Format(now), timesReal = 0 }, TestContext.Current.CancellationToken);
        set.EnsureSuccessStatusCode();
    }
}
