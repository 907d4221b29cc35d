using Homestretch.Arrivals;
using Homestretch.Promising.Lots;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>What the past teaches of a source must not depend on the middle of what is on its way.</summary>
public sealed class KnowledgeTests
{
    /// <summary>Two hundred shipments a day for a fortnight, each with an estimate given 20 days ahead that is wrong by 3 days either way, without bias; asked when half of
    /// them are in.</summary>
    [Fact]
    public void A_source_without_bias_shows_none_while_its_shipments_are_under_way()
    {
        Instant t = SmallWorld.T + Duration.FromDays(30);
        (Snapshot world, EtaOutcome[] arrived) = Told(t, 2_800, 200, 0);
        EtaScore counted = Score(Outcomes(world, t)), naive = Score(arrived);
        double sampling = 3 / Math.Sqrt(counted.Count);
        Assert.InRange(counted.BiasDays, -2.5 * sampling, 2.5 * sampling);
        Assert.InRange(counted.ErrorDays, 2.7, 3.3);
        Assert.True(naive.BiasDays > 4 * sampling, $"Counting whatever is in shows {naive.BiasDays} days.");
    }

    [Fact]
    public void What_is_long_overdue_counts_as_late_as_it_is()
    {
        Instant t = SmallWorld.T + Duration.FromDays(60);
        EtaOutcome known = Assert.Single(Outcomes(Told(t, 1, 1, 100).World, t));
        Assert.Equal(40, (known.Actual - known.Estimated).TotalDays);
    }

    [Fact]
    public void A_step_whose_end_nobody_reported_lasted_until_the_next_began_at_most()
    {
        Instant t = SmallWorld.T + Duration.FromDays(60), next = SmallWorld.T + Duration.FromDays(22);
        Snapshot world = Told(t, 1, 1, 100).World;
        world = world.Apply([new WorldEvent.Put(new Milestone("S0", 3, Edge.Begin, Classifier.Actual, "TW1", "MC", next, next + Duration.FromDays(13))),
            new WorldEvent.Put(new Milestone("S0", 4, Edge.End, Classifier.Actual, "TW1", "MC", next + Duration.FromDays(9), next + Duration.FromDays(9)))]).World;
        EtaOutcome known = Assert.Single(Outcomes(world, t));
        Assert.Equal(next, known.Actual);
        Assert.Equal(2, (known.Actual - known.Estimated).TotalDays);
        Assert.Equal(t - Duration.FromDays(30), Assert.Single(Outcomes(world, t - Duration.FromDays(30))).Actual);     // on day 30 nobody had told of the next step
    }

    private static EtaScore Score(EtaOutcome[] outcomes) => Assert.Single(new EtaScoreboard(outcomes).Scores, static s => s.Lane.Length == 0);

    private static EtaOutcome[] Outcomes(Snapshot world, Instant t) => [.. world.Shipments.Where(static s => s.Key.Value != "SH-1").SelectMany(s => Knowledge.Outcomes(world, s, t))];

    private static (Snapshot World, EtaOutcome[] Arrived) Told(Instant t, int shipments, int aDay, double late)
    {
        var random = new Random(7);
        var events = new List<WorldEvent>();
        var arrived = new List<EtaOutcome>();
        for (int i = 0; i < shipments; i++)
        {
            Instant told = SmallWorld.T + Duration.FromDays(i / aDay), estimated = told + Duration.FromDays(20), actual = estimated + Duration.FromDays(late + 3 * Gauss(random));
            events.Add(new WorldEvent.Put(new Shipment($"S{i}", "MC", "TW-GVL", "", "")));
            events.Add(new WorldEvent.Put(new Milestone($"S{i}", 2, Edge.End, Classifier.Estimated, "TW1", "MC", estimated, told)));
            if (actual > t) continue;
            events.Add(new WorldEvent.Put(new Milestone($"S{i}", 2, Edge.End, Classifier.Actual, "TW1", "MC", actual, actual)));
            arrived.Add(new("TW1", "TW-GVL", told, estimated, actual));
        }
        return (SmallWorld.Make().Apply([.. events]).World, [.. arrived]);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
