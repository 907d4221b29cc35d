using System.Text;
using CsCheck;
using Homestretch.Server.Storage;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

/// <summary>What every journal does, whatever keeps it.</summary>
public abstract class JournalConformance(IStores stores) : IAsyncLifetime
{
    private StorageOptions _options = null!;

    public async ValueTask InitializeAsync() => _options = await stores.Fresh() with { LeasePatience = TimeSpan.FromSeconds(5) };

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return stores.DisposeAsync();
    }

    [Fact]
    public async Task An_entry_comes_back_as_it_was_appended()
    {
        await using IJournal journal = await Store.Open(_options);
        long last = await journal.Append([new("epoch", 7, "clock", "k1", [0, 1, 255])], Store.Noon, Stop);
        JournalEntry e = Assert.Single(await journal.All());
        Assert.Equal((1, Store.Noon, "epoch", 7, "clock", "k1", 1), (e.Sequence, e.Appended, e.Kind, e.Version, e.Party, e.Key, e.Lease));
        Assert.Equal([0, 1, 255], e.Body);
        Assert.Equal(1, last);
    }

    [Fact]
    public async Task Entries_of_any_shape_come_back_in_order()
    {
        await using IJournal journal = await Store.Open(_options);
        var shapes = Gen.Select(Gen.String[0, 20].Where(static s => !s.Contains('\0') && IsText(s)), Gen.Byte.Array[0, 300], Gen.Int[1, 9]).List[1, 20];
        var expected = new List<(string Party, byte[] Body, int Version)>();
        await shapes.SampleAsync(async batch =>
        {
            lock (expected) expected.AddRange(batch.Select(static e => (e.Item1, e.Item2, e.Item3)));
            await journal.Append([.. batch.Select(static e => new NewEntry("any", e.Item3, e.Item1, null, e.Item2))], Store.Noon, Stop);
        }, iter: 20, threads: 1);
        List<JournalEntry> all = await journal.All();
        Assert.Equal(expected.Select(static e => (e.Party, Convert.ToHexString(e.Body), e.Version)), all.Select(static e => (e.Party, Convert.ToHexString(e.Body), e.Version)));
    }

    private static bool IsText(string s) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s)) == s;

    [Fact]
    public async Task Many_writers_leave_no_gap_and_keep_their_batches_together()
    {
        await using IJournal journal = await Store.Open(_options);
        long[] lasts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.Append([Store.Entry($"{i} a"), Store.Entry($"{i} b"), Store.Entry($"{i} c")], Store.Noon, Stop)));
        List<JournalEntry> all = await journal.All();
        Assert.Equal(Enumerable.Range(1, 600).Select(static n => (long)n), all.Select(static e => e.Sequence));
        for (int i = 0; i < 200; i++) Assert.Equal([$"{i} a", $"{i} b", $"{i} c"], all.Skip((int)lasts[i] - 3).Take(3).Select(static e => e.Text()));
    }

    [Fact]
    public async Task Reading_starts_where_it_is_asked_to()
    {
        await using IJournal journal = await Store.Open(_options);
        await journal.Append([Store.Entry("1"), Store.Entry("2"), Store.Entry("3")], Store.Noon, Stop);
        Assert.Equal(["2", "3"], (await journal.All(2)).Select(static e => e.Text()));
        Assert.Empty(await journal.All(4));
    }

    [Fact]
    public async Task A_reopened_journal_goes_on_under_a_higher_lease()
    {
        await using (IJournal before = await Store.Open(_options)) await before.Append([Store.Entry("1")], Store.Noon, Stop);
        await using IJournal after = await Store.Open(_options);
        Assert.Equal(2, await after.Append([Store.Entry("2")], Store.Noon, Stop));
        Assert.Equal([1L, 2L], (await after.All()).Select(static e => e.Lease));
    }

    [Fact]
    public async Task A_key_tells_a_repeat_from_another_request_of_that_party_only()
    {
        await using IJournal journal = await Store.Open(_options);
        await journal.Append([Store.Entry("order 1", "k") with { RequestHash = [1] }], Store.Noon, Stop);
        KeptRequest kept = (await journal.Find("hub", "k", Store.Noon, Stop))!;
        Assert.Equal((1, true, false), (kept.Sequence, kept.Is([1]), kept.Is([2])));
        Assert.Null(await journal.Find("supplier", "k", Store.Noon, Stop));
        Assert.Equal(2, await journal.Append([Store.Entry("order 1", "k", "supplier")], Store.Noon, Stop));
    }

    [Fact]
    public async Task A_taken_key_refuses_its_whole_append_and_no_other()
    {
        await using IJournal journal = await Store.Open(_options);
        await journal.Append([Store.Entry("first", "k")], Store.Noon, Stop);
        Task<long> taken = journal.Append([Store.Entry("new"), Store.Entry("again", "k")], Store.Noon, Stop), free = journal.Append([Store.Entry("other", "k2")], Store.Noon, Stop);
        await Assert.ThrowsAsync<KeyTaken>(() => taken);
        Assert.Equal(2, await free);
        Assert.Equal(["first", "other"], (await journal.All()).Select(static e => e.Text()));
    }

    [Fact]
    public async Task Of_two_appends_with_one_key_at_the_same_time_one_is_kept()
    {
        await using IJournal journal = await Store.Open(_options);
        Task<long>[] both = [journal.Append([Store.Entry("a", "k")], Store.Noon, Stop), journal.Append([Store.Entry("b", "k")], Store.Noon, Stop)];
        await Task.WhenAll(both).ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.Equal(1, both.Count(static t => t.IsCompletedSuccessfully));
        Assert.Single(await journal.All());
    }

    [Fact]
    public async Task A_key_is_free_again_when_it_has_expired()
    {
        await using IJournal journal = await Store.Open(_options with { KeysKept = Duration.FromHours(1) });
        await journal.Append([Store.Entry("a", "k")], Store.Noon, Stop);
        Instant later = Store.Noon + Duration.FromHours(1);
        Assert.NotNull(await journal.Find("hub", "k", later - Duration.FromTicks(1), Stop));
        Assert.Null(await journal.Find("hub", "k", later, Stop));
        Assert.Equal(2, await journal.Append([Store.Entry("b", "k")], later, Stop));
        Assert.Equal(2, (await journal.Find("hub", "k", later, Stop))!.Sequence);
    }

    [Fact]
    public async Task The_newest_epoch_at_a_snapshot_is_found()
    {
        await using IJournal journal = await Store.Open(_options);
        PlanEpoch first = new(Store.Noon, 1, 0), second = new(Store.Noon + Duration.FromMinutes(15), ulong.MaxValue, 2);
        await journal.Append([Upcast.Write(first), Store.Entry("x"), Upcast.Write(second)], Store.Noon, Stop);
        Assert.Equal(first, Upcast.Epoch((await journal.Newest(PlanEpoch.Kind, 2, Stop))!));
        Assert.Equal(second, Upcast.Epoch((await journal.Newest(PlanEpoch.Kind, 3, Stop))!));
        Assert.Null(await journal.Newest("other", 3, Stop));
    }

    [Fact]
    public async Task A_second_server_is_refused_while_the_first_lives()
    {
        await using IJournal first = await Store.Open(_options);
        await using IJournal second = Journals.Of(new Database(_options with { LeasePatience = TimeSpan.Zero }), TimeProvider.System);
        LeaseHeld held = await Assert.ThrowsAsync<LeaseHeld>(() => second.Open(Stop));
        Assert.Contains($"process {Environment.ProcessId}", held.Message, StringComparison.Ordinal);
        Assert.Equal(1, await first.Append([Store.Entry("still mine")], Store.Noon, Stop));
    }

    [Fact]
    public async Task A_waiting_server_takes_over_when_the_first_ends()
    {
        IJournal first = await Store.Open(_options);
        Task<IJournal> second = Task.Run(() => Store.Open(_options));
        await first.Append([Store.Entry("1")], Store.Noon, Stop);
        await first.DisposeAsync();
        await using IJournal next = await second;
        Assert.Equal(2, await next.Append([Store.Entry("2")], Store.Noon, Stop));
    }

    [Fact]
    public async Task A_server_that_lost_its_lock_is_refused_by_its_stale_lease()
    {
        await using IJournal stale = await Store.Open(_options);
        await stale.Append([Store.Entry("1")], Store.Noon, Stop);
        await stores.BreakLock(_options);
        await using IJournal holder = await Store.Open(_options);
        await Assert.ThrowsAsync<LeaseLost>(() => stale.Append([Store.Entry("split")], Store.Noon, Stop));
        await holder.Append([Store.Entry("2")], Store.Noon, Stop);
        await Assert.ThrowsAsync<LeaseLost>(() => stale.Append([Store.Entry("split again")], Store.Noon, Stop));
        Assert.Equal(["1", "2"], (await holder.All()).Select(static e => e.Text()));
    }

    [Fact]
    public async Task A_server_whose_lock_breaks_goes_on_when_nobody_else_took_it()
    {
        await using IJournal journal = await Store.Open(_options);
        await journal.Append([Store.Entry("1")], Store.Noon, Stop);
        await stores.BreakLock(_options);
        await journal.Append([Store.Entry("2", "k")], Store.Noon, Stop);
        Assert.Equal(["1", "2"], (await journal.All()).Select(static e => e.Text()));
    }

    [Theory]
    [InlineData("body")]
    [InlineData("chain")]
    public async Task A_flipped_bit_is_found_where_it_is(string column)
    {
        await using (IJournal journal = await Store.Open(_options)) await journal.Append([.. Enumerable.Range(1, 9).Select(static n => Store.Entry($"entry {n}"))], Store.Noon, Stop);
        Assert.True((await Store.Verified(_options)).IsSound);
        await Store.Flip(_options, "journal", column, "sequence = 4");
        Finding finding = Assert.Single((await Store.Verified(_options)).Findings);
        Assert.Equal((4, "entry-damaged"), (finding.Place.Line, finding.Rule));
        await using IJournal again = await Store.Open(_options);
        Assert.Equal(4, (await Assert.ThrowsAsync<JournalDamaged>(() => again.All())).Sequence);
    }

    [Theory]
    [InlineData("sequence = 2", 2)]
    [InlineData("sequence = 1", 1)]
    [InlineData("sequence > 3", 4)]
    public async Task Missing_entries_are_found_where_they_were(string where, int first)
    {
        await using (IJournal journal = await Store.Open(_options)) await journal.Append([.. Enumerable.Range(1, 5).Select(static n => Store.Entry($"entry {n}"))], Store.Noon, Stop);
        await Store.Execute(_options, $"DELETE FROM journal WHERE {where}");
        Assert.Contains((await Store.Verified(_options)).Findings, f => f.Rule == "entries-missing" && f.Place.Line == first);
    }

    [Fact]
    public async Task A_journal_that_lost_its_end_does_not_open()
    {
        await using (IJournal journal = await Store.Open(_options)) await journal.Append([Store.Entry("1"), Store.Entry("2")], Store.Noon, Stop);
        await Store.Execute(_options, "DELETE FROM journal WHERE sequence = 2");
        await Assert.ThrowsAsync<JournalDamaged>(() => Store.Open(_options));
    }
}

public sealed class SqliteJournalTests() : JournalConformance(new SqliteStores());

public sealed class PostgresJournalTests(PostgresServer server) : JournalConformance(new PostgresStores(server));
