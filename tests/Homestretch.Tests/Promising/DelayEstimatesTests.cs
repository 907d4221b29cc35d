using Homestretch.Arrivals.History;
using Homestretch.Learning;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.Protection;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>A company's own deliveries as a history, and the forecast of delays as a source of estimates among others.</summary>
public sealed class DelayEstimatesTests
{
    private static readonly Instant s_t = SmallWorld.T;
    private static readonly Lot s_lot = SmallWorld.Make().The<Lot>();

    /// <summary>Due on 13 January 2027 at the hub, 50 days after t; the lot is on its way.</summary>
    private static Snapshot OnItsWay(params IEnumerable<IRecord> more) => SmallWorld.Make().Apply([new WorldEvent.Removed(TableKind.Named("lot_delays")!, "LOT-0", ""), new WorldEvent.Put(s_lot with { State = LotState.Shipped }), .. more.Select(static r => new WorldEvent.Put(r))]).World;

    private static Milestone Arrived(Instant at, Instant reported) => new("SH-1", 2, Edge.End, Classifier.Actual, "TW1", "MC", at, reported);

    [Fact]
    public void A_lot_with_purchase_and_shipment_is_a_line_with_its_days_at_the_hub()
    {
        Delivery open = Assert.Single(DeliveryHistory.Of(OnItsWay(), s_t));
        Assert.Equal(("LOT-1", "SH-1", "PO-1", "TW1", "TXG", "GVL", "sea", "FR-1", "frame"), (open.Line, open.Shipment, open.Order, open.Supplier, open.Site, open.Destination, open.Mode, open.Item, open.Family));
        Assert.Equal((new LocalDate(2027, 1, 13), new LocalDate(2026, 11, 24), null, 100.0, 12000.0), (open.Scheduled, open.AsOf, open.Delivered, open.Quantity, open.Value)); // 09:00 UTC is that day in Greenville too
        Instant ended = s_t + Duration.FromDays(55), told = s_t + Duration.FromDays(57);
        Snapshot arrived = OnItsWay(Arrived(ended, told));
        Assert.Null(Assert.Single(DeliveryHistory.Of(arrived, told - Duration.FromHours(1))).Delivered); // nobody has said so yet
        Delivery done = Assert.Single(DeliveryHistory.Of(arrived, told));
        Assert.Equal((new LocalDate(2027, 1, 18), new LocalDate(2027, 1, 20), new LocalDate(2026, 12, 14), 5), (done.Delivered, done.Known, done.AsOf, done.Delay));
        Assert.Empty(DeliveryHistory.Of(SmallWorld.Make().Apply([new WorldEvent.Put(s_lot with { State = LotState.Received })]).World, s_t)); // received on a day that nobody told
    }

    [Fact]
    public void The_model_speaks_as_a_source_says_nothing_twice_and_falls_silent_when_it_is_taken_out()
    {
        Snapshot world = OnItsWay();
        IReadOnlyList<WorldEvent> said = DelayEstimates.Due(world, Model(4, 9), "Homestretch delay model v3", s_t);
        Assert.Equal(["parties DELAY-MODEL", "milestones SH-1|02|1|1|DELAY-MODEL"], said.Select(static e => $"{e.Kind.Name} {e.Key}"));
        Snapshot next = world.Apply(said).World;
        Milestone estimate = next.Milestones.Single(static m => m.Source == Milestone.DelayModel);
        Assert.Equal((Instant.FromUtc(2027, 1, 17, 17, 0), s_t, "MC"), (estimate.At, estimate.Reported, estimate.Party.Value)); // 4 days late, noon in Greenville
        Assert.Equal("Homestretch delay model v3", next.Parties[Milestone.DelayModel].Name);
        Assert.Empty(DelayEstimates.Due(next, Model(4, 9), "Homestretch delay model v3", s_t + Duration.FromDays(3)));
        Assert.Equal("milestones", Assert.Single(DelayEstimates.Due(next, Model(5, 9), "Homestretch delay model v3", s_t + Duration.FromDays(3))).Kind.Name);
        WorldEvent gone = Assert.Single(DelayEstimates.Due(next, null, "", s_t + Duration.FromDays(3)));
        Assert.DoesNotContain(next.Apply([gone]).World.Milestones, static m => m.Source == Milestone.DelayModel);
        Assert.Empty(DelayEstimates.Due(next.Apply([new WorldEvent.Put(Arrived(s_t, s_t))]).World, null, "", s_t + Duration.FromDays(3))); // what was said of what has come stays, to be scored by
    }

