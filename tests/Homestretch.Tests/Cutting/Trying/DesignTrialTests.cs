using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Cutting.Trying;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Cutting.Trying;

/// <summary>A design played beside the company as it is, in a workshop that builds one bike a day from two parts, all times certain.</summary>
public sealed class DesignTrialTests
{
    private static readonly Key<Party> s_own = "MC";
    private static readonly TrialPolicy s_policy = new() { Days = 150, Futures = 2, Plan = Policy, From = 40 };

    [Fact]
    public void What_a_design_keeps_lies_there_and_makes_kits_whole_and_bikes_quick()
    {
        Snapshot world = World();
        var (study, design) = Designed(world);
        Trial trial = DesignTrial.Of(world, study, design, [new()], T, s_policy, cancel: TestContext.Current.CancellationToken);
        TrialOutcome today = Assert.Single(trial.Today), designed = Assert.Single(trial.Designed);
        Assert.Empty(trial.Findings);
        Assert.Equal(1, trial.UnitsPerDay, 9);
        Assert.InRange(designed.UnitsPerDay, 0.8, 1.2);        // a Poisson number of orders, as many as the study says
        Assert.True(designed.DaysToDeliver < today.DaysToDeliver - 5, $"{designed.DaysToDeliver} and {today.DaysToDeliver} days");
        Assert.True(designed.Scores.OnTime!.Value.Value > today.Scores.OnTime!.Value.Value, $"{designed.Scores.OnTime} and {today.Scores.OnTime}");

        // safety stock by the model, 13 frames and 9 motors, is what lies there in the mean, give or take a half
        foreach (TrialStock s in designed.Stock)
        {
            double kept = design.Stages.Single(x => x.Keeps == s.Item.Value).Stock.SafetyStock;
            Assert.InRange(s.Units, 0.5 * kept, 1.5 * kept);
        }
    }

    [Fact]
    public void Who_is_lost_delivers_no_more_and_another_who_sells_takes_over()
    {
        Snapshot world = World();
        var (study, design) = Designed(world);
        TrialOutcome[] alone = [.. DesignTrial.Of(world, study, design, [new(), new(Lost: (Key<Party>)"S1")], T, s_policy, cancel: TestContext.Current.CancellationToken).Designed];
        Assert.True(alone[1].UnitsPerDay < 0.7 * alone[0].UnitsPerDay, $"{alone[1].UnitsPerDay} of {alone[0].UnitsPerDay}");
        Snapshot two = world.Put(Buys("FRAME", "S2", 20, priority: 2), Buys("MOTOR", "S2", 5, priority: 2));
        TrialOutcome[] both = [.. DesignTrial.Of(two, study, design, [new(), new(Lost: (Key<Party>)"S1")], T, s_policy, cancel: TestContext.Current.CancellationToken).Designed];
        Assert.True(both[1].UnitsPerDay > alone[1].UnitsPerDay + 0.1, $"{both[1].UnitsPerDay} and {alone[1].UnitsPerDay}");
    }

    [Fact]
    public void The_same_trial_gives_the_same_outcome_and_one_that_is_cancelled_none()
    {
        Snapshot world = World();
        var (study, design) = Designed(world);
        TrialPolicy brief = s_policy with { Days = 60 };
        TrialOutcome one = DesignTrial.Of(world, study, design, [new()], T, brief, cancel: TestContext.Current.CancellationToken).Designed[0], again = DesignTrial.Of(world, study, design, [new()], T, brief, cancel: TestContext.Current.CancellationToken).Designed[0];
        Assert.Equal((one.StockValue, one.UnitsPerDay, one.DaysToDeliver), (again.StockValue, again.UnitsPerDay, again.DaysToDeliver));
        var days = new List<int>();
        TrialOutcome alone = DesignTrial.Of(world, study, design, [new()], T, brief with { Threads = 1 }, passed: (day, all) => { Assert.Equal(240, all); days.Add(day); }, cancel: TestContext.Current.CancellationToken).Designed[0];
        Assert.Equal((one.StockValue, one.UnitsPerDay), (alone.StockValue, alone.UnitsPerDay));
        Assert.Equal(days.Order(), days);
        Assert.InRange(days[^1], 220, 240);

        // before it begins, and in the midst of a play
        using CancellationTokenSource stop = new(), amid = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => DesignTrial.Of(world, study, design, [new()], T, brief, cancel: stop.Token));
        int played = 0;
        Assert.Throws<OperationCanceledException>(() => DesignTrial.Of(world, study, design, [new()], T, brief with { Threads = 1 }, passed: (day, _) => { played = day; if (day > 20) amid.Cancel(); }, cancel: amid.Token));
        Assert.InRange(played, 21, 40);
    }

    private static Snapshot World() => Company([.. Enumerable.Range(0, 28).Select(static n => Order($"SO-{n:00}", 12) with { Ordered = T - Duration.FromDays(n), Requested = T + Duration.FromDays(12 - n) }),
        new Study("CUT", s_own, "Bike", (Key<Item>)"BIKE", "US", "USD", 0.2m, 5, null, ""),
        Stage("FRAME"), Stage("MOTOR"), Stage("finish") with { Item = (Key<Item>)"BIKE", Demand = 1, DemandSpread = 1 },
        new StudyLink("CUT", "FRAME", "finish", s_own, 1, true), new StudyLink("CUT", "MOTOR", "finish", s_own, 1, true),
        Source("FRAME", "S1", "P", 100, 20), Source("MOTOR", "S1", "P", 200, 5), Source("finish", null, "H", 50, 0),
        new StudyLeg("CUT", "P", "H", "", "", s_own, 5, 0.04m, 10, null, "")]);

    private static StudyStage Stage(string name) => new("CUT", name, s_own, name == "finish" ? default(Key<Item>?) : name, null, null, 0, null, null, null, null, 1, 0.2m);

    private static StudySource Source(string stage, string? supplier, string site, decimal cost, decimal days) => new("CUT", stage, site, s_own, supplier is null ? default(Key<Party>?) : supplier, (Key<Site>)site, "", "", cost, days, 0, null, 0, 0, null, null);

    private static (StudyCase Study, Configuration Design) Designed(Snapshot world)
    {
        var (study, findings) = Studies.Of(world, "CUT", T);
        Assert.True(study is not null, string.Join("\n", findings));
        return (study, Configuring.Of(study.Sourcing, study.Policy, cancel: TestContext.Current.CancellationToken).Configuration!);
    }
}
