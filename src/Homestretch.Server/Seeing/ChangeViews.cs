using System.Runtime.CompilerServices;
using Homestretch.Promising;
using Homestretch.Server.Live;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What happened and what it did: cause -> consequence, ranked by the money and days it puts at stake.</summary>
internal static class ChangeViews
{
    /// <summary>A date that moved by less is shown as standing still, days.</summary>
    private const double Noticed = 0.05;

    // What a change did does not change any more; it is put into words once.
    private static readonly ConditionalWeakTable<Change, ChangeView> s_told = [];

    /// <summary>The newest first.</summary>
    public static IEnumerable<ChangeView> Of(Sight sight, int most) => sight.Changes.Where(static c => c.Touched.Count > 0).Reverse().Take(most).Select(c => Told(sight, c));

    /// <summary>A change that touched something, in words.</summary>
    public static ChangeView Told(Sight sight, Change change) => change.Told ?? (s_told.TryGetValue(change, out ChangeView? told) ? told : s_told.GetValue(change, c => One(sight, c)));

    /// <summary>What moved dates, weightiest first, a cause once; a day of age halves the weight.</summary>
    public static IReadOnlyList<ChangeView> Weighty(Sight sight, int most) => [.. Of(sight, 500).Where(static c => c.OrderLinesMoved > 0)
        .OrderByDescending(c => c.Rank * Math.Pow(0.5, Math.Max(0, (sight.Now - c.At).TotalDays))).DistinctBy(static c => (c.CauseKind, c.CauseKey)).Take(most)];

    private static ChangeView One(Sight sight, Change c)
    {
        Touch cause = c.Touched.OrderBy(static t => Weight(t.After ?? t.Before)).First();
        Moved[] moved = [.. c.Moved.Where(static m => Math.Abs(m.DaysP90) >= Noticed || m.Before is Forecast.Dated != m.After is Forecast.Dated)];
        Moved? worst = moved.MaxBy(m => Stake(sight, m));
        int endangered = moved.Count(m => m.Before is Forecast.Dated { Kept: { } before } && before.Value >= sight.Plan.Policy.RiskBelow && Kept(m.After) < sight.Plan.Policy.RiskBelow);
        IRecord? record = cause.After ?? cause.Before;
        string? together = Causes.Together(c.Touched);
        if (together is not null) record = null;
        return new(c.Version, c.At, ReportedAt(record) ?? c.At, cause.Kind.Name, cause.Key, together ?? Causes.Of(sight, cause, c.Touched.Count), Consequence(sight, worst, moved, endangered),
            worst?.DaysP90 ?? 0, moved.Length, endangered, moved.Sum(m => Stake(sight, m)), worst?.OrderLine.Value, LotOf(sight, record), MachineOf(record));
    }

    /// <summary>Which of several touched records names the cause best.</summary>
    private static int Weight(IRecord? record) => record switch
    {
        MachineReport => 0, Maintenance or Milestone => 1, Lot => 2, ProductionRun => 3, OrderLine => 4, Promise => 5, Pin => 6, PurchaseOrderLine => 7, Stock => 8, Build => 9, _ => 10,
    };

    private static double Kept(Forecast? f) => f is Forecast.Dated { Kept: { } kept } ? kept.Value : f is null ? 1 : 0;

    /// <summary>Days lost times thousands of money, with what becomes less likely to be kept; days won weigh a third.</summary>
    private static double Stake(Sight sight, Moved m)
    {
        double thousands = sight.World.OrderLines.Find(m.OrderLine)?.Price is { } price ? Math.Max(1, (double)price.Major / 1000) : 1;
        double lost = m.Before is Forecast.Dated { Kept: { } before } ? Math.Max(0, before.Value - Kept(m.After)) : 0;
        return thousands * (m.DaysP90 > 0 ? m.DaysP90 : -m.DaysP90 / 3) + 10 * thousands * lost;
    }

    private static string Consequence(Sight sight, Moved? worst, Moved[] moved, int endangered)
    {
        if (worst is null) return "";
        string risk = endangered == 0 ? "" : endangered == 1 ? "; 1 promise more at risk" : $"; {endangered} promises more at risk";
        if (worst.After is not Forecast.Dated after) return $"{worst.OrderLine} has no date any more{risk}";
        string day = sight.Said.Day(after.Dates.P90);
        if (worst.Before is not Forecast.Dated) return moved.Length == 1 ? $"{worst.OrderLine} gets a date: P90 {day}" : $"{Wording.Number(moved.Length)} order lines get a date";
        string customer = sight.World.OrderLines.Find(worst.OrderLine) is { } o ? $" ({sight.NameOf(o.Customer)})" : "";
        string rest = moved.Length > 1 ? $"; {moved.Length - 1} more moved" : "";
        return $"{worst.OrderLine}{customer} {Causes.Shift(Duration.FromDays(worst.DaysP90))} at P90, now {day}{rest}{risk}";
    }

    private static Instant? ReportedAt(IRecord? record) => record switch { Milestone m => m.Reported, MachineReport r => r.AsOf, ProductionRun p => p.AsOf, _ => null };
    private static string? MachineOf(IRecord? record) => record switch { MachineReport r => r.Machine.Value, ProductionRun p => p.Machine.Value, Machine m => m.Id, Maintenance m => m.Machine.Value, _ => null };

    private static string? LotOf(Sight sight, IRecord? record) => record switch
    {
        Lot l => l.Id,
        ProductionRun p => p.Lot.Value,
        Milestone m => sight.World.Lots.FirstOrDefault(l => l.Shipment == m.Shipment)?.Id,
        _ => null,
    };
}
