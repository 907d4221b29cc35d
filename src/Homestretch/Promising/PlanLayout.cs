using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>The held builds of a world laid out for the kernel, with the way between keys and indices.</summary>
/// <param name="Planned">The builds as the kernel sees them, pegged to supplies by index.</param>
/// <param name="Lines">Assembly line of each index.</param>
/// <param name="Outbounds">Sampled times from hub to customer, one row a market.</param>
/// <param name="Builds">Build of each index: by line, planned start, key.</param>
/// <param name="Supplies">Supply of each index.</param>
/// <param name="BuildOf">Index of an order line's build.</param>
/// <param name="Unknown">Order lines without a date, and why.</param>
internal sealed record PlanLayout(PlannedBuilds Planned, PlannedLine[] Lines, Futures Outbounds, Need[] Builds, Supply[] Supplies, IReadOnlyDictionary<string, int> BuildOf,
    IReadOnlyDictionary<string, int> SupplyOf, IReadOnlyDictionary<string, Forecast.Unknown> Unknown, Needs Needs)
{
    public static PlanLayout Of(Snapshot world, Instant t, PlanPolicy policy, Draws draws)
    {
        Needs needs = Needs.Of(world, t);
        Supply[] supplies = Homestretch.Promising.Supplies.Of(world, needs);
        var supplyOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < supplies.Length; i++) supplyOf[supplies[i].Name] = i;
        var unknown = new Dictionary<string, Forecast.Unknown>(StringComparer.Ordinal);
        var builds = new List<(Need Need, int[] Pegs)>();
        foreach (Need need in needs.Orders)
        {
            var (pegs, reasons) = PegsOf(world, needs, need, supplyOf);
            if (reasons.Count > 0) unknown[need.Order.Id] = new(need.Order.Key, reasons);
            else builds.Add((need, pegs));
        }
        AssemblyLine[] lines = [.. world.AssemblyLines];
        var lineOf = lines.Select(static (l, i) => (l.Id, i)).ToDictionary(static x => x.Id, static x => x.i, StringComparer.Ordinal);
        PlannedLine[] planLines = Lined(world, lines, t, policy);
        var sorted = builds.OrderBy(b => lineOf[b.Need.Held!.Line.Value]).ThenBy(b => !Begun(b.Need, t)).ThenBy(static b => b.Need.Held!.Start)
            .ThenBy(static b => b.Need.Held!.Id, StringComparer.Ordinal).ToArray();
        var (outbounds, outboundOf) = OutboundRows(world, draws, policy.Samples);
        var planned = new PlannedBuilds(sorted.Length, sorted.Sum(static b => b.Pegs.Length));
        foreach (var (need, pegs) in sorted)
        {
            Build held = need.Held!;
            int line = lineOf[held.Line.Value];
            planned.Add(new(line, Math.Max(0, Seconds.Of(held.Start, t)), Remaining(need, planLines[line].Calendar, t), Release(world, need, t),
                held.Status == OrderStatus.Confirmed, 0, outboundOf[need.Order.Market.Value],
                need.Promised is { } promised ? Math.Max(0, Seconds.Of(promised.Date, t)) : Futures.Never), pegs);
        }
        var buildOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int b = 0; b < sorted.Length; b++) buildOf[sorted[b].Need.Order.Id] = b;
        return new(planned, planLines, outbounds, [.. sorted.Select(static b => b.Need)], supplies, buildOf, supplyOf, unknown, needs);
    }

    /// <summary>On the line now; it goes before all others there.</summary>
    private static bool Begun(Need need, Instant t) => need.Held is { Status: OrderStatus.Confirmed } build && build.Start <= t;

    /// <summary>A begun build has only the rest of its work before it: the open time from t to its end.</summary>
    private static int Remaining(Need need, LineCalendar calendar, Instant t) => !Begun(need, t) ? need.WorkSeconds
        : Math.Clamp(calendar.ToWork(Math.Max(0, Seconds.Of(need.Held!.End, t))), 1, need.WorkSeconds);

    private static int Release(Snapshot world, Need need, Instant t)
    {
        Pin? pin = world.Pins.Where(p => p.Target == need.Order.Id && p.Kind is PinKind.Date or PinKind.Slot && !(p.Expires <= t)).LastOrDefault();
        return pin?.At is { } at ? Math.Max(0, Seconds.Of(at, t)) : 0;
    }

    private static (int[] Pegs, IReadOnlyList<Finding> Reasons) PegsOf(Snapshot world, Needs needs, Need need, Dictionary<string, int> supplyOf)
    {
        if (need.Refusals.Count > 0) return ([], need.Refusals);
        var place = new Place(need.Order.Id);
        if (need.Held is not { } held) return ([], [new(place, "not-allocated", "The order line has no slot yet.", "Run the plan.")]);
        var reasons = new List<Finding>();
        var pegs = new List<int>();
        Peg[] kept = [.. world.Pegs.StartingWith($"{held.Key}|")];
        if (held.Status == OrderStatus.Confirmed && held.Start <= held.End && kept.Length == 0) return ([], reasons);
        foreach (var (index, steps) in need.Parts)
        {
            Item item = needs.Items[index].Item;
            long pegged = 0;
            foreach (Peg peg in kept)
            {
                if (peg.Item != item.Key || !supplyOf.TryGetValue(peg.Supply, out int supply)) continue;
                pegs.Add(supply);
                pegged += Needs.Steps(item, peg.Quantity.Value);
            }
            if (pegged < steps)
                reasons.Add(new(place with { Column = item.Id }, "no-supply", $"{(steps - pegged) * item.Step} {item.Unit} of {item.Key} ({item.Name}) have no supply.", "Buy the item, or give it a supplier in item_suppliers."));
        }
        return ([.. pegs], reasons);
    }

    /// <summary>Lines of one calendar and site share it. The overtaking window is as much open time as a line has, on average, in
    /// the policy's calendar time.</summary>
    private static PlannedLine[] Lined(Snapshot world, AssemblyLine[] lines, Instant t, PlanPolicy policy)
    {
        var shared = new Dictionary<(string, string), PlannedLine>();
        return [.. lines.Select(l =>
        {
            var key = (l.Calendar, l.Site.Value);
            if (shared.TryGetValue(key, out PlannedLine? line)) return line;
            LineCalendar calendar = LineTimes.Of(world, l, t, policy);
            return shared[key] = new(calendar, Overtaking(calendar, policy));
        })];
    }

    /// <summary>The overtaking window in working seconds of a line.</summary>
    internal static int Overtaking(LineCalendar calendar, PlanPolicy policy)
    {
        int horizon = Math.Max(Seconds.Day, Seconds.Of(policy.Horizon));
        return (int)Math.Max(0, (long)Seconds.Of(policy.OvertakingWindow) * calendar.ToWork(horizon) / horizon);
    }

    /// <summary>One row of outbound times a market, drawn once: a truck is late for all aboard.</summary>
    private static (Futures Rows, Dictionary<string, int> Of) OutboundRows(Snapshot world, Draws draws, int samples)
    {
        var rows = new Futures(samples, world.Markets.Count);
        var of = new Dictionary<string, int>(StringComparer.Ordinal);
        double[] scores = new double[samples];
        foreach (Market market in world.Markets)
        {
            Outbound outbound = Outbound.Of(market);
            of[market.Id] = rows.Count;
            draws.Normals(StableHash.Of("outbound", market.Party.Value, market.Id), scores);
            rows.Append([.. scores.Select(z => (int)Math.Ceiling(outbound.SecondsAt(z)))]);
        }
        return (rows, of);
    }
}
