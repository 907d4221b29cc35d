using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Homestretch.Exchange.Events;
using Homestretch.Promising;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>What came of telling the planner something.</summary>
/// <param name="Version">Journal sequence at which it stands.</param>
public sealed record Answer(bool Accepted, long Version, IReadOnlyList<Finding> Findings);

/// <summary>The one writer of a company: takes events, journals them, applies them, lets the plan ripple, tells who listens.
/// An event is answered only when it is on disk.</summary>
internal sealed partial class Planner(IJournal journal, Replaying replaying, KeptChanges kept, LiveWorld live, HubClock clock, PlanPolicy policy, Following following, ServerOptions options,
    Timings timings, Counters counters, ILogger<Planner> log) : BackgroundService
{
    public const string EventsKind = Replaying.EventsKind, EpochKind = PlanEpoch.Kind;

    /// <summary>The party of what machines report by themselves.</summary>
    public const string Machines = "telemetry";
    private static readonly Duration s_tick = Duration.FromMinutes(15);
    private static readonly TimeSpan s_leastTick = TimeSpan.FromSeconds(2), s_afterFailure = TimeSpan.FromSeconds(30);
    private readonly Channel<Telling> _inbox = Channel.CreateBounded<Telling>(10_000);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Telling> _ticks = [];
    private readonly List<Applied> _since = [];
    private long _sequence;
    private long _lastTick;
    private Evaluating? _evaluating;
    private volatile bool _epochFailed;

    /// <summary>Raised after each accepted batch, on the planner's thread: handlers only note it.</summary>
    public event Action<Change, long>? Happened;

    /// <summary>Completes when the journal has been replayed.</summary>
    public Task Started => _started.Task;

    /// <summary>When the last entry that the start found was appended, by the hub's clock; null before the start and of an empty journal.</summary>
    public Instant? LeftOff { get; private set; }

    /// <summary>The plan could not follow the world, or could not be moved to the present: what is told is kept, forecasts are older.</summary>
    public bool Degraded => live.Behind || _epochFailed;
    public bool Empty => live.World.Parties.Count == 0;
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Tellings that wait.</summary>
    public int Waiting => _inbox.Reader.Count;

    /// <summary>How long the telling last taken had waited.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Who is told of changes.</summary>
    public int Listening => Happened?.GetInvocationList().Length ?? 0;

    /// <summary>Tells the world something; refused whole or done whole.</summary>
    /// <param name="party">Who says so.</param>
    /// <param name="key">Idempotency key; a repeat with the same events gets the first answer.</param>
    /// <param name="received">Stopwatch timestamp at which its cause reached the server; 0: now.</param>
    /// <param name="trace">Trace of its cause; none: the caller's.</param>
    public async Task<Answer> Tell(IReadOnlyList<WorldEvent> events, string party, string? key, CancellationToken cancel, long received = 0, ActivityContext trace = default)
    {
        using Activity? tell = trace == default ? Traces.Begin("planner tell") : Traces.Join("planner tell", trace);
        tell?.SetTag("homestretch.party", party).SetTag("homestretch.events", events.Count);
        var telling = new Telling(events, party, key, received == 0 ? Stopwatch.GetTimestamp() : received, tell?.Context ?? trace);
        await _inbox.Writer.WriteAsync(telling, cancel);
        return await telling.Done.Task.WaitAsync(cancel);
    }

    /// <summary>Asks what is to be done of the world as it is when the turn comes, and does it: nothing comes between. Nothing is done when there is nothing to do.</summary>
    /// <param name="decide">World to events; called on the planner's thread, once for each time it is told.</param>
    public async Task<Answer> Decide(Func<Snapshot, IReadOnlyList<WorldEvent>> decide, string party, CancellationToken cancel)
    {
        using Activity? tell = Traces.Begin("planner decide");
        tell?.SetTag("homestretch.party", party);
        var telling = new Telling([], party, null, Stopwatch.GetTimestamp(), tell?.Context ?? default) { Decide = decide };
        await _inbox.Writer.WriteAsync(telling, cancel);
        return await telling.Done.Task.WaitAsync(cancel);
    }

    /// <summary>Moves the epoch to the hub's present now.</summary>
    public async Task Tick(CancellationToken cancel)
    {
        var telling = new Telling([], "clock", null, Stopwatch.GetTimestamp(), default) { IsTick = true };
        await _inbox.Writer.WriteAsync(telling, cancel);
        await telling.Done.Task.WaitAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await Replay(stop);
            _started.SetResult();
        }
        catch (Exception e)
        {
            _started.TrySetException(e);
            throw;
        }
        var batch = new List<Telling>();
        while (!stop.IsCancellationRequested)
        {
            await NextWork(batch, stop);
            if (batch.Count > 0) await Take(batch, stop);
            batch.Clear();
            bool due = clock.Now - live.Plan.Epoch >= s_tick && Stopwatch.GetElapsedTime(_lastTick) >= (_epochFailed ? s_afterFailure : s_leastTick);
            if (_evaluating is null && (due || _ticks.Count > 0)) BeginEpoch(clock.Now);
            if (_evaluating is { Plan.IsCompleted: true }) await MoveEpoch(_evaluating, stop);
        }
    }

    /// <summary>Waits for work or the next tick, then takes all that has queued up, so that many writers share one sync to disk.</summary>
    private async Task NextWork(List<Telling> batch, CancellationToken stop)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tick.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            if (!await _inbox.Reader.WaitToReadAsync(tick.Token)) return;
            while (batch.Count < 256 && _inbox.Reader.TryRead(out Telling? next)) batch.Add(next);
            if (batch.Count > 0) Lag = Stopwatch.GetElapsedTime(batch[0].Told);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // no work: time for the clock
        }
    }

    private async Task Replay(CancellationToken cancel)
    {
        await journal.Open(cancel);
        IReadOnlyList<Change> told = await kept.Read(await journal.Last(cancel), cancel);
        var (before, tail) = await replaying.Run(told is [.., var newest] ? newest.Version : long.MaxValue, cancel);
        Instant? stored = tail.LastOrDefault(static r => r.Epoch is not null)?.Epoch ?? before.Epoch;
        Instant epoch = stored ?? Whole(clock.Now);
        await foreach (JournalEntry entry in journal.Read(await journal.Last(cancel), cancel)) LeftOff = entry.Appended;
        long sequence = tail is [.., var last] ? last.Sequence : before.Sequence;
        if (stored is null) sequence = await journal.Append([Upcast.Write(new PlanEpoch(epoch, policy.Seed, 0))], epoch, cancel);
        else if (options.Demo) clock.Run(epoch, 1);
        lock (live.Gate)
        {
            foreach (Change change in told) live.Note(change);
            Interlocked.Exchange(ref _sequence, sequence);
            try
            {
                live.Replace(Again(before, tail, epoch), sequence);
            }
            catch (Exception e)
            {
                following.Failed("change", e);
                live.Keep(tail.LastOrDefault(static r => r.Applied is not null)?.Applied!.World ?? before.World, following.Standing(before.World, epoch), sequence);
            }
        }
        LogReplayed(sequence, live.World.OrderLines.Count, epoch);
    }

    /// <summary>The plan at the end of the journal. What was appended last and not kept as told goes through the plan once more, so that it is told as it was:
    /// a plan advanced is the plan made anew, bit for bit.</summary>
    private Plan Again(Beginning before, IReadOnlyList<Replayed> tail, Instant epoch)
    {
        Plan? plan = null;
        var (world, at) = (before.World, before.Epoch ?? epoch);
        foreach (Replayed entry in tail)
        {
            if (entry.Epoch is { } moved) (plan, at) = (null, moved);
            if (entry.Applied is not { } applied) continue;
            plan ??= following.Make(world, at);
            live.Note(new Change(entry.Sequence, entry.At, entry.Party, applied.Touched, plan.Advance(applied.World, applied.Touched)));
            world = applied.World;
        }
        return plan ?? following.Make(world, epoch);
    }

    private async Task Take(List<Telling> batch, CancellationToken stop)
    {
        Snapshot world = live.World;
        var accepted = new List<(Telling Telling, Applied Applied, IReadOnlyList<WorldEvent> Events)>();
        var keys = new HashSet<(string Party, string Key)>();
        _ticks.AddRange(batch.Where(static t => t.IsTick));
        batch.RemoveAll(static t => t.IsTick || t.IsWake);
        try
        {
            foreach (Telling asked in batch)
            {
                if (Decided(world, asked) is not { } telling) continue;
                if (telling.Key is { } key && (!keys.Add((telling.Party, key)) || await journal.Find(telling.Party, key, clock.Now, stop) is not null)) await Repeat(telling, key, stop);
                else if (Apply(world, telling) is { } applied)
                {
                    if (accepted.Count > 0 && Plan.MayPlace(applied)) await Keep(accepted, stop); // what is left for it, the plan knows when it has taken in those before
                    var next = Place(world, applied, telling);
                    world = next.Applied.World;
                    accepted.Add((telling, next.Applied, next.Events));
                }
            }
            if (accepted.Count > 0) await Keep(accepted, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(e);
            counters.Add(Counted.PlannerChanges, batch.Count(static t => !t.Done.Task.IsCompleted), "failed");
            foreach (Telling telling in batch) telling.Done.TrySetException(e);
        }
    }

    /// <summary>A telling with the events it is about; null when they could not be decided, which hurts nobody else.</summary>
    private static Telling? Decided(Snapshot world, Telling telling)
    {
        if (telling.Decide is not { } decide) return telling;
        try
        {
            return telling with { Events = decide(world) };
        }
        catch (Exception e)
        {
            telling.Done.TrySetException(e);
            return null;
        }
    }

    /// <summary>Applies one telling to the world as it will be; null when it is refused or changes nothing.</summary>
    private Applied? Apply(Snapshot world, Telling telling)
    {
        Applied applied = world.Apply(telling.Events, "events");
        if (!applied.Accepted || applied.Touched.Count == 0)
        {
            telling.Done.TrySetResult(new(applied.Accepted, Sequence, applied.Findings));
            if (!applied.Accepted) counters.Add(Counted.PlannerChanges, value: "refused");
            return null;
        }
        return applied;
    }

    /// <summary>Gives order lines that wait after a telling their slots and pegs.</summary>
    private (Applied Applied, IReadOnlyList<WorldEvent> Events) Place(Snapshot world, Applied applied, Telling telling)
    {
        try
        {
            IReadOnlyList<WorldEvent>? slots = null;
            if (ReferenceEquals(world, live.Seen)) lock (live.Gate) slots = live.Plan.PlaceAfter(applied);
            slots ??= Plan.Following(applied, live.Plan.Epoch, policy);
            IReadOnlyList<WorldEvent> all = [.. telling.Events, .. slots];
            Applied planned = slots.Count == 0 ? applied : world.Apply(all, "events");
            if (planned.Accepted) return (planned, slots.Count == 0 ? telling.Events : all);
            following.Failed("place", new InvalidOperationException(planned.Findings[0].ToString()));
        }
        catch (Exception e)
        {
            following.Failed("place", e);
        }
        return (applied, telling.Events);
    }

    private async Task Keep(List<(Telling Telling, Applied Applied, IReadOnlyList<WorldEvent> Events)> accepted, CancellationToken stop)
    {
        Instant now = clock.Now;
        long began = Stopwatch.GetTimestamp();
        // one append for all, and a step in the trace of each
        Activity?[] appends = [.. accepted.Select(static a => Traces.Join("journal append", a.Telling.Trace))];
        long last = await journal.Append([.. accepted.Select(static a => new NewEntry(EventsKind, EventText.Version, a.Telling.Party, a.Telling.Key, EventText.Write(a.Events)) { RequestHash = Hash(a.Telling) })], now, stop);
        timings.Appended(began);
        long sequence = last - accepted.Count;
        var late = new List<(Telling Telling, long Sequence)>();
        foreach (Activity? append in appends.Reverse()) append?.SetTag("homestretch.batches", accepted.Count).SetTag("homestretch.journal.sequence", last).Dispose();
        foreach (var ((telling, applied, _), append) in accepted.Zip(appends))
        {
            Interlocked.Exchange(ref _sequence, ++sequence);
            Change change;
            Activity? advance = Traces.Join("plan advance", append?.Context ?? telling.Trace);
            began = Stopwatch.GetTimestamp();
            lock (live.Gate)
            {
                change = new(sequence, now, telling.Party, applied.Touched, following.Follow(applied, sequence));
                live.Note(change);
            }
            timings.Advanced(began);
            if (_evaluating is not null) _since.Add(applied);
            advance?.SetTag("homestretch.order_lines_moved", change.Moved.Count).SetTag("homestretch.order_lines", change.Moved.Take(20).Select(static m => m.OrderLine.Value).ToArray()).Dispose();
            if (live.Behind) late.Add((telling, sequence)); else telling.Done.TrySetResult(new(true, sequence, []));
            using (Activity? notes = Traces.Join("screens told", advance?.Context ?? telling.Trace))
            {
                notes?.SetTag("homestretch.windows", Listening);
                Announce(change, telling.Received);
            }
            if (change.Moved.Count > 0) timings.Promised(telling.Received, telling.Party == Machines);
            counters.Add(Counted.OrderLinesMoved, change.Moved.Count);
            counters.Add(Counted.PlannerChanges, value: "accepted");
        }
        if (following.CatchUp(last) is { } caught) Announce(new(last, now, "clock", [], caught), 0);
        foreach (var (telling, at) in late) telling.Done.TrySetResult(new(true, at, []));
        accepted.Clear();
    }

    /// <summary>Tells who listens; a listener that fails stops nobody else's facts.</summary>
    private void Announce(Change change, long received)
    {
        try
        {
            Happened?.Invoke(change, received);
        }
        catch (Exception e)
        {
            LogNotTold(e);
        }
    }

    private async Task Repeat(Telling telling, string key, CancellationToken stop)
    {
        KeptRequest? first = await journal.Find(telling.Party, key, clock.Now, stop);
        telling.Done.TrySetResult(first is null || first.Is(Hash(telling)) ? new(true, first?.Sequence ?? Sequence, [])
            : new(false, Sequence, [new(new("Idempotency-Key"), "key-reused", $"The key '{key}' was used for other events.", "Use a new key for a new request.")]));
    }

    /// <summary>The planner may add slots behind the sender's own events: a repeat is told by what was sent.</summary>
    private static byte[] Hash(Telling telling) => SHA256.HashData(EventText.Write(telling.Events));

    [LoggerMessage(1, LogLevel.Information, "Replayed {Entries} journal entries: {OrderLines} order lines, epoch {Epoch}")]
    private partial void LogReplayed(long entries, int orderLines, Instant epoch);

    [LoggerMessage(2, LogLevel.Error, "A batch could not be kept; nothing of it was applied")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(6, LogLevel.Error, "Who listens could not be told of a change")]
    private partial void LogNotTold(Exception e);

    private sealed record Telling(IReadOnlyList<WorldEvent> Events, string Party, string? Key, long Received, ActivityContext Trace)
    {
        public bool IsTick { get; init; }

        /// <summary>Says nothing: a plan that was evaluated beside waits to be put in place.</summary>
        public bool IsWake { get; init; }

        /// <summary>What it is about is decided when its turn comes; null: it is known.</summary>
        public Func<Snapshot, IReadOnlyList<WorldEvent>>? Decide { get; init; }

        /// <summary>Stopwatch timestamp.</summary>
        public long Told { get; } = Stopwatch.GetTimestamp();
        public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
