using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>What is missing or wrong before anything can be counted, all at once.</summary>
internal static class Checking
{
    /// <returns>What the lines stand on; null when the destination itself is unknown.</returns>
    public static Ground? Of(LandingTables tables, Consignment consignment, ConsignmentLine[] lines, LandingPolicy policy, Place place, List<Finding> findings)
    {
        foreach (ConsignmentLine line in lines) Line(line, place, findings);
        foreach (var twice in lines.GroupBy(static l => l.Key).Where(static g => g.Count() > 1)) Add("line", "line-twice", $"{twice.Key} stands there {twice.Count()} times.", "Give every line a key of its own.");
        if (lines.Length == 0) Add("lines", "no-lines", "The consignment has no lines.", "Add what it carries.");
        if (consignment.Days < 0) Add("days", "negative", $"{consignment.Days} days on the way.", "Give days of 0 or more.");
        if (consignment.Freight?.Amount < 0) Add("freight", "negative", $"A freight of {consignment.Freight.Amount} {consignment.Freight.Currency}.", "Give 0 or more.");
        if (policy.HoldingRate < 0) Add("holding_rate", "negative", $"A holding rate of {policy.HoldingRate}.", "Give 0 or more.");
        if (consignment.Dispatch.Length == 0) Add("dispatch", "unknown-dispatch", "The country of dispatch is unknown.", "State the country of the site it leaves.");
        if (consignment.Entered is not { } entered)
        {
            Add("entered", "unknown-entry-date", "The day of entry is unknown.", "State the day, or report the milestone that ends customs.");
            return null;
        }
        if (entered < consignment.Exported) Add("exported", "dates", "It entered before it was exported.", "Correct one of the days.");
        IReadOnlyList<CustomsTerritory> of = tables.TerritoriesOf(consignment.Destination, entered);
        if (of.Count != 1)
            Add("destination", of.Count == 0 ? "unknown-territory" : "two-territories", of.Count == 0 ? $"'{consignment.Destination}' belongs to no customs territory on {Day(entered)}." : $"'{consignment.Destination}' belongs to {of[0].Key} and {of[1].Key} on {Day(entered)}.",
                of.Count == 0 ? "Add it to customs_territories, or state the country of the site." : "Let it belong to one.");
        if (tables.TerritoriesOf(consignment.Dispatch, entered) is { Count: > 1 } two) Add("dispatch", "two-territories", $"'{consignment.Dispatch}' belongs to {two[0].Key} and {two[1].Key} on {Day(entered)}.", "Let it belong to one.");
        IReadOnlyList<InsuranceRate> premiums = tables.Insurance(consignment.Mode, entered);
        if (premiums.Count != 1)
            Add("mode", premiums.Count == 0 ? "no-insurance-rate" : "two-insurance-rates", $"insurance_rates has {(premiums.Count == 0 ? "nothing" : "several rows")} for {Words.Of(consignment.Mode)} on {Day(entered)}.",
                premiums.Count == 0 ? "Add a row; uninsured is a premium of 0." : "End all but one.");
        if (of.Count != 1) return null;
        foreach (string currency in lines.SelectMany(static l => new[] { l.Price?.Currency, l.Freight?.Currency }).Append(consignment.Freight?.Currency).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            Rate(tables, currency, of[0].Currency, entered, policy, place, findings);
        return premiums.Count == 1 ? new(tables, consignment, policy, of[0], premiums[0], entered) : null;

        void Add(string column, string rule, string what, string cure) => findings.Add(new(place with { Column = column }, rule, what, cure));
    }

    /// <summary>A finding when a currency cannot be brought into another on a day.</summary>
    public static void Rate(LandingTables tables, string currency, string into, LocalDate day, LandingPolicy policy, Place place, List<Finding> findings)
    {
        string cure = $"Add a rate of {currency} into {into} to exchange_rates.";
        Finding? finding = tables.Exchange(currency, into, day) is not { } rate ? new(place with { Column = "currency" }, "no-exchange-rate", $"There is no rate of {currency} into {into} at or before {Day(day)}.", cure)
            : Period.DaysBetween(rate.Date, day) > policy.MostRateDays ? new(place with { Column = "currency" }, "old-exchange-rate", $"The last rate of {currency} into {into} is of {Day(rate.Date)}, {Period.DaysBetween(rate.Date, day)} days before {Day(day)}.", cure) : null;
        if (finding is not null && !findings.Contains(finding)) findings.Add(finding);
    }

    private static void Line(ConsignmentLine line, Place place, List<Finding> findings)
    {
        if (string.IsNullOrEmpty(line.Origin)) Add("origin", "unknown-origin", "the country of origin is undetermined.", "Ask the supplier for it and its evidence, and add it to item_origins.");
        if (line.Hs is null) Add("hs", "unknown-hs", "the tariff code is unknown.", "Add it to customs_items.");
        else if (Listed.Digits(line.Hs) is not { Length: >= 6 }) Add("hs", "unknown-hs", $"'{line.Hs}' is no tariff code.", "Write six digits or more, with or without dots.");
        if (line.Kilograms is null) Add("kilograms", "unknown-weight", "the weight is unknown.", "Add it to customs_items.");
        else if (line.Kilograms <= 0) Add("kilograms", "negative", $"a weight of {line.Kilograms} kg.", "Give a weight above 0.");
        if (line.Price is null) Add("price", "unknown-price", "the price is unknown.", "State the item's cost or the purchase's price.");
        else if (line.Price.Amount < 0) Add("price", "negative", $"a price of {line.Price.Amount} {line.Price.Currency}.", "Give 0 or more.");
        if (line.Freight is null) Add("freight", "unknown-freight", "the freight is unknown.", "Add it to freight_rates; what the seller pays is a row too.");
        else if (line.Freight.Amount < 0) Add("freight", "negative", $"a freight of {line.Freight.Amount} {line.Freight.Currency}.", "Give 0 or more.");
        if (line.Quantity <= 0) Add("quantity", "negative", $"a quantity of {line.Quantity}.", "Give a quantity above 0.");

        void Add(string column, string rule, string what, string cure) => findings.Add(new(place with { Column = column }, rule, $"{line.Key}: {what}", cure));
    }

    private static string Day(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
