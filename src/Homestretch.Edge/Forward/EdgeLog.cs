using Homestretch.Disk;
using Homestretch.Exchange.Edges;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Homestretch.Edge.Forward;

/// <summary>The edge's durable log: what is to reach the hub, in numbered streams, kept until the hub says that it is on its disk. One writer; readers by
/// <see cref="LogCursor"/>. When room runs out the oldest raw records are thinned, then raw records go, then summaries; events never: then writing waits.</summary>
internal sealed class EdgeLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LogOptions _options;
    private readonly Action<long> _thinned;
    private readonly SortedDictionary<long, LogSegment> _segments = [];
    private readonly SortedDictionary<string, LogStream> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);
    private readonly FileStream _lock;
    private readonly Reserve _reserve;
    private SafeFileHandle? _active;
    private readonly AcknowledgedFile _acknowledged;
    private LogSegment _last = null!;

    private EdgeLog(LogOptions options, Action<long> thinned)
    {
        (_options, _thinned) = (options, thinned);
        Directory.CreateDirectory(options.Folder);
        _lock = new FileStream(Path.Combine(options.Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _reserve = new(Path.Combine(options.Folder, "reserve"), Math.Min(options.SegmentBytes, options.MostBytes / 8));
        Id = LogId.Of(options.Folder);
        _acknowledged = new(Path.Combine(options.Folder, "acknowledged"));
        TornBytes = Recover();
        foreach (var (name, watermark) in _acknowledged.Read())
        {
            if (_streams.TryGetValue(name, out LogStream? s)) s.Acknowledged = Math.Clamp(watermark, s.Acknowledged, Math.Max(s.Last, s.Acknowledged));
        }
        Begin();
        _reserve.Keep();
    }

    /// <summary>Names this log; a new one has new streams.</summary>
    public string Id { get; }

    /// <summary>Bytes of a last write that a crash cut short; nobody was told that they were kept.</summary>
    public long TornBytes { get; }

    /// <summary>Changes when a segment was written anew under a cursor.</summary>
    public int Generation { get; private set; }

    /// <summary>Why the last write failed, when not for want of room; empty: it did not.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>What the log takes on disk.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _segments.Values.Sum(static s => s.Bytes);
        }
    }

    /// <summary>Opens the log, mending what a crash left.</summary>
    /// <param name="thinned">Told how many records were thinned away.</param>
    /// <exception cref="IOException">Another process has it open, or the disk fails.</exception>
    public static EdgeLog Open(LogOptions options, Action<long> thinned) => new(options, thinned);

    /// <summary>How far a source was read; 0: nothing of it is in the log.</summary>
    public long Mark(string source)
    {
        lock (_gate) return _marks.GetValueOrDefault(source);
    }

    /// <summary>How many sources the log has the place of.</summary>
    public int Sources
    {
        get
        {
            lock (_gate) return _marks.Count;
        }
    }

    /// <summary>Streams that have records, events first, then summaries, then raw data.</summary>
    public IReadOnlyList<LogStream> Streams
    {
        get
        {
            lock (_gate) return [.. _streams.Values.OrderBy(static s => s.Class).ThenBy(static s => s.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Writes records and marks in one frame and syncs; numbers are given here.</summary>
    /// <returns>False when there is no room even after thinning; nothing was written.</returns>
    public bool Append(IReadOnlyList<(string Stream, EdgeRecord Record)> records, IReadOnlyCollection<SourceMark> marks, Instant now)
    {
        if (records.Count == 0 && marks.Count == 0) return true;
        var next = new Dictionary<string, long>(StringComparer.Ordinal);
        var numbered = new List<LoggedRecord>(records.Count);
        foreach (var (stream, record) in records)
        {
            long sequence = (next.TryGetValue(stream, out long last) ? last : Stream(stream).Last) + 1;
            next[stream] = sequence;
            numbered.Add(new(stream, now, record with { Sequence = sequence }));
        }
        byte[] payload = LogFrame.Write(numbered, marks);
        if (payload.Length > Framing.MostPayloadBytes) throw new ArgumentException($"A frame of {payload.Length} bytes with {records.Count} records could not be read again. Maybe an input hands over more than Ear.MostWeight at once.", nameof(records));
        if (!Write(payload)) return false;
        lock (_gate)
        {
            foreach (var (stream, last) in next) _last.Last[stream] = Stream(stream).Last = last;
            foreach (SourceMark mark in marks) _marks[mark.Source] = mark.Position;
        }
        if (_last.Bytes >= _options.SegmentBytes) TryBegin();
        return true;
    }

    /// <summary>The hub has a stream on its disk up to here: segments that nobody waits for any more go.</summary>
    public void Acknowledge(string stream, long watermark)
    {
        lock (_gate)
        {
            LogStream s = Stream(stream);
            s.Acknowledged = Math.Clamp(watermark, s.Acknowledged, Math.Max(s.Last, s.Acknowledged));
            foreach (LogSegment done in _segments.Values.Where(x => x != _last && IsDone(x)).ToList())
            {
                File.Delete(done.Path);
                _segments.Remove(done.Number);
            }
        }
    }

    /// <summary>Writes down what the hub has, when that has changed: a restart then sends less of it again.</summary>
    public void KeepAcknowledged() => _acknowledged.Write(Acknowledged());

    /// <summary>The hub no longer has what it once acknowledged (it was restored from a backup): what is still here is sent again.</summary>
    public void Forget(string stream, long watermark)
    {
        lock (_gate)
        {
            Stream(stream).Acknowledged = Math.Max(0, watermark);
            Generation++;
        }
    }

    /// <summary>Number, path and end of the segment to read at or after a number; null: none.</summary>
    internal (long Number, string Path)? From(long number)
    {
        lock (_gate) return _segments.Values.FirstOrDefault(s => s.Number >= number) is { } found ? (found.Number, found.Path) : null;
    }

    public void Dispose()
    {
        _active?.Dispose();
        _lock.Dispose();
    }

    private LogStream Stream(string name)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(name, out LogStream? stream)) _streams[name] = stream = new(name);
            return stream;
        }
    }

    private bool Write(byte[] payload)
    {
        while (true)
        {
            if (Bytes + Framing.HeaderBytes + payload.Length > _options.MostBytes)
            {
                if (MakeRoom()) continue;
                return false;
            }
            try
            {
                long end = Frames.Write(_active!, payload, _last.Bytes);
                RandomAccess.FlushToDisk(_active!);
                _last.Bytes = end;
                Trouble = "";
                return true;
            }
            catch (IOException e)
            {
                Cut();
                Trouble = Durable.IsFull(e) ? "" : e.Message;
                if (Trouble.Length > 0 || !MakeRoom()) return false;
            }
        }
    }

    /// <summary>Thins the oldest segment that can give room: first one raw record in so many stays, then none, then no summaries either.</summary>
    private bool MakeRoom()
    {
        for (ThinLevel level = ThinLevel.FewRaw; level <= ThinLevel.NoSummaries; level++)
        {
            // what is being written is closed first, so that its raw records can be thinned too
            LogSegment[] candidates;
            lock (_gate) candidates = [.. _segments.Values.Where(s => s.Level < level)];
            foreach (LogSegment segment in candidates)
            {
                if (segment == _last && (segment.Bytes == segment.HeadBytes || !TryBegin())) continue;
                if (Thin(segment, level)) return true;
            }
        }
        return false;
    }

    /// <returns>True when that gave room.</returns>
    private bool Thin(LogSegment segment, ThinLevel level)
    {
        _reserve.Free();
        string part = Path.Combine(_options.Folder, "thinned.part");
        try
        {
            var (bytes, dropped) = Thinning.Write(segment, part, level, _options.KeepOneIn, Acknowledged());
            var thinned = new LogSegment(segment.Number, level, Path.Combine(_options.Folder, LogSegment.NameOf(segment.Number, level))) { Bytes = bytes };
            foreach (var (stream, last) in segment.Last) thinned.Last[stream] = last;
            File.Move(part, thinned.Path, overwrite: true);
            Durable.Sync(_options.Folder);
            lock (_gate)
            {
                File.Delete(segment.Path);
                if (_segments.ContainsKey(segment.Number)) _segments[segment.Number] = thinned;
                else File.Delete(thinned.Path);
                Generation++;
            }
            if (dropped > 0) _thinned(dropped);
            return bytes < segment.Bytes;
        }
        catch (IOException)
        {
            File.Delete(part);
            return false;
        }
        finally
        {
            _reserve.Keep();
        }
    }

    private Dictionary<string, long> Acknowledged()
    {
        lock (_gate) return _streams.ToDictionary(static s => s.Key, static s => s.Value.Acknowledged, StringComparer.Ordinal);
    }

    private bool IsDone(LogSegment segment) => segment.Last.All(l => Stream(l.Key).Acknowledged >= l.Value);

    private long Recover()
    {
        long torn = 0;
        File.Delete(Path.Combine(_options.Folder, "thinned.part"));
        foreach (LogSegment segment in LogSegment.Find(_options.Folder))
        {
            using SafeFileHandle file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite);
            var damage = new Frames.Damage();
            foreach (byte[] payload in Frames.Read(file, damage))
            {
                if (!LogFrame.Read(payload, out var records, out var marks, out var streams)) continue;
                foreach (var (name, last, acknowledged) in streams)
                {
                    LogStream s = Stream(name);
                    (s.Last, s.Acknowledged) = (Math.Max(s.Last, last), Math.Max(s.Acknowledged, acknowledged));
                }
                foreach (LoggedRecord r in records) Stream(r.Stream).Last = Math.Max(Stream(r.Stream).Last, r.Record.Sequence);
                foreach (SourceMark mark in marks) _marks[mark.Source] = mark.Position;
            }
            torn += damage.Torn;
            if (damage.Torn > 0) RandomAccess.SetLength(file, damage.End);
            RandomAccess.FlushToDisk(file);
            segment.Bytes = damage.End;
            foreach (LogStream s in _streams.Values) segment.Last[s.Name] = s.Last;
            _segments[segment.Number] = segment;
        }
        return torn;
    }

    /// <summary>Begins a segment whose first frame has every stream and mark, on disk before anything else is written to it.</summary>
    private void Begin()
    {
        long number;
        lock (_gate) number = _segments.Count == 0 ? 1 : _segments.Keys.Last() + 1;
        var segment = new LogSegment(number, ThinLevel.Whole, Path.Combine(_options.Folder, LogSegment.NameOf(number, ThinLevel.Whole)));
        byte[] head = LogFrame.Head(_streams.Values, _marks.Select(static m => new SourceMark(m.Key, m.Value)));
        SafeFileHandle file = File.OpenHandle(segment.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            segment.Bytes = segment.HeadBytes = Frames.Write(file, head, 0);
            RandomAccess.FlushToDisk(file);
            Durable.Sync(_options.Folder);
        }
        catch
        {
            file.Dispose();
            File.Delete(segment.Path);
            throw;
        }
        lock (_gate)
        {
            foreach (LogStream s in _streams.Values) segment.Last[s.Name] = s.Last;
            _active?.Dispose();
            (_active, _last) = (file, segment);
            _segments[number] = segment;
        }
    }

    private bool TryBegin()
    {
        try
        {
            Begin();
            return true;
        }
        catch (IOException)
        {
            // no room for a new segment: the one at hand goes on
            return false;
        }
    }

    private void Cut()
    {
        try
        {
            RandomAccess.SetLength(_active!, _last.Bytes);
        }
        catch (IOException)
        {
            // a torn frame is cut when the log is opened
        }
    }
}
