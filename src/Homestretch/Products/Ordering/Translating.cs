using Homestretch.Products.Features;
using Homestretch.World;

namespace Homestretch.Products.Ordering;

/// <summary>Conditions over market and options as constraints over features, once the market is known.</summary>
internal static class Translating
{
    /// <summary>The name of an option's feature.</summary>
    public static string Name(string feature, string option) => $"{feature}={option}";

    /// <summary>A constraint, or what it comes to in this market whatever is chosen.</summary>
    /// <param name="within">The market and those it is within.</param>
    /// <param name="known">Names of the family's options; what is compared with another is never chosen.</param>
    public static (bool? Always, Constraint? Constraint) Of(Condition condition, IReadOnlyList<string> within, IReadOnlySet<string> known)
    {
        switch (condition)
        {
            case Condition.Is { Feature: "market" } market: return (within.Contains(market.Option), null);
            case Condition.Is option: return known.Contains(Name(option.Feature, option.Option)) ? (null, Named(option.Feature, option.Option)) : (false, null);
            case Condition.Not not: return Opposite(Of(not.Inner, within, known));
            case Condition.Both both: return Joined(Connective.And, Of(both.Left, within, known), Of(both.Right, within, known));
            case Condition.Either either: return Joined(Connective.Or, Of(either.Left, within, known), Of(either.Right, within, known));
            default: return (true, null);
        }
    }

    /// <summary>What a rule of choice asks for: where <c>when</c> holds, <c>must</c> does.</summary>
    public static (bool? Always, Constraint? Constraint) Of(MarketRule rule, IReadOnlyList<string> within, IReadOnlySet<string> known) =>
        Joined(Connective.Or, Opposite(Of(rule.When, within, known)), Of(rule.Must, within, known));

    public static Constraint Named(string feature, string option) => new Constraint.Named(new(Name(feature, option), default));

    private static (bool? Always, Constraint? Constraint) Opposite((bool? Always, Constraint? Constraint) of) => of.Constraint is { } c ? (null, new Constraint.Not(c)) : (!of.Always, null);

    private static (bool? Always, Constraint? Constraint) Joined(Connective connective, (bool? Always, Constraint? Constraint) a, (bool? Always, Constraint? Constraint) b)
    {
        bool settles = connective == Connective.Or;
        if (a.Always is { } x) return x == settles ? a : b;
        if (b.Always is { } y) return y == settles ? b : a;
        return (null, new Constraint.Both(connective, a.Constraint!, b.Constraint!));
    }
}