    [Fact]
    public void Of_every_lot_that_was_bought_it_says_its_quantiles_beside_those_of_the_lane_until_the_lot_is_here()
    {
        // ten came on this lane, 0 to 9 days late; one is at sea, one was bought and has no shipment, one is only proposed
        PurchaseOrderLine bought = SmallWorld.Make().The<PurchaseOrderLine>();
        PurchaseOrderLine Bought(string key, int due, OrderStatus status) => bought with { Key = key, Due = s_t + Duration.FromDays(due), Status = status };
        IRecord[] history = [.. Enumerable.Range(0, 10).SelectMany(k => (IRecord[])
        [
            Bought($"PO-H{k}/10", -40, OrderStatus.Completed), new Shipment($"SH-H{k}", "MC", "TW-GVL", "", ""), s_lot with { Key = $"H{k}", PurchaseOrderLine = (Key<PurchaseOrderLine>)$"PO-H{k}/10", Shipment = (Key<Shipment>)$"SH-H{k}", State = LotState.Received },
            new Milestone($"SH-H{k}", 2, Edge.End, Classifier.Actual, "TW1", "MC", s_t + Duration.FromDays(k - 40), s_t + Duration.FromDays(k - 40)),
        ])];
        Snapshot world = OnItsWay([.. history, Bought("PO-2/10", 90, OrderStatus.Approved), s_lot with { Key = "LOT-2", PurchaseOrderLine = (Key<PurchaseOrderLine>)"PO-2/10", Shipment = null, State = LotState.Planned },
            Bought("PO-3/10", 90, OrderStatus.Proposed), s_lot with { Key = "LOT-3", PurchaseOrderLine = (Key<PurchaseOrderLine>)"PO-3/10", Shipment = null, State = LotState.Planned }]);
        Snapshot told = world.Apply(DelayEstimates.Due(world, Model(4, 9), "m", s_t)).World;
        Assert.Equal(["LOT-1", "LOT-2"], told.LotDelays.Select(static d => d.Lot));
        LotDelay said = told.LotDelays["LOT-2"];
        Assert.Equal([2, 4, 6.5m, 9, 9, 9], said.Days);
        Assert.Equal((s_t + Duration.FromDays(90), s_t), (said.Due, said.Said));
        Assert.Equal([2, 4, 7, 8, 9], said.Usual.Take(5).Select(static d => Math.Ceiling(d)));
        Assert.Empty(DelayEstimates.Due(told, Model(4, 9), "m", s_t));
        Assert.Equal(["lot_delays LOT-1", "lot_delays LOT-2"], DelayEstimates.Due(told, Model(4, 9.5), "m", s_t).Select(static e => $"{e.Kind.Name} {e.Key}"));
        Assert.Equal(["LOT-1", "LOT-2"], DelayEstimates.Due(told, null, "", s_t).OfType<WorldEvent.Removed>().Where(static r => r.Kind.Name == "lot_delays").Select(static r => r.Key)); // taken out of force
        Snapshot here = told.Apply([new WorldEvent.Put(s_lot with { State = LotState.Received }), new WorldEvent.Put(Arrived(s_t, s_t))]).World;
        Assert.Equal("LOT-1", Assert.Single(DelayEstimates.Due(here, Model(4, 9), "m", s_t), static e => e is WorldEvent.Removed).Key);
        Assert.DoesNotContain(Slice.Cut(told, "TW1").LotDelays, static _ => true);
    }

    [Fact]
    public void What_it_says_are_the_levels_that_misses_and_hits_have_moved()
    {
        DelayModel plain = Model(4, 9), moved = plain with { Levels = [.. plain.Levels.Select(static l => l.Wanted == 0.8 ? l with { Asked = 0.9 } : l)] };
        float[] row = new float[DeliveryFeatures.Names.Count];
        Assert.Equal((6.5, 9.0), (plain.Law(row)!.Quantile(0.8), moved.Law(row)!.Quantile(0.8)));
        Assert.Equal(4, moved.Law(row)!.Quantile(0.5));
    }

