using Homestretch.Edge.Forward;
using Homestretch.Exchange.Edges;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Forward;

public sealed class EdgeLogTests : IDisposable
{
    private static readonly Instant s_now = Instant.FromUtc(2026, 3, 2, 6, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-log-").FullName;
    private long _thinned;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_appended_is_read_in_order_after_a_crash_and_the_torn_end_is_cut()
    {
        string raw, segment;
        using (EdgeLog log = Open())
        {
            raw = Name(log, RecordClass.Raw);
            for (int n = 1; n <= 50; n++) Assert.True(log.Append([(raw, Record(n)), (Name(log, RecordClass.Event), Record(n))], [new("cell", n * 10)], s_now));
            segment = Directory.GetFiles(_folder, "*.log").Single();
        }
        File.AppendAllBytes(segment, File.ReadAllBytes(segment)[..37]);
        // the first 37 bytes are a whole head and a part of a frame: the part is torn
        using EdgeLog again = Open();
        Assert.True(again.TornBytes > 0);
        Assert.Equal(500, again.Mark("cell"));
        Assert.Equal(Enumerable.Range(1, 50).Select(static n => (long)n), Read(again, raw).Select(static r => r.Record.Sequence));
        Assert.Equal(Enumerable.Range(1, 50).Select(static n => (double)n), Read(again, raw).Select(static r => r.Record.Values[0].Number));
        Assert.True(again.Append([(raw, Record(51))], [], s_now));
        Assert.Equal(51, Read(again, raw)[^1].Record.Sequence);
    }

    [Fact]
    public void What_the_hub_has_is_not_waiting_after_a_restart_and_a_note_of_it_that_is_damaged_only_sends_it_again()
    {
        string raw;
        using (EdgeLog log = Open())
        {
            raw = Name(log, RecordClass.Raw);
            for (int n = 1; n <= 5; n++) log.Append([(raw, Record(n))], [], s_now);
            log.Acknowledge(raw, 3);
            log.KeepAcknowledged();
        }
        using (EdgeLog again = Open()) Assert.Equal((3L, 5L), again.Streams.Select(static s => (s.Acknowledged, s.Last)).Single());
        string note = Path.Combine(_folder, "acknowledged");
        File.WriteAllText(note, $"{raw}\t77\nnonsense");
        using (EdgeLog again = Open()) Assert.Equal(5, again.Streams.Single().Acknowledged);
        File.WriteAllText(note, "\0\0\0\0");
        using (EdgeLog again = Open()) Assert.True(again.Streams.Single().Acknowledged <= 5);
    }

    [Fact]
    public void Segments_that_the_hub_has_go_and_numbers_go_on_behind_them()
    {
        string raw;
        using (EdgeLog log = Open(segmentBytes: 2_000))
        {
            raw = Name(log, RecordClass.Raw);
            for (int n = 1; n <= 200; n++) log.Append([(raw, Record(n))], [new("cell", n)], s_now);
            int before = Directory.GetFiles(_folder, "*.log").Length;
            Assert.True(before > 5);
            log.Acknowledge(raw, 200);
            Assert.True(Directory.GetFiles(_folder, "*.log").Length <= 2);
        }
        using EdgeLog again = Open(segmentBytes: 2_000);
        Assert.Equal(200, again.Mark("cell"));
        again.Append([(raw, Record(1))], [], s_now);
        Assert.Equal([201L], new LogCursor(again, raw).Read(200, 1 << 20, s_now).Select(static r => r.Record.Sequence));
    }

    [Fact]
    public void When_room_runs_out_raw_records_are_thinned_then_dropped_then_summaries_and_events_never()
    {
        using EdgeLog log = Open(mostBytes: 80_000, segmentBytes: 4_000);
        string raw = Name(log, RecordClass.Raw), summary = Name(log, RecordClass.Summary), events = Name(log, RecordClass.Event);
        int written = 0;
        var seen = new List<(int Raw, int Summaries, int Events)>();
        while (log.Append([(raw, Record(written + 1)), (summary, Record(written + 1)), (events, Record(written + 1))], [], s_now))
        {
            written++;
            if (written % 200 == 0) seen.Add((Read(log, raw).Count, Read(log, summary).Count, Read(log, events).Count));
            Assert.True(written < 20_000);
        }
        Assert.True(log.Bytes <= 84_000);
        Assert.All(seen.Select(static (s, i) => (s.Events, Written: (i + 1) * 200)), static s => Assert.Equal(s.Written, s.Events));
        Assert.Equal(Enumerable.Range(1, written).Select(static n => (double)n), Read(log, events).Select(static r => r.Record.Values[0].Number));
        // as long as any raw record is there no summary has gone
        Assert.All(seen.Select(static (s, i) => (s, Written: (i + 1) * 200)).Where(static s => s.s.Raw > 50), static s => Assert.Equal(s.Written, s.s.Summaries));
        Assert.True(Read(log, raw).Count < written / 10);
        Assert.Equal(2 * written - Read(log, raw).Count - Read(log, summary).Count, _thinned);
        // and when the hub has taken what there is, there is room again
        foreach (string stream in (string[])[raw, summary, events]) log.Acknowledge(stream, written);
        Assert.True(log.Append([(events, Record(1))], [], s_now));
    }

    [Fact]
    public void Records_with_a_delay_stay_until_they_are_old_enough()
    {
        using EdgeLog log = Open();
        string slow = LogStream.NameOf(RecordClass.Raw, 60, log.Id);
        log.Append([(slow, Record(1))], [], s_now);
        log.Append([(slow, Record(2))], [], s_now + Duration.FromSeconds(30));
        LogStream stream = log.Streams.Single();
        Assert.Equal(Duration.FromSeconds(60), stream.Delay);
        var cursor = new LogCursor(log, slow);
        Assert.Empty(cursor.Read(0, 1 << 20, s_now + Duration.FromSeconds(59) - stream.Delay));
        Assert.Equal([1L], cursor.Read(0, 1 << 20, s_now + Duration.FromSeconds(61) - stream.Delay).Select(static r => r.Record.Sequence));
        Assert.Equal([2L], cursor.Read(1, 1 << 20, s_now + Duration.FromSeconds(91) - stream.Delay).Select(static r => r.Record.Sequence));
    }

    /// <summary>A clock that is put back made all that waited look as if it had been thinned away: it was acknowledged without having been sent.</summary>
    [Fact]
    public void What_is_not_due_by_a_clock_that_was_put_back_is_not_taken_for_gone()
    {
        using EdgeLog log = Open();
        string raw = Name(log, RecordClass.Raw);
        log.Append([(raw, Record(1))], [], s_now);
        var cursor = new LogCursor(log, raw);
        Assert.Empty(cursor.Read(0, 1 << 20, s_now - Duration.FromSeconds(1)));
        Assert.False(cursor.AtEnd);
        Assert.Equal([1L], cursor.Read(0, 1 << 20, s_now).Select(static r => r.Record.Sequence));
        Assert.Empty(cursor.Read(1, 1 << 20, s_now));
        Assert.True(cursor.AtEnd);
    }

    [Fact]
    public void What_was_read_last_is_read_again_after_a_step_back()
    {
        using EdgeLog log = Open(segmentBytes: 2_000);
        string raw = Name(log, RecordClass.Raw);
        for (int n = 1; n <= 200; n++) log.Append([(raw, Record(n))], [], s_now);
        var cursor = new LogCursor(log, raw);
        long after = 0;
        for (int i = 0; after < 200; i++)
        {
            List<LoggedRecord> batch = cursor.Read(after, 1_500, s_now);
            Assert.Equal(after + 1, batch[0].Record.Sequence);
            // every other time half of it was taken
            after = i % 2 == 0 ? batch[^1].Record.Sequence : batch[(batch.Count - 1) / 2].Record.Sequence;
            if (i % 2 != 0) cursor.Back();
        }
    }

    [Fact]
    public void A_new_log_begins_new_streams()
    {
        string first;
        using (EdgeLog log = Open()) first = log.Id;
        using (EdgeLog log = Open()) Assert.Equal(first, log.Id);
        Directory.Delete(_folder, recursive: true);
        using (EdgeLog log = Open()) Assert.NotEqual(first, log.Id);
    }

    private EdgeLog Open(long mostBytes = 1 << 30, long segmentBytes = 1 << 20) => EdgeLog.Open(new(_folder, mostBytes, 10, segmentBytes), n => _thinned += n);

    private static string Name(EdgeLog log, RecordClass of) => LogStream.NameOf(of, 0, log.Id);

    private static EdgeRecord Record(int n) => new(1, "M1", s_now + Duration.FromSeconds(n), [new("Vibration", n)]);

    private static List<LoggedRecord> Read(EdgeLog log, string stream)
    {
        var cursor = new LogCursor(log, stream);
        var all = new List<LoggedRecord>();
        while (cursor.Read(all.Count == 0 ? 0 : all[^1].Record.Sequence, 4_000, s_now + Duration.FromDays(1)) is { Count: > 0 } batch) all.AddRange(batch);
        return all;
    }
}
