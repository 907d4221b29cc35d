using Homestretch.Arrivals.Sea;
using Homestretch.World;

namespace Homestretch.Tests.Arrivals.Sea;

/// <summary>A sea of six points: east and west are 1,000 miles apart by Suez, halfway, and 2,500 by the Cape; a third way by Panama takes 3,000.</summary>
internal static class SmallSea
{
    public static readonly SeaNetwork Network = Of([new(0, 1, 400_000, null), new(1, 2, 200_000, Passage.Suez), new(2, 5, 400_000, null),
        new(0, 3, 1_250_000, null), new(3, 5, 1_250_000, Passage.CapeOfGoodHope), new(0, 4, 1_500_000, null), new(4, 5, 1_500_000, Passage.Panama)]);

    public static readonly SeaPort East = Network.Port("EAEST")!, West = Network.Port("WEWST")!;

    public static SeaNetwork Of(SeaStretch[] stretches)
    {
        SeaPoint[] points = [.. Enumerable.Range(0, 6).Select(static n => SeaPoint.Of(0, 10 * n))];
        return SeaNetwork.Of(points, stretches, [new("EAEST", points[0], 0, 0), new("WEWST", points[5], 5, 0)], 1).Network!;
    }
}
