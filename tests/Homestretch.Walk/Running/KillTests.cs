using System.Collections.Concurrent;
using System.Text.Json;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Walk.Running;

/// <summary>kill -9 of the whole server under load, again and again: all that was answered is there, and the same plan with it.</summary>
public sealed class KillTests
{
    private const int Kills = 6, Writers = 4;

    [Fact]
    public async Task After_every_kill_under_load_the_world_and_its_plan_are_back()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        var random = new Random(20261126);
        Snapshot world = await server.World();
        for (int kill = 0; kill < Kills; kill++)
        {
            ConcurrentDictionary<string, IRecord> answered = await WriteUntilKilled(server, world, kill, TimeSpan.FromMilliseconds(random.Next(300, 1_500)));
            Assert.NotEmpty(answered);
            await server.Start();
            world = await server.World();
            foreach (var (id, record) in answered) Assert.Equal(record, world.Records(TableKind.For(record)).First(r => r.Id == id));
            await AssertSamePlan(server, world);
        }
        string orders = await server.Orders(), plan = await server.Plan();
        await server.Kill();
        await server.Start();
        Assert.Equal(plan, await server.Plan());
        Assert.Equal(orders, await server.Orders());
    }

    /// <summary>Writers report machines and lots, each its own, as fast as they are answered; the server dies among it.</summary>
    private static async Task<ConcurrentDictionary<string, IRecord>> WriteUntilKilled(RunningServer server, Snapshot world, int kill, TimeSpan after)
    {
        var answered = new ConcurrentDictionary<string, IRecord>(StringComparer.Ordinal);
        using var first = new SemaphoreSlim(0);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            Lot[] own = [.. world.Lots.Where(static l => l.State == LotState.Making).Where((_, i) => i % Writers == w)];
            for (int n = 0; ; n++)
            {
                Lot lot = own[n % own.Length];
                Lot told = lot with { Ready = lot.Ready + Duration.FromMinutes(kill * 10_000 + n + 1) };
                try
                {
                    await server.Tell([new WorldEvent.Put(told)], $"kill-{kill}-{w}-{n}");
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or ObjectDisposedException)
                {
                    return;
                }
                answered[lot.Id] = told;
                first.Release();
            }
        }))];
        await first.WaitAsync();
        await Task.Delay(after);
        await server.Kill();
        await Task.WhenAll(writers);
        return answered;
    }

    /// <summary>The forecasts the server shows are those of a plan made here from its world, epoch and policy.</summary>
    private static async Task AssertSamePlan(RunningServer server, Snapshot world)
    {
        Instant epoch = InstantPattern.ExtendedIso.Parse(JsonDocument.Parse(await server.Plan()).RootElement.GetProperty("epoch").GetString()!).Value;
        Plan plan = Plan.Make(world, epoch);
        using JsonDocument rows = JsonDocument.Parse(await server.Orders());
        Assert.NotEmpty(rows.RootElement.EnumerateArray());
        foreach (JsonElement row in rows.RootElement.EnumerateArray())
        {
            string order = row.GetProperty("order_line").GetString()!;
            if (plan.Of(new Key<OrderLine>(order)) is not Forecast.Dated d) continue;
            Assert.Equal(InstantPattern.ExtendedIso.Format(d.Dates.P90), row.GetProperty("forecast").GetProperty("p90").GetString());
            Assert.Equal(d.Kept?.Value, row.GetProperty("kept_share").ValueKind == JsonValueKind.Null ? null : row.GetProperty("kept_share").GetDouble());
        }
    }
}
