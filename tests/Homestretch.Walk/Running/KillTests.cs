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
    private const int Kills = 4, Writers = 4;

    [Fact]
    public async Task After_every_kill_under_load_the_world_and_its_plan_are_back()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        var random = new Random(20261126);
        Snapshot world = await server.World();
        for (int kill = 0; kill < Kills; kill++)
        {
            var (answered, sent) = await WriteUntilKilled(server, world, kill, TimeSpan.FromMilliseconds(random.Next(300, 1_500)));
            Assert.NotEmpty(answered);
            await server.Start();
            world = await server.World();
            foreach (var (id, record) in answered)
            {
                // what was sent last may be on disk and its answer have died with the server
                IRecord kept = world.Records(TableKind.For(record)).First(r => r.Id == id);
                if (!kept.Equals(sent[id])) Assert.Equal(record, kept);
            }
            await AssertSamePlan(server, world);
        }
        // a strike that moves promises, told a moment before the kill: nobody had time to keep what it did
        await server.Tell([new WorldEvent.Put(await server.Strike(world, "strike"))], "strike");
        string orders = await server.Orders(), plan = await server.Plan(), changes = await Changes(server);
        await server.Kill();
        JsonElement told = JsonElement.Parse(changes)[0];
        Assert.Equal(("pins", "STRIKE"), (told.GetProperty("cause_kind").GetString(), told.GetProperty("cause_key").GetString()));
        Assert.NotEqual(0, told.GetProperty("order_lines_moved").GetInt32());
        await server.Start();
        Assert.Equal(plan, await server.Plan());
        Assert.Equal(orders, await server.Orders());
        Assert.Equal(changes, await Changes(server));
    }

    private static Task<string> Changes(RunningServer server) => server.Api.GetStringAsync("/api/v1/changes?most=500");

    /// <summary>Writers report machines and lots, each its own, as fast as they are answered; the server dies among it.</summary>
    /// <returns>By record what was answered last, and what was sent last: the same, or what was under way when the server died.</returns>
    private static async Task<(ConcurrentDictionary<string, IRecord> Answered, ConcurrentDictionary<string, IRecord> Sent)> WriteUntilKilled(RunningServer server, Snapshot world, int kill, TimeSpan after)
    {
        ConcurrentDictionary<string, IRecord> answered = new(StringComparer.Ordinal), sent = new(StringComparer.Ordinal);
        using var first = new SemaphoreSlim(0);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            Lot[] own = [.. world.Lots.Where(static l => l.State == LotState.Making).Where((_, i) => i % Writers == w)];
            for (int n = 0; ; n++)
            {
                Lot lot = own[n % own.Length];
                Lot told = lot with { Ready = lot.Ready + Duration.FromMinutes(kill * 10_000 + n + 1) };
                sent[lot.Id] = told;
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
        return (answered, sent);
    }

    /// <summary>The forecasts the server shows are those of a plan made here from its world, epoch and policy.</summary>
    private static async Task AssertSamePlan(RunningServer server, Snapshot world)
    {
        Plan plan = Plan.Make(world, await server.Epoch());
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
