using Homestretch.Server.Storage;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

public sealed class AuditLogTests(PostgresServer server) : IAsyncDisposable
{
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    private async Task<(StorageOptions Options, Database Database)> Fresh(Provider provider)
    {
        StorageOptions options = provider == Provider.Sqlite ? await _sqlite.Fresh() : await server.Fresh();
        var database = new Database(options);
        await database.Migrate(Stop);
        return (options, database);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Entries_come_back_newest_first_and_are_found_by_any_text_in_them(Provider provider)
    {
        var (options, database) = await Fresh(provider);
        await using Database _ = database;
        using var log = new AuditLog(database, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => log.Note("MERIDIAN", "ada", "invited", $"person-{n:00}", "100 % sure; from ::1", Stop)));
        await log.Note("", "Eve", "sign-in-refused", "", "from 10.0.0.1", Stop);
        var (entries, total) = await log.Read(null, 0, 3, Stop);
        Assert.Equal((21, "Eve", 21L), (total, entries[0].Actor, entries[0].Number));
        Assert.Equal([21L, 20L, 19L], entries.Select(static e => e.Number));
        Assert.Equal(1, (await log.Read("eVe", 0, 10, Stop)).Total);
        Assert.Equal(20, (await log.Read("0 %", 0, 1, Stop)).Total);
        Assert.Equal(0, (await log.Read("person_01", 0, 10, Stop)).Total);
        Assert.Equal("person-07", Assert.Single((await log.Read("person-07", 0, 10, Stop)).Entries).Subject);
        Assert.Equal((21L, 0), ((await Verified(options)).Audited, (await Verified(options)).Findings.Count));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'bob' WHERE number = 3", 3)]
    [InlineData("UPDATE audit SET subject = subject || 'x', detail = substr(detail, 2) WHERE number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 2", 2)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE number = 4", 4)]
    public async Task Verify_finds_an_entry_that_was_changed_or_taken_out(string crime, int at)
    {
        var (options, database) = await Fresh(Provider.Sqlite);
        await using Database _ = database;
        using var log = new AuditLog(database, TimeProvider.System);
        foreach (int n in (int[])[1, 2, 3, 4, 5]) await log.Note("MERIDIAN", "ada", "invited", $"p{n}", "xyz", Stop);
        await Execute(options, crime);
        Finding finding = Assert.Single((await Verified(options)).Findings);
        Assert.Equal(("audit-changed", at), (finding.Rule, finding.Place.Line));
    }
}
