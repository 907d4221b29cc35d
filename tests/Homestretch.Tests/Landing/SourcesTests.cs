using Homestretch.Landing;
using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Landing;

public sealed class SourcesTests
{
    private static readonly LocalDate s_day = new(2026, 11, 24);
    private static readonly Snapshot s_world = SmallWorld.Make();
    private static readonly string[] s_tables = ["customs_territories", "exchange_rates", "customs_items", "item_origins", "duty_measures", "customs_fees", "insurance_rates", "origin_rules"];

    /// <summary>Worked out by hand: 50 frames at 120.50 with the carriage in the price; freight 50 x 6.50 + 120 = 445; insured: 0.00275 of price and itself; 3.9 % on 6,025 less 445.</summary>
    [Fact]
    public void A_way_to_buy_is_counted_from_the_records_alone()
    {
        SourceLanded only = Assert.Single(Sources.Landed(s_world, new(s_day), new LandingPolicy()));
        Landed landed = only.Landed!;
        Assert.Equal((6_025m, 0m, 16.61m, 217.62m, 33.58m), (landed.Of(only.Source.Id, CostKind.Price), landed.Of(only.Source.Id, CostKind.Freight), landed.Of(only.Source.Id, CostKind.Insurance), landed.Of(only.Source.Id, CostKind.Duty), landed.Of(only.Source.Id, CostKind.Fee)));
        Assert.Equal((50m, Mode.Sea, 33m, s_day.PlusDays(-30)), (only.Quantity, only.Consignment.Mode, only.Consignment.Days, only.Consignment.Exported!.Value));
        Assert.Equal(108.95m, landed.Of(only.Source.Id, CostKind.Holding)); // 6,025 x 0.2 x 33 / 365
    }

    [Theory]
    [InlineData("GVL", 1)]
    [InlineData("US", 1)]
    [InlineData("UK", 0)]
    public void Ways_are_asked_for_by_site_territory_or_market(string to, int ways) => Assert.Equal(ways, Sources.Landed(s_world, new(s_day, To: to), new LandingPolicy()).Count);

    [Fact]
    public void A_shipment_that_came_lands_as_it_was_planned()
    {
        LandingTables tables = LandingTables.Of(s_world);
        Consignment arrived = Sources.Arrived(s_world, tables, new Key<Shipment>("SH-1"));
        Assert.Equal((new LocalDate(2026, 12, 14), (LocalDate?)null, 20m), (arrived.Entered!.Value, arrived.Exported, arrived.Days));
        Snapshot paid = s_world.Apply([new WorldEvent.Put(s_world.Items["FR-1"] with { Cost = new Money(12000, "USD") })]).World;
        Consignment planned = Sources.Planned(paid, tables, paid.ItemSuppliers.First(), 100, arrived.Entered.Value);
        Consignment same = planned with { Key = arrived.Key, Exported = null, Days = arrived.Days, Lines = [planned.Lines[0] with { Key = "LOT-1", Price = planned.Lines[0].Price! with { Row = "purchase_order_lines PO-1/10" } }] };
        Assert.Equal(LandedCost.Of(tables, same, new LandingPolicy()).Landed!.Components, LandedCost.Of(tables, arrived, new LandingPolicy()).Landed!.Components);
    }

    [Fact]
    public void Origin_never_follows_from_the_suppliers_address()
    {
        Snapshot silent = s_world.Apply([new WorldEvent.Removed(TableKind.Named("item_origins")!, s_world.ItemOrigins.First().Id, "test")]).World;
        Assert.Equal("TW", silent.Parties["TW1"].Country);
        SourceLanded only = Assert.Single(Sources.Landed(silent, new(s_day), new LandingPolicy()));
        Assert.Null(only.Landed);
        Assert.Equal(["unknown-origin"], only.Findings.Select(static f => f.Rule));
    }

    [Fact]
    public void Nobody_but_the_brand_owner_sees_a_tariff_or_an_origin()
    {
        foreach (Party party in s_world.Parties.Where(static p => p.Kind != PartyKind.Brand))
        {
            Snapshot cut = Slice.Cut(s_world, party.Key);
            Assert.All(s_tables, t => Assert.Equal(0, cut.Count(TableKind.Named(t)!)));
            foreach (string table in s_tables)
            {
                IRecord record = s_world.Records(TableKind.Named(table)!).First();
                Assert.False(Slice.MayTell(s_world, party.Key, new WorldEvent.Put(record)));
                Assert.Same(cut, Slice.Cut(s_world.Apply([new WorldEvent.Removed(TableKind.Named(table)!, record.Id, "test")]).World, party.Key, cut));
            }
        }
    }

    [Fact]
    public void No_plan_changes_with_a_tariff()
    {
        foreach (string table in s_tables)
        {
            IRecord record = s_world.Records(TableKind.Named(table)!).First();
            PlanImpact impact = PlanImpact.Of(s_world, s_world, Links.Of(s_world), [new Touch(TableKind.Named(table)!, record.Id, record, null)]);
            Assert.True(!impact.Relay && impact.Orders.Count == 0 && impact.Lots.Count == 0 && !impact.Purchasing && impact.Supplies.Count == 0);
        }
    }

    [Fact]
    public void A_measure_that_others_name_is_not_removed_under_them()
    {
        Applied refused = s_world.Apply([new WorldEvent.Removed(TableKind.Named("duty_measures")!, "US-2", "test")]);
        Assert.Equal(("still-in-use", "yields_to"), (Assert.Single(refused.Findings).Rule, refused.Findings[0].Place.Column));
        Assert.Equal(["unknown-key"], s_world.Apply([new WorldEvent.Put(s_world.DutyMeasures["US-1"] with { YieldsTo = "US-9" })]).Findings.Select(static f => f.Rule));
    }
}
