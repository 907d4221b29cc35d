using Homestretch.Products.Configuring;
using Homestretch.Products.Features;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Products.Ordering;

/// <summary>A feature of a family with the options it can take, in order of key.</summary>
public sealed record OrderFeature(string Name, IReadOnlyList<ProductOption> Options)
{
    /// <summary>The option that is proposed where nobody chose; null: none is usual.</summary>
    public ProductOption? Usual => Options.FirstOrDefault(static o => o.Usual);
}

/// <summary>What an order of a family for a market can be on a day: its options as a feature model, one alternative group for each feature, with the rules of the product and of the market in force then.</summary>
public sealed class OrderModel
{
    private readonly Snapshot _world;
    private readonly FeatureModel _features;
    private readonly Dictionary<string, MarketRule> _rules;
    private readonly Dictionary<string, CompiledModel> _fewer = new(StringComparer.Ordinal);

    private OrderModel(Snapshot world, Key<Item> family, Key<Market> market, LocalDate day, IReadOnlyList<OrderFeature> features, FeatureModel model, CompiledModel compiled, IReadOnlyList<MarketRule> rules)
    {
        (_world, Family, Market, Day, Features, _features, Compiled, Rules) = (world, family, market, day, features, model, compiled, rules);
        _rules = rules.ToDictionary(static r => r.Id, StringComparer.Ordinal);
    }

    public Key<Item> Family { get; }

    public Key<Market> Market { get; }

    /// <summary>The day whose rules count.</summary>
    public LocalDate Day { get; }

    public IReadOnlyList<OrderFeature> Features { get; }

    /// <summary>Everything the market and the product ask for then, choices and facts alike.</summary>
    public IReadOnlyList<MarketRule> Rules { get; }

    public CompiledModel Compiled { get; }

    /// <summary>The same as a feature model, which UVL can hold.</summary>
    public FeatureModel Model => _features;

    public string MarketName => NameOf(Market);

    /// <summary>Null when findings say why nothing can be chosen.</summary>
    /// <param name="given">A feature model of the family that takes the place of the bare groups: it names each option feature=option, and its rules hold beside those on record. Null: none.</param>
    public static (OrderModel? Model, IReadOnlyList<Finding> Findings) Of(Snapshot world, Key<Item> family, Key<Market> market, LocalDate day, CancellationToken cancel, FeatureModel? given = null)
    {
        if (world.Markets.Find(market) is null) return (null, [new(new("market"), "unknown-key", $"There is no market '{market}'.", $"Write one of: {string.Join(", ", world.Markets.Select(static m => m.Id))}.")]);
        OrderFeature[] features = [.. world.ProductOptions.StartingWith($"{family}|").GroupBy(static o => o.Feature, StringComparer.Ordinal).Select(static g => new OrderFeature(g.Key, [.. g]))];
        if (features.Length == 0) return (null, [new(new("family"), "no-options", $"The family '{family}' has nothing to choose.", $"Add its features and options to product_options, or name one of: {string.Join(", ", world.ProductOptions.Select(static o => o.Family.Value).Distinct())}.")]);
        IReadOnlyList<string> within = world.Within(market.Value);
        HashSet<string> known = [.. features.SelectMany(static f => f.Options).Select(static o => Translating.Name(o.Feature, o.Option))];
        IReadOnlyList<MarketRule> rules = world.Rules(market, family, day);
        FeatureModel tree = given ?? Tree($"{family} for {market}", features);
        Rule[] own = [.. rules.Select((r, i) => Stated(r, i, within, known, tree.Root.Name)).OfType<Rule>()];
        if (given is not null && Unnamed(given, known) is { Count: > 0 } unnamed) return (null, unnamed);
        FeatureModel model = tree with { Rules = [.. tree.Rules, .. given is null ? [] : features.SelectMany(OneOf), .. own] };
        var (compiled, findings) = CompiledModel.Compile(model, given is null ? family.Value : "model", cancel);
        return compiled is null ? (null, findings) : (new(world, family, market, day, features, model, compiled, rules), []);
    }

    /// <summary>The option of a feature; null when the family has none such.</summary>
    public ProductOption? Find(string feature, string option) => _world.ProductOptions.Find($"{Family}|{feature}|{option}");

    internal Selectable Of(ProductOption option) => Compiled.Find(Translating.Name(option.Feature, option.Option))!;

    internal ProductOption? Of(Selectable selectable) => selectable.Name.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? Find(selectable.Name[..at], selectable.Name[(at + 1)..]) : null;

    /// <summary>The rule on record behind a rule of the model; null: of the feature model itself.</summary>
    internal MarketRule? RuleOf(ModelRule rule) => rule.At.Source is { } key ? _rules.GetValueOrDefault(key) : null;

    internal string NameOf(Key<Market> market) => _world.Markets.Find(market)?.Name ?? market.Value;

    /// <summary>The model without some of its rules on record.</summary>
    internal CompiledModel Without(IReadOnlySet<string> rules, CancellationToken cancel)
    {
        string key = string.Join('|', rules.Order(StringComparer.Ordinal));
        if (!_fewer.TryGetValue(key, out CompiledModel? fewer))
            _fewer[key] = fewer = CompiledModel.Compile(_features with { Rules = [.. _features.Rules.Where(r => r.At.Source is not { } s || !rules.Contains(s))] }, Family.Value, cancel).Compiled!;
        return fewer;
    }

    private static FeatureModel Tree(string root, OrderFeature[] features) => new("", [], [], Plain(root,
        new Group(GroupKind.Mandatory, null, [.. features.Select(static f => Plain(f.Name, new Group(GroupKind.Alternative, null, [.. f.Options.Select(static o => Plain(Translating.Name(o.Feature, o.Option)))], default)))], default)), []);

    private static Feature Plain(string name, params IReadOnlyList<Group> groups) => new(name, FeatureKind.Boolean, null, [], groups, default);

    /// <summary>A rule of choice as a constraint that knows its record; null: it forbids nothing here.</summary>
    private static Rule? Stated(MarketRule rule, int number, IReadOnlyList<string> within, HashSet<string> known, string root)
    {
        if (rule.Kind != MarketRuleKind.Choice) return null;
        var (always, constraint) = Translating.Of(rule, within, known);
        if (always == true) return null;
        return new(constraint ?? new Constraint.Not(new Constraint.Named(new(root, default))), new(number + 1, 0, rule.Id));
    }

    /// <summary>Exactly one option of a feature, in a model that may group them as it likes.</summary>
    private static IEnumerable<Rule> OneOf(OrderFeature feature)
    {
        Constraint[] all = [.. feature.Options.Select(static o => Translating.Named(o.Feature, o.Option))];
        yield return new(all.Aggregate(static (a, b) => new Constraint.Both(Connective.Or, a, b)), default);
        for (int j = 1; j < all.Length; j++)
            for (int i = 0; i < j; i++) yield return new(new Constraint.Not(new Constraint.Both(Connective.And, all[i], all[j])), default);
    }

    private static List<Finding> Unnamed(FeatureModel given, HashSet<string> known)
    {
        HashSet<string> there = [.. given.Features().Where(static f => f.Kind == FeatureKind.Boolean && f.Instances is null).Select(static f => f.Name)];
        return [.. known.Where(k => !there.Contains(k)).Order(StringComparer.Ordinal).Select(static k => new Finding(new("model"), "option-unnamed", $"The feature model does not have the option {k}.", $"Add a feature \"{k}\" to it, or take the option out of product_options."))];
    }
}
