using System.Text;
using System.Text.Json;
using Homestretch.Promising;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Live;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Microsoft.Data.Sqlite;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

/// <summary>backup, restore and verify as a person runs them, beside a real server.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-commands-").FullName;

    private string Zip => Path.Combine(_folder, "backup.zip");
    private string Restored => Path.Combine(_folder, "restored");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_under_write_load_restores_to_the_same_world_and_plan()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        using var ends = new CancellationTokenSource();
        Task<int> load = Load(server, ends.Token);
        await Task.Delay(300, Stop);
        var (code, said) = await RunningServer.Command("backup", "--data", server.Folder, "--out", Zip, "--json");
        JsonElement backup = JsonOf(said);
        await Task.Delay(300, Stop);
        await ends.CancelAsync();
        Assert.Equal(0, code);
        Assert.True(await load > 10);
        long sequence = backup.GetProperty("last_sequence").GetInt64();
        Assert.True((await server.Get("/health")).GetProperty("sequence").GetInt64() > sequence);

        (code, said) = await RunningServer.Command("restore", "--data", Restored, "--from", Zip, "--json");
        Assert.Equal((0, true), (code, JsonOf(said).GetProperty("done").GetBoolean()));
        Stood expected = await AsOf(server.Folder, sequence), restored;
        await using (Company company = await Company.Start(Options(Restored))) restored = company.Stood();
        expected.SameAs(restored);
        await using RunningServer second = await RunningServer.Demo(Restored);
        Assert.Equal(expected.Forecasts.Count, (await second.Get("/api/v1/orders?take=1")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Verify_of_a_running_server_is_sound_and_names_the_entry_of_a_flipped_byte()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        string mark = "a name that stands in one entry only";
        await server.Tell(new WorldEvent.Put(DemoFolder.World.Parties.First() with { Key = "MARK", Name = mark }));
        long sequence = (await server.Get("/health")).GetProperty("sequence").GetInt64();
        var (code, said) = await RunningServer.Command("verify", "--data", server.Folder, "--json");
        Assert.Equal((0, true), (code, JsonOf(said).GetProperty("sound").GetBoolean()));

        await server.Kill();
        FlipByte(Path.Combine(server.Folder, "homestretch.db"), mark);
        (code, said) = await RunningServer.Command("verify", "--data", server.Folder, "--json");
        Assert.Equal(1, code);
        JsonElement finding = Assert.Single(JsonOf(said).GetProperty("findings").EnumerateArray());
        Assert.Equal(("entry-damaged", $"journal:{sequence}"), (finding.GetProperty("rule").GetString(), finding.GetProperty("where").GetString()));
    }

    [Fact]
    public async Task A_backup_file_can_be_verified_by_itself()
    {
        await using (Company company = await Company.Start(Options(_folder))) await company.Load();
        Assert.Equal(0, (await RunningServer.Command("backup", "--data", _folder, "--out", Zip)).Code);
        Assert.Equal(0, (await RunningServer.Command("verify", "--file", Zip)).Code);
        byte[] bytes = await File.ReadAllBytesAsync(Zip, Stop);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(Zip, bytes, Stop);
        Assert.Equal(1, (await RunningServer.Command("verify", "--file", Zip)).Code);
        var (code, said) = await RunningServer.Command("restore", "--data", Restored, "--from", Zip);
        Assert.Equal(2, code);
        Assert.Contains("Nothing was restored.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_or_filled_store_is_not_restored_into()
    {
        int code;
        string said;
        await using (Company company = await Company.Start(Options(_folder)))       // the server's living parts, which hold the store as the whole does
        {
            await company.Tell([.. RealStart.Company.Select(static r => new WorldEvent.Put(r))]);
            Assert.Equal(0, (await RunningServer.Command("backup", "--data", _folder, "--out", Zip)).Code);
            (code, said) = await RunningServer.Command("restore", "--data", _folder, "--from", Zip);
            Assert.Equal(2, code);
            Assert.Contains("is held by", said, StringComparison.Ordinal);
        }
        (code, said) = await RunningServer.Command("restore", "--data", _folder, "--from", Zip);
        Assert.Equal(2, code);
        Assert.Contains("not-empty", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup", "--out", "x.zip")]
    [InlineData("verify")]
    [InlineData("verify", "--file", "nowhere.zip")]
    [InlineData("restore", "--from", "nowhere.zip")]
    [InlineData("backup")]
    [InlineData("verify", "--colour", "red")]
    public async Task What_cannot_be_done_ends_with_2_and_says_why(params string[] command)
    {
        var (code, said) = await RunningServer.Command([command[0], "--data", Restored, .. command[1..]]);
        Assert.Equal(2, code);
        Assert.NotEmpty(said);
        Assert.False(File.Exists(Path.Combine(Restored, "homestretch.db")) && command[0] != "restore");
    }

    private static StorageOptions Options(string folder) => new(Provider.Sqlite, Path.Combine(folder, "homestretch.db"));

    /// <summary>Progress comes after the JSON in what a command said: read from the first brace to the last.</summary>
    private static JsonElement JsonOf(string said) => JsonElement.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..(said.LastIndexOf('}') + 1)]);

    private static async Task<int> Load(RunningServer server, CancellationToken ends)
    {
        Milestone[] milestones = [.. DemoFolder.World.Milestones.Where(static m => m.Classifier != Classifier.Actual)];
        int told = 0;
        for (; !ends.IsCancellationRequested; told++)
        {
            Milestone next = milestones[told % milestones.Length];
            await server.Tell(new WorldEvent.Put(next with { At = next.At + Duration.FromHours(told % 48) }));
        }
        return told;
    }

    /// <summary>What the original journal says the world was after an entry, and the plan of it.</summary>
    private static async Task<Stood> AsOf(string folder, long sequence)
    {
        await using var database = new Database(Options(folder));
        await using IJournal journal = Journals.Of(database, TimeProvider.System);
        var (world, epoch) = (Snapshot.Empty, default(Instant));
        await foreach (JournalEntry entry in journal.Read(1, Stop))
        {
            if (entry.Sequence > sequence) break;
            if (entry.Kind == PlanEpoch.Kind) epoch = Upcast.Epoch(entry).T;
            else world = world.Apply(Upcast.Events(entry).Events).World;
        }
        Plan plan = Plan.Make(world, epoch, new PlanPolicy());
        Forecast[] forecasts = [.. plan.Forecasts];
        return new(world, epoch, sequence, forecasts, [.. forecasts.Select(f => plan.DateSamples(f.OrderLine))]);
    }

    /// <summary>Flips a bit of a text in the database's file itself, as a bad disk does.</summary>
    private static void FlipByte(string path, string text)
    {
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            checkpoint.ExecuteNonQuery();
        }
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at > 0, "the text is in the file");
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
