using Homestretch.World;

namespace Homestretch.Buffering;

/// <summary>What a day of buffer costs, part by part.</summary>
/// <param name="Currency">The one in which most parts' costs are; empty: none has a cost.</param>
/// <param name="PerDay">Minor units a day of buffer in an average kit; null: the part's cost is not known in that currency.</param>
internal sealed record Prices(string Currency, double?[] PerDay)
{
    private const double DaysInYear = 365;

    public static Prices Of(IReadOnlyList<HubPart> parts, double ratePerYear)
    {
        string currency = parts.Select(static p => p.Item.Cost?.Currency).OfType<string>().GroupBy(static c => c, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? "";
        return new(currency, [.. parts.Select(p => p.Item.Cost is { } cost && cost.Currency == currency ? cost.Minor * p.PerKit * ratePerYear / DaysInYear : (double?)null)]);
    }

    /// <summary>Minor units in an average kit, of the parts whose cost is known.</summary>
    public double Of(ReadOnlySpan<double> days)
    {
        double sum = 0;
        for (int i = 0; i < days.Length; i++) sum += (PerDay[i] ?? 0) * days[i];
        return sum;
    }
}
