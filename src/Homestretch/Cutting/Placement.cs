namespace Homestretch.Cutting;

/// <summary>Where stock of one stage waits.</summary>
/// <param name="InboundDays">Longest service time of what goes into it, days.</param>
/// <param name="ServiceDays">Its own, quoted to the next stages or to customers, days.</param>
/// <param name="NetDays">Net replenishment time that its stock covers: inbound + mean stage time - service, days; 0: it holds none, and below 0 where it quotes more than the mean of a time that spreads.</param>
/// <param name="SafetyStock">Safety stock, units.</param>
/// <param name="EarlyStock">Units that came before they were promised, where stage times spread.</param>
/// <param name="UnitCost">Cost behind one of its units.</param>
/// <param name="HoldingCost">What holding that stock costs a year.</param>
public sealed record StagePlacement(string Stage, double InboundDays, double ServiceDays, double NetDays, double SafetyStock, double EarlyStock, double UnitCost, double HoldingCost);

/// <summary>A placement of safety stock with a proven lower bound.</summary>
/// <param name="Stages">In the order of the network.</param>
/// <param name="Cost">Holding cost of all safety stock a year.</param>
/// <param name="Bound">No placement costs less.</param>
/// <param name="DaysCounted">Times are counted in whole multiples of so many days.</param>
/// <param name="Rounded">Some time of the network may be no such multiple and was rounded: the bound is that of the rounded network.</param>
/// <param name="Passes">Passes of the search.</param>
public sealed record Placement(IReadOnlyList<StagePlacement> Stages, double Cost, double Bound, double DaysCounted, bool Rounded, int Passes)
{
    /// <summary>How much less another placement could cost at most, as a share of this one's cost.</summary>
    public double Gap => Cost <= 0 ? 0 : Math.Max(0, 1 - Bound / Cost);

    /// <summary>Cost and bound differ by no more than a millionth of the cost.</summary>
    public bool Proven => !Rounded && Gap <= 1e-6;
}
