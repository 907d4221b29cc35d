using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>Lots of the floor's hub that came by sea, each from where its supplier declared and for what was paid; and the rules of origin and labels that ask for it.</summary>
internal static class FloorOrigins
{
    private static readonly LocalDate s_since = new(2020, 1, 1);

    /// <summary>'Made in USA' is on what goes to the United States: at least 95 % of what it costs to make.</summary>
    public static IReadOnlyList<IRecord> MadeInUsa { get; } =
    [
        new MarketRule("US-MADE", "MC", MarketRuleKind.Label, (Key<Market>)"US", (Key<Item>)"BIKE", Condition.Always, Condition.Always, "Made in USA", "It says where it was made", null, null, "A law", false),
        Rule("US-ALL", RuleOfOrigin.MadeInAll, "US", "US;PR", 100), Rule("US-REVIEW", RuleOfOrigin.MadeInReview, "US", "US;PR", 95),
    ];

    public static OriginRule Rule(string key, RuleOfOrigin rule, string jurisdiction, string countries, decimal? figure) => new(key, "MC", rule, jurisdiction, countries, "*", figure, s_since, null, "Counsel", "A law", false);

    /// <summary>One lot that has come in. Its supplier sells this item of this origin and no other.</summary>
    /// <param name="country">Empty: undetermined.</param>
    public static IEnumerable<IRecord> Came(string lot, string item, string country, decimal? price = null, string claims = "")
    {
        string supplier = $"S-{lot}";
        yield return new Party(supplier, supplier, PartyKind.Supplier, "");
        yield return new ItemOrigin(item, supplier, null, null, "MC", country, claims, DeliveryTerm.Fca, "Declaration");
        yield return new PurchaseOrderLine($"PO-{lot}", "MC", supplier, item, "A", new(1000, "EA"), price is { } paid ? new Money((long)(paid * 100), "USD") : null, "TW-GVL", FloorCompany.T - Duration.FromDays(90), FloorCompany.T - Duration.FromDays(20), OrderStatus.Completed);
        yield return new Shipment($"SH-{lot}", "TW1", "TW-GVL", "", "");
        yield return new Milestone($"SH-{lot}", 1, Edge.End, Classifier.Actual, "TW1", "MC", FloorCompany.T - Duration.FromDays(20), FloorCompany.T - Duration.FromDays(20));
        yield return new Lot(lot, supplier, (Key<PurchaseOrderLine>)$"PO-{lot}", item, "A", new(1000, "EA"), "TW-GVL", LotState.Received, FloorCompany.T - Duration.FromDays(60), 0, (Key<Shipment>)$"SH-{lot}", 1000);
    }

    /// <summary>A lot that lies in a bin, pegged to nothing.</summary>
    public static IEnumerable<IRecord> Lies(string lot, string item, decimal quantity, string country, decimal? price = null, string claims = "", string bin = "A-01", CustomsStanding customs = CustomsStanding.DutyPaid) =>
    [
        .. Came(lot, item, country, price, claims), new Stock("GVL", item, "A", lot, "MC", new(quantity, "EA"), StockStatus.Available, customs, customs == CustomsStanding.Unknown ? "" : "DOC"), new BinStock("GVL", bin, item, "A", lot, "MC", new(quantity, "EA"), null),
    ];

    /// <summary>Orders of the United States have a price: 2,000 USD a unit.</summary>
    public static IRecord Priced(IRecord record) => record is OrderLine { Market.Value: "US" } o ? o with { Price = new Money(2000_00 * o.Quantity, "USD") } : record;
}
