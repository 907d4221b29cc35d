using Homestretch.Finishing.Origin;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What the labels of an order and the way it goes ask of the origin of its parts.</summary>
/// <param name="Labels">Labels of its market, for its variant, that say without a qualification that it was made in a place the hub is in.</param>
/// <param name="Agreements">Agreements under whose content it may be claimed where it goes.</param>
/// <param name="Untold">Such labels of which no rule says what keeps them, each with what is missing.</param>
internal sealed record OriginAsked(IReadOnlyList<MadeInLabel> Labels, IReadOnlyList<string> Agreements, IReadOnlyList<string> Untold)
{
    public static OriginAsked Nothing { get; } = new([], [], []);

    public bool Any => Labels.Count > 0 || Agreements.Count > 0;

    /// <summary>Whether a lot keeps what every label says. One of undetermined origin keeps none.</summary>
    public bool Keeps(LotOrigin origin) => Labels.All(l => l.Keeps(origin));

    /// <summary>Whether a lot originates under every agreement. One of which nobody has determined it does not.</summary>
    public bool Originates(LotOrigin origin) => Agreements.All(a => origin.Originating?.Contains(a) == true);

    /// <summary>Whether a lot is of use to any of it.</summary>
    public bool ServedBy(LotOrigin origin) => Labels.Any(l => l.Keeps(origin)) || Agreements.Any(a => origin.Originating?.Contains(a) == true);
}

/// <summary>A label that says where a unit was made.</summary>
/// <param name="Place">The place it names: US, EU or UK.</param>
/// <param name="Own">Rule whose countries are that place.</param>
/// <param name="Least">Rule with the percent of the manufacturing cost below which the label is refused; null: it hangs on more than the shares of its parts.</param>
internal sealed record MadeInLabel(MarketRule Rule, string Place, OriginRule Own, OriginRule? Least)
{
    public bool Keeps(LotOrigin origin) => OriginRules.Own(Own, origin.Country);
}
