using System.Net;
using Homestretch.Edge.Contract;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Forward;

/// <summary>Brings the log to the hub: events first, each stream in its order, one transmission under way at a time. A record is done when the hub says that it is
/// on its disk. Between, and at least every few seconds, it tells the edge's status and takes what the hub wants it to have.</summary>
internal sealed class Forwarder(EdgeLog log, HubLink link, Documents documents, SentLog sent, EdgeClock clock, EdgeCounts counts, EdgePulse pulse, Func<Instant?, EdgeStatus> status) : IDisposable
{
    private const int BatchBytes = 256 << 10, LeastBytes = 4 << 10;
    private const string Part = "hub";
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(250), s_status = TimeSpan.FromSeconds(3), s_longestWait = TimeSpan.FromSeconds(5);
    private static readonly Duration s_late = Duration.FromSeconds(30);
    private readonly Dictionary<string, LogCursor> _cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _hubHas = new(StringComparer.Ordinal);
    private readonly HashSet<(DocumentKind, int)> _delivered = [];
    private readonly SemaphoreSlim _awake = new(0, 1);
    private TimeSpan _wait = TimeSpan.Zero;
    private long _told, _held;
    private int _heldAt, _most = BatchBytes;
    private Instant? _oldest;
    private Task _fetching = Task.CompletedTask;

    /// <summary>Called when the hub does not know what holds here; with the cause.</summary>
    public Action<string> Restate { get; set; } = static _ => { };

    /// <summary>When the hub last answered; null: never.</summary>
    public Instant? Contact { get; private set; }

    /// <summary>There is something new in the log.</summary>
    public void Wake()
    {
        if (_awake.CurrentCount > 0) return;
        try
        {
            _awake.Release();
        }
        catch (SemaphoreFullException)
        {
            // it is awake
        }
    }

