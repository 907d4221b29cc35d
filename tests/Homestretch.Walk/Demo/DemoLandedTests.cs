using Homestretch.Cli.Demo;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

public sealed class DemoLandedTests
{
    private static readonly LocalDate s_day = new(2026, 11, 28);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_day.AtMidnight().InUtc().ToInstant(), DemoCompany.DefaultSeed));

    [Fact]
    public void Every_way_to_buy_lands_and_every_row_that_made_it_is_called_a_sample()
    {
        IReadOnlyList<SourceLanded> all = Sources.Landed(s_world, new(s_day), new LandingPolicy());
        Assert.Empty(all.SelectMany(static s => s.Findings));
        Assert.Equal(s_world.ItemSuppliers.Count, all.Count);
        Assert.All(all.SelectMany(static s => s.Landed!.Components).Where(static c => c.Kind is CostKind.Insurance or CostKind.Duty or CostKind.Fee), static c => Assert.True(c.Sample));
    }

    /// <summary>Worked out by hand from the demonstration's tables, 20 units each. Frames to Greenville: 3.9 % and fees on 3,680 without freight, the fee of 34 being the least of an entry. Brakes to Almere: 4.7 % on (1,476 + 428.40) / 0.9967;
    /// to Coventry: 4 % on (1,312 + 428.40) / 0.9967.</summary>
    [Theory]
    [InlineData("FRM-M", "VN-GVL", "USD", 143.52, 38.60, 88.72, 4424.15)]
    [InlineData("BRK-LF", "TW-ALM", "EUR", 89.80, 0, 33.24, 2033.75)]
    [InlineData("BRK-RF", "TW-COV", "GBP", 69.85, 0, 30.27, 1846.28)]
    public void One_part_a_hub_is_as_worked_out_by_hand(string item, string lane, string currency, double duty, double fees, double holding, double total)
    {
        SourceLanded one = Assert.Single(Sources.Landed(s_world, new(s_day, item, To: s_world.Lanes[lane].To.Value), new LandingPolicy()), s => s.Source.Lane.Value == lane);
        string line = one.Source.Id;
        Assert.Equal((20m, currency, (decimal)duty, (decimal)fees, (decimal)holding, (decimal)total),
            (one.Quantity, one.Landed!.Currency, one.Landed.Of(line, CostKind.Duty), one.Landed.Of(line, CostKind.Fee), one.Landed.Of(line, CostKind.Holding), one.Landed.Total));
    }

    [Fact]
    public void Lots_of_the_company_that_cleared_customs_land_by_what_was_paid_for_them()
    {
        LandingTables tables = LandingTables.Of(s_world);
        int landed = 0;
        foreach (Shipment shipment in s_world.Shipments)
        {
            Consignment arrived = Sources.Arrived(s_world, tables, shipment.Key);
            if (arrived.Entered is null || arrived.Lines.Count == 0) continue;
            var (cost, findings) = LandedCost.Of(tables, arrived, new LandingPolicy { MostRateDays = 400 });
            Assert.All(findings, static f => Assert.Contains(f.Rule, (string[])["unknown-price", "unknown-export-date"]));
            if (cost is null) continue;
            landed++;
            Assert.Equal(cost.Total, arrived.Lines.Sum(l => cost.Of(l.Key)));
        }
        Assert.True(landed > 10, $"{landed} shipments landed.");
    }
}
