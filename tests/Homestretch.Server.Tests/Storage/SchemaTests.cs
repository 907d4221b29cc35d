using System.Data.Common;
using Homestretch.Server.Storage;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

public sealed class SchemaTests(PostgresServer server) : IAsyncDisposable
{
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    [Fact]
    public async Task Both_providers_have_the_same_tables_columns_keys_and_indexes()
    {
        IReadOnlyList<Table> sqlite = await Read(await _sqlite.Fresh()), postgres = await Read(await server.Fresh());
        Assert.Equal(sqlite.SelectMany(Lines), postgres.SelectMany(Lines));
        Assert.True(sqlite.Count >= 11);
    }

    private static IEnumerable<string> Lines(Table t) =>
        [.. t.Columns.Select(c => $"{t.Name}.{c.Name} {c.Class} {(c.Nullable && c.Key == 0 ? "null" : "not null")} key {c.Key}"), .. t.Indexes.Select(i => $"{t.Name} {i}")];

    private static async Task<IReadOnlyList<Table>> Read(StorageOptions options)
    {
        await using var database = new Database(options);
        await database.Migrate(Stop);
        await using DbConnection connection = await database.Connect(Stop);
        return await Catalogue.Read(connection, database.Provider, null, Stop);
    }

    [Fact]
    public void Both_providers_have_the_same_scripts() =>
        Assert.Equal(Schema.Scripts(Provider.Sqlite).Select(static s => s.Name), Schema.Scripts(Provider.Postgres).Select(static s => s.Name));

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Scripts_are_applied_once_and_further_ones_later(Provider provider)
    {
        await using var database = new Database(await Fresh(provider));
        IReadOnlyList<Schema.Script> scripts = Schema.Scripts(provider);
        Assert.Equal(scripts.Select(static s => s.Name), await Schema.Migrate(database, scripts, Stop));
        Assert.Empty(await Schema.Migrate(database, scripts, Stop));
        Assert.Equal(["9000-more.sql"], await Schema.Migrate(database, [.. scripts, new(9000, "9000-more.sql", "CREATE TABLE more (id INT)")], Stop));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_newer_schema_or_a_changed_script_is_refused(Provider provider)
    {
        await using var database = new Database(await Fresh(provider));
        IReadOnlyList<Schema.Script> scripts = Schema.Scripts(provider);
        await Schema.Migrate(database, [.. scripts, new(9000, "9000-more.sql", "CREATE TABLE more (id INT)")], Stop);
        Assert.Contains("schema 9000", (await Assert.ThrowsAsync<InvalidOperationException>(() => database.Migrate(Stop))).Message, StringComparison.Ordinal);
        Schema.Script changed = new(9000, "9000-more.sql", "CREATE TABLE other (id INT)");
        Assert.Contains("was changed", (await Assert.ThrowsAsync<InvalidOperationException>(() => Schema.Migrate(database, [.. scripts, changed], Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_script_that_fails_leaves_nothing(Provider provider)
    {
        await using var database = new Database(await Fresh(provider));
        Schema.Script[] broken = [.. Schema.Scripts(provider), new(9000, "9000-more.sql", "CREATE TABLE more (id INT); INSERT INTO nowhere VALUES (1)")];
        await Assert.ThrowsAnyAsync<DbException>(() => Schema.Migrate(database, broken, Stop));
        await using DbConnection connection = await database.Connect(Stop);
        Assert.DoesNotContain(await Catalogue.Read(connection, provider, null, Stop), static t => t.Name == "more");
    }

    private Task<StorageOptions> Fresh(Provider provider) => provider == Provider.Sqlite ? _sqlite.Fresh() : server.Fresh();
}
