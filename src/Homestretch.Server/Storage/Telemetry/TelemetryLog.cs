using System.Globalization;
using Homestretch.Disk;
using Microsoft.Win32.SafeHandles;
using NodaTime;
using static Homestretch.Server.Storage.Telemetry.TelemetryCounters;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>What opening the log found.</summary>
/// <param name="Segments">Segments left to compact.</param>
/// <param name="TornBytes">Bytes of a last write that a crash cut off; they were never answered, and are gone.</param>
/// <param name="DamagedBytes">Bytes between whole frames: the disk changed them.</param>
public sealed record TelemetryRecovery(int Segments, long Batches, long TornBytes, long DamagedBytes);

/// <summary>The append log of telemetry: segments of CRC-framed batches, many writers to one sync. A batch is answered when it is
/// on disk; repeats from our edges are told by their position. One server at a time.</summary>
public sealed class TelemetryLog : IDisposable
{
    private const long MostGroupBytes = 16 << 20;
    private readonly TelemetryOptions _options;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private readonly GroupCommit<Waiting> _commits;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, string> _sealed = [];
    private readonly Dictionary<(string Edge, string Stream), long> _watermarks = [];
    private SafeFileHandle _active = null!;
    private string _activePath = "";
    private long _number, _headBytes, _length, _began, _sealedBytes;

