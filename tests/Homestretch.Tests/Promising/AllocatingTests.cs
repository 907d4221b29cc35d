using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Promising;

public sealed class AllocatingTests
{
    private const int Day = 24;

    [Fact]
    public void A_kit_waits_for_its_last_part_and_goes_out_as_late_as_is_in_time()
    {
        Snapshot world = Company(Shelf("FRAME", 1), Coming("M", "MOTOR", 1, 12), Order("SO", dueDays: 30)).Planned();
        Assert.Equal(29 * Day - 1, world.Start("SO"));
        Assert.Equal(["1 FRAME stock:H|FRAME||", "1 MOTOR lot:M"], world.Pegs("SO"));
        Assert.Equal(12 * Day, Company(Shelf("FRAME", 1), Coming("M", "MOTOR", 1, 12), Order("SO", dueDays: 5)).Planned().Start("SO"));
    }

    [Fact]
    public void Of_the_lots_in_time_the_latest_is_taken()
    {
        Snapshot world = Company(Shelf("FRAME", 9), Coming("M1", "MOTOR", 1, 2), Coming("M2", "MOTOR", 1, 8), Coming("M3", "MOTOR", 1, 20), Order("SO", dueDays: 15)).Planned();
        Assert.Contains("1 MOTOR lot:M2", world.Pegs("SO"));
    }

    [Fact]
    public void Purchases_respect_minimum_multiple_and_maximum()
    {
        ItemSupplier motor = Buys("MOTOR", "S1", 5);
        Assert.Equal([12], Company(Shelf("FRAME", 99), motor with { Minimum = 10, Multiple = 4 }, Order("SO", 60, 3)).Planned().Bought("MOTOR"));
        Assert.Equal([8, 8, 4], Company(Shelf("FRAME", 99), motor with { Multiple = 4, Maximum = 8 }, Order("SO", 60, 20)).Planned().Bought("MOTOR"));
    }

    [Fact]
    public void Hard_safety_delays_a_kit_and_soft_safety_only_orders_earlier()
    {
        ItemSupplier motor = Buys("MOTOR", "S1", 5);
        Snapshot hard = Company(Shelf("FRAME", 9), motor with { HardSafetyDays = 3 }, Order("SO", 5)).Planned(), soft = Company(Shelf("FRAME", 9), motor with { SoftSafetyDays = 3 }, Order("SO", 5)).Planned();
        Assert.Equal((18 * Day, 15 * Day), (hard.Start("SO"), soft.Start("SO")));
        Assert.Equal(T, Assert.Single(soft.PurchaseOrderLines).Ordered);
        Snapshot roomy = Company(Shelf("FRAME", 9), motor with { SoftSafetyDays = 3 }, Order("SO", 40)).Planned();
        Assert.Equal(39 * Day - 1, roomy.Start("SO"));
        Assert.Equal(T + Duration.FromHours(roomy.Start("SO")) - Duration.FromDays(18), Assert.Single(roomy.PurchaseOrderLines).Ordered);
    }

    [Fact]
    public void Another_supplier_is_asked_when_the_first_is_too_slow_and_only_while_it_takes_orders()
    {
        ItemSupplier second = Buys("FRAME", "S2", 2, priority: 2);
        Snapshot Bought(ItemSupplier other, int due) => Company(Shelf("MOTOR", 9), other, Order("SO", due)).Planned();
        Assert.Equal("S1", Bought(second, due: 40).PurchaseOrderLines.First().Supplier.Value);
        Assert.Equal(("S2", 14 * Day - 1.0), Bought(second, due: 15) is var late ? (late.PurchaseOrderLines.First().Supplier.Value, late.Start("SO")) : default);
        Assert.Equal("S1", Bought(second with { To = T.InUtc().Date }, due: 15).PurchaseOrderLines.First().Supplier.Value);
        Snapshot opening = Bought(second with { From = T.InUtc().Date.PlusDays(4) }, due: 5);
        Assert.Equal(("S2", 16.0 * Day, T + Duration.FromDays(4)), (opening.PurchaseOrderLines.First().Supplier.Value, opening.Start("SO"), opening.PurchaseOrderLines.First().Ordered));
        Assert.Contains(opening.Explain("SO").Reasons, static r => r.Contains("from S2 by SEA, to be ordered by Sat 28 Nov 2026", StringComparison.Ordinal));
    }

