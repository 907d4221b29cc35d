using NodaTime;

namespace Homestretch.World;

/// <summary>What markets ask for, read from a world's rules: in a market hold its own and those of the markets it is within.</summary>
public static class MarketLaw
{
    /// <summary>The market and those it is within, the nearest first.</summary>
    public static IReadOnlyList<string> Within(this Snapshot world, string market)
    {
        if (world.Markets.Find(market)?.Within is null) return [market];
        var around = new List<string>();
        for (string? next = market; next is not null && !around.Contains(next); next = world.Markets.Find(next)?.Within?.Value) around.Add(next);
        return around;
    }

    /// <summary>Rules for a family in a market that are in force on a day: of the product itself first, then of the widest market, by key.</summary>
    public static IReadOnlyList<MarketRule> Rules(this Snapshot world, Key<Market> market, Key<Item> family, LocalDate day)
    {
        if (world.MarketRules.Count == 0) return [];
        IReadOnlyList<string> within = world.Within(market.Value);
        return [.. world.MarketRules.Where(r => r.InForce(day) && !(r.Family is { } only && only != family) && (r.Market is not { } m || within.Contains(m.Value)))
            .OrderByDescending(r => r.Market is { } m ? Place(within, m.Value) : int.MaxValue).ThenBy(static r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>The image a family is finished with: the nearest market's, of several in use the one used since last; null: none is recorded.</summary>
    public static FirmwareImage? Firmware(this Snapshot world, Key<Market> market, Key<Item> family, LocalDate day)
    {
        foreach (string m in world.Within(market.Value))
            if (world.FirmwareImages.StartingWith($"{family}|{m}|").Where(i => i.InForce(day)).OrderBy(static i => i.From ?? LocalDate.MinIsoValue).ThenBy(static i => i.Id, StringComparer.Ordinal).LastOrDefault() is { } image) return image;
        return null;
    }

    /// <summary>The moment an order's documents must be in force at: the promise's date, or that requested while nothing is promised.</summary>
    public static Instant Due(this Snapshot world, OrderLine order) => world.Promises.StartingWith($"{order.Key}|").LastOrDefault()?.Date ?? order.Requested;

    /// <summary>The day of a moment at an order's hub, whose law and dates are told by it; of UTC where the hub is not known.</summary>
    public static LocalDate DayOf(this Snapshot world, OrderLine order, Instant at) =>
        at.InZone(world.Sites.Find(order.Hub) is { } hub ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(hub.TimeZone) ?? DateTimeZone.Utc : DateTimeZone.Utc).Date;

    /// <summary>Rules of choice that an order's variant breaks on a day.</summary>
    public static IEnumerable<MarketRule> Broken(this Snapshot world, OrderLine order, LocalDate day)
    {
        IReadOnlyList<string> within = world.Within(order.Market.Value);
        return world.Rules(order.Market, order.Family, day).Where(r => r.Kind == MarketRuleKind.Choice && r.When.Holds(within, order.Options) && !r.Must.Holds(within, order.Options));
    }

    /// <summary>The documents an order needs, each as it stands at a moment, by requirement. What a market asks for is said by its rules; a requirement of which documents are recorded is asked for too.</summary>
    public static OrderPapers Papers(this Snapshot world, OrderLine order, Instant at)
    {
        IReadOnlyList<string> within = world.Within(order.Market.Value);
        MarketRule[] rules = [.. world.Rules(order.Market, order.Family, world.DayOf(order, at))];
        Document[] held = [.. world.Documents.Where(d => within.Contains(d.Market.Value) && !(d.Family is { } only && only != order.Family))];
        var needs = new SortedDictionary<string, PaperNeed>(StringComparer.Ordinal);
        foreach (MarketRule rule in rules.Where(r => r.Kind == MarketRuleKind.Document && r.When.Holds(within, order.Options))) needs[rule.Value] = Need(rule.Value, rule, held, at);
        // a rule that spares this variant, or no longer or not yet holds, speaks for its requirement
        HashSet<string> ruled = [.. world.MarketRules.Where(r => r.Kind == MarketRuleKind.Document && !(r.Family is { } only && only != order.Family) && (r.Market is not { } m || within.Contains(m.Value))).Select(static r => r.Value)];
        foreach (string requirement in held.Select(static d => d.Requirement).Where(r => !ruled.Contains(r)).Distinct()) needs[requirement] = Need(requirement, null, held, at);
        return new([.. needs.Values], rules.Length > 0 || held.Length > 0, at);
    }

    private static PaperNeed Need(string requirement, MarketRule? rule, Document[] held, Instant at)
    {
        Document[] own = [.. held.Where(d => d.Requirement == requirement).OrderBy(static d => d.ValidFrom).ThenBy(static d => d.Id, StringComparer.Ordinal)];
        if (Array.FindLast(own, d => d.ValidFrom <= at && !(at >= d.ValidUntil)) is { } valid) return new(requirement, rule, PaperState.InForce, valid);
        if (Array.FindLast(own, d => d.ValidUntil <= at) is { } lapsed) return new(requirement, rule, PaperState.Lapsed, lapsed);
        return own.Length > 0 ? new(requirement, rule, PaperState.NotYet, own[0]) : new(requirement, rule, PaperState.Missing, null);
    }

    private static int Place(IReadOnlyList<string> within, string market)
    {
        for (int i = 0; i < within.Count; i++)
            if (within[i] == market) return i;
        return -1;
    }
}

/// <summary>How a document that is asked for stands at a moment.</summary>
public enum PaperState { InForce, Lapsed, NotYet, Missing }

/// <summary>A document that an order needs.</summary>
/// <param name="Rule">The rule that asks for it; null: only documents on record say that it is asked for.</param>
/// <param name="Held">The one in force; else the one that lapsed last, or comes first; null: none was ever held.</param>
public sealed record PaperNeed(string Requirement, MarketRule? Rule, PaperState State, Document? Held)
{
    /// <summary>The law or rule that asks for it.</summary>
    public string Source => Rule?.Source ?? Held?.Source ?? "";

    public string Title => Held?.Title ?? Rule?.Text ?? Requirement;
}

/// <summary>All documents an order needs at a moment.</summary>
/// <param name="Known">False: nothing is recorded of what its market asks for, so it is unknown whether it needs any.</param>
/// <param name="At">The moment they are asked for.</param>
public sealed record OrderPapers(IReadOnlyList<PaperNeed> Needs, bool Known, Instant At)
{
    /// <summary>Those that are not in force then.</summary>
    public IEnumerable<PaperNeed> Lacking => Needs.Where(static n => n.State != PaperState.InForce);
}
