using Homestretch.World;

namespace Homestretch.Products.Ordering;

/// <summary>How an option stands after the choices of the other features: it can be chosen, is chosen, is the only one left of its feature, or cannot be chosen.</summary>
public enum OptionState { Possible, Chosen, Forced, Impossible }

/// <param name="Why">Only of an impossible one.</param>
public sealed record ConfiguredOption(ProductOption Option, OptionState State, OrderRefusal? Why);

/// <param name="Taken">The option that is chosen or forced; null: open.</param>
public sealed record ConfiguredFeature(string Name, IReadOnlyList<ConfiguredOption> Options, ProductOption? Taken);

/// <summary>An order while it is chosen. Of what is possible everything leads to a whole legal order, so nothing ever has to be taken back.</summary>
/// <param name="Chosen">The choices made that hold, one a feature, in the order made.</param>
/// <param name="Refused">Choices that could not be made, each with its reason; what was chosen before them holds.</param>
/// <param name="Proposed">A whole legal order that keeps to the choices and has as many usual options as can be; null: no order of the family is legal in this market.</param>
/// <param name="Void">Rules that together leave no order at all; empty when some are left.</param>
public sealed record OrderConfiguration(IReadOnlyList<ProductOption> Chosen, IReadOnlyList<OrderRefusal> Refused, IReadOnlyList<ConfiguredFeature> Features, Choices? Proposed, IReadOnlyList<ToldRule> Void)
{
    /// <summary>Is nothing left to choose?</summary>
    public bool Complete => Proposed is not null && Features.All(static f => f.Taken is not null);
}
