using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Promising;

/// <summary>What each strategy guarantees of a proposal, on companies drawn from seeds to which a dozen things have happened; and the words by small examples. That no slot depends
/// on a layer below, which is what Win and Lose mean, is AllocationLayersTests' to show.</summary>
public sealed class StrategyTests
{
    [Fact]
    public void Gain_ends_no_later_and_loses_no_future_and_Fill_ends_no_sooner_and_gets_nothing_new()
    {
        int proposed = 0;
        Gen.Int.Sample(seed =>
        {
            (Snapshot world, Strategy[] of) = Troubled(seed);
            Proposal p = Plan.Propose(world, RandomCompany.T, RandomCompany.Policy);
            if (p.Events.Count > 0) Interlocked.Increment(ref proposed);
            foreach (OrderLine order in world.OrderLines.Where(Needs.Open))
            {
                Forecast.Dated? was = p.InForce.Of(order.Key)?.AsDated, now = p.Plan.Of(order.Key)?.AsDated;
                if (was is not null && of[order.Class - 1] == Strategy.Gain && !Pinned(world, order))
                {
                    Assert.True(now!.Build.End <= was.Build.End);
                    Assert.True(Futures(p.Plan, order) >= Futures(p.InForce, order));
                }
                if (of[order.Class - 1] < Strategy.Fill || now is null || ReferenceEquals(p.Plan, p.InForce)) continue;
                Assert.NotNull(world.Builds.FirstOrDefault(b => b.OrderLine == order.Key));
                // a pinned slot goes before every strategy: what was pinned since moves there, whichever way that is
                if (!Pinned(world, order)) Assert.True(was is null || now.Build.Start >= was.Build.Start);
            }
        }, iter: 60);
        Assert.InRange(proposed, 5, 60);
    }

    [Fact]
    public void Begun_confirmed_and_pinned_builds_stay_whatever_the_strategy() => Gen.Int.Sample(static seed =>
    {
        (Snapshot world, _) = Troubled(seed);
        Proposal p = Plan.Propose(world, RandomCompany.T, RandomCompany.Policy);
        foreach (Build build in world.Builds.Where(static b => b.Status == OrderStatus.Confirmed)) Assert.Equal(build with { Start = default, End = default }, p.Plan.World.Builds[build.Key] with { Start = default, End = default });
        foreach (Pin pin in world.Pins.Where(static x => x.Kind == PinKind.Slot && !(x.Expires <= RandomCompany.T)))
            if (p.Events.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<Build>().FirstOrDefault(b => b.OrderLine.Value == pin.Target && b.Status < OrderStatus.Confirmed) is { } moved) Assert.True(moved.Start >= pin.At);
    }, iter: 40);

    [Fact]
    public void The_same_world_gives_the_same_proposal_in_any_order_of_records_and_on_any_number_of_threads() => Gen.Int.Sample(static seed =>
    {
        (Snapshot world, _) = Troubled(seed);
        Proposal one = Proposing.Of(world, RandomCompany.T, RandomCompany.Policy, threads: 1), many = Proposing.Of(world, RandomCompany.T, RandomCompany.Policy);
        Assert.Equal(one.Events, many.Events);
        Assert.Equal(one.Unserved, many.Unserved);
        Assert.Equal(one.Plan.Forecasts, Plan.Make(Apply(world, one.Events), RandomCompany.T, RandomCompany.Policy).Forecasts);
    }, iter: 20);

    [Fact]
    public void Win_takes_what_worth_alone_would_not_take()
    {
        // by worth a class 2 promise that stands is not taken for a class 3 one; Win takes it
        Snapshot world = Contested(has: 2, wants: 3);
        Assert.Empty(Plan.Propose(world, T, Policy).Events);
        Proposal p = Plan.Propose(world.Put(Says(3, Strategy.Win)), T, Policy);
        Assert.Equal(("lot:EARLY", "SO-HAS"), (FrameOf(p, "SO-WANTS"), Assert.Single(p.Losses).OrderLine.Value));
    }

