using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Times looking for situations in a company of a given number of order lines, each promised its P90 date, in which things have then gone wrong: machines are down, lots are a week late, a ship comes weeks later.
/// What a look costs, what speaks for each cause, and how long it takes until the first remedies of the largest are priced.</summary>
internal static class SituationBench
{
    private static readonly Instant s_t = ScaledCompany.T;

    /// <summary>Arguments: order lines, samples, rounds.</summary>
    internal static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 10_000, samples = args.Length > 1 ? int.Parse(args[1]) : 256, rounds = args.Length > 2 ? int.Parse(args[2]) : 5;
        var policy = new PlanPolicy { Samples = samples };
        Snapshot world = Troubled(Promised(orders, policy));
        var lookout = new Lookout(world, s_t, policy);
        Plan plan = Plan.Make(world, s_t, policy);
        IReadOnlyList<Assessment> all = [];
        Console.WriteLine($"{$"{orders:N0} order lines, {world.Lots.Count:N0} lots, S = {samples}",-52} {"least",8} {"median",8} {"worst",8} {"cores",8} ms");
        Timed("a look", rounds, () => all = lookout.Detect());
        Timed("signs of the 20 largest", rounds, () => all.Take(20).Sum(a => Signs.Of(plan, a.Cause).Count));
        foreach (Assessment largest in all.Take(1))
        {
            int found = 0;
            Timed($"{largest.Cause.Kind}: 5 remedies of {largest.Promises:N1}", rounds, () =>
            {
                using var enough = new CancellationTokenSource();
                found = 0;
                lookout.Search(largest, found: _ => { if (++found == 5) enough.Cancel(); }, cancel: enough.Token);
                return found;
            });
            if (found < 5) Console.WriteLine($"    only {found} were found");
        }
        Console.WriteLine($"{all.Sum(static a => a.Promises):N1} promises lost to {all.Count:N0} causes; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        return 0;
    }

    private static Snapshot Promised(int orders, PlanPolicy policy)
    {
        Snapshot world = ScaledCompany.Unplanned(orders);
        world = Put(world, [.. Ways(world)]);
        world = Applied(world, Plan.Allocate(world, s_t, policy, Scope.Unpegged));
        return Put(world, [.. Plan.Make(world, s_t, policy).Forecasts.OfType<Forecast.Dated>().Select(static d => new Promise(d.OrderLine, 1, "MC", d.Dates.P90, new(0.9), s_t, "", ""))]);
    }

    /// <summary>What remedies are made of: overtime that costs something, freight by sea and by air.</summary>
    private static IEnumerable<IRecord> Ways(Snapshot world)
    {
        foreach (AssemblyLine line in world.AssemblyLines) yield return line with { OvertimePerHour = new Money(20_000, "USD") };
        foreach (Lane lane in world.Lanes)
        {
            Key<Lane> air = new($"{lane.Key}-AIR");
            yield return lane with { Key = air, Name = $"{lane.Name} by air" };
            yield return new LaneStep(air, 1, "MC", StepKind.Leg, Mode.Air, null, lane.To, 2, 3, null, null);
            foreach (Key<Item> item in world.ItemSuppliers.Where(s => s.Lane == lane.Key).Select(static s => s.Item))
            {
                yield return new FreightRate(lane.Key, item, "MC", new Money(100, "USD"), 50);
                yield return new FreightRate(air, item, "MC", new Money(1_500, "USD"), 90);
            }
        }
    }

    /// <summary>One ship carries all that is at sea on one lane, and comes three weeks later than was thought; one in a hundred lots is a week late, and every fiftieth machine is down for a week.</summary>
    private static Snapshot Troubled(Snapshot world)
    {
        var told = new List<IRecord>();
        told.AddRange(Every(100, world.Lots.Where(static l => l.State < LotState.Shipped)).Select(static l => l with { Ready = l.Ready + Duration.FromDays(7) }));
        Lot[] aboard = [.. world.Lots.Where(static l => l.State == LotState.Shipped && l.Lane == "W05-1")];
        told.AddRange(aboard.Select(l => l with { Shipment = aboard[^1].Shipment }));
        told.Add(new Milestone(aboard[^1].Shipment!.Value, 2, Edge.End, Classifier.Estimated, "MC", "MC", s_t + Duration.FromDays(50), s_t));
        foreach (Machine m in Every(50, world.Machines))
        {
            if (world.MachineReports.Find(m.Id) is { } report) told.Add(report with { State = MachineState.Down, Since = s_t, AsOf = s_t });
            told.Add(m with { RepairP50Hours = 168, RepairP90Hours = 200 });
        }
        return Put(world, told);
    }

    private static IEnumerable<T> Every<T>(int n, IEnumerable<T> all) => all.Where((_, i) => i % n == 0);

    private static void Timed<T>(string what, int rounds, Func<T> act)
    {
        act();
        double cores = double.MaxValue;
        double[] ms = [.. Enumerable.Range(0, rounds).Select(_ =>
        {
            GC.Collect();
            TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            act();
            double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            cores = Math.Min(cores, (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds);
            return took;
        }).Order()];
        Console.WriteLine($"{what,-52} {ms[0],8:F0} {ms[rounds / 2],8:F0} {ms[^1],8:F0} {cores,8:F0}");
    }

    private static Snapshot Put(Snapshot world, IReadOnlyList<IRecord> records) => Applied(world, [.. records.Select(static r => new WorldEvent.Put(r))]);

    private static Snapshot Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(applied.Findings[0].ToString());
    }
}
