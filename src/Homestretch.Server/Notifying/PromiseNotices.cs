using System.Globalization;
using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Promises at risk as notices, one for each thing that they wait for.</summary>
internal static class PromiseNotices
{
    /// <summary>A promise that was told to be at risk is restored only when it is so much likelier to be kept than where it fell: one that wavers is not told twice.</summary>
    public const double Margin = 0.05;

    private static readonly Duration s_soon = Duration.FromDays(2);
    private static readonly Role[] s_roles = [Role.Planner];

    /// <param name="before">Order lines that were at risk at the last look.</param>
    /// <returns>The notices, and the order lines that are at risk now.</returns>
    public static (IReadOnlyList<Notice> Notices, IReadOnlySet<string> AtRisk) Of(Sight sight, IReadOnlySet<string> before)
    {
        double below = sight.Plan.Policy.RiskBelow;
        var atRisk = new List<(Root Root, Forecast.Dated Forecast, OrderLine Order)>();
        foreach (Forecast.Dated d in sight.Plan.Forecasts.OfType<Forecast.Dated>())
        {
            if (d.Kept is not { } kept || kept.Value >= below + (before.Contains(d.OrderLine.Value) ? Margin : 0) || sight.World.OrderLines.Find(d.OrderLine) is not { Status: < OrderStatus.Completed } order) continue;
            atRisk.Add((Root.Of(sight, d), d, order));
        }
        return ([.. atRisk.GroupBy(static a => a.Root).OrderBy(static g => g.Key.Key, StringComparer.Ordinal).Select(g => One(sight, g.Key, [.. g]))], atRisk.Select(static a => a.Order.Id).ToHashSet(StringComparer.Ordinal));
    }

    private static Notice One(Sight sight, Root root, (Root Root, Forecast.Dated Forecast, OrderLine Order)[] group)
    {
        var (_, worst, order) = group.OrderBy(static a => a.Forecast.Kept!.Value.Value).ThenBy(static a => a.Order.Id, StringComparer.Ordinal).First();
        Instant[] ends = [.. group.Select(a => LastMoment(sight, a.Forecast)).OfType<Instant>().Where(at => at > sight.Now)];
        Instant? deadline = ends.Length == 0 ? null : ends.Min();
        double lost = group.Sum(static a => 1 - a.Forecast.Kept!.Value.Value);
        NoticeSeverity severity = lost >= 1 && deadline - sight.Now < s_soon ? NoticeSeverity.Critical : NoticeSeverity.Warning;
        string[] customers = [.. group.Select(a => sight.NameOf(a.Order.Customer)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string whose = customers is [var one] ? one : $"{sight.NameOf(order.Customer)} and {customers.Length - 1} more";
        string promises = group.Length == 1 ? $"The promise of {order.Id}" : $"{Wording.Number(group.Length)} promises";
        string text = $"{promises} to {whose} wait{(group.Length == 1 ? "s" : "")} for {root.Name}. {order.Id} is promised for {Day(sight, worst.Promise!.Date)} and now comes by {Day(sight, worst.Dates.P90)} nine times in ten; it is kept with a chance of {Wording.Percent(worst.Kept!.Value.Value)}."
            + (group.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" Of all {group.Length} about {Wording.Promises(lost)} will be broken.") : "");
        return new($"promise:{root.Key}", NoticeKind.Promise, severity, order.Party.Value, s_roles, null, $"{(group.Length == 1 ? "A promise" : $"{Wording.Number(group.Length)} promises")} at risk: {root.Name}", text,
            $"/orders?show=order:{Uri.EscapeDataString(order.Id)}", sight.Now, sight.Now, deadline, group.Max(static a => (a.Forecast.Dates.P90 - a.Forecast.Promise!.Date).TotalDays));
    }

    /// <summary>The latest moment at which the part that holds the kit can set off and still come in time, by its quickest way (P10); null: it is in stock.</summary>
    private static Instant? LastMoment(Sight sight, Forecast.Dated d) => d.Gate.Supply.StartsWith("lot:", StringComparison.Ordinal) && sight.Plan.Quickest(d.Gate.Supply[4..]) is { } quickest ? d.Promise!.Date - (d.Dates.P50 - d.Build.Start) - quickest : null;

    private static string Day(Sight sight, Instant at) => sight.Said.Day(at);
}