    [Theory]
    [InlineData(51, 17)] // due yesterday, said 4 late: that stands
    [InlineData(55, 20)] // the 4 days are over: half of what is left, from 5 on
    [InlineData(57, 22)]
    public void Of_a_line_past_its_day_the_median_of_what_is_left_is_said(int days, int january)
    {
        Instant t = s_t + Duration.FromDays(days);
        Milestone said = DelayEstimates.Due(OnItsWay(), Model(4, 9), "m", t).OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Milestone>().Single();
        Assert.Equal(new LocalDate(2027, 1, january), said.At.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date);
        Assert.True(said.At > t - Duration.FromDays(1));
    }

    [Fact]
    public void Nothing_is_said_of_a_line_that_is_later_than_the_model_has_ever_seen()
    {
        Assert.Empty(DelayEstimates.Due(OnItsWay(), Model(4, 9), "m", s_t + Duration.FromDays(90)));
        Assert.Empty(DelayEstimates.Due(OnItsWay(), new DelayModel(null, DelayModel.FirstLevels, new(new(2026, 1, 1), null, null, 0, 0, 0, null)), "m", s_t));
    }

    [Fact]
    public void It_moves_the_forecast_claims_to_have_seen_nothing_and_is_shown_to_nobody_else()
    {
        Snapshot before = OnItsWay().Apply([new WorldEvent.Removed(TableKind.Named("pins")!, "P3", "")]).World, after = before.Apply(DelayEstimates.Due(before, Model(25, 40), "m", s_t)).World;
        var asOne = new PlanPolicy { DelayWord = DelayWord.Estimate };
        Plan plain = Plan.Make(before, s_t), told = Plan.Make(after, s_t, asOne);
        Assert.True(told.Of(s_lot.Key)!.P50 > plain.Of(s_lot.Key)!.P50 + Duration.FromDays(2), $"{plain.Of(s_lot.Key)!.P50} {told.Of(s_lot.Key)!.P50}");
        Assert.Equal(plain.Of(s_lot.Key)!.AsOf, told.Of(s_lot.Key)!.AsOf); // the model's word is no news of the lot
        Assert.Contains(told.FanOf(s_lot.Key)![^1].Blend!.Sources, static s => s.Source == "DELAY-MODEL" && s.Share.Value > 0);
        Assert.Equal(Slice.Cut(before, "TW1").Milestones.Count, Slice.Cut(after, "TW1").Milestones.Count);
        Assert.DoesNotContain(Slice.Cut(after, "TW1").Parties, static p => p.Key == Milestone.DelayModel);
        // as a law it has no share in the blend, and is still shown
        Assert.DoesNotContain(Plan.Make(after, s_t).FanOf(s_lot.Key)![^1].Blend!.Sources, static s => s.Source == "DELAY-MODEL");
        Assert.Contains(Plan.Make(after, s_t).WayOf(s_lot.Key)[^1].Estimates, static e => e.Eta.Source == "DELAY-MODEL");
        // like any source it is scored by what came
        Instant later = s_t + Duration.FromDays(200);
        Snapshot done = after.Apply([new WorldEvent.Put(Arrived(s_t + Duration.FromDays(60), s_t + Duration.FromDays(60)))]).World;
        Assert.Contains(Plan.Make(done, later).Sources, static s => s.Source == "DELAY-MODEL" && s.Count == 1);
    }

    /// <summary>A model that says the same of all: its median, and its highest quantile.</summary>
    private static DelayModel Model(double median, double most)
    {
        double[] days = [median - 2, median, (median + most) / 2, most, most, most];
        return new(new(Same(ForestOutput.Chance, 0), [.. days.Select(static d => Same(ForestOutput.Value, d))]), DelayModel.FirstLevels, new(new(2026, 11, 1), null, null, 400, 300, 100, null));
    }

    private static Forest Same(ForestOutput output, double value) => Forest.Of(new(DeliveryFeatures.Names, output, [new([], [value])]), new("test")).Forest!;
}
