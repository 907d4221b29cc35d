namespace Homestretch.Landing;

public enum CostKind { Price, Freight, Insurance, Duty, Fee, Holding }

/// <summary>One part of what a line costs, with all that made it.</summary>
/// <param name="Line">Key of the line.</param>
/// <param name="Amount">Rounded once, half to even, at the currency's minor units.</param>
/// <param name="Base">What the rate was taken of, exact.</param>
/// <param name="BaseUnit">Currency or unit of the base.</param>
/// <param name="Rate">Times the base: a share, an amount for each unit of the base, or an exchange rate.</param>
/// <param name="Row">Table and key of the row that made it.</param>
/// <param name="Exchange">Key of the exchange rate that it was brought into the currency by; empty: none was needed.</param>
/// <param name="Source">What the row is taken from.</param>
/// <param name="Sample">Whether that row, or the exchange rate, is a sample.</param>
/// <param name="Why">In words.</param>
public sealed record LandedComponent(string Line, CostKind Kind, string Title, decimal Amount, string Currency, decimal Base, string BaseUnit, decimal Rate, string Row, string Exchange, string Source, bool Sample, string Why);

/// <summary>A row that met a line and still does not count, and why.</summary>
public sealed record SetAside(string Line, string Row, string Why);

/// <summary>What a consignment costs at its destination.</summary>
/// <param name="Territory">Customs territory of the destination.</param>
/// <param name="Currency">Its currency; all amounts are in it.</param>
/// <param name="Components">In order of line, then kind.</param>
/// <param name="Unrounded">The total before any amount was rounded.</param>
public sealed record Landed(string Consignment, string Territory, string Currency, IReadOnlyList<LandedComponent> Components, IReadOnlyList<SetAside> SetAside, decimal Unrounded)
{
    /// <summary>Sum of all components, exactly.</summary>
    public decimal Total => Components.Sum(static c => c.Amount);

    /// <summary>Sum of a line's components.</summary>
    public decimal Of(string line) => Components.Where(c => c.Line == line).Sum(static c => c.Amount);

    /// <summary>Sum of a line's components of one kind.</summary>
    public decimal Of(string line, CostKind kind) => Components.Where(c => c.Line == line && c.Kind == kind).Sum(static c => c.Amount);
}

/// <summary>Minor units of currencies, ISO 4217.</summary>
internal static class MinorUnits
{
    /// <summary>Decimals of the currency's minor unit.</summary>
    public static int Of(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    public static decimal Rounded(decimal amount, string currency) => decimal.Round(amount, Of(currency), MidpointRounding.ToEven);

    /// <summary>A rounded amount in parts like the weights: each rounded down, what is left to the largest remainders, of equal ones to the first.</summary>
    public static decimal[] Parts(decimal amount, IReadOnlyList<decimal> weights, string currency)
    {
        decimal unit = 1m;
        for (int i = Of(currency); i > 0; i--) unit /= 10;
        decimal sum = weights.Sum();
        decimal[] exact = [.. weights.Select(w => sum > 0 ? amount * (w / sum) : amount / weights.Count)];
        decimal[] parts = [.. exact.Select(e => Math.Floor(e / unit) * unit)];
        int left = (int)Math.Round((amount - parts.Sum()) / unit);
        foreach (int i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).Take(left)) parts[i] += unit;
        return parts;
    }
}
