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
internal sealed partial class Planner(IJournal journal, Replaying replaying, KeptChanges kept, LiveWorld live, HubClock clock, PlanPolicy policy, ServerOptions options,
    Timings timings, Counters counters, ILogger<Planner> log) : BackgroundService
{
    public const string EventsKind = Replaying.EventsKind, EpochKind = PlanEpoch.Kind;

    /// <summary>The party of what machines report by themselves, and of slots that order lines had waited for.</summary>
    public const string Machines = "telemetry", Placed = "planner";
    private static readonly Duration s_tick = Duration.FromMinutes(15);
    private static readonly TimeSpan s_leastTick = TimeSpan.FromSeconds(2);
    private readonly Channel<Telling> _inbox = Channel.CreateBounded<Telling>(10_000);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Telling> _ticks = [];
    private readonly List<Applied> _since = [];
    private long _sequence;
    private long _lastTick;
    private Evaluating? _evaluating;
    private Snapshot? _ahead;       // the world of the journal while no plan of it could be made; null: live.World is it
    private bool _mayPlace = true;  // something came that order lines may have waited for

    /// <summary>Raised after each accepted batch, on the planner's thread: handlers only note it.</summary>
    public event Action<Change, long>? Happened;

    /// <summary>Completes when the journal has been replayed.</summary>
    public Task Started => _started.Task;
    public bool Empty => live.World.Parties.Count == 0;
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>False while the plan is behind the journal, because none could be made of the world as it is now; the log says why.</summary>
    public bool Keeps => Volatile.Read(ref _ahead) is null;

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
            if (_mayPlace) await PlaceWaiting(stop);
            bool due = clock.Now - live.Plan.Epoch >= s_tick && Stopwatch.GetElapsedTime(_lastTick) >= s_leastTick;
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
        long sequence = tail is [.., var last] ? last.Sequence : before.Sequence;
        if (stored is null) sequence = await journal.Append([Upcast.Write(new PlanEpoch(epoch, policy.Seed, 0))], epoch, cancel);
        else if (options.Demo) clock.Run(epoch, 1);
        lock (live.Gate)
        {
            foreach (Change change in told) live.Note(change);
            Interlocked.Exchange(ref _sequence, sequence);
            live.Replace(Again(before, tail, epoch), sequence);
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
            plan ??= MakePlan(world, at);
            live.Note(new Change(entry.Sequence, entry.At, entry.Party, applied.Touched, plan.Advance(applied.World, applied.Touched)));
            world = applied.World;
        }
        return plan ?? MakePlan(world, epoch);
    }

    private async Task Take(List<Telling> batch, CancellationToken stop)
    {
        Snapshot world = _ahead ?? live.World;
        NewOrders? placing = null;
        var accepted = new List<(Telling Telling, Applied Applied, IReadOnlyList<WorldEvent> Events)>();
        var keys = new HashSet<(string Party, string Key)>();
        foreach (Telling telling in batch)
        {
            if (telling.IsWake) continue;
            if (telling.IsTick) _ticks.Add(telling);
            else if (telling.Key is { } key && (!keys.Add((telling.Party, key)) || await journal.Find(telling.Party, key, clock.Now, stop) is not null)) await Repeat(telling, key, stop);
            else if (Try(world, telling, ref placing) is { } next)
            {
                world = next.Applied.World;
                accepted.Add((telling, next.Applied, next.Events));
            }
        }
        lock (live.Gate) placing?.Dispose();
        try
        {
            if (accepted.Count == 0) return;
            long sequence = await Keep(accepted, stop) - accepted.Count;
            // who is answered finds the slots of what waited for this, too
            if (_mayPlace) await PlaceWaiting(stop);
            foreach (var (telling, _, _) in accepted) telling.Done.TrySetResult(new(true, ++sequence, []));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
            counters.Add(Counted.PlannerChanges, accepted.Count, "failed");
            foreach (Telling telling in batch.Where(static t => !t.IsTick)) telling.Done.TrySetException(e);
        }
    }

    /// <summary>Applies one telling to the world as it will be; order lines that it brings or changes get slots and pegs with it.</summary>
    private (Applied Applied, IReadOnlyList<WorldEvent> Events)? Try(Snapshot world, Telling telling, ref NewOrders? placing)
    {
        Applied applied = world.Apply(telling.Events, "events");
        if (!applied.Accepted || applied.Touched.Count == 0)
        {
            telling.Done.TrySetResult(new(applied.Accepted, Sequence, applied.Findings));
            if (!applied.Accepted) counters.Add(Counted.PlannerChanges, value: "refused");
            return null;
        }
        if (!Keeps || !applied.Touched.Any(static x => x.After is OrderLine)) return (applied, telling.Events);
        try
        {
            IReadOnlyList<WorldEvent> slots;
            lock (live.Gate) slots = (placing ??= live.Plan.PlaceNew()).Place(applied);
            IReadOnlyList<WorldEvent> all = [.. telling.Events, .. slots];
            Applied placed = slots.Count == 0 ? applied : world.Apply(all, "events");
            if (placed.Accepted) return (placed, slots.Count == 0 ? telling.Events : all);
            LogNotAllocated(new InvalidOperationException(placed.Findings[0].ToString()));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotAllocated(e);
        }
        return (applied, telling.Events);
    }

    /// <summary>Slots and pegs for order lines that wait, now that something has come which they may have waited for; an entry of its own.</summary>
    private async Task PlaceWaiting(CancellationToken stop)
    {
        _mayPlace = false;
        if (!Keeps || !live.Plan.HasWaiting) return;
        try
        {
            IReadOnlyList<WorldEvent> slots;
            lock (live.Gate) slots = live.Plan.Place();
            Applied placed = live.World.Apply(slots, "plan");
            if (!placed.Accepted) throw new InvalidOperationException(placed.Findings[0].ToString());
            if (placed.Touched.Count > 0) await Keep([(new Telling(slots, Placed, null, Stopwatch.GetTimestamp(), default), placed, slots)], stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotAllocated(e);
        }
        _mayPlace = false;
    }

    /// <returns>The last entry's number in the journal.</returns>
    private async Task<long> Keep(List<(Telling Telling, Applied Applied, IReadOnlyList<WorldEvent> Events)> accepted, CancellationToken stop)
    {
        Instant now = clock.Now;
        long began = Stopwatch.GetTimestamp();
        // one append for all, and a step in the trace of each
        Activity?[] appends = [.. accepted.Select(static a => Traces.Join("journal append", a.Telling.Trace))];
        long last = await journal.Append([.. accepted.Select(static a => new NewEntry(EventsKind, EventText.Version, a.Telling.Party, a.Telling.Key, EventText.Write(a.Events)) { RequestHash = Hash(a.Telling) })], now, stop);
        timings.Appended(began);
        long sequence = last - accepted.Count;
        foreach (Activity? append in appends.Reverse()) append?.SetTag("homestretch.batches", accepted.Count).SetTag("homestretch.journal.sequence", last).Dispose();
        foreach (var ((telling, applied, _), append) in accepted.Zip(appends))
        {
            Interlocked.Exchange(ref _sequence, ++sequence);
            Change change;
            Activity? advance = Traces.Join("plan advance", append?.Context ?? telling.Trace);
            began = Stopwatch.GetTimestamp();
            lock (live.Gate)
            {
                change = new(sequence, now, telling.Party, applied.Touched, Advance(applied, sequence));
                live.Note(change);
            }
            timings.Advanced(began);
            _mayPlace |= Plan.MayPlace(applied.Touched);
            if (_evaluating is not null) _since.Add(applied);
            advance?.SetTag("homestretch.order_lines_moved", change.Moved.Count).SetTag("homestretch.order_lines", change.Moved.Take(20).Select(static m => m.OrderLine.Value).ToArray()).Dispose();
            using (Activity? notes = Traces.Join("screens told", advance?.Context ?? telling.Trace))
            {
                notes?.SetTag("homestretch.windows", Listening);
                Happened?.Invoke(change, telling.Received);
            }
            if (change.Moved.Count > 0) timings.Promised(telling.Received, telling.Party == Machines);
            counters.Add(Counted.OrderLinesMoved, change.Moved.Count);
            counters.Add(Counted.PlannerChanges, value: "accepted");
        }
        return last;
    }

    /// <summary>Lets a change that is on disk ripple through the plan. Where that fails the plan is made anew; where that fails too, readers keep the last world of which
    /// there is a plan, and every change to come tries again.</summary>
    private IReadOnlyList<Moved> Advance(Applied applied, long sequence)
    {
        try
        {
            if (_ahead is null)
            {
                IReadOnlyList<Moved> moved = live.Plan.Advance(applied.World, applied.Touched);
                live.Replace(live.Plan, sequence);
                return moved;
            }
        }
        catch (Exception e)
        {
            LogNotAdvanced(e);
            counters.Add(Counted.PlanFailures);
        }
        return Remake(applied.World, sequence);
    }

    private IReadOnlyList<Moved> Remake(Snapshot world, long sequence)
    {
        Instant t = live.Plan.Epoch;
        try
        {
            if (_ahead is null) live.Replace(MakePlan(live.World, t), live.Sequence);   // what failed half-way is no plan to read
            Plan made = MakePlan(world, t);
            IReadOnlyList<Moved> moved = Moved.Between(live.Plan.Forecasts, made.Forecasts);
            live.Replace(made, sequence);
            Volatile.Write(ref _ahead, null);
            return moved;
        }
        catch (Exception e)
        {
            LogNoPlan(e);
            counters.Add(Counted.PlanFailures);
            Volatile.Write(ref _ahead, world);
            return [];
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

    /// <summary>Epochs are whole seconds, as all that the plan counts.</summary>
    private static Instant Whole(Instant t) => Instant.FromUnixTimeSeconds(t.ToUnixTimeSeconds());

    private Plan MakePlan(Snapshot world, Instant t)
    {
        long began = Stopwatch.GetTimestamp();
        Plan made = Plan.Make(world, t, policy);
        timings.Made(began);
        return made;
    }

    [LoggerMessage(1, LogLevel.Information, "Replayed {Entries} journal entries: {OrderLines} order lines, epoch {Epoch}")]
    private partial void LogReplayed(long entries, int orderLines, Instant epoch);

    [LoggerMessage(2, LogLevel.Error, "A batch could not be kept; nothing of it was applied")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(3, LogLevel.Error, "What was told is kept, but waiting order lines could not be allocated")]
    private partial void LogNotAllocated(Exception e);

    [LoggerMessage(4, LogLevel.Error, "A change is kept, but could not ripple through the plan, which is made anew")]
    private partial void LogNotAdvanced(Exception e);

    [LoggerMessage(5, LogLevel.Critical, "No plan can be made of the world as it is in the journal; readers keep the one before, and the next change tries again")]
    private partial void LogNoPlan(Exception e);

    private sealed record Telling(IReadOnlyList<WorldEvent> Events, string Party, string? Key, long Received, ActivityContext Trace)
    {
        public bool IsTick { get; init; }

        /// <summary>Says nothing: a plan that was evaluated beside waits to be put in place.</summary>
        public bool IsWake { get; init; }

        /// <summary>Stopwatch timestamp.</summary>
        public long Told { get; } = Stopwatch.GetTimestamp();
        public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
