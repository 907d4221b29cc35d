using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.Server.Tests.Storage;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Live;

/// <summary>The whole server on a real PostgreSQL: killed under load it comes back the same, and lets no second one in.</summary>
public sealed class PostgresProcessTests(PostgresServer postgres)
{
    [Fact]
    public async Task Killed_under_load_it_comes_back_with_what_it_answered_and_the_same_plan_and_a_second_server_is_refused_and_told_who_holds_it()
    {
        string connection = (await postgres.Fresh()).Connection;
        await using RunningServer first = await RunningServer.Demo(null, "--postgres", connection);
        await first.Load();
        Milestone[] milestones = [.. DemoFolder.World.Milestones.Where(static m => m.Classifier != Classifier.Actual).Take(40)];
        foreach (Milestone m in milestones) await first.Tell(new WorldEvent.Put(m with { At = m.At + Duration.FromHours(31) }));
        long sequence = Sequence(await first.Get("/health"));
        string plan = (await first.Get("/api/v1/plan")).GetRawText(), orders = (await first.Get("/api/v1/orders?take=1000")).GetRawText();
        Task more = Task.Run(async () =>
        {
            try
            {
                for (int i = 0; ; i++) await first.Tell(new WorldEvent.Put(new Party($"P{i}", $"Party {i}", PartyKind.Customer, "US")));
            }
            catch (HttpRequestException)
            {
                // killed
            }
        }, TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await first.Kill();
        await more;

        await using RunningServer second = await RunningServer.Demo(null, "--postgres", connection);
        Assert.True(Sequence(await second.Get("/health")) >= sequence);
        Assert.Equal(orders, (await second.Get("/api/v1/orders?take=1000")).GetRawText());
        Assert.Equal(JsonElement.Parse(plan).GetProperty("epoch").GetString(), (await second.Get("/api/v1/plan")).GetProperty("epoch").GetString());

        var (code, said) = await RunningServer.Refused("--demo", "true", "--urls", "http://127.0.0.1:0", "--mqtt-port", "0", "--postgres", connection);
        Assert.Equal(1, code);
        Assert.Contains("The journal is held by", said, StringComparison.Ordinal);
        Assert.Equal("ready", (await second.Get("/health")).GetProperty("status").GetString());
        Assert.Equal(0, await second.Stop());
        (code, said) = await RunningServer.Command("verify", "--postgres", connection, "--json");
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_and_nothing_is_started()
    {
        var (code, said) = await RunningServer.Refused("--urls", "http://127.0.0.1:0", "--mqtt-port", "0", "--postgres", "Host=/nowhere;Username=nobody;Database=none");
        Assert.Equal(1, code);
        Assert.Contains("The server could not start", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", said, StringComparison.Ordinal);
    }

    private static long Sequence(JsonElement health) => health.GetProperty("sequence").GetInt64();
}
