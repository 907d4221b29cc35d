using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>What is wrong with a unit's content before anything can be claimed, all at once. What is only unknown is no mistake.</summary>
internal static class Checking
{
    /// <summary>Largest amount: ten thousand million in major units, so that no sum leaves its range.</summary>
    private const long Most = 1_000_000_000_000;

    /// <summary>A finding for each country of a measure that is none: nothing would be from there, and nothing flagged.</summary>
    public static IEnumerable<Finding> Countries(IReadOnlyList<string> countries) => countries.Where(static c => Cure(c) is not null).Select(static c => new Finding(new("measure country"), "country", $"'{c}' is no country.", Cure(c)!));

    public static IReadOnlyList<Finding> Of(UnitContent unit)
    {
        var findings = new List<Finding>();
        var place = new Place($"unit {unit.Serial}");
        if (unit.Serial.Trim().Length == 0) Add("serial", "required", "The unit has no serial number.", "Give it one.");
        if (unit.Components.Count == 0) Add("components", "no-components", "The unit has no components.", "Add what it was made of.");
        if (!Listed.IsCurrency(unit.Currency)) Add("currency", "currency", $"'{unit.Currency}' is no currency.", "Write the ISO 4217 code, such as USD.");
        Country("made_in", unit.MadeIn);
        if (unit.Hs.Length > 0 && Listed.Digits(unit.Hs) is not { Length: >= 6 and <= 14 }) Add("hs", "hs", $"'{unit.Hs}' is no tariff code.", "Write 6 to 14 digits, with or without dots, or nothing when it is unknown.");
        Amount("assembly", unit.Assembly);
        Amount("inland_freight", unit.InlandFreight);
        Amount("international_freight", unit.InternationalFreight);
        Amount("transaction_value", unit.TransactionValue);
        if (unit.InternationalFreight > unit.TransactionValue) Add("international_freight", "freight", "The international freight is more than the price that includes it.", "Give the price with the freight in it, or a freight of 0.");
        foreach (UnitComponent c in unit.Components)
        {
            place = new($"unit {unit.Serial}, {c.Name}");
            if (c.Item.Trim().Length == 0) Add("item", "required", "A component has no item.", "Name it.");
            if (c.Quantity <= 0) Add("quantity", "negative", $"A quantity of {c.Quantity}.", "Give more than 0.");
            Country("origin", c.Origin);
            Amount("value", c.Value);
            Amount("freight", c.Freight);
            Amount("duty", c.Duty);
            if (c.Own && c.Origin.Length > 0 && unit.MadeIn.Length > 0 && c.Origin != unit.MadeIn) Add("own", "own-origin", $"Made in the operation in {unit.MadeIn}, and of origin {c.Origin}.", "Give the country where it was made, or call it bought.");
        }
        return findings;

        void Country(string column, string country)
        {
            if (country.Length > 0 && Cure(country) is { } cure) Add(column, "country", $"'{country}' is no country.", cure);
        }

        void Amount(string column, long? amount)
        {
            if (amount < 0) Add(column, "negative", $"{new Money(amount.Value, unit.Currency)} is below 0.", "Give 0 or more, or nothing when it is unknown.");
            else if (amount > Most) Add(column, "range", $"{new Money(amount.Value, unit.Currency)} is beyond anything real.", "Give it in major units, such as 12.50.");
        }

        void Add(string column, string rule, string what, string cure) => findings.Add(new(place with { Column = column }, rule, what, cure));
    }

    /// <summary>How to write a country that is not written right; null: it is. UK and EU look like codes of countries and are none.</summary>
    private static string? Cure(string country) => country switch
    {
        "UK" => "Write GB.",
        "EU" => "Write the member state, such as NL.",
        _ => Listed.IsCountry(country) ? null : "Write the ISO 3166-1 alpha-2 code, such as US, or nothing when it is unknown.",
    };
}
