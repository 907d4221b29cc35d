using Homestretch.Finishing.Origin;
using Homestretch.Landing;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>From the as-built record to what may be claimed.</summary>
public sealed class AsBuiltTests
{
    private static readonly Snapshot s_small = SmallWorld.Make();

    /// <summary>The small world's unit with a frame out of its lot that came, bought without carriage.</summary>
    private static readonly Snapshot s_world = Put(s_small, s_small.UnitParts.First() with { LotNumber = "LOT-1" }, s_small.ItemOrigins.First() with { Terms = DeliveryTerm.Fca, From = new LocalDate(2026, 1, 1), Claims = "GSP" });

    [Fact]
    public void A_part_costs_what_its_lot_cost_landed_and_comes_from_where_its_supplier_declared()
    {
        UnitContent unit = AsBuilt.Content(s_world, "C1-000001")!;
        UnitComponent part = Assert.Single(unit.Components);
        Lot lot = s_world.Lots["LOT-1"];
        Landed landed = LandedCost.Of(LandingTables.Of(s_world), Sources.Arrived(s_world, LandingTables.Of(s_world), lot.Shipment!.Value), new LandingPolicy()).Landed!;
        long? Each(CostKind kind) => (long)decimal.Round(100 * landed.Of("LOT-1", kind) / lot.Quantity.Value);
        Assert.Equal((Each(CostKind.Price), Each(CostKind.Duty)), (part.Value, part.Duty));
        Assert.Equal((long)decimal.Round(100 * (landed.Of("LOT-1", CostKind.Freight) + landed.Of("LOT-1", CostKind.Insurance)) / lot.Quantity.Value), part.Freight);
        Assert.True(part is { Value: > 0, Freight: > 0, Duty: > 0 });
        Assert.Equal(("FR-1", "LOT-1", 1m, "TW", "GSP"), (part.Item, part.Lot, part.Quantity, part.Origin, Assert.Single(part.Originating!)));
        Assert.Equal(("US", "USD", "UK"), (unit.MadeIn, unit.Currency, unit.Market));
    }

    [Fact]
    public void What_no_record_says_is_unknown_and_so_are_the_claims()
    {
        UnitContent unit = AsBuilt.Content(s_world, "C1-000001")!;
        Assert.Equal((null as LocalDate?, null as long?, null as long?, Processing.Unknown), (unit.Delivered, unit.Assembly, unit.InternationalFreight, unit.Processing));
        Assert.All(Claims.Of(s_world, unit).Claims, static c => Assert.Equal(ClaimState.Unknown, c.State));
        UnitComponent lost = Assert.Single(AsBuilt.Content(s_small, "C1-000001")!.Components);       // LOT-9 is no lot that anybody knows
        Assert.Equal((null as long?, null as long?, null as long?, "", null as object), (lost.Value, lost.Freight, lost.Duty, lost.Origin, lost.Originating));
        Assert.Null(AsBuilt.Content(s_world, "C1-999999"));
    }

    [Fact]
    public void A_part_that_came_out_again_is_not_in_the_unit() =>
        Assert.Empty(AsBuilt.Content(Put(s_world, s_world.UnitParts.First() with { TakenOut = SmallWorld.T.Plus(Duration.FromHours(1)) }), "C1-000001")!.Components);

    [Fact]
    public void Origin_never_follows_from_the_suppliers_address_and_a_price_with_carriage_is_no_value()
    {
        UnitComponent carried = Assert.Single(AsBuilt.Content(Put(s_world, s_world.ItemOrigins.First() with { Terms = DeliveryTerm.Cpt }), "C1-000001")!.Components);
        Assert.Equal((null as long?, null as long?), (carried.Value, carried.Freight));
        Snapshot silent = s_world.Apply([new WorldEvent.Removed(TableKind.Named("item_origins")!, s_world.ItemOrigins.First().Id, "test")]).World;
        UnitComponent open = Assert.Single(AsBuilt.Content(silent, "C1-000001")!.Components);
        Assert.Equal(("", null as object, null as long?), (open.Origin, open.Originating, open.Duty));
    }

    [Fact]
    public void Nobody_has_to_declare_what_comes_from_the_same_territory()
    {
        Snapshot home = Put(s_world, s_world.ItemOrigins.First() with { Country = "PR", Claims = "" });
        UnitComponent part = Assert.Single(AsBuilt.Content(home, "C1-000001")!.Components);
        Assert.Equal(("PR", null as object), (part.Origin, part.Originating));
    }

    private static Snapshot Put(Snapshot world, params IRecord[] records)
    {
        Applied applied = world.Apply([.. Former(world, records), .. records.Select(static r => new WorldEvent.Put(r))]);
        Assert.Empty(applied.Findings);
        return applied.World;

        // an origin that begins on another day has another key
        static IEnumerable<WorldEvent> Former(Snapshot world, IRecord[] records) => records.OfType<ItemOrigin>().SelectMany(o => world.ItemOrigins.Where(x => x.Id != o.Id).Select(static x => (WorldEvent)new WorldEvent.Removed(TableKind.Named("item_origins")!, x.Id, "test")));
    }
}
