using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Meridian Cycles, the demonstration company: fictional throughout, the same bytes for the same start and seed.</summary>
internal static class DemoCompany
{
    public const int DefaultSeed = 8;

    /// <summary>The whole company as it stands at <paramref name="start"/>.</summary>
    /// <param name="orderLines">About how many order lines are open, wanted over the coming eight weeks.</param>
    public static IEnumerable<IRecord> Make(Instant start, int seed, int orderLines = 350)
    {
        var draw = new Draw(seed);
        Instant now = Voyage.Whole(start);
        LocalDate today = now.InZone(DateTimeZoneProviders.Tzdb[Hubs.ZoneOf("GVL")]).Date;
        IRecord[] frame = [.. Cast.Parties, .. Places.Sites, .. Catalogue.Records(today), .. Hubs.Records(today), .. Ways.Records()];
        (OrderLine Line, Promise Promise)[] book = [.. Demand.Book(draw, now, orderLines)];
        return
        [
            .. frame, .. new Pipeline(draw, now, Snapshot.Of(frame), book).Records(), .. Plants.Stops(draw, now),
            .. book.Select(static b => b.Line), .. book.Select(static b => b.Promise),
        ];
    }
}
