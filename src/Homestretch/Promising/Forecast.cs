using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Days by which an order line is delivered with these probabilities. Instants; show them in the hub's time zone.</summary>
public readonly record struct Dates(Instant P50, Instant P80, Instant P90, Instant P95);

/// <summary>The part that holds a kit.</summary>
/// <param name="Supply">'stock:KEY' or 'lot:KEY'.</param>
/// <param name="Share">Share of samples in which it came last.</param>
public sealed record Gate(Key<Item> Item, string Supply, Share Share);

/// <summary>What we can say about one order line's date. Closed: <see cref="Match"/> names every case.</summary>
public abstract record Forecast
{
    private Forecast(Key<OrderLine> orderLine) => OrderLine = orderLine;

    public Key<OrderLine> OrderLine { get; }

    /// <summary>A date at each confidence.</summary>
    /// <param name="Whole">P(kit complete by the build's planned start).</param>
    /// <param name="Kept">Share of samples that keep the promise in force; null without a promise.</param>
    /// <param name="ReadyP90">Day by which the kit is whole nine times in ten.</param>
    public sealed record Dated(Key<OrderLine> Line, Build Build, Dates Dates, Share Whole, Gate Gate, Share? Kept, Promise? Promise, Instant ReadyP90)
        : Forecast(Line);

    /// <summary>No date: the variant or its line is refused by a rule, or a part has no known supply. Not late, not never: unknown.</summary>
    public sealed record Unknown(Key<OrderLine> Line, IReadOnlyList<Finding> Reasons) : Forecast(Line)
    {
        public bool Equals(Unknown? other) => other is not null && Line == other.Line && Reasons.SequenceEqual(other.Reasons);
        public override int GetHashCode() => Line.GetHashCode();
    }

    public T Match<T>(Func<Dated, T> dated, Func<Unknown, T> unknown) => this switch
    {
        Dated d => dated(d),
        Unknown u => unknown(u),
        _ => throw new InvalidOperationException($"{GetType().Name} is no case of {nameof(Forecast)}."),
    };

    public Dated? AsDated => this as Dated;

    /// <summary>All it says, for logs and failed tests.</summary>
    public sealed override string ToString() => Match(
        static d => $"{d.Line}: {d.Dates}, whole by start {d.Whole.Value}, {d.Gate}, kept {d.Kept?.Value}, {d.Promise}, kit at P90 {d.ReadyP90}, {d.Build}",
        static u => $"{u.Line}: unknown; {string.Join("; ", u.Reasons)}");
}

/// <summary>What we can say about one lot's arrival, ready to kit.</summary>
/// <param name="AsOf">Time of the latest word about it; null when there was none.</param>
/// <param name="Overdue">Its running step should have ended, at the policy's allocation quantile, before t.</param>
public sealed record LotForecast(Key<Lot> Lot, Instant P50, Instant P90, Instant? AsOf, bool Overdue);

/// <summary>An order line's forecast before and after a change.</summary>
public sealed record Moved(Key<OrderLine> OrderLine, Forecast? Before, Forecast? After)
{
    /// <summary>Days by which the P90 date moved, later positive; 0 when either is unknown.</summary>
    public double DaysP90 => Before is Forecast.Dated b && After is Forecast.Dated a ? (a.Dates.P90 - b.Dates.P90).TotalDays : 0;

    /// <summary>Every order line whose forecast differs from one plan to another, comes or goes, in order of key.</summary>
    public static IReadOnlyList<Moved> Between(IEnumerable<Forecast> before, IEnumerable<Forecast> after)
    {
        var was = before.ToDictionary(static f => f.OrderLine.Value, StringComparer.Ordinal);
        var now = after.ToDictionary(static f => f.OrderLine.Value, StringComparer.Ordinal);
        return [.. was.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Select(o => new Moved(o, was.GetValueOrDefault(o), now.GetValueOrDefault(o))).Where(static m => !Equals(m.Before, m.After))];
    }
}
