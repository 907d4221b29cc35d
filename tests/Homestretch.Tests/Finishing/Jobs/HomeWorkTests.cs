using Homestretch.Finishing.Jobs;
using Homestretch.Finishing.Tracing;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Jobs;

/// <summary>Hours, domestic share and concentration out of as-built records.</summary>
public sealed class HomeWorkTests
{
    private static readonly Snapshot s_small = SmallWorld.Make();

    /// <summary>The small world's unit, its frame out of a lot whose price and origin are known.</summary>
    private static Snapshot Valued(string origin)
    {
        ItemOrigin told = s_small.ItemOrigins.First();
        Applied applied = s_small.Apply([new WorldEvent.Removed(TableKind.Named("item_origins")!, told.Id, "test"), new WorldEvent.Put(told with { Terms = DeliveryTerm.Fca, From = new LocalDate(2026, 1, 1), Country = origin, Claims = "" }),
            new WorldEvent.Put(s_small.UnitParts.First() with { LotNumber = "LOT-1" })]);
        Assert.Empty(applied.Findings);
        return applied.World;
    }

    private static UnitRecord Record(Snapshot world) => UnitRecords.Of(world, "C1-000001")!;

    [Theory]
    [InlineData("TW", 0.0)]
    [InlineData("PR", 1.0)]        // of the same customs territory
    [InlineData("US", 1.0)]
    public void What_is_domestic_is_so_by_origin_and_one_supplier_country_is_all_the_concentration_there_is(string origin, double share)
    {
        Snapshot world = Valued(origin);
        HomeWork row = Assert.Single(HomeWorks.Together(world, [Record(world)]));
        Assert.Equal(("US", "C1", 1, "USD", share, 10_000.0, 0, 1), (row.Country, row.Family, row.Units, row.Currency, row.DomesticShare, row.Concentration, row.Unvalued, row.Parts));
        Assert.Equal("TW", Assert.Single(row.Countries).Country);
    }

    [Fact]
    public void What_nobody_knows_is_in_no_share_and_is_counted()
    {
        HomeWork row = Assert.Single(HomeWorks.Together(s_small, [Record(s_small) with { Steps = [] }]));       // its lot is none that anybody knows
        Assert.Equal((null as double?, null as double?, null as double?, 1, 1, 1), (row.Hours, row.DomesticShare, row.Concentration, row.Untimed, row.Unvalued, row.Parts));
        Assert.Empty(HomeWorks.Together(s_small, [Record(s_small) with { State = UnitState.InWork, Completed = null }]));
    }

    [Fact]
    public void Hours_are_what_lies_between_recorded_moments_without_pauses()
    {
        UnitRecord unit = Record(s_small);
        Instant begun = unit.Begun;
        StepRecord step = unit.Steps[0];
        HomeWork row = Assert.Single(HomeWorks.Monthly(s_small, [unit with { Steps = [step with { Done = begun + Duration.FromMinutes(30) }, step with { Done = begun + Duration.FromHours(16) }], Completed = begun + Duration.FromHours(17) }]));
        Assert.Equal((1.5, 1, 0), (row.Hours, row.Pauses, row.Untimed));
    }

    [Fact]
    public void Months_are_the_hubs_own_and_two_countries_of_equal_value_count_half()
    {
        UnitRecord unit = Record(s_small);
        Instant late = Instant.FromUtc(2026, 2, 1, 3, 0);       // still January in Greenville
        Assert.Equal(["2026-01", "2026-02"], HomeWorks.Monthly(s_small, [unit with { Completed = late }, unit with { Completed = late + Duration.FromHours(9) }]).Select(static r => r.Month));
        Assert.Equal(5_000, new HomeWork("", "US", "C1", 1, null, 1, 0, "USD", 20, 0, 0, 2, [new("TW", 10), new("VN", 10)]).Concentration);
    }
}
