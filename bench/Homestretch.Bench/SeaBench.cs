using System.Diagnostics;
using Homestretch.Arrivals.Sea;
using Homestretch.Exchange.Sea;
using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Bench;

/// <summary>Times the sea: a way found for the first time and again, and what closing and opening Suez costs a plan of ten thousand lots whose suppliers load in Asia.</summary>
internal static class SeaBench
{
    private static readonly string[] s_loads = ["VNVUT", "TWKHH", "KRPUS", "CNYTN", "CNYAN", "JPUKB", "SGSIN", "INNSA"], s_lands = ["NLRTM", "GBFXT", "USSAV"];
    private static readonly PassageClosure s_closed = new(Passage.Suez, ScaledCompany.T, "MC", null, "bench", "");

    /// <summary>Arguments: order lines (33,000 make 10,000 lots), samples.</summary>
    internal static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 33_000, samples = args.Length > 1 ? int.Parse(args[1]) : 256;
        SeaNetwork sea = Timed("network read", () => SeaAtlas.World);
        Ways(sea);
        var policy = new PlanPolicy { Samples = samples, Sea = sea };
        Snapshot world = ScaledCompany.Unplanned(orders);
        world = Applied(world, [.. world.Sites.Select(static (s, i) => (Site: s, I: i)).Select(x => new WorldEvent.Put(x.Site with { Locode = x.Site.Kind == SiteKind.Hub ? s_lands[x.Site.Id[1] - '1'] : s_loads[x.I % s_loads.Length] }))]).World;
        world = Applied(world, Plan.Allocate(world, ScaledCompany.T, policy, Scope.Unpegged)).World;
        Plan plan = Timed("plan made", () => Plan.Make(world, ScaledCompany.T, policy));
        world = Applied(world, [.. plan.Forecasts.OfType<Forecast.Dated>().Select(static d => new WorldEvent.Put(new Promise(d.OrderLine, 1, "MC", d.Dates.P90, new(0.9), ScaledCompany.T, "", "")))]).World;
        plan = Plan.Make(world, ScaledCompany.T, policy);
        Console.WriteLine($"{world.Lots.Count:N0} lots, {world.OrderLines.Count:N0} order lines, S = {samples}");
        for (int round = 0; round < 3; round++)
        {
            Applied closed = Applied(plan.World, [new WorldEvent.Put(s_closed)]);
            IReadOnlyList<Moved> moved = Timed("Suez closed", () => plan.Advance(closed.World, closed.Touched));
            int lots = world.Lots.Count(l => plan.PassagesOf(l.Key).Any(static p => p.Closed));
            Console.WriteLine($"  {lots:N0} lots go round, {moved.Count:N0} order lines move");
            if (round == 0)
            {
                Plan anew = Timed("  made anew", () => Plan.Make(closed.World, ScaledCompany.T, policy));
                if (!anew.Forecasts.SequenceEqual(plan.Forecasts)) throw new InvalidOperationException("The ripple differs from the plan made anew.");
            }
            Applied open = Applied(plan.World, [new WorldEvent.Removed(TableKind.For(s_closed), s_closed.Id, "open")]);
            Timed("Suez opened", () => plan.Advance(open.World, open.Touched));
        }
        Forecast[] forecasts = [.. plan.Forecasts];
        WhatIf branch = Timed("what if Suez closed", () => WhatIf.Of(plan.World, ScaledCompany.T, policy, forecasts, [new WorldEvent.Put(s_closed)]));
        Console.WriteLine($"  promises kept {branch.PromisesKeptBefore:N0} -> {branch.PromisesKeptAfter:N0}; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        return 0;
    }

    private static void Ways(SeaNetwork sea)
    {
        (SeaPort From, SeaPort To)[] pairs = [.. s_loads.SelectMany(f => s_lands.Select(t => (sea.Port(f)!, sea.Port(t)!)))];
        foreach (var (name, closed) in new[] { ("open", default(PassageSet)), ("Suez closed", PassageSet.Of(Passage.Suez)) })
        {
            Timed($"  first way to each of {s_lands.Length} ports, {name}", () => pairs.Take(s_lands.Length).Sum(p => sea.Route(p.From, p.To, closed)!.Miles));
            long start = Stopwatch.GetTimestamp();
            const int rounds = 200;
            for (int i = 0; i < rounds; i++) foreach (var (from, to) in pairs) sea.Route(from, to, closed);
            Console.WriteLine($"  again, each                             {Stopwatch.GetElapsedTime(start).TotalMicroseconds / rounds / pairs.Length,12:F1} us");
        }
    }

    private static Applied Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied : throw new InvalidOperationException(applied.Findings[0].ToString());
    }

    private static T Timed<T>(string what, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = act();
        Console.WriteLine($"{what,-40}{Stopwatch.GetElapsedTime(start).TotalMilliseconds,12:F1} ms");
        return result;
    }
}
