using Homestretch.Server.Seeing;
using Homestretch.Situations;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>A priced remedy as people read it.</summary>
internal static class RemedyViews
{
    /// <summary>Order lines that are named: those who win most, and those who lose most.</summary>
    private const int Winners = 30, Losers = 10;

    /// <summary>Less than one future of 256 is no move.</summary>
    private const double Moves = 0.004;

    public static RemedyView Of(Sight sight, FoundRemedies found, PricedRemedy r)
    {
        OrderEffect[] promised = [.. r.Effects.Where(static e => e.Promise is not null && Math.Abs(e.Gain) >= Moves)];
        Money? net = sight.Money && r.Net is { } worth && r.Value is [var value] ? new Money((long)(worth * 100), value.Currency) : null;
        return new(FoundRemedies.KeyOf(r), r.Remedy.Kind, r.Remedy.What, promised.Length, promised.Sum(static e => e.Before), promised.Sum(static e => e.After), r.Won, r.Lost, r.Kits, r.Risk, r.Reliability, r.Confidences,
            [.. r.Remedy.Costs.GroupBy(static c => (c.What, c.Amount?.Currency)).Select(g => new CostView(g.Key.What, g.Key.Currency is null ? null : sight.Shown(g.Select(static c => c.Amount!.Value).Aggregate(static (a, b) => a + b))))], r.Remedy.Total is not null, sight.Money ? r.Value : [], net, r.Remedy.ActBy, r.Dominated, [.. Named(r).Select(e => Move(sight, e))],
            [.. r.Remedy.Work.Select(w => new RemedyWork(w.Kind, sight.NameOf(w.Party), w.Text, w.Due))], Standing.Allows(sight.World, sight.Now, r)?.Id ?? "", !Deciding.Holds(found.World, sight.World, r.Remedy));
    }

    private static IEnumerable<OrderEffect> Named(PricedRemedy r)
    {
        OrderEffect[] moved = [.. r.Effects.Where(static e => Math.Abs(e.Gain) >= Moves || (e.DatesBefore is { } b && e.DatesAfter is { } a && Duration.FromHours(12) is var half && (a.P90 - b.P90 > half || b.P90 - a.P90 > half)))];
        return moved.Length <= Winners + Losers ? moved : moved.Take(Winners).Concat(moved.TakeLast(Losers));
    }

    private static RemedyMove Move(Sight sight, OrderEffect e) => new(e.OrderLine.Value, sight.NameOf(e.Customer), e.Class, e.Promise?.Date, e.Promise is null ? null : e.Before, e.Promise is null ? null : e.After, e.DatesBefore?.P90, e.DatesAfter?.P90);
}
