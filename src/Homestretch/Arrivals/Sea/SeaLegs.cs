using Homestretch.World;

namespace Homestretch.Arrivals.Sea;

/// <summary>Lays the sea legs of a world's lanes on the network.</summary>
public static class SeaLegs
{
    /// <summary>A sea leg with the speed that its median time and the open way come to; null where one of its places is no port of the network, and where the time does not fit.</summary>
    /// <param name="from">Site where the step before it ended.</param>
    public static SeaLeg? Of(Snapshot world, SeaNetwork sea, Key<Site> from, LaneStep step, double medianDays) => step is { Kind: StepKind.Leg, Mode: Mode.Sea }
        && PortOf(world, sea, from) is { } loads && PortOf(world, sea, step.To) is { } lands ? SeaLeg.Of(sea, loads, lands, medianDays) : null;

    /// <summary>A site's port: by its UN/LOCODE, else, where the site is a port, by where it lies.</summary>
    public static SeaPort? PortOf(Snapshot world, SeaNetwork sea, Key<Site> key) => world.Sites.Find(key) is not { } site ? null
        : sea.Port(site.Locode) ?? (site is { Kind: SiteKind.Port, Latitude: { } north, Longitude: { } east } ? sea.Near(SeaPoint.Of((double)north, (double)east)) : null);
}
