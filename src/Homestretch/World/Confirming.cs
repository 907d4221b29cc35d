using System.Globalization;
using NodaTime;

namespace Homestretch.World;

/// <summary>Why an order line cannot be confirmed: a rule its variant breaks, a document its market asks for that is not in force at the promised date. The one place that says so.</summary>
public static class Confirming
{
    /// <summary>Empty when it can be confirmed. What is unknown refuses nothing: <see cref="OrderPapers.Known"/> tells it.</summary>
    public static IReadOnlyList<Finding> Refusals(Snapshot world, OrderLine order, Place place)
    {
        Instant due = world.Due(order);
        var found = new List<Finding>();
        foreach (MarketRule rule in world.Broken(order, world.DayOf(order, due))) found.Add(Forbidden(world, order, rule, place));
        foreach (PaperNeed need in world.Papers(order, due).Lacking)
        {
            (string rule, string state) = need switch
            {
                { State: PaperState.Lapsed, Held: { } held } => ("document-lapsed", $"{held.Key} is in force only until {Day(world, order, held.ValidUntil!.Value)}"),
                { State: PaperState.NotYet, Held: { } held } => ("document-not-yet", $"{held.Key} is in force only from {Day(world, order, held.ValidFrom)}"),
                _ => ("document-missing", "none is on record"),
            };
            found.Add(new(place with { Column = "status" }, rule, $"'{order.Id}' cannot be confirmed: {NameOf(world, need, order)} asks for {Titled(need)}, and of these {state}; it is due on {Day(world, order, due)}.{Law(need.Source)}", Cure(world, need, order)));
        }
        return found;
    }

    /// <summary>A choice that a rule forbids, with the rule in words.</summary>
    public static Finding Forbidden(Snapshot world, OrderLine order, MarketRule rule, Place place) => new(place with { Column = "options" }, "market-rule",
        $"{order.Family} with {order.Options} breaks a rule {(rule.Market is { } m ? $"of {world.Markets.Find(m)?.Name ?? m.Value}" : "of the product")}: {rule.Text.TrimEnd('.')}.{Law(rule.Source)}", "Choose other options: products order shows which are left and the smallest change.");

    /// <summary>Does the change confirm the order, or alter what a confirmed one is?</summary>
    internal static bool Asked(OrderLine? before, OrderLine after) => after.Status == OrderStatus.Confirmed
        && !(before is { Status: OrderStatus.Confirmed } b && b.Family == after.Family && b.Market == after.Market && b.Options.Equals(after.Options));

    private static string Cure(Snapshot world, PaperNeed need, OrderLine order)
    {
        string holder = (need.Held?.Party ?? need.Rule?.Party) is { } party ? world.Parties.Find(party)?.Name ?? party.Value : "its holder";
        if (need.State == PaperState.NotYet) return $"Promise a date from {Day(world, order, need.Held!.ValidFrom)} on, or ask {holder} for an earlier one.";
        if (need.State == PaperState.Missing) return $"Ask {holder} to have it issued and add it to documents, or leave the order approved.";
        Document lapsed = need.Held!;
        string before = lapsed.ValidFrom < lapsed.ValidUntil ? $", or promise a date before {Day(world, order, lapsed.ValidUntil!.Value)}" : "";
        if (lapsed.RenewalExpected is { } expected) return $"Its renewal was asked for and is expected on {Day(world, order, expected)}: add it to documents when {holder} has it{before}.";
        return lapsed.RenewalDays is { } days ? $"Ask {holder} to renew it, which takes {days.ToString("0.##", CultureInfo.InvariantCulture)} days, and add the new one to documents{before}."
            : $"Ask {holder} to renew it; how long that takes is unknown. Add the new one to documents{before}.";
    }

    private static string NameOf(Snapshot world, PaperNeed need, OrderLine order) => need.Rule is { Market: null } ? "the product itself" : (need.Rule?.Market ?? need.Held?.Market ?? order.Market) is var m ? world.Markets.Find(m)?.Name ?? m.Value : "";

    private static string Titled(PaperNeed need) => need.Held is { } held ? $"{held.Title} ({need.Requirement})" : $"a document for {need.Requirement}";

    private static string Law(string source) => source.Length > 0 ? $" ({source})" : "";

    private static string Day(Snapshot world, OrderLine order, Instant at) => NodaTime.Text.LocalDatePattern.Iso.Format(world.DayOf(order, at));
}
