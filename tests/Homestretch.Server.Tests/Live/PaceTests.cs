using System.Net.Http.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Live;

/// <summary>The hub learns how long units take when a day begins, from units of the world and of the archive.</summary>
public sealed class PaceTests
{
    [Fact]
    public async Task When_a_day_begins_finished_units_say_how_long_one_takes_and_the_screen_can_show_it()
    {
        await using RunningServer server = await RunningServer.Demo();
        Instant t = DemoFolder.NowAt;
        await Clock(server, t);
        await server.Tell(DemoFolder.Now);
        Snapshot world = Snapshot.Of([.. DemoFolder.Now.Select(static e => ((WorldEvent.Put)e).Record)]);
        Build like = world.Builds.First(static b => b.Line == "GVL-1");
        OrderLine order = world.OrderLines[like.OrderLine];
        // six that leave the world for the archive, six that are in it
        await server.Tell([.. Finished(world, like, order, 0, t - Duration.FromDays(40)), .. Finished(world, like, order, 6, t - Duration.FromDays(3))]);
        await RunningServer.Until(() => server.Http.GetStringAsync("/api/v1/tables/units.csv", TestContext.Current.CancellationToken), static csv => !csv.Contains("C1-DONE-0,", StringComparison.Ordinal) && csv.Contains("C1-DONE-6,", StringComparison.Ordinal));
        await Clock(server, t + Duration.FromDays(1));
        string paces = await RunningServer.Until(() => server.Http.GetStringAsync("/api/v1/tables/work_paces.csv", TestContext.Current.CancellationToken), static csv => csv.Contains("C1,GVL-1,", StringComparison.Ordinal));
        string[] names = paces.Split('\n')[0].Trim().Split(','), row = paces.Split('\n').Single(static r => r.StartsWith("C1,GVL-1,", StringComparison.Ordinal)).Trim().Split(',');
        string Of(string name) => row[Array.IndexOf(names, name)];
        Assert.Equal("28", Of("stated"));
        Assert.True(int.Parse(Of("count")) >= 12, paces);
        Assert.InRange(decimal.Parse(Of("minutes_per_unit")), 20.1m, 28);
        Assert.True(decimal.Parse(Of("p10")) <= 20.1m, paces);
    }

    /// <summary>Units of 20 minutes, each its own build, one after the other within a shift of Greenville, on that day or the last open one before.</summary>
    private static IEnumerable<IRecord> Finished(Snapshot world, Build like, OrderLine order, int from, Instant day)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        LocalDate date = day.InZone(zone).Date;
        while (date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday || world.Closures.Any(c => c.Calendar == "GVL-DAY" && c.Day == date)) date = date.PlusDays(-1);
        Instant begun = (date + new LocalTime(7, 0)).InZoneLeniently(zone).ToInstant();
        for (int i = from; i < from + 6; i++, begun += Duration.FromMinutes(20))
        {
            string key = $"DONE-{i}";
            yield return order with { Key = key, Quantity = 1, Status = OrderStatus.Completed };
            yield return like with { Key = key, OrderLine = key, Quantity = 1, Start = begun, End = begun + Duration.FromMinutes(20), Status = OrderStatus.Completed };
            yield return new Unit($"C1-DONE-{i}", like.Party, key, order.Family, order.Market, UnitState.Complete, begun, begun + Duration.FromMinutes(20), "op-1");
            yield return new UnitStep($"C1-DONE-{i}", "010", 1, like.Party, YesNo.Yes, "", "op-1", begun + Duration.FromMinutes(9), "");
            yield return new UnitStep($"C1-DONE-{i}", "020", 1, like.Party, YesNo.Yes, "", "op-1", begun + Duration.FromMinutes(19), "");
        }
    }

    private static async Task Clock(RunningServer server, Instant now)
    {
        using HttpResponseMessage set = await server.Http.PostAsJsonAsync("/api/v1/demo/clock", new { now = InstantPattern.ExtendedIso.Format(now), timesReal = 0 }, TestContext.Current.CancellationToken);
        set.EnsureSuccessStatusCode();
    }
}
