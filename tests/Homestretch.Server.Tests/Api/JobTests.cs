using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Work at home and dependence over HTTP.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task What_was_finished_on_the_days_asked_for_is_counted_and_nothing_else()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        Build build = DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<Build>().First();
        OrderLine order = DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<OrderLine>().First(o => o.Key == build.OrderLine);
        Instant done = Instant.FromUtc(2026, 3, 10, 12, 0);
        await server.Tell([new Unit("C1-JOB-1", build.Party, build.Key, order.Family, order.Market, UnitState.Complete, done - Duration.FromHours(1), done, "op-1"), new UnitStep("C1-JOB-1", "010", 1, build.Party, YesNo.Yes, "", "op-1", done - Duration.FromMinutes(30), "")]);
        JsonElement jobs = await server.Get("/api/v1/jobs?from=2026-03-01&to=2026-04-01"), row = Assert.Single(jobs.GetProperty("months").EnumerateArray());
        Assert.Equal(("2026-03", order.Family.Value, 1, 1.0), (row.GetProperty("month").GetString(), row.GetProperty("family").GetString(), row.GetProperty("units").GetInt32(), row.GetProperty("hours").GetDouble()));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("domestic_share").ValueKind);      // no part of it is on record
        Assert.Equal(0, (await server.Get("/api/v1/jobs?from=2026-03-11&to=2026-04-01")).GetProperty("together").GetArrayLength());
        foreach (string bad in new[] { "", "?from=2026-03-01", "?from=2026-03-01&to=2026-03-01", "?from=yesterday&to=2026-03-01" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Http.GetAsync($"/api/v1/jobs{bad}", TestContext.Current.CancellationToken)).StatusCode);
    }
}