    public void Dispose() => _awake.Dispose();

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Step(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // whatever goes wrong on the way to the hub, machines are heard on, and what waits stays in the log
                counts.Add("sending failed");
                counts.Found($"Sending to the hub failed and begins anew: {e.GetType().Name}: {e.Message}");
                _cursors.Clear();
                _wait = Longer();
                await BackOff(stop);
            }
        }
    }

    private async Task Step(CancellationToken stop)
    {
        bool busy = false;
        if ((Volatile.Read(ref _told) is var told && told == 0 || TimeProvider.System.GetElapsedTime(told) >= s_status) && !await TellStatus(stop)) await BackOff(stop);
        else if (_wait == TimeSpan.Zero) busy = await SendNext(stop);
        if (_wait > TimeSpan.Zero)
        {
            await BackOff(stop);
            _wait = await TellStatus(stop) ? TimeSpan.Zero : _wait;
        }
        else if (!busy)
        {
            pulse.At(Part, "waiting for news");
            await _awake.WaitAsync(s_idle, stop);
        }
    }

    /// <summary>Sends the next batch of the first stream that has one.</summary>
    /// <returns>True when there may be more.</returns>
    private async Task<bool> SendNext(CancellationToken stop)
    {
        // what was refused is not sent again until time or another document may have changed the answer
        if (_held != 0 && documents.Changes == _heldAt && TimeProvider.System.GetElapsedTime(_held) < s_longestWait) return false;
        _held = 0;
        _oldest = null;
        foreach (LogStream stream in log.Streams)
        {
            long last = stream.Last, after = stream.Acknowledged;
            if (last <= after) continue;
            if (!_cursors.TryGetValue(stream.Name, out LogCursor? cursor)) _cursors[stream.Name] = cursor = new(log, stream.Name);
            // what waits for no age waits for no clock either: ours may have been put back since it was written
            List<LoggedRecord> batch = cursor.Read(after, BatchBytes, stream.Delay == Duration.Zero ? Instant.MaxValue : clock.Now - stream.Delay);
            if (batch.Count == 0)
            {
                // looked through to the end: what is left of the stream was thinned away
                if (cursor.AtEnd) log.Acknowledge(stream.Name, last);
                continue;
            }
            _oldest = batch[0].Record.At;
            if (!await Send(stream, batch, stop)) cursor.Back();
            return _wait == TimeSpan.Zero && _held == 0;
        }
        return false;
    }

    private async Task<bool> Send(LogStream stream, List<LoggedRecord> batch, CancellationToken stop)
    {
        DataContract? contract = documents.Contract;
        if (contract is null || !contract.IsInForce(clock.Now))
        {
            Hold();
            counts.Found("No data contract is in force: nothing leaves.");
            return false;
        }
        var transmission = new Transmission(documents.ContractVersion, stream.Name, clock.Now, Marked(stream, batch, contract));
        byte[] bytes = transmission.ToBytes();
        int whole = transmission.Records.Count;
        while (bytes.Length > _most && transmission.Records.Count > 1)
        {
            transmission = transmission with { Records = [.. transmission.Records.Take(Math.Max(1, (int)((long)transmission.Records.Count * _most / bytes.Length)))] };
            bytes = transmission.ToBytes();
        }
        try
        {
            sent.Write(transmission);
        }
        catch (IOException e)
        {
            Hold();
            counts.Found($"The log of transmissions cannot be written, so nothing leaves: {e.Message}");
            return false;
        }
        pulse.At(Part, $"sending {bytes.Length} bytes of {stream.Name}");
        HubReply reply = await link.Post("api/v1/edge/records", bytes, "application/octet-stream", stop);
        return Take(stream, transmission, reply) && transmission.Records.Count == whole;
    }

    /// <summary>Records as they leave: late ones marked, gaps of our own making marked, and without values that the contract does not list (any more).</summary>
    private List<EdgeRecord> Marked(LogStream stream, List<LoggedRecord> batch, DataContract contract)
    {
        long before = _hubHas.GetValueOrDefault(stream.Name, stream.Acknowledged);
        Instant late = clock.Now - s_late * Math.Max(1, clock.Speed);
        var marked = new List<EdgeRecord>(batch.Count);
        foreach (LoggedRecord r in batch)
        {
            RecordMarks marks = r.Record.Marks;
            if (r.Appended < late || r.Record.At < late) marks |= RecordMarks.Historical;
            if (r.Record.Sequence > before + 1) marks |= RecordMarks.AfterLoss;
            IReadOnlyList<EdgeValue> values = r.Record.Values;
            if (values.Any(v => contract.Allows(r.Record.Machine, v.Metric) is null))
            {
                (values, marks) = ([], marks | RecordMarks.Withheld);
                counts.Add("withheld");
            }
            marked.Add(r.Record with { Values = values, Marks = marks });
            before = r.Record.Sequence;
        }
        return marked;
    }

    private bool Take(LogStream stream, Transmission transmission, HubReply reply)
    {
        if (reply.IsGood && HubAnswer.Read(reply.Body) is { } answer)
        {
            Heard(answer, reply.Took);
            _hubHas[stream.Name] = answer.Watermark;
            log.Acknowledge(stream.Name, answer.Watermark);
            counts.Add("transmissions");
            _most = Math.Min(_most * 2, BatchBytes);
            return answer.Watermark >= transmission.Records[^1].Sequence;
        }
        if (reply.Status == (int)HttpStatusCode.Conflict && HubAnswer.Read(reply.Body) is { } other)
        {
            Heard(other, reply.Took);
            counts.Add("sent from another place");
            _hubHas[stream.Name] = other.Watermark;
            if (other.Watermark >= stream.Acknowledged) log.Acknowledge(stream.Name, other.Watermark);
            else log.Forget(stream.Name, other.Watermark);
            return false;
        }
        counts.Add(reply.Status == 0 ? "hub not reached" : "hub refused");
        if (reply.Status == 0)
        {
            // a slow road takes less at once
            (_wait, _most) = (Longer(), Math.Max(_most / 2, LeastBytes));
        }
        else
        {
            Hold();
            counts.Found($"The hub did not take records: {reply.Said}");
        }
        return false;
    }

    /// <returns>False when the hub was not reached.</returns>
    private async Task<bool> TellStatus(CancellationToken stop)
    {
        pulse.At(Part, "telling the status");
        HubReply reply = await link.Post("api/v1/edge/status", status(_oldest).ToBytes(), "application/json", stop);
        Volatile.Write(ref _told, TimeProvider.System.GetTimestamp());
        if (!reply.IsGood || HubAnswer.Read(reply.Body) is not { } answer)
        {
            if (reply.Status != 0) counts.Found($"The hub did not take the status: {reply.Said}");
            _wait = Longer();
            return false;
        }
        Heard(answer, reply.Took);
        _wait = TimeSpan.Zero;
        // beside the sending: a model over a slow road takes minutes
        if (_fetching.IsCompleted) _fetching = Fetch(answer, stop);
        await Deliver(stop);
        return true;
    }

    private void Heard(HubAnswer answer, TimeSpan took)
    {
        if (clock.Hear(answer.Now, answer.Speed, took) is { } wrong) counts.Found(FormattableString.Invariant($"The clock was {wrong.TotalSeconds:0.0} s behind the hub's and was put right."));
        Contact = clock.Now;
        if (answer.Restate) Restate("hub");
    }

    private async Task Fetch(HubAnswer answer, CancellationToken stop)
    {
        try
        {
            await FetchMissing(answer, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            counts.Found($"Fetching documents failed and is tried again: {e.GetType().Name}: {e.Message}");
        }
    }

    private async Task FetchMissing(HubAnswer answer, CancellationToken stop)
    {
        foreach (var (kind, version) in documents.Missing(answer.Wanted))
        {
            SignedDocument? document = documents.Kept(kind, version);
            if (document is null)
            {
                HubReply reply = await link.Get($"api/v1/edge/documents/{SignedDocument.Word(kind)}/{version}", stop);
                if (!reply.IsGood) return;
                var findings = new List<Finding>();
                document = SignedDocument.Read(reply.Body, $"{SignedDocument.Word(kind)} {version}", findings);
                counts.Found(findings);
            }
            if (document is not { } d || d.Kind != kind || d.Version != version) continue;
            if (documents.Take(d).Count == 0) Restate("contract");
            if (documents.Missing(new Dictionary<DocumentKind, int> { [kind] = version }).Any()) continue;
            // in force, or refused: whoever sent it waits to hear what became of it
            Volatile.Write(ref _told, 0);
            Wake();
        }
    }

    /// <summary>Gives the hub what the supplier signed.</summary>
    private async Task Deliver(CancellationToken stop)
    {
        foreach (SignedDocument document in documents.Signed().ToList())
        {
            if (_delivered.Contains((document.Kind, document.Version))) continue;
            pulse.At(Part, $"delivering {SignedDocument.Word(document.Kind)} {document.Version}");
            HubReply reply = await link.Post("api/v1/edge/documents", document.ToBytes(), "application/json", stop);
            if (reply.Status == 0) return;
            _delivered.Add((document.Kind, document.Version));
            if (!reply.IsGood) counts.Found($"The hub did not take {SignedDocument.Word(document.Kind)} {document.Version}: {reply.Said}");
        }
    }

    private void Hold() => (_held, _heldAt) = (TimeProvider.System.GetTimestamp(), documents.Changes);

    private TimeSpan Longer() => _wait == TimeSpan.Zero ? s_idle : _wait * 2 < s_longestWait ? _wait * 2 : s_longestWait;

    private Task BackOff(CancellationToken stop)
    {
        pulse.At(Part, "resting: the hub was not reached");
        return Task.Delay(_wait, stop);
    }
}
