using NodaTime;

namespace Homestretch.World;

/// <summary>How far an offer of another option is.</summary>
public enum OfferState
{
    /// <summary>Asked and not answered.</summary>
    Open,

    /// <summary>The customer agreed: the order line may take the option instead.</summary>
    Agreed,

    /// <summary>The customer does not want it.</summary>
    Refused,

    /// <summary>It no longer stands.</summary>
    Withdrawn,
}

/// <summary>Another option that a customer was asked about for an order line. While it is agreed, it is the customer's standing consent that the line may take that option instead.</summary>
/// <param name="Feature">Feature of the order line's family.</param>
/// <param name="Option">Another legal option of it.</param>
/// <param name="Rebate">What is given back for it; null: nothing is agreed.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Answer">What the customer said.</param>
public sealed record OptionOffer(Key<OptionOffer> Key, Key<Party> Party, Key<OrderLine> OrderLine, string Feature, string Option, Money? Rebate, OfferState State, Instant Made, string Answer) : IRecord<OptionOffer>
{
    public static string TableName => "option_offers";
    public static string TableDoc => "Another option that a customer was asked about for an order line; agreed, it is the customer's standing consent that the line may take it.";
    public string Id => Key.Value;

    public static OptionOffer Shape(Fields f, OptionOffer? x) => new(
        f.Own("offer", x?.Key, "Number of the offer, unique."),
        f.Ref("party", x?.Party, "Party that sells."),
        f.Ref("order_line", x?.OrderLine, "Order line that would take it."),
        f.Part("feature", x?.Feature, "Feature, such as battery."),
        f.Part("option", x?.Option, "Another option of the feature, as product_options has it."),
        f.OptionalMoney("rebate", x?.Rebate, "What is given back for it; empty: nothing is agreed."),
        f.Choice<OfferState>("state", x?.State, "Open: asked and not answered. Agreed: the line may take it. Refused, withdrawn: it may not.", OfferState.Open),
        f.Moment("made", x?.Made, "When it was made."),
        f.Text("answer", x?.Answer, "What the customer said.", ""));
}
