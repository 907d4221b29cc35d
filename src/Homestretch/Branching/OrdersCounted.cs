using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Branching;

/// <summary>What a plan's open order lines come to, summed in the order of their keys.</summary>
internal sealed class OrdersCounted(Plan plan)
{
    private readonly SortedDictionary<int, Tally> _classes = [];

    public int Lines { get; private set; }
    public int Undated { get; private set; }
    public int Unpromised { get; private set; }
    public double Asked { get; private set; }
    public double Whole { get; private set; }
    public SortedDictionary<string, decimal> Revenue { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, decimal> AtRisk { get; } = new(StringComparer.Ordinal);
    public IReadOnlyList<ClassFigures> Classes => [.. _classes.Select(static c => new ClassFigures(c.Key, c.Value.Promises, c.Value.Kept, c.Value.AtConfidence, c.Value.AtRisk))];

    /// <summary>Counts them all; once.</summary>
    public void Count()
    {
        foreach (var (order, forecast) in plan.Told)
        {
            Forecast.Dated? dated = forecast.AsDated;
            Lines++;
            if (dated is null) Undated++;
            Whole += dated?.Whole.Value ?? 0;
            if (order.Price is { } price) Revenue[price.Currency] = Revenue.GetValueOrDefault(price.Currency) + price.Minor;
            if (BranchFigures.Promised(plan.World, forecast) is not { } promise)
            {
                Unpromised++;
                Asked += plan.DateSamples(order.Key) is { Length: > 0 } dates ? BranchFigures.KeptBy(dates, Seconds.Of(order.Requested, plan.Epoch)) : 0;
                continue;
            }
            double kept = dated?.Kept?.Value ?? 0;
            if (!_classes.TryGetValue(order.Class, out Tally? c)) _classes[order.Class] = c = new();
            c.Promises++;
            c.Kept += kept;
            c.AtConfidence += kept >= promise.Confidence.Value ? 1 : 0;
            c.AtRisk += kept < plan.Policy.RiskBelow ? 1 : 0;
            if (order.Price is { } risked) AtRisk[risked.Currency] = AtRisk.GetValueOrDefault(risked.Currency) + risked.Minor * (decimal)(1 - kept);
        }
    }

    private sealed class Tally
    {
        public int Promises, AtConfidence, AtRisk;
        public double Kept;
    }
}
