using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Archiving;
using Homestretch.World;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

/// <summary>Snapshots, backup and restore on every provider, and from each to the other.</summary>
public abstract class KeepingConformance(IStores stores, IStores others) : IAsyncLifetime
{
    private StorageOptions _options = null!;
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-backup-").FullName;

    private string Zip => Path.Combine(_folder, "backup.zip");

    public async ValueTask InitializeAsync()
    {
        _options = await stores.Fresh() with { SnapshotsKept = 2 };
        await using IJournal journal = await Store.Open(_options);
        await journal.Append([.. Enumerable.Range(1, 40).Select(static n => Store.Entry($"entry {n} é", n % 3 == 0 ? $"k{n}" : null))], Store.Noon, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(_folder, recursive: true);
        await stores.DisposeAsync();
        await others.DisposeAsync();
    }

    [Fact]
    public async Task A_snapshot_comes_back_byte_for_byte()
    {
        await using var database = new Database(_options);
        byte[] world = World(5_000_000);
        StoredSnapshot written = await Take(database, 10, world);
        var (snapshot, bytes) = (await new Snapshots(database).Newest(Stop))!.Value;
        var read = new MemoryStream();
        await using (bytes) await bytes.CopyToAsync(read, Stop);
        Assert.Equal(world, read.ToArray());
        Assert.Equal((10, "world 1", 5_000_000, written.Chunks), (snapshot.Sequence, snapshot.Form, snapshot.Bytes, snapshot.Chunks));
        Assert.True(written.Chunks > 1);
    }

    [Fact]
    public async Task Only_the_newest_snapshots_stay_and_a_damaged_one_is_passed_over()
    {
        await using var database = new Database(_options);
        foreach (long sequence in (long[])[10, 20, 30]) await Take(database, sequence, World(100_000));
        Assert.Equal([20L, 30L], (await new Snapshots(database).List(Stop)).Select(static s => s.Sequence));
        await Store.Flip(_options, "snapshot_chunks", "body", "sequence = 30 AND chunk = 0");
        Assert.Equal("snapshot-damaged", Assert.Single((await Store.Verified(_options)).Findings).Rule);
        Assert.Equal(20, (await new Snapshots(database).Newest(Stop))!.Value.Snapshot.Sequence);
    }

    [Fact]
    public async Task A_snapshot_that_was_cut_off_does_not_count()
    {
        await using var database = new Database(_options);
        await Take(database, 10, World(3_000_000));
        await Assert.ThrowsAsync<IOException>(() => new Snapshots(database).Write(20, Store.Noon, "world 1", static async s =>
        {
            await s.WriteAsync(World(3_000_000));
            throw new IOException("the process ends here");
        }, Stop));
        Assert.Equal(10, (await new Snapshots(database).Newest(Stop))!.Value.Snapshot.Sequence);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Take(database, 41, World(10)));
    }

    [Fact]
    public async Task A_backup_of_a_running_server_restores_in_the_other_provider()
    {
        await using var database = new Database(_options);
        await Take(database, 20, World(2_000_000));
        await Store.Execute(_options, "INSERT INTO accounts (id, login, name, role, party, password, created, disabled) VALUES ('a1', 'ada', 'Ada', 'planner', 'hub', NULL, 5, NULL)");
        await Store.Execute(_options, "INSERT INTO machine_hours VALUES ('hub', 'WELD-01', 17960940000000000, 36000000000, 0, 1, 2, 3, 9223372036854775807, 5)");
        await Store.Execute(_options, "INSERT INTO models VALUES ('arrival-delay', 'deliveries', 1, 'in-force', 5, 'why', 'uploaded', 4, 'ada', @file)", ("file", World(200_000)));
        Snapshot done = DoneUnits.With(DoneUnits.Records(1, 20));
        await new UnitTables(database).Put([DoneUnits.Away(done, DoneUnits.Serial(1))], Store.Noon, Stop);
        BackupAnswer backup;
        await using (IJournal journal = await Store.Open(_options))
        {
            using var ends = new CancellationTokenSource();
            Task load = Load(journal, ends.Token);
            backup = await Backup.Run(database, Zip, TimeProvider.System, Stop);
            await ends.CancelAsync();
            await load;
        }
        StorageOptions target = await others.Fresh();
        await using var empty = new Database(target);
        RestoreAnswer answer = await Restore.Run(empty, Zip, TimeProvider.System, Stop);
        Assert.True(answer.IsDone, string.Join('\n', answer.Findings));
        Assert.Equal((backup.Manifest.LastSequence, backup.Manifest.LastChain, 1, 1), (answer.Report!.Entries, answer.Report.LastChain, answer.Report.Snapshots, answer.Report.Archived));
        Assert.Equal(await new UnitTables(database).Json(DoneUnits.Serial(1), Stop), await new UnitTables(empty).Json(DoneUnits.Serial(1), Stop));
        BackupAnswer again = await Backup.Run(empty, Zip + "2", TimeProvider.System, Stop);
        Assert.Equal(backup.Manifest.Tables.Select(static t => (t.Name, t.Rows, t.Hash)), again.Manifest.Tables.Select(static t => (t.Name, t.Rows, t.Hash)));
        await using IJournal next = await Store.Open(target);
        Assert.Equal(backup.Manifest.LastSequence + 1, await next.Append([Store.Entry("on it goes")], Store.Noon, Stop));
        Assert.True((await Store.Verified(target)).IsSound);
    }

