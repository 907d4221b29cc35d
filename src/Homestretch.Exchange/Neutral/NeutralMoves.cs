namespace Homestretch.Exchange.Neutral;

/// <summary>How many promises moved between two plans.</summary>
/// <param name="Orders">Orders dated in both.</param>
/// <param name="Moved">Of these, orders whose date differs by more than half a minute.</param>
public sealed record NeutralMoves(int Orders, int Moved, int Later, int Earlier, double MostDaysLater)
{
    private const decimal Tolerance = 0.51m;

    /// <summary>Compares the shipments of two plan files.</summary>
    public static NeutralMoves Of(IReadOnlyList<NeutralPlanRow> before, IReadOnlyList<NeutralPlanRow> after)
    {
        Dictionary<string, decimal> a = Dates(before), b = Dates(after);
        return Of(a.Where(d => b.ContainsKey(d.Key)).Select(d => b[d.Key] - d.Value));
    }

    /// <summary>Compares end seconds by order; -1 is no date.</summary>
    public static NeutralMoves Of(IReadOnlyList<int> before, IReadOnlyList<int> after) =>
        Of(Enumerable.Range(0, before.Count).Where(o => before[o] >= 0 && after[o] >= 0).Select(o => (after[o] - before[o]) / 60m));

    private static NeutralMoves Of(IEnumerable<decimal> minutesLater)
    {
        int orders = 0, later = 0, earlier = 0;
        decimal most = 0;
        foreach (decimal minutes in minutesLater)
        {
            orders++;
            if (minutes > Tolerance) later++;
            else if (minutes < -Tolerance) earlier++;
            most = Math.Max(most, minutes);
        }
        return new(orders, later + earlier, later, earlier, (double)most / 1440);
    }

    private static Dictionary<string, decimal> Dates(IReadOnlyList<NeutralPlanRow> rows) =>
        rows.Where(r => r.Kind == "DLVR").GroupBy(r => r.Order, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(r => r.End), StringComparer.Ordinal);
}
