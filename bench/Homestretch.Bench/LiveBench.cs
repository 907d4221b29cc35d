using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.Server;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Times the server's own planner, with its journal on disk, on a company of a given number of order lines: what is told until readers see it, how long it keeps
/// a reader waiting, and how long it waits itself behind a tick.</summary>
internal static class LiveBench
{
    private static readonly Instant s_t = ScaledCompany.T;

    internal static async Task<int> Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 10_000, rounds = args.Length > 1 ? int.Parse(args[1]) : 30;
        string folder = Directory.CreateTempSubdirectory("homestretch-bench-").FullName;
        try
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
            var options = new StorageOptions(Provider.Sqlite, Path.Combine(folder, "live.db")) { SnapshotEntries = long.MaxValue, SnapshotAge = TimeSpan.FromDays(1) };
            builder.Services.AddSingleton(new ServerOptions(false, options, 0, null, ""));
            builder.Services.AddStorage(options);
            builder.Services.AddLive();
            using IHost host = builder.Build();
            await host.StartAsync();
            await new Company(host, orders, rounds).Measure();
            await host.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>A planner that was given a planned company.</summary>
    private sealed class Company(IHost host, int orders, int rounds)
    {
        private readonly Planner _planner = host.Services.GetRequiredService<Planner>();
        private readonly LiveWorld _live = host.Services.GetRequiredService<LiveWorld>();
        private readonly HubClock _clock = host.Services.GetRequiredService<HubClock>();
        private volatile bool _asking = true;
        private double _waited;
        private int _new;

        private Snapshot World => _live.World;

        public async Task Measure()
        {
            await _planner.Started;
            await Load();
            ProductionRun[] runs = [.. World.ProductionRuns];
            Shipment[] shipments = [.. World.Shipments];
            Lot[] lots = [.. World.Lots.Where(static l => l.State == LotState.Planned)];
            var slices = new Slices(_live, _clock);
            Key<Party> supplier = lots[0].Party;
            Console.WriteLine($"{orders:N0} order lines, {World.Pegs.Count:N0} pegs, {World.Lots.Count:N0} lots, {_live.Plan.Forecasts.Count(static f => f is Forecast.Unknown)} without a date; {Environment.ProcessorCount} cores");
            Console.WriteLine($"{"",-44}until seen: p50      p90    worst     a reader waits: p50    worst   moved, ms");
            var reader = new Thread(Ask) { IsBackground = true };
            reader.Start();
            await Tell("a name, which moves nothing (the limit)", i => [Put(World.Parties["CU"] with { Name = $"Customer {i}" })]);
            await Tell("new order line", _ => [Put(ScaledCompany.Order(Spread(_new, orders), orders, $"SN-{_new++:00000}"))]);
            await Tell("new lot", i => [Put(lots[Spread(i, lots.Length)] with { Key = $"LN-{_new++:00000}" })]);
            await Tell("milestone", i => [Put(new Milestone(shipments[Spread(i, shipments.Length)].Key, 2, Edge.End, Classifier.Estimated, "MC", "MC", s_t + Duration.FromDays(12 + i % 9), s_t + Duration.FromMinutes(1)))]);
            await Tell("machine message", i => [Report(runs, i)]);
            await Times("a supplier looks after a lot of its changed", async i =>
            {
                Lot lot = lots[i % lots.Length];
                await _planner.Tell([Put(World.Lots[lot.Key] with { Ready = lot.Ready + Duration.FromHours(1 + i) })], "bench", null, default);
                long began = Stopwatch.GetTimestamp();
                Interlocked.Exchange(ref _waited, 0);
                slices.Look(supplier, false, static s => s.World.Lots.Count);
                return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }, Math.Min(rounds, 10));
            await Ticks(runs);
            _asking = false;
            reader.Join();
            Console.WriteLine($"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        }

        /// <summary>Puts a planned company under the planner; what is told from here on goes the whole way.</summary>
        private async Task Load()
        {
            var policy = new PlanPolicy();
            Snapshot world = ScaledCompany.Unplanned(orders);
            world = world.Apply(Plan.Allocate(world, s_t, policy, Scope.Unpegged)).World;
            Plan plan = Plan.Make(world, s_t, policy);
            _clock.Run(s_t, 1);
            lock (_live.Gate) _live.Replace(plan, _planner.Sequence);
            for (int i = 0; i < 3; i++) await _planner.Tell([Put(ScaledCompany.Order(i, orders, $"WARM-{i}"))], "bench", null, default);
        }

        private Task Tell(string what, Func<int, IReadOnlyList<WorldEvent>> events) => Times(what, async i =>
        {
            IReadOnlyList<WorldEvent> told = events(i);
            long began = Stopwatch.GetTimestamp();
            Answer answer = await _planner.Tell(told, "bench", null, default);
            if (!answer.Accepted) throw new InvalidOperationException(answer.Findings[0].ToString());
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }, rounds);

        private async Task Times(string what, Func<int, Task<double>> act, int times)
        {
            List<double> seen = [], waited = [];
            int moved = 0;
            void Count(Change change, long _) => moved += change.Moved.Count;
            _planner.Happened += Count;
            for (int i = 0; i < times; i++)
            {
                Interlocked.Exchange(ref _waited, 0);
                seen.Add(await act(i));
                waited.Add(_waited);
            }
            _planner.Happened -= Count;
            seen.Sort();
            waited.Sort();
            Console.WriteLine($"{what,-44}{seen[times / 2],15:F2} {seen[times * 9 / 10],8:F2} {seen[^1],8:F2} {waited[times / 2],20:F2} {waited[^1],8:F2} {moved / times,10}");
        }

        /// <summary>The epoch moves by a quarter of an hour, while machines report one after another.</summary>
        private async Task Ticks(ProductionRun[] runs)
        {
            List<double> behind = [];
            int round = 0;
            await Times("epoch tick", async i =>
            {
                _clock.Run(s_t + Duration.FromMinutes(15 * ++round), 1);
                long began = Stopwatch.GetTimestamp();
                Task tick = _planner.Tick(default);
                while (!tick.IsCompleted)
                {
                    long told = Stopwatch.GetTimestamp();
                    await _planner.Tell([Report(runs, i + behind.Count)], "bench", null, default);
                    behind.Add(Stopwatch.GetElapsedTime(told).TotalMilliseconds);
                }
                await tick;
                return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }, 5);
            behind.Sort();
            Console.WriteLine($"{"machine message meanwhile",-44}{behind[behind.Count / 2],15:F2} {behind[behind.Count * 9 / 10],8:F2} {behind[^1],8:F2}   ({behind.Count} told)");
        }

        private WorldEvent Report(ProductionRun[] runs, int i) => Put(World.MachineReports[runs[Spread(i, runs.Length)].Machine.Value] with { State = i % 2 == 0 ? MachineState.Down : MachineState.Running, Since = s_t, AsOf = s_t });

        /// <summary>A reader who asks all the time; keeps the longest that it had to wait.</summary>
        private void Ask()
        {
            while (_asking)
            {
                long began = Stopwatch.GetTimestamp();
                lock (_live.Gate)
                {
                }
                _waited = Math.Max(_waited, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Thread.SpinWait(200);
            }
        }

        private static int Spread(int i, int of) => (int)((uint)(i * 7_919) % (uint)of);
        private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
    }
}
