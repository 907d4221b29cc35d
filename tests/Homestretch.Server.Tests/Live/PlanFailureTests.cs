using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Live;

/// <summary>A world that cannot be planned, told over the API: a kit that takes more of a part than can be counted.</summary>
public sealed class PlanFailureTests
{
    private static readonly BomLine s_line = DemoFolder.World.BomLines.First(static b => DemoFolder.World.OrderLines.Any(o => o.Family == b.Family && o.Status == OrderStatus.Approved && o.Quantity > 1) && b.When == Condition.Always);
    private static readonly BomLine s_wrong = s_line with { Quantity = s_line.Quantity with { Value = decimal.MaxValue } };
    private static readonly OrderLine s_known = DemoFolder.World.OrderLines.First(static o => o.Status == OrderStatus.Approved), s_new = s_known with { Key = "SO-NEW/1" }, s_newer = s_known with { Key = "SO-NEWER/1" };

    [Fact]
    public async Task A_plan_that_cannot_follow_keeps_facts_says_so_and_recovers_with_the_next_event_and_at_a_start_after_a_kill_too()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        string before = await Forecast(server, s_known);
        Assert.Equal("ready", await Status(server));

        await server.Tell(new WorldEvent.Put(s_wrong));
        Assert.Equal("degraded", await Status(server));
        Assert.NotEqual(0, await server.Metric("homestretch_plan_failures_total"));
        await server.Tell(new WorldEvent.Put(s_new));
        Assert.Equal("degraded", await Status(server));
        Assert.Equal(before, await Forecast(server, s_known));

        await server.Tell(new WorldEvent.Put(s_line));
        Assert.Equal("ready", await Status(server));
        Assert.Contains("p90", await Forecast(server, s_new), StringComparison.OrdinalIgnoreCase);
        await server.Tell(new WorldEvent.Put(s_new with { Quantity = s_new.Quantity + 1 }));
        Assert.Equal("ready", await Status(server));

        await server.Tell(new WorldEvent.Put(s_wrong));
        await server.Tell(new WorldEvent.Put(s_newer));
        Assert.Equal("degraded", await Status(server));
        long sequence = await Sequence(server);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // what changed is kept by then: the start has no older world to plan
        await server.Kill();
        await using RunningServer second = await RunningServer.Demo(server.Folder);
        Assert.Equal(("degraded", sequence), (await Status(second), await Sequence(second)));
        await second.Tell(new WorldEvent.Put(s_line));
        Assert.Equal("ready", await Status(second));
        Assert.Contains("p90", await Forecast(second, s_newer), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> Status(RunningServer server) => (await server.Get("/health")).GetProperty("status").GetString()!;

    private static async Task<long> Sequence(RunningServer server) => (await server.Get("/health")).GetProperty("sequence").GetInt64();

    private static async Task<string> Forecast(RunningServer server, OrderLine order) => (await server.Get($"/api/v1/orders/{Uri.EscapeDataString(order.Id)}")).GetRawText();
}
