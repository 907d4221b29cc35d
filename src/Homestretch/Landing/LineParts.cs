using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>A component before it is rounded.</summary>
/// <param name="Whole">Amount of the whole entry that it is a share of; null: it is the line's own.</param>
internal sealed record Part(string Line, CostKind Kind, string Title, decimal Exact, decimal Base, string BaseUnit, decimal Rate, string Row, string Exchange, string Source, bool Sample, string Why, decimal? Whole = null);

/// <summary>What one line costs, exactly; every amount is linear in its price.</summary>
/// <param name="CustomsValue">What duties and fees are counted on, in the territory's currency.</param>
internal sealed record LineParts(ConsignmentLine Line, IReadOnlyList<Part> Parts, decimal CustomsValue)
{
    /// <param name="shared">The line's exact share of the shipment's freight.</param>
    /// <param name="border">The territory whose customs it passes; null: none.</param>
    public static LineParts Of(Ground ground, ConsignmentLine line, decimal shared, CustomsTerritory? border, IReadOnlyList<DutyMeasure> duties)
    {
        var parts = new List<Part>();
        Consignment c = ground.Consignment;
        string currency = ground.Currency;
        bool carried = line.Terms != DeliveryTerm.Fca, covered = line.Terms == DeliveryTerm.Cip;

        Exchange priced = ground.Exchange(line.Price!.Currency);
        decimal asked = line.Price.Amount * line.Quantity, price = priced.Of(asked);
        parts.Add(new(line.Key, CostKind.Price, "price", price, asked, line.Price.Currency, priced.Told, line.Price.Row, priced.Row, "", priced.Sample,
            $"{N(line.Quantity)} {line.Unit} x {N(line.Price.Amount)} {line.Price.Currency}{Into(priced)}"));

        Exchange moved = ground.Exchange(line.Freight!.Currency);
        decimal own = moved.Of(line.Freight.Amount), freight = own + shared;
        parts.Add(new(line.Key, CostKind.Freight, "freight", carried ? 0 : own, line.Freight.Amount, line.Freight.Currency, moved.Told, line.Freight.Row, moved.Row, "", moved.Sample,
            carried ? $"in the price ({Words.Of(line.Terms)})" : $"{N(line.Freight.Amount)} {line.Freight.Currency}{Into(moved)}"));
        if (c.Freight is { } shipment)
        {
            Exchange whole = ground.Exchange(shipment.Currency);
            parts.Add(new(line.Key, CostKind.Freight, "freight of the shipment", carried ? 0 : shared, shipment.Amount, shipment.Currency, whole.Told, shipment.Row, whole.Row, "", whole.Sample,
                carried ? $"in the price ({Words.Of(line.Terms)})" : $"its share, by weight, of {N(shipment.Amount)} {shipment.Currency}{Into(whole)}", carried ? null : whole.Of(shipment.Amount)));
        }

        // a premium on a sum that has the premium in it: i = q (value + freight + i)
        InsuranceRate premium = ground.Insurance;
        decimal q = premium.Percent / 100 * (premium.Insured / 100), cif = covered ? price : ((carried ? price : price + freight) / (1 - q)), insurance = q * cif;
        parts.Add(new(line.Key, CostKind.Insurance, "insurance", covered ? 0 : insurance, cif, currency, q, $"insurance_rates {premium.Id}", "", premium.Source, premium.Sample,
            covered ? $"in the price ({Words.Of(line.Terms)})" : $"{N(premium.Percent)} % of {N(premium.Insured)} % of {M(cif)} {currency} with freight and insurance"));

        decimal value = border?.Valuation == ValuationBasis.Cif ? cif : cif - insurance - freight;
        if (border is null)
            parts.Add(new(line.Key, CostKind.Duty, "no border", 0, value, currency, 0, $"customs_territories {ground.Territory.Key}", "", ground.Territory.Source, ground.Territory.Sample, $"{c.Dispatch} and {c.Destination} are one customs territory"));
        foreach (DutyMeasure m in duties)
        {
            string title = $"{Words.Of(m.Kind)} {m.Key}", on = border!.Valuation == ValuationBasis.Cif ? "with freight and insurance" : "without freight and insurance";
            if (m.Percent is { } percent)
                parts.Add(new(line.Key, CostKind.Duty, title, value * percent / 100, value, currency, percent / 100, $"duty_measures {m.Key}", "", m.Source, m.Sample, $"{N(percent)} % of {M(value)} {currency}, {on}{Claimed(m)}"));
            if (m.Specific is { } specific)
            {
                Exchange x = ground.Exchange(m.Currency);
                decimal amount = m.Per == DutyPer.Kilogram ? line.Quantity * line.Kilograms!.Value : line.Quantity;
                string unit = m.Per == DutyPer.Kilogram ? "kg" : line.Unit;
                parts.Add(new(line.Key, CostKind.Duty, title, x.Of(amount * specific), amount, unit, specific, $"duty_measures {m.Key}", x.Row, m.Source, m.Sample || x.Sample, $"{N(specific)} {m.Currency} for each of {N(amount)} {unit}{Into(x)}{Claimed(m)}"));
            }
        }

        decimal rate = ground.Policy.HoldingRate;
        parts.Add(new(line.Key, CostKind.Holding, "holding on the way", price * rate * c.Days / 365, price, currency, rate * c.Days / 365, "", "", "policy", false, $"{N(100 * rate)} % a year, {N(c.Days)} days"));
        return new(line, parts, value);
    }

    private static string Claimed(DutyMeasure m) => m.Claim.Length > 0 ? $", {m.Claim} claimed" : "";
    private static string Into(Exchange x) => x.Row.Length == 0 ? "" : $" at {x.Row} {N(x.Told)}{(x.Back ? ", the other way" : "")}";
    private static string N(decimal n) => n.ToString("0.######", CultureInfo.InvariantCulture);
    private static string M(decimal n) => n.ToString("#,0.00", CultureInfo.InvariantCulture);
}

/// <summary>What all lines of a consignment stand on, once nothing is missing.</summary>
internal sealed class Ground(LandingTables tables, Consignment consignment, LandingPolicy policy, CustomsTerritory territory, InsuranceRate insurance, LocalDate entered)
{
    public Consignment Consignment => consignment;
    public LandingPolicy Policy => policy;
    public CustomsTerritory Territory => territory;
    public string Currency => territory.Currency;
    public InsuranceRate Insurance => insurance;

    /// <summary>The rate into the territory's currency, which was checked to be there.</summary>
    public Exchange Exchange(string currency) => tables.Exchange(currency, territory.Currency, entered)!;
}
