using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>Operations of the floor in the archive of either provider.</summary>
public sealed class OperationTablesTests(PostgresServer server) : IAsyncDisposable
{
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Operations_come_back_as_they_were_under_every_question_and_damage_is_found(Provider provider)
    {
        StorageOptions options = provider == Provider.Sqlite ? await _sqlite.Fresh() : await server.Fresh();
        await using var database = new Database(options);
        await database.Migrate(Stop);
        var tables = new OperationTables(database);
        FloorOperation[] done = [.. Enumerable.Range(0, 12).Select(DoneOperations.Operation)];
        await tables.Put(done, Stop);
        await tables.Put([done[3] with { Said = "something else" }], Stop);      // what stands there stays
        Assert.Equal(done.Where(static (_, i) => i is 3 or 7), (await tables.Find([done[3].Id, done[7].Id, "NONE/1"], Stop)).Values.OrderBy(static o => o.Happened));
        FloorOperation some = done[4];
        foreach (LedgerQuery query in new LedgerQuery[] { new(), new(Site: "GVL"), new(Item: some.Item), new(Lot: some.LotNumber), new(Unit: "C1-OLD-1"), new(Bin: "A-01"), new(Act: FloorAct.Pick), new(Answer: FloorAnswer.Refused), new(From: some.Happened), new(Until: some.Happened),
            new(Item: some.Item, Lot: some.LotNumber, From: done[2].Happened, Until: done[9].Happened), new(Lot: "' OR 1 = 1 --") })
        {
            var filter = new OperationFilter(query);
            FloorOperation[] meant = [.. done.Where(filter.Lets).OrderByDescending(static o => o.Happened)];
            Assert.Equal(meant, await tables.Newest(filter, 99, Stop));
            Assert.Equal(meant.Take(2), await tables.Newest(filter, 2, Stop));
            Assert.Equal(meant.Length, await tables.Count(filter, Stop));
        }
        await using (IJournal journal = await Open(options)) await journal.Append([Entry("one")], Noon, Stop);
        Assert.Equal((12L, 0), ((await Verified(options)).Archived, (await Verified(options)).Findings.Count));
        await Flip(options, "archived_operations", "hash", $"operation = '{done[5].Id}'");
        await Execute(options, "UPDATE archived_operations SET lot = 'OTHER' WHERE operation = @key", ("key", done[2].Id));
        Assert.Equal(["index-damaged", "record-damaged"], (await Verified(options)).Findings.Select(static f => f.Rule).Order(StringComparer.Ordinal));
    }
}
