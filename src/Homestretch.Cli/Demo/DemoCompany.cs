using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Meridian Cycles, the demonstration company: fictional throughout, the same bytes for the same start and seed.</summary>
internal static class DemoCompany
{
    public const int DefaultSeed = 8;

    /// <summary>The whole company as it stands at <paramref name="start"/>: slots and pegs are those our own planner gives it, and
    /// the promises are what it could promise when the orders came, less what has gone wrong since.</summary>
    /// <param name="orderLines">About how many order lines are open, wanted over the coming eight weeks.</param>
    /// <param name="pastDays">How many days of executed deliveries it remembers beyond the last weeks, with what was built of them; <see cref="Past.Remembered"/> on a server.</param>
    public static IEnumerable<IRecord> Make(Instant start, int seed, int orderLines = 350, int pastDays = 0)
    {
        var draw = new Draw(seed);
        Instant now = Voyage.Whole(start);
        LocalDate today = now.InZone(DateTimeZoneProviders.Tzdb[Hubs.ZoneOf("GVL")]).Date;
        IRecord[] ways = [.. Ways.Records()];
        IRecord[] frame = [.. Cast.Parties, .. Places.Sites, .. Catalogue.Records(today), .. Secrets.Records(today), .. Hubs.Records(today), .. ways, .. Freights.Records(ways)];
        (OrderLine Line, Promise Promise)[] book = [.. Demand.Book(draw, now, orderLines)];
        IRecord[] company =
        [
            .. frame, .. new Pipeline(draw, now, Snapshot.Of(frame), book).Records(), .. Plants.Stops(draw, now),
            .. book.Select(static b => b.Line), .. book.Select(static b => b.Promise),
        ];
        var policy = new PlanPolicy();
        Snapshot unplanned = Snapshot.Of(company);
        WorldEvent[] slots = [.. Plan.Allocate(unplanned, now, policy, Scope.Unpegged)];
        Applied planned = unplanned.Apply(slots);
        if (!planned.Accepted) throw new InvalidOperationException($"The company does not plan: {planned.Findings[0]}.\nMaybe a table of the demonstration breaks a new rule.");
        var plan = Plan.Make(planned.World, now, policy);
        IRecord[] whole =
        [
            .. company.Where(static r => r is not Promise), .. FloorPlan.Records(company.OfType<Stock>(), now), .. Hubs.Targets, .. Tariffs.Records(today), .. OriginLaw.Records(), .. Engineering.Records(company, now), .. new Past(draw, now, Snapshot.Of(frame)).Records(pastDays), .. slots.OfType<WorldEvent.Put>().Select(static p => p.Record),
            .. book.Select(b => plan.Of(b.Line.Key)?.AsDated is { } forecast ? Demand.Promised(draw, b.Line, b.Promise, forecast.Dates) : b.Promise),
        ];
        return [.. whole, .. pastDays > 0 ? new PastBuilds(draw, now, Snapshot.Of(whole)).Records() : [], .. Candidates.Records(Snapshot.Of(whole), today)];
    }
}