    [Fact]
    public void Win_takes_from_nobody_who_gains()
    {
        Proposal p = Plan.Propose(Contested(has: 2, wants: 1).Put(Says(1, Strategy.Win), Says(2, Strategy.Gain)), T, Policy);
        Assert.Equal("lot:EARLY", FrameOf(p, "SO-HAS"));
        Assert.Empty(p.Losses);
    }

    [Fact]
    public void Fill_takes_from_nobody_even_in_a_higher_class()
    {
        Assert.NotEmpty(Plan.Propose(Contested(has: 3, wants: 1), T, Policy).Events);
        Assert.Empty(Plan.Propose(Contested(has: 3, wants: 1).Put(Says(1, Strategy.Fill)), T, Policy).Events);
    }

    [Fact]
    public void Lose_gives_before_Fill_gives()
    {
        // two hold an early frame each, and one that wins wants one: who loses gives, though it is of the higher class
        Snapshot world = Company(Shelf("MOTOR", 9), Coming("EARLY", "FRAME", 2, 4), Order("SO-1", 8, customerClass: 1), Order("SO-2", 8, customerClass: 2)).Planned()
            .Put(Coming("LATE", "FRAME", 9, 40), Promised("SO-1", 8), Promised("SO-2", 8), Order("SO-3", 8, customerClass: 3)).Planned().Put(Promised("SO-3", 8));
        Proposal p = Plan.Propose(world.Put(Says(1, Strategy.Lose), Says(2, Strategy.Fill), Says(3, Strategy.Win)), T, Policy);
        Assert.NotEqual("lot:EARLY", FrameOf(p, "SO-1"));
        Assert.Equal(("lot:EARLY", "lot:EARLY"), (FrameOf(p, "SO-2"), FrameOf(p, "SO-3")));
    }

    /// <summary>One early frame, which an order line of one class has for a promise that stands; another of another class, with the same date, waits for a frame that comes too late.</summary>
    private static Snapshot Contested(int has, int wants) => Company(Shelf("MOTOR", 9), Coming("EARLY", "FRAME", 1, 4), Order("SO-HAS", 8, customerClass: has)).Planned()
        .Put(Coming("LATE", "FRAME", 1, 40), Promised("SO-HAS", 8), Order("SO-WANTS", 8, customerClass: wants)).Planned().Put(Promised("SO-WANTS", 8));

    private static ClassStrategy Says(int customerClass, Strategy strategy) => new(customerClass, strategy, "MC");
    private static string FrameOf(Proposal p, string order) => p.Plan.World.Pegs.StartingWith($"{order}|FRAME|").Single().Supply;
    private static bool Pinned(Snapshot world, OrderLine order) => world.Pins.Any(x => x.Kind == PinKind.Slot && x.Target == order.Id && !(x.Expires <= RandomCompany.T));
    private static Promise Promised(string order, int days) => new(order, 1, "MC", T + Duration.FromDays(days), new(0.9), T, "ada", "");

    private static int Futures(Plan plan, OrderLine order)
    {
        Instant due = plan.World.Promises.StartingWith($"{order.Key}|").LastOrDefault()?.Date ?? order.Requested;
        return plan.DateSamples(order.Key).Count(d => plan.Epoch + Duration.FromSeconds(d) <= due);
    }

    private static (Snapshot World, Strategy[] OfClass) Troubled(int seed)
    {
        var company = new RandomCompany(seed);
        var random = new Random(seed);
        Strategy[] of = [.. Enumerable.Range(0, 3).Select(_ => (Strategy)random.Next(5))];
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int n = 0; n < 12; n++)
        {
            Applied change = company.World.Apply(company.Change(plan));
            if (change.Accepted) plan = Plan.Make(company.World = change.World, RandomCompany.T, RandomCompany.Policy);
        }
        return (company.World.Put([.. of.Select((s, i) => new ClassStrategy(i + 1, s, "MC"))]), of);
    }
}
