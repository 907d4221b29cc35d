using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>Gives promises: the day asked for, or the plan's day at the policy's confidence when that is later; and a new one when the one
/// in force is more likely broken than the policy bears.</summary>
internal static class Sales
{
    public static IEnumerable<WorldEvent> Promised(Plan plan, SimulationPolicy policy)
    {
        foreach (Forecast.Dated forecast in plan.Forecasts.OfType<Forecast.Dated>())
        {
            bool renewed = forecast.Promise is not null;
            if (renewed && !(forecast.Kept!.Value.Value < policy.RenewBelow)) continue;
            OrderLine order = plan.World.OrderLines[forecast.OrderLine];
            int[] dates = plan.DateSamples(order.Key);
            Instant date = Seconds.At(OrderStatistics.Quantile(dates, policy.Plan.PromiseConfidence), plan.Epoch);
            if (renewed && date <= forecast.Promise!.Date) continue;
            if (!renewed) date = Instant.Max(date, order.Requested);
            double share = dates.Count(d => d <= Seconds.Of(date, plan.Epoch)) / (double)dates.Length;
            yield return new WorldEvent.Put(new Promise(order.Key, (forecast.Promise?.Version ?? 0) + 1, order.Party, date, new Share(share), plan.Epoch, "simulation",
                renewed ? "the date before is not likely to be kept" : date == order.Requested ? "date requested" : "earliest date at the policy's confidence"));
        }
    }
}
