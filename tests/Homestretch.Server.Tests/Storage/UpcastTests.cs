using System.Text;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

public sealed class UpcastTests
{
    private static JournalEntry Entry(string kind, int version, string body) => new(3, Store.Noon, kind, version, "hub", null, Encoding.UTF8.GetBytes(body), 1, new byte[32]);

    [Fact]
    public void An_epoch_of_form_1_is_read_as_one_without_a_seed() =>
        Assert.Equal(new PlanEpoch(Store.Noon, null, 0), Upcast.Epoch(Entry("epoch", 1, "2026-03-02T12:00:00Z")));

    [Fact]
    public void Steps_follow_one_another_up_to_the_version_asked_for()
    {
        Step[] steps = [new("x", 1, static b => [.. b, (byte)'2']), new("x", 2, static b => [.. b, (byte)'3']), new("y", 1, static b => [])];
        Assert.Equal("a23", Encoding.UTF8.GetString(Upcast.Lift(Entry("x", 1, "a"), 3, steps)));
        Assert.Equal("a3", Encoding.UTF8.GetString(Upcast.Lift(Entry("x", 2, "a"), 3, steps)));
        Assert.Equal("a", Encoding.UTF8.GetString(Upcast.Lift(Entry("x", 3, "a"), 3, steps)));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    public void A_version_that_is_not_known_is_refused(int version)
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Upcast.Epoch(Entry("epoch", version, "{}")));
        Assert.StartsWith($"Journal entry 3 has form {version} of epoch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_at_most_one_step_from_each_version() =>
        Assert.Equal(Upcast.Steps.Count, Upcast.Steps.Select(static s => (s.Kind, s.From)).Distinct().Count());

    /// <summary>Backups of every release lie in Releases/: each restores, replays through today's readers, and verifies.</summary>
    [Fact]
    public async Task The_journal_of_every_release_replays()
    {
        string[] releases = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Storage", "Releases"), "*.zip");
        Assert.NotEmpty(releases);
        await using var stores = new SqliteStores();
        foreach (string release in releases)
        {
            StorageOptions options = await stores.Fresh();
            await using var database = new Database(options);
            RestoreAnswer restored = await Restore.Run(database, release, TimeProvider.System, Stop);
            Assert.True(restored.IsDone, string.Join('\n', restored.Findings));
            await using IJournal journal = await Store.Open(options);
            Assert.NotEmpty((await Replay(await journal.All())).OrderLines);
        }
    }

    [Fact]
    public async Task An_older_backup_is_refused_by_a_store_that_has_moved_on()
    {
        await using var stores = new SqliteStores();
        await using var database = new Database(await stores.Fresh());
        await database.Migrate(Stop);
        string oldest = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Storage", "Releases"), "*.zip").Order(StringComparer.Ordinal).First();
        Assert.Equal("newer-store", Assert.Single((await Restore.Run(database, oldest, TimeProvider.System, Stop)).Findings).Rule);
    }

    private static Task<Snapshot> Replay(List<JournalEntry> entries)
    {
        Snapshot world = Snapshot.Empty;
        Instant epoch = Instant.MinValue;
        foreach (JournalEntry entry in entries)
        {
            if (entry.Kind == PlanEpoch.Kind)
            {
                Assert.True(Upcast.Epoch(entry).T > epoch);
                epoch = Upcast.Epoch(entry).T;
                continue;
            }
            var (events, findings) = Upcast.Events(entry);
            Applied applied = world.Apply(events, "release");
            Assert.Empty(findings.Concat(applied.Findings));
            world = applied.World;
        }
        return Task.FromResult(world);
    }
}
