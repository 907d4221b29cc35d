using Homestretch.World;
using NodaTime;

namespace Homestretch.Products;

/// <summary>One part of a kit: an item and how much of it one finished unit takes.</summary>
/// <param name="Position">Position of the BOM line; the order of parts in a kit.</param>
public sealed record KitPart(Item Item, string Position, Quantity PerUnit);

/// <summary>A variant's 100 % bill of materials, or why it has none.</summary>
/// <param name="Refusals">Empty when the variant is legal and complete.</param>
public sealed record Kit(IReadOnlyList<KitPart> Parts, IReadOnlyList<Finding> Refusals)
{
    public bool Legal => Refusals.Count == 0;
}

/// <summary>Resolves variants of a world's product families: 150 % BOM, market and options to 100 % BOM. Remembers what it
/// has resolved, since a thousand orders share a few variants.</summary>
public sealed class Variants
{
    private readonly Snapshot _world;
    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Family, string Market, Choices Choices, LocalDate Day), Kit> _known = [];

    public Variants(Snapshot world)
    {
        _world = world;
        foreach (var lines in world.BomLines.GroupBy(static b => b.Family.Value, StringComparer.Ordinal))
        {
            var features = world.ProductOptions.StartingWith($"{lines.Key}|")
                .GroupBy(static o => o.Feature, static o => o.Option, StringComparer.Ordinal)
                .Select(static g => new Feature(g.Key, [.. g])).ToArray();
            _families[lines.Key] = new([.. lines], features, lines.Any(static l => l.From is not null || l.To is not null));
        }
    }

    /// <summary>The kit of one unit of an order line's variant, with the BOM effective on the day it is wanted (UTC).</summary>
    public Kit Of(OrderLine order) => Of(order.Family, order.Market, order.Options, order.Requested.InUtc().Date);

    public Kit Of(Key<Item> family, Key<Market> market, Choices choices, LocalDate day)
    {
        if (!_families.TryGetValue(family.Value, out Family? known))
            return new([], [Refusal(family, "no-bill-of-materials", $"The family {family} has no bill of materials.", "Add its lines to bom_lines.")]);
        var key = (family.Value, market.Value, choices, known.Dated ? day : default);
        if (!_known.TryGetValue(key, out Kit? kit))
            _known[key] = kit = Resolve(family, known, market.Value, choices, day);
        return kit;
    }

    private Kit Resolve(Key<Item> family, Family known, string market, Choices choices, LocalDate day)
    {
        var refusals = new List<Finding>();
        foreach (Feature feature in known.Features)
        {
            string taken = choices[feature.Name];
            if (taken.Length == 0)
                refusals.Add(Refusal(family, "feature-open", $"No {feature.Name} is chosen.", $"Choose one of: {string.Join(", ", feature.Options)}."));
            else if (!feature.Options.Contains(taken))
                refusals.Add(Refusal(family, "unknown-option", $"{feature.Name} has no option '{taken}'.", $"Choose one of: {string.Join(", ", feature.Options)}."));
        }
        foreach (var (feature, _) in choices.Taken.Where(c => !known.Features.Any(f => f.Name == c.Feature)))
            refusals.Add(Refusal(family, "unknown-feature", $"{family} has no feature '{feature}'.", "Remove the choice, or add the feature to product_options."));
        if (refusals.Count > 0) return new([], refusals);

        IReadOnlyList<string> markets = _world.Within(market);
        KitPart[] parts = [.. known.Lines.Where(l => Effective(l, day) && l.When.Holds(markets, choices))
            .Select(l => new KitPart(_world.Items[l.Item], l.Position, l.Quantity))];
        return parts.Length > 0 ? new(parts, [])
            : new([], [Refusal(family, "empty-kit", $"No bill-of-materials line of {family} applies to {market} with {choices}.", "Check the conditions and dates in bom_lines.")]);
    }

    private static bool Effective(BomLine line, LocalDate day) => !(day < line.From) && !(day >= line.To);

    private static Finding Refusal(Key<Item> family, string rule, string what, string cure) => new(new($"variant of {family}"), rule, what, cure);

    private sealed record Feature(string Name, string[] Options);

    private sealed record Family(BomLine[] Lines, Feature[] Features, bool Dated);
}
