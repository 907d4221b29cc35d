using Homestretch.World;

namespace Homestretch.Landing;

/// <summary>A fee with a least or most amount, told for one unit: it is linear in the price between them.</summary>
/// <param name="Row">Table and key of the row.</param>
public sealed record BoundedFee(string Row, decimal Fixed, decimal Factor, decimal Least, decimal Most)
{
    public decimal At(decimal price) => Math.Min(Math.Max(Fixed + Factor * price, Least), Most);
}

/// <summary>Landed cost of one unit as a linear function of its price: fixed + factor x price, by the same rules as <see cref="LandedCost"/> and before rounding.</summary>
/// <param name="Currency">Currency of what it gives.</param>
/// <param name="PriceCurrency">Currency of the price.</param>
/// <param name="Bounded">Fees that keep to a least or most amount an entry, on top; without them the cost is one line.</param>
public sealed record LandingRate(string Currency, string PriceCurrency, decimal Fixed, decimal Factor, IReadOnlyList<BoundedFee> Bounded)
{
    /// <summary>Landed cost of one unit.</summary>
    public decimal At(decimal price) => Fixed + Factor * price + Bounded.Sum(b => b.At(price));

    /// <summary>The rate of a consignment's only line, in consignments of its quantity; its price may be any.</summary>
    public static (LandingRate? Rate, IReadOnlyList<Finding> Findings) Of(LandingTables tables, Consignment consignment, LandingPolicy policy)
    {
        var findings = new List<Finding>();
        if (consignment.Lines is not [{ Price: { } asked } line])
        {
            (_, IReadOnlyList<Finding> wrong) = LandedCost.Of(tables, consignment, policy);
            return (null, wrong.Count > 0 ? wrong : [new(new(consignment.Key), "lines", $"{consignment.Lines.Count} lines.", "Ask for the rate of one line at a time.")]);
        }
        if (LandedCost.Counted(tables, At(0), policy, findings, false) is not { } none || LandedCost.Counted(tables, At(1), policy, findings, false) is not { } one) return (null, findings);
        decimal n = line.Quantity, fixedCost = 0, factor = 0;
        var bounded = new List<BoundedFee>();
        for (int i = 0; i < none.Parts.Count; i++)
        {
            decimal at0 = none.Parts[i].Exact / n, step = one.Parts[i].Exact / n - at0;
            CustomsFee? fee = none.Fees.FirstOrDefault(f => none.Parts[i].Row == $"customs_fees {f.Fee.Key}").Fee;
            if (fee is { Least: null, Most: null } or null) (fixedCost, factor) = (fixedCost + at0, factor + step);
            else bounded.Add(new(none.Parts[i].Row, at0, step, (fee.Least ?? 0) / n, fee.Most is { } most ? most / n : decimal.MaxValue));
        }
        return (new(none.Currency, asked.Currency, fixedCost, factor, bounded), []);

        Consignment At(decimal price) => consignment with { Lines = [line with { Price = asked with { Amount = price } }] };
    }
}
