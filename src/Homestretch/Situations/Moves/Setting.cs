using System.Globalization;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>A remedy as it would be now on a plan; null when it does not apply there. What was settled on the plan before may have taken its place.</summary>
internal delegate Remedy? Move(Plan plan);

/// <summary>What moves are looked for: a cause, whom it hurts, and which lots it holds up.</summary>
internal sealed class Setting
{
    /// <summary>Most order lines and lots that moves are looked for, of those that lose most.</summary>
    private const int MostOrders = 24, MostLots = 3;
    private const double Small = 0.05;
    private readonly DateTimeZone _zone;
    private Needs? _needs;
    private readonly Dictionary<(string Hub, string Item), IReadOnlyList<Held>> _shelves = [];

    public Setting(Plan plan, Assessment assessment, Watch watch)
    {
        (Plan, Assessment, Watch) = (plan, assessment, watch);
        Hurt = [.. assessment.Lost.Where(static l => l.Share >= Small).OrderByDescending(static l => l.Share * Weight(l.Class)).ThenBy(static l => l.OrderLine.Value, StringComparer.Ordinal).Take(MostOrders)];
        Lots = [.. Hurt.Where(static l => l.Supply.StartsWith("lot:", StringComparison.Ordinal)).GroupBy(static l => l.Supply, StringComparer.Ordinal).OrderByDescending(static g => g.Sum(static l => l.Share))
            .ThenBy(static g => g.Key, StringComparer.Ordinal).Select(g => plan.World.Lots.Find(g.Key[4..])).OfType<Lot>().Take(MostLots)];
        _zone = Hurt.Count > 0 ? ZoneOf(plan.World.OrderLines[Hurt[0].OrderLine].Hub) : DateTimeZone.Utc;
    }

    /// <summary>The plan in force: only read.</summary>
    public Plan Plan { get; }
    public Assessment Assessment { get; }
    public Watch Watch { get; }

    /// <summary>Nets variants that no order line has yet: products are the same on every branch.</summary>
    public Needs Needs => _needs ??= new(Plan.World);

    /// <summary>Promises that lose most.</summary>
    public IReadOnlyList<LostPromise> Hurt { get; }

    /// <summary>Lots that take most from them.</summary>
    public IReadOnlyList<Lot> Lots { get; }

    /// <summary>The first moment at which anything can begin.</summary>
    public Instant Soonest => Plan.Epoch + Watch.Notice;

    /// <summary>Promises that a lot takes something from.</summary>
    public IEnumerable<LostPromise> HurtBy(Lot lot) => Hurt.Where(l => l.Supply == Supply.NameOf(lot));

    /// <summary>All supply of an item at a hub on a plan; on the plan in force it is looked up once for all who are hurt.</summary>
    public IReadOnlyList<Held> Shelf(Plan plan, Key<Site> hub, Key<Item> item)
    {
        if (!ReferenceEquals(plan, Plan)) return Shelves.Of(plan, hub, item);
        if (!_shelves.TryGetValue((hub.Value, item.Value), out IReadOnlyList<Held>? known)) _shelves[(hub.Value, item.Value)] = known = Shelves.Of(plan, hub, item);
        return known;
    }

    /// <summary>A day, or a moment, in the hub's words.</summary>
    public string Day(Instant at) => at.InZone(_zone).ToString("ddd d MMM", CultureInfo.InvariantCulture);
    public string Moment(Instant at) => Moment(at, _zone);

    /// <summary>A moment in the words of another site's people.</summary>
    public string MomentAt(Key<Site> site, Instant at) => Moment(at, ZoneOf(site));

    private static string Moment(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("ddd d MMM HH':'mm", CultureInfo.InvariantCulture);
    private DateTimeZone ZoneOf(Key<Site> site) => Plan.World.Sites.Find(site) is { } there ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(there.TimeZone) ?? DateTimeZone.Utc : DateTimeZone.Utc;

    /// <summary>'SO-1', 'SO-1 and SO-2', 'SO-1, SO-2 and 3 more'.</summary>
    public static string Named(IReadOnlyList<string> keys) => keys.Count switch
    {
        0 => "nobody",
        1 => keys[0],
        2 => $"{keys[0]} and {keys[1]}",
        _ => $"{keys[0]}, {keys[1]} and {keys.Count - 2} more",
    };

    /// <summary>An option in words, and the one that an order line has.</summary>
    public static string NameOf(ProductOption option) => option.Name.Length > 0 ? option.Name : $"{option.Feature} {option.Option}";
    public static string OptionOf(Snapshot world, OrderLine order, string feature) => world.ProductOptions.Find($"{order.Family}|{feature}|{order.Options[feature]}") is { } option ? NameOf(option) : $"{feature} {order.Options[feature]}";

    /// <summary>The weight of a promise by class, as re-plans weigh them.</summary>
    public static double Weight(int customerClass) => customerClass <= 1 ? 4 : customerClass == 2 ? 2 : 1;
}
