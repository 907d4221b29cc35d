using System.Globalization;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>The first screen's figures.</summary>
internal static class TodayViews
{
    private const int Changes = 40;

    public static TodayView Of(Sight sight)
    {
        Instant week = sight.Now + Duration.FromDays(7);
        var dated = sight.Plan.Forecasts.OfType<Forecast.Dated>().ToList();
        var kits = dated.Where(d => d.Build.Start >= sight.Now - Duration.FromDays(1) && d.Build.Start < week).ToList();
        var promised = dated.Where(static d => d.Promise is not null).Select(d => (Forecast: d, Order: sight.World.OrderLines[d.OrderLine])).ToList();
        var atRisk = promised.Where(p => sight.StateOf(p.Order, p.Forecast) == PromiseState.AtRisk).ToList();
        var broken = promised.Where(p => sight.StateOf(p.Order, p.Forecast) == PromiseState.Broken).ToList();
        Money[] money = !sight.Money ? [] : [.. atRisk.Concat(broken).Select(static p => p.Order.Price).OfType<Money>()
            .GroupBy(static m => m.Currency, StringComparer.Ordinal).Select(static g => new Money(g.Sum(static m => m.Minor), g.Key)).OrderByDescending(static m => m.Minor)];
        var reports = sight.World.Machines.Select(m => sight.World.MachineReports.Find(m.Id)?.State ?? MachineState.NoData).ToList();
        return new(kits.Count, kits.Count(static k => k.Whole.Value >= 0.9), kits.Sum(static k => k.Whole.Value), atRisk.Count, broken.Count, promised.Count, sight.Plan.Forecasts.Count(static f => f is Forecast.Unknown),
            money, NextNoReturn(sight, atRisk), reports.Count(static s => s == MachineState.Down), reports.Count(static s => s == MachineState.NoData),
            sight.World.Lots.Count(l => l.State < LotState.Received && SupplyViews.Late(sight, l)), ChangeViews.Weighty(sight, Changes) is { Count: > 0 } weighty ? weighty : [.. ChangeViews.Of(sight, 500).DistinctBy(static c => (c.CauseKind, c.CauseKey)).Take(Changes)]);
    }

    /// <summary>For a promise at risk: the latest begin of the build that keeps it, less the quickest way (P10) its gate still has before it.
    /// After that moment no pull on the gate saves the promise.</summary>
    private static NoReturnView? NextNoReturn(Sight sight, List<(Forecast.Dated Forecast, OrderLine Order)> atRisk)
    {
        NoReturnView? next = null;
        foreach (var (d, order) in atRisk)
        {
            Instant latest = d.Promise!.Date - (d.Dates.P50 - d.Build.Start);
            if (!d.Gate.Supply.StartsWith("lot:", StringComparison.Ordinal) || sight.Plan.Quickest(d.Gate.Supply[4..]) is not { } quickest) continue;
            Instant at = latest - quickest;
            if (at <= sight.Now || next?.At < at) continue;
            next = new(order.Id, sight.NameOf(order.Customer), at, string.Create(CultureInfo.InvariantCulture, $"{sight.ItemOf(d.Gate.Item)?.Name} is {quickest.TotalDays:0.0} days away at best"));
        }
        return next;
    }
}
