using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Exchange.Tests.Neutral;

/// <summary>A feasible plan passes; each breach of it is caught by its rule.</summary>
public sealed class NeutralCheckerTests
{
    private static readonly NeutralInstance s_instance = NeutralFilesTests.Small;
    private static readonly IReadOnlyList<NeutralPlanRow> s_plan = NeutralPlan.Read(
        NeutralPlan.Write(s_instance, Allocation.Plan(s_instance.ToProblem(out _), new())), "plan.csv", [])!;

    [Fact]
    public void The_plan_itself_is_feasible()
    {
        NeutralVerdict verdict = NeutralChecker.Check(s_instance, s_plan);
        Assert.Empty(verdict.Violations);
        Assert.Equal(s_instance.Orders.Count, verdict.OnTime + verdict.Late + verdict.Short);
    }

    [Theory]
    [InlineData("open-purchase-missing")]
    [InlineData("open-purchase-changed")]
    [InlineData("purchase-in-past")]
    [InlineData("purchase-lead-time")]
    [InlineData("purchase-size")]
    [InlineData("build-in-past")]
    [InlineData("build-line")]
    [InlineData("build-too-short")]
    [InlineData("line-overlap")]
    [InlineData("negative-balance")]
    [InlineData("over-shipped")]
    [InlineData("unknown-row")]
    public void A_breach_is_caught(string rule) => Assert.Contains(rule, NeutralChecker.Check(s_instance, Broken(rule)).Counts.Keys);

    [Fact]
    public void An_order_that_is_shipped_in_part_counts_as_not_whole()
    {
        NeutralPlanRow shipment = s_plan.First(row => row.Kind == "DLVR");
        NeutralVerdict before = NeutralChecker.Check(s_instance, s_plan), after = NeutralChecker.Check(s_instance, Changed(shipment, shipment with { Quantity = shipment.Quantity - 1 }));
        Assert.Equal(before.Short + 1, after.Short);
    }

    private static List<NeutralPlanRow> Broken(string rule)
    {
        NeutralPlanRow open = s_plan.First(row => row.Status == "confirmed"), bought = s_plan.First(row => row.Kind == "PO" && row.Status == "proposed");
        NeutralPlanRow build = s_plan.Where(row => row.Kind == "MO").MinBy(row => row.Start)!, shipment = s_plan.First(row => row.Kind == "DLVR");
        NeutralPlanRow next = s_plan.Where(row => row.Kind == "MO" && row.Resource == build.Resource && row.Start >= build.End).MinBy(row => row.Start)!;
        return rule switch
        {
            "open-purchase-missing" => [.. s_plan.Where(row => row != open)],
            "open-purchase-changed" => Changed(open, open with { End = open.End - 60 }),
            "purchase-in-past" => Changed(bought, bought with { Start = -60 }),
            "purchase-lead-time" => Changed(bought, bought with { Start = bought.End - 60 }),
            "purchase-size" => Changed(bought, bought with { Quantity = 0.5m }),
            "build-in-past" => Changed(build, build with { Start = -60 }),
            "build-line" => Changed(build, build with { Resource = s_instance.Lines.First(line => line.Key != build.Resource).Key }),
            "build-too-short" => Changed(build, build with { End = build.Start + 1 }),
            "line-overlap" => Changed(next, next with { Start = build.End - 2, End = next.End - next.Start + build.End - 2 }),
            "negative-balance" => [.. s_plan.Select(row => row.Kind == "MO" ? row with { Start = 0, End = row.End } : row)],
            "over-shipped" => Changed(shipment, shipment with { Quantity = shipment.Quantity + 1 }),
            _ => Changed(build, build with { Item = "nobody" }),
        };
    }

    private static List<NeutralPlanRow> Changed(NeutralPlanRow before, NeutralPlanRow after) => [.. s_plan.Select(row => row == before ? after : row)];
}
