using System.Runtime.CompilerServices;
using Homestretch.Promising;
using Homestretch.Server.Live;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What a person looks at: the world as their party may see it, the plan of that very world, and what lately changed in it.
/// Views are functions of this and nothing else.</summary>
/// <param name="Now">The hub's present.</param>
/// <param name="Money">Whether amounts of money may be shown.</param>
internal sealed record Sight(Snapshot World, Plan Plan, IReadOnlyList<Change> Changes, Instant Now, bool Money)
{
    // Every clock on every screen asks for the hub; counted once for each table of order lines.
    private static readonly ConditionalWeakTable<Table<OrderLine>, Busiest> s_busiest = [];

    /// <summary>The hub with the most open order lines, whose time zone dates are shown in; null when there is none.</summary>
    public Site? Hub => World.Sites.Find(s_busiest.GetValue(World.OrderLines, static orders => new(orders.CountBy(static o => o.Hub)
        .OrderByDescending(static c => c.Value).ThenBy(static c => c.Key).Select(static c => c.Key.Value).FirstOrDefault(""))).Hub) ?? World.Sites.FirstOrDefault(static s => s.Kind == SiteKind.Hub);

    /// <summary>The party that looks, when it is not the brand owner.</summary>
    public Key<Party>? Own { get; init; }

    /// <summary>Where dates are said: the brand owner's people say them in the hub's zone, a supplier's in that of its own first site; UTC while there is none.</summary>
    public DateTimeZone Zone => (Own is { } own ? World.Sites.FirstOrDefault(s => s.Party == own) : Hub) is { } here ? DateTimeZoneProviders.Tzdb[here.TimeZone] : DateTimeZone.Utc;

    /// <summary>The time zone of a site; the hub's where the site is not to be seen.</summary>
    public DateTimeZone ZoneOf(Key<Site> site) => World.Sites.Find(site) is { } seen ? DateTimeZoneProviders.Tzdb[seen.TimeZone] : Zone;

    public string NameOf(Key<Party> party) => World.Parties.Find(party)?.Name ?? party.Value;
    public Item? ItemOf(Key<Item> item) => World.Items.Find(item);

    /// <summary>Where an order line stands against its promise.</summary>
    public PromiseState StateOf(OrderLine order, Forecast? forecast) => order.Status switch
    {
        OrderStatus.Completed or OrderStatus.Closed => PromiseState.Done,
        _ => forecast switch
        {
            Forecast.Dated { Kept: { } kept } => kept.Value >= Plan.Policy.RiskBelow ? PromiseState.OnTrack : kept.Value >= 0.2 ? PromiseState.AtRisk : PromiseState.Broken,
            Forecast.Dated => PromiseState.NoPromise,
            _ => PromiseState.Unknown,
        },
    };

    public Money? Shown(Money? money) => Money ? money : null;

    public static DatesView? Dates(Forecast? forecast) =>
        forecast is Forecast.Dated d ? new(d.Dates.P50, d.Dates.P80, d.Dates.P90, d.Dates.P95) : null;

    public static Page<T> PageOf<T>(IReadOnlyList<T> rows, int skip, int take) =>
        new([.. rows.Skip(Math.Max(0, skip)).Take(Math.Max(1, take))], rows.Count, Math.Max(0, skip));

    /// <summary>Whether a filter names this party, by key or by name; an empty filter names every party.</summary>
    public bool Named(string? filter, Key<Party> party) => string.IsNullOrEmpty(filter) || filter == party.Value || filter == NameOf(party);

    /// <summary>Instants as the hub's people say them.</summary>
    public When Said => new(new ClockView(Plan.Epoch, Now, Zone, false, 1, World.Version));

    /// <summary>Whether any of the texts contains what was searched for.</summary>
    public static bool Matches(string? search, params ReadOnlySpan<string> texts)
    {
        if (string.IsNullOrWhiteSpace(search)) return true;
        foreach (string text in texts)
        {
            if (text.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private sealed record Busiest(string Hub);
}
