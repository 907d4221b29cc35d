using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>What a consignment costs at its destination: price, freight, insurance, duties, fees, and holding on the way. Nothing unknown is taken for something: all that is missing is told at once.</summary>
public static class LandedCost
{
    /// <summary>The landed cost, or every reason why it cannot be told.</summary>
    public static (Landed? Landed, IReadOnlyList<Finding> Findings) Of(LandingTables tables, Consignment consignment, LandingPolicy policy)
    {
        var findings = new List<Finding>();
        if (Counted(tables, consignment, policy, findings) is not { } exact) return (null, findings);
        string currency = exact.Currency;
        var components = new List<LandedComponent>();
        // what belongs to the whole entry is rounded once and parted, so that its parts add up to it
        foreach (var shared in exact.Parts.Where(static p => p.Whole is not null).GroupBy(static p => (p.Kind, p.Row, p.Title)))
        {
            Part[] all = [.. shared];
            decimal[] amounts = MinorUnits.Parts(MinorUnits.Rounded(all.Sum(static p => p.Exact), currency), [.. all.Select(static p => p.Exact)], currency);
            components.AddRange(all.Select((p, i) => Component(p, amounts[i])));
        }
        components.AddRange(exact.Parts.Where(static p => p.Whole is null).Select(p => Component(p, MinorUnits.Rounded(p.Exact, currency))));
        return (new(consignment.Key, exact.Territory.Key.Value, currency, [.. components.OrderBy(static c => c.Line, StringComparer.Ordinal).ThenBy(static c => c.Kind).ThenBy(static c => c.Title, StringComparer.Ordinal).ThenBy(static c => c.BaseUnit, StringComparer.Ordinal)],
            exact.Aside, exact.Parts.Sum(static p => p.Exact)), []);

        LandedComponent Component(Part p, decimal amount) => new(p.Line, p.Kind, p.Title, amount, currency, p.Base, p.BaseUnit, p.Rate, p.Row, p.Exchange, p.Source, p.Sample, p.Why);
    }

    /// <param name="Fees">Fees of the entry with what they are counted on.</param>
    internal sealed record Exact(CustomsTerritory Territory, string Currency, IReadOnlyList<Part> Parts, IReadOnlyList<SetAside> Aside, IReadOnlyList<(CustomsFee Fee, decimal Base)> Fees);

    /// <summary>Every part before rounding; null with findings.</summary>
    /// <param name="bounded">Whether fees keep to their least and most amounts, and a price to what is in it.</param>
    internal static Exact? Counted(LandingTables tables, Consignment consignment, LandingPolicy policy, List<Finding> findings, bool bounded = true)
    {
        var place = new Place(consignment.Key);
        ConsignmentLine[] lines = [.. consignment.Lines.OrderBy(static l => l.Key, StringComparer.Ordinal)];
        if (Checking.Of(tables, consignment, lines, policy, place, findings) is not { } ground || findings.Count > 0) return null;
        LocalDate entered = consignment.Entered!.Value;
        CustomsTerritory? border = tables.TerritoriesOf(consignment.Dispatch, entered) is [var from] && from.Key == ground.Territory.Key ? null : ground.Territory;
        var aside = new List<SetAside>();
        IReadOnlyList<DutyMeasure>[] duties = new IReadOnlyList<DutyMeasure>[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            duties[i] = [];
            if (border is null) continue;
            Duties.Found found = Duties.Of(tables, border.Key.Value, lines[i], Listed.Digits(lines[i].Hs!)!, lines[i].Origin!, consignment.Exported, entered, place, findings);
            (duties[i], aside) = (found.Counting, [.. aside, .. found.Aside]);
            foreach (DutyMeasure m in found.Counting.Where(static m => m.Specific is not null)) Checking.Rate(tables, m.Currency, ground.Currency, entered, policy, place, findings);
        }
        if (findings.Count > 0) return null;

        decimal shipment = consignment.Freight is { } f ? ground.Exchange(f.Currency).Of(f.Amount) : 0, weight = lines.Sum(Weight);
        LineParts[] counted = [.. lines.Select((l, i) => LineParts.Of(ground, l, shipment == 0 ? 0 : shipment * (Weight(l) / weight), border, duties[i]))];
        foreach (LineParts bad in counted.Where(l => bounded && l.CustomsValue < 0))
            findings.Add(new(place with { Column = "freight" }, "negative", $"{bad.Line.Key}: freight and insurance are more than the price that has them in it.", "Correct the price, the freight or the terms."));
        if (findings.Count > 0) return null;
        List<Part> parts = [.. counted.SelectMany(static l => l.Parts)];
        var fees = new List<(CustomsFee, decimal)>();
        foreach (CustomsFee fee in border is null ? [] : tables.Fees(border.Key.Value, entered).Where(x => x.Mode == Mode.None || x.Mode == consignment.Mode))
        {
            string[] exempt = Listed.Of(fee.ExemptClaims);
            aside.AddRange(counted.Where(l => l.Line.Claims.Any(exempt.Contains)).Select(l => new SetAside(l.Line.Key, $"customs_fees {fee.Key}", $"{l.Line.Claims.First(exempt.Contains)} is claimed")));
            LineParts[] liable = [.. counted.Where(l => !l.Line.Claims.Any(exempt.Contains))];
            if (liable.Length == 0) continue;
            decimal value = liable.Sum(static l => l.CustomsValue), free = value * fee.Percent / 100, whole = bounded ? Math.Min(Math.Max(free, fee.Least ?? 0), fee.Most ?? decimal.MaxValue) : free;
            fees.Add((fee, value));
            string bound = whole > free ? $"; the least of an entry, {N(whole)}, is more" : whole < free ? $"; the most of an entry, {N(whole)}, is less" : "";
            foreach (LineParts l in liable)
                parts.Add(new(l.Line.Key, CostKind.Fee, $"{fee.Kind} {fee.Key}", value == 0 ? whole / liable.Length : whole * (l.CustomsValue / value), l.CustomsValue, ground.Currency, fee.Percent / 100, $"customs_fees {fee.Key}", "", fee.Source, fee.Sample,
                    $"{N(fee.Percent)} % of {value.ToString("#,0.00", CultureInfo.InvariantCulture)} {ground.Currency}{bound}{(liable.Length > 1 ? ", by value" : "")}", whole));
        }
        return new(ground.Territory, ground.Currency, parts, aside, fees);
    }

    private static decimal Weight(ConsignmentLine line) => line.Quantity * line.Kilograms!.Value;
    private static string N(decimal n) => n.ToString("0.######", CultureInfo.InvariantCulture);
}
