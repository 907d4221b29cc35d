using Homestretch.Branching;
using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.Tests.Situations;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.RandomCompany;

namespace Homestretch.Tests.Branching;

public sealed class AssumptionTests
{
    [Theory]
    [InlineData("close suez for 3 weeks", "close suez for 21 days")]
    [InlineData("  close   suez from 2026-12-01T00:00:00Z until 2026-12-02T06:00:00+01:00", "close suez from 2026-12-01 until 2026-12-02T05:00:00Z")]
    [InlineData("demand +20% market US", "demand +20% market US")]
    [InlineData("demand -12.5%", "demand -12.5%")]
    [InlineData("shift L1 22:00-06:00", "shift L1 22:00-06:00")]
    [InlineData("set lots \"LOT 1\" \"note=a \"\"b\"\"\" x=", "set lots \"LOT 1\" \"note=a \"\"b\"\"\" x=")]
    public void A_line_is_read(string line, string written) => Assert.Equal(written, AssumptionText.Parse(line).Value!.ToString());

    [Theory]
    [InlineData("", "empty")]
    [InlineData("shut suez", "'shut' is nothing")]
    [InlineData("close kiel", "'kiel' is no passage")]
    [InlineData("close", "names a passage")]
    [InlineData("lose S1 from 2026-12-02 until 2026-12-02", "before it begins, or at once")]
    [InlineData("lose S1 from 2026-13-02", "'2026-13-02' is no day")]
    [InlineData("lose S1 until 2026-12-02 for 3 days", "an end and a length")]
    [InlineData("lose S1 for 3 moons", "'3 moons' is no length")]
    [InlineData("demand 20", "'20' is no change")]
    [InlineData("demand -101%", "no change")]
    [InlineData("lane A -100%", "no change")]
    [InlineData("shift L1 25:00-26:00", "are no hours")]
    [InlineData("stock H1 FRAME many", "'many' is no amount")]
    [InlineData("stop M1 now", "'now' is left over")]
    [InlineData("set lots L", "Nothing is set")]
    [InlineData("set lots L \"open", "not closed")]
    public void A_line_that_cannot_be_read_says_why_and_how_to_mend_it(string line, string why)
    {
        var (value, wrong, cure) = AssumptionText.Parse(line);
        Assert.Null(value);
        Assert.Contains(why, wrong);
        Assert.NotEmpty(cure!);
    }

    [Fact]
    public void Lines_are_read_past_comments_and_each_finding_says_which_line()
    {
        var (assumed, findings) = AssumptionText.Parse(["# a bad month", "", "close suez", "nonsense"], "bad.txt");
        Assert.Single(assumed);
        Assert.Equal(("bad.txt", 4), (Assert.Single(findings).Place.Source, findings[0].Place.Line));
    }

    [Theory]
    [InlineData("lose NOBODY", "parties has no 'NOBODY'")]
    [InlineData("shift L9 20:00-22:00", "assembly_lines has no 'L9'")]
    [InlineData("stop M1", "when M1 runs again")]
    [InlineData("stock H1 FRAME -900", "fewer than are taken away")]
    [InlineData("set lots LOT-00 nothing=1", "no column 'nothing'")]
    [InlineData("set lots LOT-00 lot=OTHER", "key is 'OTHER'")]
    [InlineData("set moons LOT-00 lot=OTHER", "no table 'moons'")]
    [InlineData("remove pins NONE", "no 'NONE' to remove")]
    [InlineData("set lots LOT-00 lane=NONE", "lanes has no 'NONE'")]
    public void What_the_world_does_not_know_is_found_and_nothing_moves(string line, string found)
    {
        Plan inForce = Plan.Make(new RandomCompany(5).World, T, Policy);
        Branched branched = Branched.Of(inForce, new("odd", [AssumptionText.Parse(line).Value!]));
        Assert.Contains(found, branched.Findings[0].What);
        Assert.Same(inForce.World, branched.World);
        Assert.Empty(branched.Effects);
    }

    [Fact]
    public void More_demand_is_that_many_units_more_and_less_that_many_fewer()
    {
        Plan inForce = Plan.Make(new RandomCompany(7).World, T, Policy);
        int units = Units(inForce.World);
        foreach (decimal change in (decimal[])[0.5m, 1m, -0.5m])
        {
            Branched branched = Branched.Of(inForce, new("demand", [new Assumption.DemandChanged(change, null, null)]));
            Assert.InRange(Units(branched.World), units * (double)(1 + change) - 3, units * (double)(1 + change) + 3);
        }
    }

    [Fact]
    public void A_supplier_lost_for_three_weeks_hands_nothing_over_in_them_and_one_lost_for_good_nothing_at_all()
    {
        Snapshot world = TroubledCompany.Of(4);
        Plan inForce = Plan.Make(world, T, Policy);
        Instant until = T + Duration.FromDays(21);
        Branched for3Weeks = Branched.Of(inForce, new("lost", [new Assumption.SupplierLost("S1", new(null, null, 21))])), forGood = Branched.Of(inForce, new("gone", [new Assumption.SupplierLost("S1", Stretch.Open)]));
        Lot[] unshipped = [.. world.Lots.Where(static l => l.Party == "S1" && l.State < LotState.Shipped)];
        Assert.NotEmpty(unshipped);
        Plan then = Plan.Make(for3Weeks.World, T, Policy);
        // a lot that its machine has finished by now, as far as its last count tells, has been handed over
        Lot[] toCome = [.. unshipped.Where(l => !inForce.StepEnds(l.Key).TryGetValue(0, out var made) || made.P50 > T)];
        Assert.True(toCome.Length > 5);
        Assert.All(toCome, l => Assert.True(then.StepEnds(l.Key)[0].P50 >= until, $"{l.Id} is made at {then.StepEnds(l.Key)[0].P50}"));
        Assert.All(unshipped, l => Assert.Equal(LotState.Closed, forGood.World.Lots[l.Key].State));
        Assert.DoesNotContain(forGood.World.PurchaseOrderLines.Where(p => !world.PurchaseOrderLines.Contains(p.Id)), static p => p.Supplier == "S1");
    }

    [Fact]
    public void A_second_shift_opens_its_line_and_no_other_and_costs_its_hours()
    {
        Plan inForce = Plan.Make(TroubledCompany.Of(6), T, Policy);
        Branched branched = Branched.Of(inForce, new("late shift", [AssumptionText.Parse("shift L1 20:00-23:00").Value!]));
        foreach (var (now, was) in branched.Figures.Lines.Zip(BranchFigures.Of(inForce).Lines))
            Assert.All(now.Weeks.Zip(was.Weeks).Skip(1), w => Assert.Equal(w.Second.Open + (now.Line == "L1" ? Duration.FromHours(3 * inForce.OpenDays(w.Second.From)) : Duration.Zero), w.First.Open));
        Assert.True(Assert.Single(branched.Costs).Amount!.Value.Minor > 0);
    }

    private static int Units(Snapshot world) => world.OrderLines.Where(static o => o.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed).Sum(static o => o.Quantity);
}

file static class Opened
{
    /// <summary>Days of a week on which the day calendar works.</summary>
    public static int OpenDays(this Plan plan, Instant monday) => Enumerable.Range(0, 7).Select(d => monday.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date.PlusDays(d))
        .Count(day => day.DayOfWeek <= IsoDayOfWeek.Friday && !plan.World.Closures.Contains($"day|{day:uuuu'-'MM'-'dd}"));
}
