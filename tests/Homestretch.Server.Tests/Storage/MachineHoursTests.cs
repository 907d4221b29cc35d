using Homestretch.Machines;
using Homestretch.Server.Storage;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

public sealed class MachineHoursTests(PostgresServer server) : IAsyncDisposable
{
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    private static HourSpent Ran(int hour, double minutes, long good) =>
        new(Noon + Duration.FromHours(hour), Duration.FromTicks(7), Duration.FromMinutes(minutes), Duration.FromTicks(1), Duration.FromTicks(2), Duration.FromTicks(3), good, 1);

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Hours_come_back_as_they_were_grow_and_never_shrink(Provider provider)
    {
        await using var database = new Database(provider == Provider.Sqlite ? await _sqlite.Fresh() : await server.Fresh());
        await database.Migrate(Stop);
        var hours = new MachineHours(database);
        await hours.Write([("P", "M1", Ran(0, 60, 10)), ("P", "M1", Ran(1, 20, 3)), ("P", "M2", Ran(1, 5, 99)), ("OTHER", "M1", Ran(1, 5, 98))], Stop);
        await hours.Write([("P", "M1", Ran(1, 30, 5))], Stop);
        await hours.Write([("P", "M1", Ran(1, 10, 1))], Stop); // a twin that begins anew in the middle of the hour
        Assert.Equal([Ran(0, 60, 10), Ran(1, 30, 5)], await hours.Read("P", "M1", Noon, Noon + Duration.FromHours(2), Stop));
        Assert.Equal([Ran(0, 60, 10)], await hours.Read("P", "M1", Noon, Noon + Duration.FromHours(1), Stop));
        await hours.Forget(Noon + Duration.FromHours(1), Stop);
        Assert.Equal([Ran(1, 30, 5)], await hours.Read("P", "M1", Noon, Noon + Duration.FromHours(2), Stop));
        Assert.Empty(await hours.Read("P", "M3", Noon, Noon + Duration.FromHours(2), Stop));
    }
}
