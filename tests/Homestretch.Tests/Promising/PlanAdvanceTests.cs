using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class PlanAdvanceTests
{
    private static readonly PlanPolicy s_policy = RandomCompany.Policy;

    [Fact]
    public void A_plan_advanced_equals_the_plan_made_anew() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, s_policy);
        plan.Quote(company.Order("first"));          // from now on it keeps what is left
        for (int step = 0; step < 12; step++)
        {
            Dictionary<string, Forecast> before = plan.Forecasts.ToDictionary(static f => f.OrderLine.Value);
            Applied applied = company.World.Apply([.. company.Change(plan), .. step % 3 == 0 ? company.Change(plan) : []]);
            IReadOnlyList<Moved> moved = plan.Advance(company.World = applied.World, applied.Touched);
            plan.ProveEqualsFull();
            AssertSame(Plan.Make(company.World, RandomCompany.T, s_policy), plan, company.Order($"Q{step}"));
            Dictionary<string, Forecast> after = plan.Forecasts.ToDictionary(static f => f.OrderLine.Value);
            Assert.Equal(before.Keys.Union(after.Keys).Where(o => !Equals(before.GetValueOrDefault(o), after.GetValueOrDefault(o))).Order(StringComparer.Ordinal), moved.Select(static m => m.OrderLine.Value));
        }
    }, iter: 60);

    [Fact]
    public void A_plan_at_a_later_epoch_equals_the_plan_made_there() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, s_policy);
        for (int step = 1; step <= 4; step++)
        {
            Applied applied = company.World.Apply(company.Change(plan));
            plan.Advance(company.World = applied.World, applied.Touched);
            Instant t = RandomCompany.T + Duration.FromHours(7 * step);
            plan = plan.At(t);
            AssertSame(Plan.Make(company.World, t, s_policy), plan, company.Order($"Q{step}"));
        }
    }, iter: 30);

    private static void AssertSame(Plan expected, Plan actual, OrderLine asked)
    {
        Assert.Equal(expected.Forecasts, actual.Forecasts);
        foreach (OrderLine order in expected.World.OrderLines)
        {
            Assert.Equal(expected.DateSamples(order.Key), actual.DateSamples(order.Key));
            AssertSame(expected.Explain(order.Key), actual.Explain(order.Key));
        }
        foreach (Lot lot in expected.World.Lots)
        {
            Assert.Equal(expected.Of(lot.Key), actual.Of(lot.Key));
            Assert.Equal(expected.HeldBy(lot.Key), actual.HeldBy(lot.Key));
            Assert.Equal(expected.StepEnds(lot.Key), actual.StepEnds(lot.Key));
        }
        Assert.Equal(expected.Quote(asked).Forecast, actual.Quote(asked).Forecast);
        Assert.Equal(expected.Quote(asked).Events, actual.Quote(asked).Events);
        Assert.Equal(expected.Place(), actual.Place());
    }

    private static void AssertSame(Explanation? expected, Explanation? actual)
    {
        Assert.Equal(expected?.Reasons, actual?.Reasons);
        Assert.Equal((expected?.Earlier, expected?.Late, expected?.LineP90Days), (actual?.Earlier, actual?.Late, actual?.LineP90Days));
        Assert.Equal(expected?.Pegs.Select(Said), actual?.Pegs.Select(Said));
    }

    private static object Said(ExplainedPeg p) => (p.Peg, p.Last, p.OnTime, p.ADayEarlier, p.Lot, p.Arrival, p.Pinned, Steps: string.Join(";", p.Steps.Select(static s => (s.Begin, s.End, s.Seen, s.Estimates.Count))), p.InsteadOf);
}
