using Homestretch.Products.Configuring;
using Homestretch.World;

namespace Homestretch.Products.Ordering;

/// <summary>Chooses an order's options one after another.</summary>
public static class OrderChoosing
{
    /// <summary>So many reasons of one refusal are told at most.</summary>
    private const int MostReasons = 5;

    /// <summary>The state after choices made one after another. A choice of a feature replaces an earlier one; one that cannot be made is refused with its reasons and changes nothing.</summary>
    public static OrderConfiguration Choose(this OrderModel model, IEnumerable<ProductOption> choices, CancellationToken cancel)
    {
        if (model.Compiled.ExplainVoid(cancel, written: true) is { } none) return new([], [], [.. model.Features.Select(static f => new ConfiguredFeature(f.Name, [.. f.Options.Select(static o => new ConfiguredOption(o, OptionState.Impossible, null))], null))], null, [.. Told(model, none.Rules)]);
        var chosen = new List<ProductOption>();
        var refused = new List<OrderRefusal>();
        foreach (ProductOption wanted in choices)
        {
            ProductOption[] others = [.. chosen.Where(c => c.Feature != wanted.Feature)];
            if (Why(model, others, wanted, cancel) is { } why) refused.Add(why);
            else chosen = [.. others, wanted];
        }
        return new(chosen, refused, [.. model.Features.Select(f => Of(model, f, chosen, cancel))], Complete(model, chosen), []);
    }

    /// <summary>A whole legal order that keeps to the choices; null when there is none. It has as many usual options as can be, and among such orders the one whose first feature, then second and so on, has its usual or else first option.</summary>
    /// <remarks>One optimum, not rules that fire in turn, so it cannot run in circles: to complete what is complete changes nothing, and to accept a part of what is proposed leaves the rest proposed.</remarks>
    public static Choices? Complete(OrderModel model, IReadOnlyList<ProductOption> choices)
    {
        int[] costs = new int[2 * model.Compiled.Translated.Variables];
        foreach (OrderFeature feature in model.Features)
            foreach (ProductOption option in feature.Options.Where(o => feature.Usual is { } usual && usual != o)) costs[Literal(model, option)] = 1;
        List<int> held = [.. choices.Select(c => Literal(model, c))];
        if (Cost() is not { } least) return null;
        var taken = new List<(string, string)>();
        foreach (OrderFeature feature in model.Features)
            foreach (ProductOption option in feature.Options.OrderBy(o => o == feature.Usual ? 0 : 1))
            {
                held.Add(Literal(model, option));
                if (Cost() == least)
                {
                    taken.Add((feature.Name, option.Option));
                    break;
                }
                held.RemoveAt(held.Count - 1);
            }
        return new(taken);

        int? Cost() => model.Compiled.Compiled.Cheapest(held, costs) is not { } whole ? null
            : model.Features.SelectMany(static f => f.Options).Sum(o => Literal(model, o) is var l && whole[l >> 1] ? costs[l] : 0);
    }

    /// <summary>Why an option cannot be chosen beside choices of other features; null when it can.</summary>
    public static OrderRefusal? Why(OrderModel model, IReadOnlyList<ProductOption> others, ProductOption wanted, CancellationToken cancel)
    {
        if (Explain(model, model.Compiled, others, wanted, cancel) is not { } first) return null;
        var reasons = new List<RefusalReason>();
        var lifted = new HashSet<string>(StringComparer.Ordinal);
        for (Conflict? next = first; next is not null && reasons.Count < MostReasons; next = Explain(model, model.Without(lifted, cancel), others, wanted, cancel))
        {
            reasons.Add(new([.. next.Choices.Select(c => model.Of(c.Of)).OfType<ProductOption>()], [.. Told(model, next.Rules)]));
            int before = lifted.Count;
            lifted.UnionWith(next.Rules.Select(model.RuleOf).OfType<MarketRule>().Select(static r => r.Id));
            if (lifted.Count == before) break;
        }
        return new(wanted, model.MarketName, reasons, first.Change is null ? null : Changed(model, others, wanted, [.. first.Change.Select(c => model.Of(c.Of)).OfType<ProductOption>()]));
    }

    private static OptionChange[] Changed(OrderModel model, IReadOnlyList<ProductOption> others, ProductOption wanted, ProductOption[] given)
    {
        Choices whole = Complete(model, [.. others.Where(o => !given.Contains(o)), wanted])!;
        return [.. given.Select(g => new OptionChange(g, model.Find(g.Feature, whole[g.Feature])!))];
    }

    private static ConfiguredFeature Of(OrderModel model, OrderFeature feature, List<ProductOption> chosen, CancellationToken cancel)
    {
        ProductOption[] others = [.. chosen.Where(c => c.Feature != feature.Name)];
        ProductOption? own = chosen.Find(c => c.Feature == feature.Name);
        bool[] possible = model.Compiled.Compiled.Possible(others.Select(o => Literal(model, o)));
        int left = feature.Options.Count(o => possible[Literal(model, o)]);
        ConfiguredOption[] options = [.. feature.Options.Select(o => possible[Literal(model, o)]
            ? new ConfiguredOption(o, o == own ? OptionState.Chosen : left == 1 ? OptionState.Forced : OptionState.Possible, null)
            : new(o, OptionState.Impossible, Why(model, others, o, cancel)))];
        return new(feature.Name, options, own ?? options.FirstOrDefault(static o => o.State == OptionState.Forced)?.Option);
    }

    private static Conflict? Explain(OrderModel model, CompiledModel compiled, IReadOnlyList<ProductOption> others, ProductOption wanted, CancellationToken cancel) =>
        compiled.Explain([.. others.Select(o => Taken(compiled, o))], Taken(compiled, wanted), cancel, written: true);

    private static Choice Taken(CompiledModel compiled, ProductOption option) => new(compiled.Find(Translating.Name(option.Feature, option.Option))!, true);

    private static int Literal(OrderModel model, ProductOption option) => model.Compiled.Literal(new(model.Of(option), true));

    private static IEnumerable<ToldRule> Told(OrderModel model, IReadOnlyList<ModelRule> rules)
    {
        foreach (ModelRule rule in rules)
            yield return model.RuleOf(rule) is { } r ? new(r.Id, r.Market is { } m ? model.NameOf(m) : "The product", r.Text, r.Source, r.Sample) : new("", "The product", rule.ToString(), "", false);
    }
}