    [Fact]
    public async Task A_backup_is_refused_by_a_store_that_is_not_empty()
    {
        await using var database = new Database(_options);
        await Backup.Run(database, Zip, TimeProvider.System, Stop);
        Assert.Equal("not-empty", Assert.Single((await Restore.Run(database, Zip, TimeProvider.System, Stop)).Findings).Rule);
        Assert.Equal(40, (await Store.Verified(_options)).Entries);
    }

    [Theory]
    [InlineData("a table changed", "file-damaged")]
    [InlineData("a table changed and its hash with it", "chain-broken")]
    [InlineData("a table taken out", "file-missing")]
    [InlineData("cut off", "unreadable")]
    [InlineData("of a newer schema", "newer-schema")]
    public async Task A_damaged_backup_is_refused_and_leaves_nothing(string damage, string rule)
    {
        await using var database = new Database(_options);
        await Backup.Run(database, Zip, TimeProvider.System, Stop);
        await Damage(damage);
        StorageOptions target = await others.Fresh();
        await using var empty = new Database(target);
        Assert.Equal(rule, Assert.Single((await Restore.Run(empty, Zip, TimeProvider.System, Stop)).Findings).Rule);
        await empty.Migrate(Stop);
        Assert.Equal(0, (await Store.Verified(target)).Entries);
    }

    private async Task Damage(string damage)
    {
        if (damage == "cut off")
        {
            await File.WriteAllBytesAsync(Zip, (await File.ReadAllBytesAsync(Zip, Stop))[..^100], Stop);
            return;
        }
        using ZipArchive zip = await ZipFile.OpenAsync(Zip, ZipArchiveMode.Update, Stop);
        string journal = await Text(zip, "tables/journal.jsonl"), manifest = await Text(zip, "manifest.json");
        if (damage == "of a newer schema")
        {
            zip.GetEntry("manifest.json")!.Delete();
            await Put(zip, "manifest.json", manifest.Replace($"\"schema\": {Schema.Newest(Provider.Sqlite)}", "\"schema\": 9999", StringComparison.Ordinal));
            return;
        }
        string changed = journal.Replace("\"hub\"", "\"hug\"", StringComparison.Ordinal);
        Assert.NotEqual(journal, changed);
        zip.GetEntry("tables/journal.jsonl")!.Delete();
        if (damage != "a table taken out") await Put(zip, "tables/journal.jsonl", changed);
        if (damage != "a table changed and its hash with it") return;
        zip.GetEntry("manifest.json")!.Delete();
        await Put(zip, "manifest.json", manifest.Replace(Hash(journal), Hash(changed), StringComparison.Ordinal));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<string> Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(await zip.GetEntry(name)!.OpenAsync(Stop));
        return await reader.ReadToEndAsync(Stop);
    }

    private static async Task Put(ZipArchive zip, string name, string text)
    {
        await using Stream entry = await zip.CreateEntry(name).OpenAsync(Stop);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), Stop);
    }

    private static async Task Load(IJournal journal, CancellationToken ends)
    {
        while (!ends.IsCancellationRequested) await journal.Append([Store.Entry("under load"), Store.Entry("under load")], Store.Noon, Stop);
    }

    private static Task<StoredSnapshot> Take(Database database, long sequence, byte[] world) =>
        new Snapshots(database).Write(sequence, Store.Noon, "world 1", s => s.WriteAsync(world).AsTask(), Stop);

    private static byte[] World(int bytes)
    {
        byte[] world = new byte[bytes];
        new Random(7).NextBytes(world);
        return world;
    }
}

public sealed class SqliteKeepingTests(PostgresServer server) : KeepingConformance(new SqliteStores(), new PostgresStores(server));

public sealed class PostgresKeepingTests(PostgresServer server) : KeepingConformance(new PostgresStores(server), new SqliteStores());
