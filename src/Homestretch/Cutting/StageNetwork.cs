namespace Homestretch.Cutting;

/// <summary>A stage of a product network: where something is made, moved or sold, and where it may wait as stock.</summary>
/// <param name="Cost">Cost that it adds to one unit, in one currency throughout; 0 or more.</param>
/// <param name="Days">Mean days from its parts to its unit.</param>
/// <param name="DaysSpread">Standard deviation of these days, taken to be normal; 0: certain.</param>
/// <param name="Demand">Mean demand of customers a day; null: no customer buys here.</param>
/// <param name="DemandSpread">Standard deviation of a day's demand.</param>
/// <param name="ServiceLevel">Share of times in which its stock covers demand, between 0.5 and 1; null: that of the network.</param>
/// <param name="MostDays">Longest service time that it may quote: promised to customers, or agreed with the next stage; null: free within, 0 to customers.</param>
public sealed record Stage(string Name, double Cost, double Days, double DaysSpread = 0, double? Demand = null, double? DemandSpread = null, double? ServiceLevel = null, double? MostDays = null);

/// <summary>A unit of one stage goes into a unit of another.</summary>
/// <param name="Quantity">Units of the first in one unit of the second.</param>
/// <param name="Kept">Whether stock of the first may wait where the second is done, as parts at the bench do; otherwise it waits where it was made. Only where sources are chosen.</param>
public sealed record StageLink(string From, string To, double Quantity = 1, bool Kept = false);

/// <summary>A product network: stages and what goes into what.</summary>
public sealed record StageNetwork(IReadOnlyList<Stage> Stages, IReadOnlyList<StageLink> Links);
