using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Promising;

/// <summary>Stock with a target is bought again when what no near kit has falls below it.</summary>
public sealed class RestockingTests
{
    [Fact]
    public void What_is_free_there_or_coming_is_brought_up_to_the_target()
    {
        Snapshot world = Company(Shelf("FRAME", 3), Coming("LOT", "FRAME", 2, 20), Target("FRAME", 9));
        Restock due = Assert.Single(Restocking.Due(world, T));
        Assert.Equal(5, due.Free);
        (PurchaseOrderLine line, Lot lot) = Assert.Single(due.Buys);
        Assert.Equal((4m, "S1", T + Duration.FromDays(30), OrderStatus.Approved), (line.Quantity.Value, line.Supplier.Value, line.Due, line.Status));      // 20 days to make, 10 by sea
        Assert.Equal((T + Duration.FromDays(20), LotState.Planned), (lot.Ready, lot.State));
        Assert.Empty(Restocking.Due(Apply(world, [.. due.Events]), T));
    }

    [Fact]
    public void A_kit_that_a_purchase_of_today_could_still_serve_takes_nothing_yet()
    {
        Snapshot near = Company(Shelf("FRAME", 5), Shelf("MOTOR", 9), Target("FRAME", 5), Order("SO", 20)).Planned(), far = Company(Shelf("FRAME", 5), Shelf("MOTOR", 9), Target("FRAME", 5), Order("SO", 90)).Planned();
        far = far.Put(far.Builds["SO"] with { Start = T + Duration.FromDays(80), End = T + Duration.FromDays(80) + Duration.FromHours(1) });
        Assert.Equal(4, Assert.Single(Restocking.Due(near, T)).Free);
        Assert.Empty(Restocking.Due(far, T));
        Assert.Single(Restocking.Due(far, T + Duration.FromDays(55)));
    }

    [Fact]
    public void A_kit_that_is_built_has_taken_its_parts_already()
    {
        Snapshot world = Company(Shelf("FRAME", 5), Shelf("MOTOR", 9), Target("FRAME", 5), Order("SO", 20)).Planned();
        Assert.Single(Restocking.Due(world, T));
        Assert.Empty(Restocking.Due(world.Put(world.Builds["SO"] with { Status = OrderStatus.Completed }), T));
    }

    [Fact]
    public void Sizes_of_the_supplier_hold_and_an_item_that_nobody_sells_is_told()
    {
        Snapshot world = Company(Target("FRAME", 7), Buys("FRAME", "S1", 20) with { Minimum = 4, Multiple = 2, Maximum = 5 });
        Assert.Equal([4m, 4m], Assert.Single(Restocking.Due(world, T)).Buys.Select(static b => b.Line.Quantity.Value));       // 4 at most 5 in twos; the 3 left are too few
        Restock bare = Assert.Single(Restocking.Due(Company(Target("FRAME-B", 2)), T));
        Assert.Empty(bare.Buys);
        Assert.Empty(bare.Events);
    }

    [Fact]
    public void Who_no_longer_sells_is_passed_over()
    {
        Snapshot world = Company(Target("FRAME", 2), Buys("FRAME", "S1", 20) with { To = T.InUtc().Date }, Buys("FRAME", "S2", 5, priority: 2));
        Assert.Equal("S2", Assert.Single(Assert.Single(Restocking.Due(world, T)).Buys).Line.Supplier.Value);
    }

    private static StockTarget Target(string item, decimal level) => new("H", item, "MC", level, "");
}
