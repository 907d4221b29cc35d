using CsCheck;
using Homestretch.Arrivals;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.RandomCompany;

namespace Homestretch.Tests.Promising;

/// <summary>What a closed passage means for a whole plan: from Yantian, ships reach Rotterdam (hub H1) by Suez.</summary>
public sealed class PassageTests
{
    private static readonly PassageClosure s_closed = new(Passage.Suez, T, "MC", null, "Canal authority", "");

    [Fact]
    public void Closing_moves_what_has_the_passage_before_it_and_opening_puts_all_back_bit_for_bit()
    {
        int later = 0;
        Gen.Int.Sample(seed => Interlocked.Add(ref later, Closed_and_opened(seed)), iter: 30);
        Assert.True(later > 30, $"Only {later} lots met the closed canal.");
    }

    private static int Closed_and_opened(int seed)
    {
        int later = 0;
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, T, Policy);
        (Forecast[] Orders, LotForecast?[] Lots, int[][] Samples) before = All(plan);
        IReadOnlyList<EtaScore> scores = plan.Sources;
        WhatIf branch = WhatIf.Of(company.World, T, Policy, before.Orders, [new WorldEvent.Put(s_closed)]);
        Applied closed = company.World.Apply([new WorldEvent.Put(s_closed)]);
        IReadOnlyList<Moved> moved = plan.Advance(closed.World, closed.Touched);
        Assert.Equal(branch.Moved, moved);

        foreach (Lot lot in company.World.Lots.Where(static l => l.State < LotState.Received))
        {
            LotForecast was = before.Lots[company.World.Lots.ToList().IndexOf(lot)]!, now = plan.Of(lot.Key)!;
            ExplainedStep leg = plan.WayOf(lot.Key)[2];
            bool known = leg.Voyage is not null, pinned = closed.World.Pins.Any(p => p.Target == lot.Id);
            // estimates from before the closure are judged anew, with the detour, and what their sources say of other lots weighs differently
            bool reweighed = !scores.SequenceEqual(plan.Sources) && plan.WayOf(lot.Key).Any(static s => s.Estimates.Count > 0);
            if (reweighed && !known) continue;
            if (!known || leg.Done || pinned) Assert.Equal(was, now);
            else if (leg.Evidence.Count == 0)
            {
                Assert.True(now.P50 > was.P50, $"{lot.Id} meets {leg.Voyage!.Said} and stays.");
                later++;
            }
        }

