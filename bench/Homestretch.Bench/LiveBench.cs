using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Homestretch.Bench.Running;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>bench live [--times N] [--tries N]: what one change costs the running server, kind by kind, from the request to its answer, which comes when the change is on disk and in the
/// plan; then the same while the epoch moves every few seconds, and what a reader waits meanwhile. The demonstration company so many times over.</summary>
internal static class LiveBench
{
    public static async Task<int> Run(string[] args)
    {
        int times = Of(args, "--times", 29), tries = Of(args, "--tries", 30);
        IReadOnlyList<IRecord>[] batches = [.. TimesOver.Batches(ServerRun.DemoCompany(), times)];
        Snapshot company = Snapshot.Of(batches.SelectMany(static b => b));
        await using ServerRun server = await ServerRun.Start();
        long began = Stopwatch.GetTimestamp();
        foreach (IReadOnlyList<IRecord> batch in batches) await server.Tell(batch);
        Console.WriteLine($"{company.OrderLines.Count:N0} order lines, {company.Lots.Count:N0} lots, told in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, working set {server.WorkingSet >> 20} MB");
        Instant now = Instant.FromDateTimeOffset(DateTimeOffset.Parse((await server.Api.GetFromJsonAsync<Dictionary<string, object>>("/api/v1/demo/clock"))!["now"].ToString()!, CultureInfo.InvariantCulture));
        OrderLine[] orders = [.. company.OrderLines.Where(static o => o.Status is OrderStatus.Approved).Take(1_000)];
        Lot[] lots = [.. company.Lots.Where(static l => l.State is LotState.Planned or LotState.Making && l.Shipment is null).Take(1_000)];
        Milestone[] estimates = [.. company.Milestones.Where(static m => m.Classifier == Classifier.Estimated).Take(1_000)];
        MachineReport[] reports = [.. company.MachineReports.Take(1_000)];
        Stock[] stock = [.. company.Stock.Take(1_000)];
        (string Name, Func<int, IRecord> Make)[] kinds =
        [
            ("new order line", n => orders[n % orders.Length] with { Key = $"NEW-{n:0000}" }),
            ("order line's class", n => orders[n % orders.Length] with { Class = 1 + (orders[n % orders.Length].Class + n) % 4 }),
            ("lot's stated date", n => lots[n % lots.Length] with { Ready = lots[n % lots.Length].Ready + Duration.FromHours(5 + n) }),
            ("shipment's estimate", n => estimates[n % estimates.Length] with { At = estimates[n % estimates.Length].At + Duration.FromHours(5 + n), Reported = now + Duration.FromSeconds(n) }),
            ("machine's state", n => reports[n % reports.Length] with { State = n % 2 == 0 ? MachineState.Down : MachineState.Running, Since = now, AsOf = now }),
            ("stock counted", n => stock[n % stock.Length] with { Quantity = stock[n % stock.Length].Quantity with { Value = stock[n % stock.Length].Quantity.Value + 1 + n } }),
        ];
        Console.WriteLine("change                   times   p50 ms   p90 ms   most ms   server CPU ms");
        await server.Tell([kinds[0].Make(9_998)]);
        foreach (var (name, make) in kinds)
        {
            var took = new List<double>();
            TimeSpan busy = server.Busy;
            for (int n = 0; n < tries; n++) took.Add(await Timed(() => server.Tell([make(n)])));
            Row(name, took, (server.Busy - busy).TotalMilliseconds / tries);
        }
        await server.Api.PostAsJsonAsync("/api/v1/demo/clock", new { now = now.ToString(), timesReal = 300 });
        await Task.Delay(1_000);
        var changes = new List<double>();
        var reads = new List<double>();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(Of(args, "--ticking", 30)));
        Task reading = Task.Run(async () =>
        {
            for (int n = 0; !over.IsCancellationRequested; n++)
            {
                reads.Add(await Timed(() => server.Api.GetByteArrayAsync($"/api/v1/orders/{Uri.EscapeDataString(orders[n % orders.Length].Id)}")));
                await Task.Delay(40);
            }
        });
        for (int n = 0; !over.IsCancellationRequested; n++)
        {
            changes.Add(await Timed(() => server.Tell([kinds[4].Make(n)])));
            await Task.Delay(40);
        }
        await reading;
        var metrics = await server.Metrics();
        Console.WriteLine($"while the epoch moves ({metrics.GetValueOrDefault("homestretch_plan_make_seconds_count"):0} plans made, {metrics.GetValueOrDefault("homestretch_plan_make_seconds_sum"):0.0} s in all)");
        Row("machine's state", changes, 0);
        Row("an order line, read", reads, 0);
        return 0;
    }

    private static async Task<double> Timed(Func<Task> act)
    {
        long from = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static void Row(string name, List<double> took, double cpu)
    {
        took.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {took.Count,7} {took[took.Count / 2],8:0.0} {took[took.Count * 9 / 10],8:0.0} {took[^1],9:0.0} {cpu,15:0.0}"));
    }

    private static int Of(string[] args, string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var i ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;
}
