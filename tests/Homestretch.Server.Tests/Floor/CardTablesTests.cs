using Homestretch.Server.Floor;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Storage;
using Homestretch.Web.Window;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Floor;

/// <summary>Where devices of the floor take cards, in both databases.</summary>
public sealed class CardTablesTests(PostgresServer server) : IAsyncDisposable
{
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_device_has_one_browser_and_a_browser_one_device_and_what_is_over_takes_nothing_newer_along(Provider provider)
    {
        await using var database = new Database(provider == Provider.Sqlite ? await _sqlite.Fresh() : await server.Fresh());
        await database.Migrate(Stop);
        var tables = new CardTables(database, new HubClock(TimeProvider.System));
        PushSubscription one = new("https://push/1", "p1", "a1", ""), two = new("https://push/2", "p2", "a2", "");
        Assert.True(await tables.Put("d1", one, "de", Stop));
        await tables.Told("d1", one.Endpoint, "card", Stop);
        Assert.False(await tables.Put("d1", one with { Auth = "a9" }, "vi", Stop));
        Assert.Equal([new("d1", one with { Auth = "a9" }, "vi", "card")], await tables.All(Stop));

        // elsewhere it has been told nothing, and what comes of the old address changes nothing
        await tables.Put("d1", two, "vi", Stop);
        await tables.Told("d1", one.Endpoint, "late", Stop);
        Assert.False(await tables.Remove("d1", one.Endpoint, Stop));
        Assert.Equal([new("d1", two, "vi", "")], await tables.All(Stop));

        // enrolled anew the browser is another device's
        await tables.Put("d2", two, "en", Stop);
        Assert.Equal("d2", Assert.Single(await tables.All(Stop)).Device);
        Assert.True(await tables.Remove("d2", null, Stop));
        Assert.Empty(await tables.All(Stop));
    }
}
