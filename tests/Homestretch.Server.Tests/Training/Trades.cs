using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Tests.Training;

/// <summary>A small trade with a past that can be learned from: one supplier keeps its days, the other is late every second time, by a week or two.</summary>
internal static class Trades
{
    public const string Punctual = "PUNCTUAL", Tardy = "TARDY";

    public static IEnumerable<IRecord> Company()
    {
        yield return new Party("MERIDIAN", "Meridian", PartyKind.Brand, "US");
        yield return new Party("CARRIER", "Carrier", PartyKind.Carrier, "");
        yield return new Site("HUB", "MERIDIAN", "Hub", SiteKind.Hub, "USGVL", "US", "America/New_York", null, null);
        foreach (string supplier in (string[])[Punctual, Tardy])
        {
            yield return new Party(supplier, supplier, PartyKind.Supplier, "TW");
            yield return new Site($"PL-{supplier}", supplier, "Plant", SiteKind.Plant, "", "TW", "Asia/Taipei", null, null);
            yield return new Item($"PART-{supplier}", "MERIDIAN", "Part", ItemKind.SubAssembly, "part", "EA", 1, null);
            yield return new Lane(supplier, "MERIDIAN", supplier, $"PL-{supplier}", "HUB");
            yield return new LaneStep(supplier, 1, "MERIDIAN", StepKind.Leg, Mode.Road, "CARRIER", "HUB", 8, 20, null, null);
        }
    }

    /// <summary>A purchase that was due some days before t and came in, by the habit of its supplier.</summary>
    public static IEnumerable<IRecord> Executed(int number, Instant t, double dueDaysBefore) => Executed(number, t, dueDaysBefore, number % 4 == 1 ? 7 + number % 8 : 0);

    /// <param name="late">Days.</param>
    public static IEnumerable<IRecord> Executed(int number, Instant t, double dueDaysBefore, int late)
    {
        string supplier = number % 2 == 0 ? Punctual : Tardy;
        Instant due = t - Duration.FromDays(dueDaysBefore), came = due + Duration.FromDays(late);
        foreach (IRecord record in Way(number, supplier, due, came - Duration.FromDays(9), LotState.Received)) yield return record;
        yield return new Milestone($"S-{number}", 1, Edge.End, Classifier.Actual, "CARRIER", "CARRIER", came, came);
    }

    /// <summary>A purchase on its way, due in some days.</summary>
    public static IEnumerable<IRecord> Open(int number, string supplier, Instant t, double dueInDays) => Way(number, supplier, t + Duration.FromDays(dueInDays), t - Duration.FromDays(2), LotState.Shipped);

    private static IEnumerable<IRecord> Way(int number, string supplier, Instant due, Instant left, LotState state)
    {
        yield return new PurchaseOrderLine($"PO-{number}/10", "MERIDIAN", supplier, $"PART-{supplier}", "", new(10 + number % 7, "EA"), new Money(1500, "USD"), supplier, due - Duration.FromDays(60), due, state == LotState.Received ? OrderStatus.Completed : OrderStatus.Confirmed);
        yield return new Shipment($"S-{number}", "CARRIER", supplier, "", "");
        yield return new Lot($"L-{number}", supplier, (Key<PurchaseOrderLine>)$"PO-{number}/10", $"PART-{supplier}", "", new(10 + number % 7, "EA"), supplier, state, left, 0, (Key<Shipment>)$"S-{number}");
        yield return new Milestone($"S-{number}", 1, Edge.Begin, Classifier.Actual, "CARRIER", "CARRIER", left, left);
    }
}
