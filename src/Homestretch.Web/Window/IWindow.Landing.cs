namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>What there is to ask landed cost of; null for who may not see supply and money or is not the brand owner, as for all that follows.</summary>
    LandedChoices? LandedChoices();

    /// <summary>Landed cost of every way to buy that is asked for, as planned, each component with the row that made it.</summary>
    Task<LandedView?> LandedCost(LandedQuery query, CancellationToken cancel);

    /// <summary>Lots of an item that are at the hub, newest first, at most 50.</summary>
    IReadOnlyList<LandedLotRow>? LandedLots(string item);

    /// <summary>A lot as it was planned and as it came; null also when there is no such lot.</summary>
    Task<LandedLot?> LandedLot(string lot, CancellationToken cancel);
}