        Applied open = closed.World.Apply([new WorldEvent.Removed(TableKind.For(s_closed), s_closed.Id, "It was a rumour")]);
        plan.Advance(open.World, open.Touched);
        var after = All(plan);
        Assert.Equal(before.Orders, after.Orders);
        Assert.Equal(before.Lots, after.Lots);
        Assert.Equal(before.Samples, after.Samples);
        return later;
    }

    [Fact]
    public void Opening_at_once_is_as_if_it_had_never_been_closed()
    {
        var company = new RandomCompany(3);
        Plan plan = Plan.Make(company.World, T, Policy);
        var before = All(plan);
        foreach (PassageClosure c in (PassageClosure[])[s_closed, s_closed with { Until = T }])
        {
            Applied applied = plan.World.Apply([new WorldEvent.Put(c)]);
            plan.Advance(applied.World, applied.Touched);
        }
        Assert.Equal(before.Samples, All(plan).Samples);
    }

    [Fact]
    public void A_lot_that_is_through_the_passage_and_one_of_another_ocean_stay()
    {
        var (through, under) = (Sailing("THROUGH", -12), Sailing("UNDER", -1));     // fifteen days at sea, the canal after ten
        Assert.Null(Leg(through).Voyage);
        Assert.Contains("Suez closed: +", Leg(under).Voyage!.Said, StringComparison.Ordinal);
        Assert.Equal(Arrives(through, open: true), Arrives(through, open: false));
        Assert.True(Arrives(under, open: false) > Arrives(under, open: true) + Duration.FromDays(3));
    }

    [Fact]
    public void An_estimate_from_before_the_closure_is_taken_with_the_detour_and_one_from_after_it_as_it_is()
    {
        Snapshot world = Sailing("S", -1);
        Milestone stale = new("SH", 2, Edge.End, Classifier.Estimated, "S1", "MC", T + Duration.FromDays(14), T - Duration.FromHours(1));
        Instant before = Arrives(Told(world, stale), open: true), after = Arrives(Told(world, stale), open: false);
        Assert.True(after > before + Duration.FromDays(3));
        Milestone fresh = stale with { Reported = T + Duration.FromHours(1), At = T + Duration.FromDays(14) };
        Assert.True(Arrives(Told(world, fresh), open: false) < after);
    }

    [Fact]
    public void Without_a_network_or_without_ports_nothing_moves_and_nothing_is_said()
    {
        Snapshot world = Sailing("S", -1), inland = Told(world, world.Sites["P-S1"] with { Locode = "" });
        Assert.Equal(Arrives(world, open: true), Arrives(world, open: false, Policy with { Sea = null }));
        Assert.Equal(Arrives(world, open: true), Arrives(inland, open: false));
        Assert.Null(Leg(inland).Voyage);
    }

    [Fact]
    public void Two_plans_know_that_they_know_different_seas() =>
        Assert.NotEqual(Plan.Make(Snapshot.Empty, T, Policy).Identity, Plan.Make(Snapshot.Empty, T, Policy with { Sea = null }).Identity);

    [Fact]
    public void A_lot_knows_the_passages_before_it_and_its_fan_ends_where_it_arrives() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        Applied closed = company.World.Apply([new WorldEvent.Put(s_closed)]);
        Plan plan = Plan.Make(closed.World, T, Policy);
        foreach (Lot lot in closed.World.Lots)
        {
            IReadOnlyList<ExplainedStep> way = plan.WayOf(lot.Key);
            IReadOnlyList<PassageAhead> passages = plan.PassagesOf(lot.Key);
            bool coming = lot.State < LotState.Received;
            Assert.Equal(coming && way.Any(static s => s is { Done: false, Voyage: not null }), passages.Any(static p => p.Closed));
            Assert.All(passages.Where(static p => p is { Closed: false, Voyage: null }), static p => Assert.True(p.At >= T));
            IReadOnlyList<FanStep> fan = plan.FanOf(lot.Key);
            if (!coming)
            {
                Assert.Empty(fan);
                continue;
            }
            Assert.All(fan, static f => Assert.True(f.P10 <= f.P25 && f.P25 <= f.P50 && f.P50 <= f.P75 && f.P75 <= f.P90 && f.P90 <= f.P95));
            Assert.All(fan.Where(static f => f.Blend is not null), static f => Assert.Equal(1, f.Blend!.OwnShare.Value + f.Blend.Sources.Sum(static s => s.Share.Value), 1e-9));
            if (fan.Count > 0 && !closed.World.Pins.Any(p => p.Target == lot.Id) && plan.Of(lot.Key) is { } forecast && forecast.P50 > T)
                Assert.Equal((forecast.P50, forecast.P90), (fan[^1].P50, fan[^1].P90));
        }
    }, iter: 30);

    private static (Forecast[] Orders, LotForecast?[] Lots, int[][] Samples) All(Plan plan) => ([.. plan.Forecasts], [.. plan.World.Lots.Select(l => plan.Of(l.Key))], [.. plan.World.OrderLines.Select(o => plan.DateSamples(o.Key))]);

    /// <summary>One lot on a ship for H1 that left so many days after t.</summary>
    private static Snapshot Sailing(string key, int left)
    {
        Instant sailed = T + Duration.FromDays(left);
        return Told(new RandomCompany(1).World, new Shipment("SH", "MC", "S1-H1", "", ""),
            new Lot("LOT", "S1", null, "FRAME", "", new(5, "EA"), "S1-H1", LotState.Shipped, sailed - Duration.FromDays(3), 0, (Key<Shipment>)"SH"),
            new Milestone("SH", 1, Edge.End, Classifier.Actual, "S1", "MC", sailed, sailed), new Milestone("SH", 2, Edge.Begin, Classifier.Actual, "S1", "MC", sailed, sailed));
    }

    private static Snapshot Told(Snapshot world, params IReadOnlyList<IRecord> records)
    {
        Applied applied = world.Apply([.. records.Select(static r => new WorldEvent.Put(r))]);
        Assert.Empty(applied.Findings);
        return applied.World;
    }

    private static Instant Arrives(Snapshot world, bool open, PlanPolicy? policy = null) => Plan.Make(open ? world : Told(world, s_closed), T, policy ?? Policy).Of(new Key<Lot>("LOT"))!.P50;

    private static ExplainedStep Leg(Snapshot world) => Plan.Make(Told(world, s_closed), T, Policy).WayOf("LOT")[2];
}