    private TelemetryLog(TelemetryOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        Directory.CreateDirectory(LogFolder);
        _lock = new FileStream(Path.Combine(LogFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Recovery = Recover();
        Begin();
        _commits = new("telemetry log", options.MostWaiting, MostGroupBytes, static w => w.Payload?.Length ?? 0, Commit);
    }

    public TelemetryRecovery Recovery { get; }
    public TelemetryCounters Counters { get; } = new();

    /// <summary>Waited for before sealed segments become history; set by whoever reads the log back at a start.</summary>
    internal Func<CancellationToken, Task> BeforeHistory { get; set; } = static _ => Task.CompletedTask;

    internal int Backlog => _commits.Waiting;
    internal TelemetryOptions Options => _options;
    internal string LogFolder => Path.Combine(_options.Folder, "log");

    /// <summary>Opens the log, mending what a crash left.</summary>
    /// <exception cref="IOException">Another server has it open, or the disk fails.</exception>
    public static TelemetryLog Open(TelemetryOptions options, TimeProvider time) => new(options, time);

    /// <summary>Keeps a batch; waits when the disk is behind.</summary>
    public async Task<TelemetryAnswer> Append(TelemetryBatch batch, CancellationToken cancel)
    {
        var waiting = Wait(batch);
        await _commits.Enqueue(waiting, cancel);
        return await waiting.Done.Task.WaitAsync(cancel);
    }

    /// <summary>Hands over a batch of a sender that waits for no answer; waits itself while the disk is behind. What becomes of it is counted.</summary>
    public ValueTask Queue(TelemetryBatch batch, CancellationToken cancel) => _commits.Enqueue(Wait(batch), cancel);

    /// <summary>Keeps a batch of a device that cannot wait; false when it was dropped, and counted, because the disk is behind.</summary>
    public bool Offer(TelemetryBatch batch)
    {
        if (_commits.Offer(Wait(batch))) return true;
        Counters.Add(Of.BatchesDropped);
        Counters.Add(Of.SamplesDropped, batch.Samples.Count);
        return false;
    }

    /// <summary>The last sequence of a stream that is on disk; 0 for an unknown one.</summary>
    public long Watermark(string edge, string stream)
    {
        lock (_gate) return _watermarks.GetValueOrDefault((edge, stream));
    }

    /// <summary>Ends the segment being written, if it holds anything, so that it can be compacted.</summary>
    public async Task Seal(CancellationToken cancel)
    {
        var waiting = new Waiting(null, null, 0, 0);
        await _commits.Enqueue(waiting, cancel);
        await waiting.Done.Task.WaitAsync(cancel);
    }

    public void Dispose()
    {
        _commits.Dispose();
        _active.Dispose();
        _lock.Dispose();
    }

    /// <summary>True when the segment being written is old enough to be sealed.</summary>
    internal bool IsAged => _length > 0 && _time.GetElapsedTime(Volatile.Read(ref _began)) >= _options.SegmentAge;

    /// <summary>Sealed segments by number, oldest first.</summary>
    internal IReadOnlyList<(long Number, string Path)> SealedSegments()
    {
        lock (_gate) return [.. _sealed.Select(static s => (s.Key, s.Value))];
    }

    /// <summary>Opens every segment that is not history yet, and says which files are, in one moment.</summary>
    internal (IReadOnlyList<SafeFileHandle> Segments, T Files) Live<T>(Func<IReadOnlySet<long>, T> files)
    {
        lock (_gate)
        {
            var numbers = new HashSet<long>(_sealed.Keys) { _number };
            return ([.. _sealed.Values.Append(_activePath).Select(static p => File.OpenHandle(p, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))], files(numbers));
        }
    }

    /// <summary>Batches received after a moment (null: all) that are not history yet, in the order they were kept.</summary>
    internal IEnumerable<TelemetryBatch> After(Instant? last)
    {
        var (segments, _) = Live(static _ => 0);
        try
        {
            foreach (byte[] payload in segments.SelectMany(static s => Frames.Read(s, new())))
            {
                if (BatchBytes.Received(payload) is { } received && !(received <= last) && BatchBytes.Batch(payload) is { } batch) yield return batch;
            }
        }
        finally
        {
            foreach (SafeFileHandle segment in segments) segment.Dispose();
        }
    }

    /// <summary>A sealed segment has become history: the files get their names and the segment leaves the log in one moment.</summary>
    internal void Retire(long number, Action publish)
    {
        string path;
        lock (_gate)
        {
            publish();
            _sealedBytes -= new FileInfo(_sealed[number]).Length;
            _sealed.Remove(number, out path!);
        }
        File.Delete(path);
    }

    private Waiting Wait(TelemetryBatch batch)
    {
        byte[] payload = BatchBytes.Write(batch, out int kept);
        if (kept < batch.Samples.Count) Counters.Add(Of.SamplesNotFinite, batch.Samples.Count - kept);
        return new(payload, batch.Position, kept, batch.Samples.Count);
    }

    /// <summary>Runs on the log's own thread: one write and one sync for the whole group.</summary>
    private void Commit(List<Waiting> group)
    {
        var watermarks = new Dictionary<(string Edge, string Stream), long>();
        var staged = new MemoryStream();
        foreach (Waiting w in group.Where(static w => w.Payload is not null))
        {
            w.Outcome = Judge(w, watermarks, staged.Length);
            if (w.Outcome != TelemetryOutcome.Kept) continue;
            Frames.Write(staged, w.Payload!);
            if (w.Position is { } p) watermarks[(p.Edge, p.Stream)] = p.Sequence;
        }
        TelemetryOutcome written = staged.Length == 0 ? TelemetryOutcome.Kept : Write(staged);
        if (written == TelemetryOutcome.Kept)
        {
            lock (_gate)
            {
                foreach (var (stream, sequence) in watermarks) _watermarks[stream] = sequence;
            }
        }
        bool seal = group.Exists(static w => w.Payload is null);
        if ((_length >= _options.SegmentBytes || (seal && _length > 0)) && written == TelemetryOutcome.Kept) TryBegin();
        foreach (Waiting w in group) Answer(w, written);
    }

    private TelemetryOutcome Judge(Waiting w, Dictionary<(string Edge, string Stream), long> watermarks, long stagedBytes)
    {
        if (w.Payload!.Length > Frames.MostPayloadBytes) return TelemetryOutcome.TooLarge;
        if (w.Position is { } p && (watermarks.TryGetValue((p.Edge, p.Stream), out long last) || _watermarks.TryGetValue((p.Edge, p.Stream), out last)))
        {
            if (p.Sequence <= last) return TelemetryOutcome.Repeated;
            if (p.Sequence > last + p.Records && !p.AfterLoss) return TelemetryOutcome.OutOfOrder;
            w.LostBefore = Math.Max(0, p.Sequence - last - p.Records);
        }
        return _sealedBytes + _length + stagedBytes + w.Payload.Length > _options.MostLogBytes ? TelemetryOutcome.Full : TelemetryOutcome.Kept;
    }

    private TelemetryOutcome Write(MemoryStream staged)
    {
        try
        {
            RandomAccess.Write(_active, staged.GetBuffer().AsSpan(0, (int)staged.Length), _headBytes + _length);
            RandomAccess.FlushToDisk(_active);
            Counters.Add(Of.Syncs);
            _length += staged.Length;
            return TelemetryOutcome.Kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // after a failed sync the kernel may have dropped the pages: what follows goes to a new segment
            TryCut();
            TryBegin();
            return Durable.IsFull(e) ? TelemetryOutcome.Full : TelemetryOutcome.Failed;
        }
    }

    private void Answer(Waiting w, TelemetryOutcome written)
    {
        TelemetryOutcome outcome = w.Outcome == TelemetryOutcome.Kept ? written : w.Outcome;
        if (w.Payload is not null)
        {
            Counters.Add(outcome switch
            {
                TelemetryOutcome.Kept => Of.BatchesKept,
                TelemetryOutcome.Repeated => Of.BatchesRepeated,
                TelemetryOutcome.OutOfOrder => Of.BatchesOutOfOrder,
                _ => Of.BatchesRefused,
            });
            if (outcome is TelemetryOutcome.Kept)
            {
                Counters.Add(Of.SamplesKept, w.Kept);
                Counters.Add(Of.BatchesLostAtEdge, w.LostBefore);
            }
            else if (outcome is not (TelemetryOutcome.Repeated or TelemetryOutcome.OutOfOrder)) Counters.Add(Of.SamplesRefused, w.Samples);
        }
        w.Done.TrySetResult(new(outcome, w.Position is { } p ? Watermark(p.Edge, p.Stream) : 0));
    }

    private TelemetryRecovery Recover()
    {
        long batches = 0, torn = 0, damaged = 0;
        foreach (string path in Directory.GetFiles(LogFolder, "*.log").Order(StringComparer.Ordinal))
        {
            var damage = new Frames.Damage();
            using (SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
            {
                foreach (byte[] payload in Frames.Read(file, damage))
                {
                    if (BatchBytes.Watermarks(payload) is { } all) foreach (var (stream, sequence) in all) _watermarks[stream] = sequence;
                    else if (BatchBytes.Position(payload) is { } p) _watermarks[(p.Edge, p.Stream)] = p.Sequence;
                    batches++;
                }
                if (damage.Torn > 0) RandomAccess.SetLength(file, damage.End);
                RandomAccess.FlushToDisk(file);
            }
            _number = long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
            (torn, damaged) = (torn + damage.Torn, damaged + damage.Damaged);
            _sealed[_number] = path;
            _sealedBytes += damage.End;
        }
        Counters.Add(Of.TornBytes, torn);
        Counters.Add(Of.DamagedBytes, damaged);
        return new(_sealed.Count, Math.Max(0, batches - _sealed.Count), torn, damaged);
    }

    /// <summary>Begins a new segment with the watermarks in its first frame, on disk before anything else is written to it.</summary>
    private void Begin()
    {
        var head = new MemoryStream();
        string path;
        lock (_gate)
        {
            path = Path.Combine(LogFolder, $"{_number + 1:D12}.log");
            Frames.Write(head, BatchBytes.Write(_watermarks));
        }
        SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            RandomAccess.Write(file, head.GetBuffer().AsSpan(0, (int)head.Length), 0);
            RandomAccess.FlushToDisk(file);
            Durable.Sync(LogFolder);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
        lock (_gate)
        {
            if (_active is not null)
            {
                _active.Dispose();
                _sealed[_number] = _activePath;
                _sealedBytes += _headBytes + _length;
            }
            (_active, _activePath, _number, _length, _headBytes) = (file, path, _number + 1, 0, head.Length);
            Volatile.Write(ref _began, _time.GetTimestamp());
        }
    }

    private void TryBegin()
    {
        try
        {
            Begin();
        }
        catch (IOException)
        {
            // no room for a new segment: the one at hand goes on, and the next group tries again
        }
    }

    private void TryCut()
    {
        try
        {
            RandomAccess.SetLength(_active, _headBytes + _length);
        }
        catch (IOException)
        {
            // the frames behind the end were never answered; a torn one is cut when the log is opened
        }
    }

    /// <summary>One call: a batch, or the wish to seal (no payload).</summary>
    private sealed class Waiting(byte[]? payload, EdgePosition? position, int kept, int samples)
    {
        public byte[]? Payload => payload;
        public EdgePosition? Position => position;
        public int Kept => kept;
        public int Samples => samples;
        public TelemetryOutcome Outcome { get; set; }
        public long LostBefore { get; set; }
        public TaskCompletionSource<TelemetryAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
