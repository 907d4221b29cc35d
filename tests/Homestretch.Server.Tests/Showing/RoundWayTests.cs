using Homestretch.Exchange.Sea;
using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.Server.Tests.Running;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Showing;

/// <summary>A ship that turned before a closed canal sails on over the map, from its turn to its port, as its forecast says.</summary>
public sealed class RoundWayTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly PlanPolicy s_policy = new() { Samples = 64, Sea = SeaAtlas.World };

    [Fact]
    public void It_leaves_its_turn_and_comes_to_its_port()
    {
        Snapshot closed = DemoFolder.World.Apply([new WorldEvent.Put(new PassageClosure(Passage.Suez, s_t, "MERIDIAN", null, "test", ""))]).World;
        var open = Dots(DemoFolder.World, 0);
        Assert.All(open.Values, static l => Assert.Null(l.At));
        var turned = Dots(closed, 0).Values.Where(static l => l.At is not null).ToDictionary(static l => l.Lot);
        Assert.True(turned.Count > 5, $"{turned.Count} ships turned.");
        var sites = SupplyViews.Map(Of(closed, 0)).Sites.ToDictionary(static s => s.Site);
        foreach (MapLot lot in turned.Values)
        {
            double Left(int days) => Dots(closed, days).TryGetValue(lot.Lot, out MapLot? later) && later.At is { } at ? Apart(at, sites[lot.ToSite]) : double.NaN;
            double[] left = [Left(0), Left(10), Left(20)];
            Assert.True(left[1] > 3 && left[2] > 0 && left[0] != left[1] && left[1] != left[2], $"{lot.Lot}: {string.Join(", ", left)} degrees off {lot.ToSite}");
            Assert.InRange(Apart(RoundWay(closed, lot.Lot).At(s_t + Duration.FromDays(200), s_t + Duration.FromDays(60)), sites[lot.ToSite]), 0, 1.5);
        }
    }

    private static RoundWay RoundWay(Snapshot world, string lot)
    {
        Sight sight = Of(world, 0);
        return Seeing.RoundWay.Of(sight, world.Lots[lot], sight.Plan.WayOf(lot).First(static s => !s.Done))!;
    }

    private static double Apart(MapPoint at, MapSite site) => Math.Sqrt(Math.Pow(at.Latitude - site.Latitude, 2) + Math.Pow(Math.IEEERemainder(at.Longitude - site.Longitude, 360), 2));

    private static Dictionary<string, MapLot> Dots(Snapshot world, int days) => SupplyViews.Map(Of(world, days)).Lots.ToDictionary(static l => l.Lot);

    /// <summary>Looked at so many days later by the plan of the beginning.</summary>
    private static Sight Of(Snapshot world, int days) => new(world, Plan.Make(world, s_t, s_policy), [], s_t + Duration.FromDays(days), Money: false);
}
