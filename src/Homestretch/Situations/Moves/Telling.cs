using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>Customers whose promise is likely broken are told a date that will be kept.</summary>
internal static class Telling
{
    public static IEnumerable<Move> Of(Setting at)
    {
        if (at.Hurt.Any(static l => l.AtRisk)) yield return plan => Tell(at, plan);
    }

    private static Remedy? Tell(Setting at, Plan plan)
    {
        var promises = new List<Promise>();
        var work = new List<Work>();
        foreach (LostPromise hurt in at.Hurt.Where(static l => l.AtRisk))
        {
            if (plan.Of(hurt.OrderLine)?.AsDated is not { Promise: { } old } dated || dated.Kept?.Value >= plan.Policy.RiskBelow) continue;
            int[] dates = plan.DateSamples(hurt.OrderLine);
            double[] own = [.. dates.Order().Select(static d => (double)d)];
            Instant date = Instant.Max(old.Date, Seconds.At((int)own[Math.Min(own.Length - 1, (int)Math.Ceiling(plan.Policy.PromiseConfidence * own.Length) - 1)], plan.Epoch));
            if (date <= old.Date) continue;
            double share = dates.Count(d => d <= Seconds.Of(date, plan.Epoch)) / (double)dates.Length;
            promises.Add(new(hurt.OrderLine, old.Version + 1, old.Party, date, new(share), plan.Epoch, "", "the date before is not likely to be kept"));
            work.Add(new(TaskKind.CustomerNotice, plan.World.OrderLines[hurt.OrderLine].Party, $"order_lines:{hurt.OrderLine}", $"Tell {plan.World.Parties[hurt.Customer].Name} that {hurt.OrderLine} comes on {at.Day(date)}, not {at.Day(old.Date)}", old.Date));
        }
        return promises.Count == 0 ? null : new(RemedyKind.NewDate, $"Tell the customers of {Setting.Named([.. promises.Select(static p => p.OrderLine.Value)])} dates that will be kept",
            [.. promises.Select(static p => new WorldEvent.Put(p))], [], work.Min(static w => w.Due), work);
    }
}