    [Fact]
    public void An_alternate_item_stands_in_when_the_part_comes_too_late_and_is_named()
    {
        var alternate = new ItemAlternate("FRAME", "FRAME-B", "MC", 1, null, null);
        Snapshot world = Company(Shelf("MOTOR", 9), Shelf("FRAME-B", 5), alternate, Order("SO", 15), Order("SO-LATER", 40)).Planned();
        Assert.Equal(["1 FRAME-B stock:H|FRAME-B||", "1 MOTOR stock:H|MOTOR||"], world.Pegs("SO"));
        Assert.StartsWith("1 FRAME lot:PLAN-FRAME", world.Pegs("SO-LATER")[0], StringComparison.Ordinal);
        Explanation explained = world.Explain("SO");
        Assert.Equal("FRAME", explained.Pegs.Single(static p => p.Item.Id == "FRAME-B").InsteadOf!.Id);
        Assert.Contains("FRAME-B (FRAME-B) stands in for FRAME (FRAME).", explained.Reasons);
        Assert.IsType<Forecast.Dated>(explained.Forecast);
    }

    [Fact]
    public void Alternates_go_by_priority_and_by_the_days_they_are_allowed()
    {
        LocalDate today = T.InUtc().Date;
        IRecord[] shelves = [Shelf("MOTOR", 9), Shelf("FRAME-B", 5), Order("SO", 15)];
        Snapshot With(LocalDate? from, LocalDate? to) => Company([.. shelves, new ItemAlternate("FRAME", "FRAME-B", "MC", 1, from, to)]).Planned();
        Assert.DoesNotContain("FRAME-B", With(null, today).Pegs("SO")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("FRAME-B", With(today.PlusDays(20), null).Pegs("SO")[0], StringComparison.Ordinal);
        Assert.Contains("FRAME-B", With(today, today.PlusDays(15)).Pegs("SO")[0], StringComparison.Ordinal);
        Snapshot two = Company([.. shelves, new Item("FRAME-C", "MC", "C", ItemKind.SubAssembly, "", "EA", 1, null), Shelf("FRAME-C", 5),
            new ItemAlternate("FRAME", "FRAME-B", "MC", 2, null, null), new ItemAlternate("FRAME", "FRAME-C", "MC", 1, null, null)]).Planned();
        Assert.Contains("FRAME-C", two.Pegs("SO")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_confirmed_build_never_moves_and_an_approved_one_may()
    {
        Snapshot world = Company(Shelf("FRAME", 1), Shelf("MOTOR", 1), Order("SO-1", 10, customerClass: 3)).Planned();
        Snapshot approved = world.Put(Order("SO-0", 10, customerClass: 1)).Planned(Scope.Everything);
        Assert.Contains("1 FRAME stock:H|FRAME||", approved.Pegs("SO-0"));
        Assert.NotEqual(world.Builds["SO-1"], approved.Builds["SO-1"]);
        Snapshot confirmed = world.Put(world.Builds["SO-1"] with { Status = OrderStatus.Confirmed }, Order("SO-0", 10, customerClass: 1)).Planned(Scope.Everything);
        Assert.Equal((world.Builds["SO-1"].Start, world.Builds["SO-1"].End), (confirmed.Builds["SO-1"].Start, confirmed.Builds["SO-1"].End));
        Assert.Equal(world.Pegs("SO-1"), confirmed.Pegs("SO-1"));
        Snapshot robbed = confirmed.Put(Shelf("FRAME", 0)).Planned(Scope.Everything);
        Assert.Equal(confirmed.Builds["SO-1"].Start, robbed.Builds["SO-1"].Start);
    }

    [Fact]
    public void A_full_plan_takes_back_what_is_only_proposed_to_buy_and_keeps_what_is_approved()
    {
        Snapshot world = Company(Order("SO", 60)).Planned();
        PurchaseOrderLine frame = world.PurchaseOrderLines.Single(static p => p.Item.Value == "FRAME");
        Snapshot kept = world.Put(frame with { Status = OrderStatus.Approved }).Put(world.OrderLines["SO"] with { Requested = T + Duration.FromDays(70) }).Planned(Scope.Everything);
        Assert.Equal(frame.Id, Assert.Single(kept.PurchaseOrderLines, static p => p.Item.Value == "FRAME").Id);
        Assert.NotEqual(world.PurchaseOrderLines.Single(static p => p.Item.Value == "MOTOR").Id, kept.PurchaseOrderLines.Single(static p => p.Item.Value == "MOTOR").Id);
    }

    [Fact]
    public void What_nobody_approved_is_taken_back_unless_a_shipment_carries_it()
    {
        Snapshot world = Company(Shelf("MOTOR", 1), Order("SO", 60)).Planned();
        Lot frame = world.Lots.Single();
        world = world.Put(Shelf("FRAME", 1));
        Assert.Empty(world.Planned(Scope.Everything).Lots);
        Assert.Equal(frame.Key, world.Put(new Shipment("SH", "MC", "SEA", "", ""), frame with { Shipment = (Key<Shipment>)"SH" }).Planned(Scope.Everything).Lots.Single().Key);
    }

    [Fact]
    public void An_order_line_without_a_date_names_the_part_that_nothing_can_bring()
    {
        Snapshot world = Company(new Item("BELL", "MC", "Bell", ItemKind.SubAssembly, "bell", "EA", 1, null), new BomLine("BIKE", "3", "BELL", "MC", new(1, "EA"), Condition.Always, null, null), Shelf("FRAME", 1), Order("SO", 5)).Planned();
        Explanation explained = world.Explain("SO");
        Assert.IsType<Forecast.Unknown>(explained.Forecast);
        Assert.Equal(["Bell (BELL) has no stock, no lot on its way and no supplier for Hub.", "The order line has no slot yet."], explained.Reasons);
        Assert.DoesNotContain(world.Put(Coming("B", "BELL", 1, 5)).Explain("SO").Reasons, static r => r.Contains("BELL", StringComparison.Ordinal));
    }

    [Theory, InlineData(OrderStatus.Proposed, true), InlineData(OrderStatus.Approved, true), InlineData(OrderStatus.Confirmed, true), InlineData(OrderStatus.Completed, false), InlineData(OrderStatus.Closed, false), InlineData(OrderStatus.Cancelled, false)]
    public void Open_orders_are_planned_and_ended_ones_are_not(OrderStatus status, bool planned)
    {
        Snapshot world = Company(Shelf("FRAME", 1), Shelf("MOTOR", 1), Order("SO", 10) with { Status = status });
        Assert.Equal(planned, Plan.Allocate(world, T, Policy, Scope.Everything).Count > 0);
        Assert.Equal(planned, Plan.Make(world, T, Policy).Of(new Key<OrderLine>("SO")) is not null);
    }

    [Fact]
    public void Why_an_order_line_is_late_is_told_as_data()
    {
        LateReason Of(IReadOnlyList<IRecord> more) => Company(more).Planned().Explain("SO").Late;
        IRecord[] shelves = [Shelf("FRAME", 9), Shelf("MOTOR", 9)];
        Assert.Equal(LateReason.None, Of([.. shelves, Order("SO", 5)]));
        Assert.Equal(LateReason.LeadTime, Of([Shelf("FRAME", 9), Order("SO", 5)]));
        Assert.Equal(LateReason.AwaitsSupply, Of([Shelf("FRAME", 9), Coming("M", "MOTOR", 1, 9), Order("SO", 5)]));
        Assert.Equal(LateReason.MaterialShort, Of([Shelf("FRAME", 9), Shelf("MOTOR", 1), Coming("M", "MOTOR", 1, 9), Order("SO", 5), Order("SO-0", 5, customerClass: 1)]));
        Assert.Equal(LateReason.Capacity, Of([.. shelves, Order("SO", 2), Order("SO-0", 2, customerClass: 1), new Routing("BIKE", "L", "MC", 20 * 60, 1)]));
        Assert.Equal(LateReason.Policy, Of([.. shelves, Order("SO", 5), new Pin("P", "MC", PinKind.Slot, "SO", "L", T + Duration.FromDays(8), "Fair", "ada", null)]));
    }

    [Fact]
    public void A_pinned_supply_is_there_when_the_planner_says()
    {
        Snapshot world = Company(Shelf("FRAME", 9), Coming("M", "MOTOR", 1, 9), new Pin("P", "MC", PinKind.Supply, "M", "", T + Duration.FromDays(2), "Seen at the gate", "ada", null), Order("SO", 5)).Planned();
        Assert.Equal(T + Duration.FromDays(2), Plan.Make(world, T, Policy).Of(new Key<Lot>("M"))!.P90);
        Assert.Equal(4 * Day - 1, world.Start("SO"));
        Assert.Contains(world.Explain("SO").Reasons, static r => r.Contains("Pin P by ada", StringComparison.Ordinal));
    }
}
