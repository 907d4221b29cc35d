using Homestretch.Promising;
using Homestretch.Server.Live;
using Homestretch.Server.Training;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>Where situations are looked at, mended and written down: one look or search at a time, beside the planner, which never waits for it. A person who decides does not wait for a search.</summary>
internal sealed class SituationDesk(LiveWorld live, Planner planner, SituationBoard board, HubClock clock, TimeProvider time) : IDisposable
{
    /// <summary>Who opens and ends situations in the journal.</summary>
    public const string Party = "situations";

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30), s_show = TimeSpan.FromMilliseconds(400);
    private readonly SemaphoreSlim _desk = new(1), _book = new(1);
    private readonly Watch _watch = new();
    private Lookout? _lookout;
    private long _sequence;
    private readonly Lock _breaking = new();        // a search is not cleared away while somebody breaks it off
    private CancellationTokenSource? _search;

    /// <summary>Whether the plan in force is of another world or epoch than was looked at last.</summary>
    public bool Moved => live.Seen is var seen && !live.Behind && seen.OrderLines.Count > 0 && (board.Now is not { } last || !ReferenceEquals(last.World, seen) || last.Epoch != live.Plan.Epoch);

    /// <summary>Looks at the plan in force and keeps the book of situations.</summary>
    public async Task Look(CancellationToken stop)
    {
        await _desk.WaitAsync(stop);
        try
        {
            await Catch(stop);
        }
        finally
        {
            _desk.Release();
        }
        await Book(stop);
    }

    /// <summary>Looks for remedies of an open situation; they stand on the board as they come.</summary>
    public async Task Search(Situation situation, CancellationToken stop)
    {
        await _desk.WaitAsync(stop);
        try
        {
            if (_lookout is not { } lookout || board.Now?.Of(situation) is not { } assessment) return;
            using var search = CancellationTokenSource.CreateLinkedTokenSource(stop);
            search.CancelAfter(s_longest);
            Searching(search);
            FoundRemedies? before = board.For(situation.Id);
            var found = new List<PricedRemedy>();
            long shown = 0;
            RemedyList list = await Quietly.Run(() => lookout.Search(assessment, _watch, null, Hear, search.Token), "situations");
            board.Take(situation.Id, new(lookout.World, lookout.Epoch, assessment, list.Remedies, list.PointOfNoReturn, list.Priced, time.GetTimestamp(), list.Complete && !search.IsCancellationRequested) { BrokenOff = search.IsCancellationRequested && !stop.IsCancellationRequested }, tell: true);
            Searching(null);

            void Hear(PricedRemedy one)
            {
                found.Add(one);
                if (before is { Remedies.Count: > 0 } || (shown != 0 && time.GetElapsedTime(shown) < s_show)) return;    // what was found before stands until the new list does
                shown = time.GetTimestamp();
                board.Take(situation.Id, new(lookout.World, lookout.Epoch, assessment, [.. found.OrderByDescending(static r => r.Net ?? decimal.MinValue).ThenByDescending(static r => r.Promises)], null, found.Count, null, false), tell: true);
            }
        }
        catch
        {
            _lookout = null;
            throw;
        }
        finally
        {
            Searching(null);
            _desk.Release();
        }
    }

    /// <summary>Takes a remedy: prices it again in the world as it is, and tells the world all of it or nothing.</summary>
    /// <param name="rule">Standing rule that takes it; null: a person does.</param>
    /// <returns>What came of it, and the decision's key.</returns>
    public async Task<(Answer Answer, string? Decision)> Decide(string situation, string remedy, Key<Party> party, string by, string reason, StandingRule? rule, CancellationToken cancel)
    {
        if (board.For(situation)?.Find(remedy) is not { } read) return (No("remedy", "unknown-key", "This remedy is not among those that were found.", "Read the situation again."), null);
        lock (_breaking) _search?.Cancel();
        await _desk.WaitAsync(cancel);
        try
        {
            if (board.For(situation) is not { } found || found.Find(remedy) is null) return (Stale("it is no longer found"), null);
            await Catch(cancel);
            if (!Deciding.Holds(found.World, _lookout!.World, read.Remedy)) return (Stale("what it changes has changed since"), null);
            if (await Quietly.Run(() => _lookout.Price(read.Remedy), "situations") is not { } priced) return (Stale("the world refuses it now"), null);
            if (!read.Remedy.Kind.OnlySays() && priced.Promises < read.Promises / 2) return (Stale(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it would now win {priced.Promises:0.00} promises, not {read.Promises:0.00}")), null);
            return await Write(situation, priced, party, by, reason, rule, cancel);
        }
        catch
        {
            _lookout = null;
            throw;
        }
        finally
        {
            _desk.Release();
        }
    }

    /// <summary>Changes an open situation; nobody else writes it meanwhile.</summary>
    public async Task<Answer> Change(string situation, string by, Func<Situation, Assessment?, Situation> change, CancellationToken cancel)
    {
        await _book.WaitAsync(cancel);
        try
        {
            if (live.World.Situations.Find(situation) is not { } known) return No("situation", "unknown-key", $"There is no situation '{situation}'.", "Check the number.");
            return await planner.Tell([new WorldEvent.Put(change(known, board.Now?.Of(known)))], by, null, cancel);
        }
        finally
        {
            _book.Release();
        }
    }

    public void Dispose()
    {
        _desk.Dispose();
        _book.Dispose();
    }

    /// <summary>Follows the plan in force and says on the board what it means.</summary>
    private async Task Catch(CancellationToken stop)
    {
        (Snapshot World, Instant Epoch, PlanPolicy Policy, long Sequence, IReadOnlyList<Touch>? Since) now;
        lock (live.Gate) now = (live.Seen, live.Plan.Epoch, live.Plan.Policy, live.SeenSequence, live.Since(_sequence));
        if (_lookout is { } same && board.Now is not null && ReferenceEquals(same.World, now.World) && same.Epoch == now.Epoch) return;
        try
        {
            Assessed assessed = await Quietly.Run(() =>
            {
                if (_lookout is not { } lookout || now.Since is not { } since || !ReferenceEquals(lookout.Policy, now.Policy)) _lookout = lookout = new(now.World, now.Epoch, now.Policy);
                else if (!ReferenceEquals(lookout.World, now.World)) lookout.Follow(now.World, since);
                lookout.Move(now.Epoch);
                IReadOnlyList<Outcome> outcomes = Outcomes.Of(now.World, now.Epoch);
                return new Assessed(now.World, now.Epoch, lookout.Detect(_watch).ToDictionary(static a => a.Cause.ToString(), StringComparer.Ordinal), outcomes, Outcomes.ByKind(now.World, now.Epoch));
            }, "situations");
            _sequence = now.Sequence;
            stop.ThrowIfCancellationRequested();
            board.Take(assessed);
        }
        catch
        {
            _lookout = null;
            throw;
        }
    }

    private async Task Book(CancellationToken stop)
    {
        await _book.WaitAsync(stop);
        try
        {
            if (board.Now is not { } seen || live.Behind) return;
            Snapshot world = live.World;
            IReadOnlyList<WorldEvent> events = Situations.Book.Follow(world, seen.Epoch, [.. seen.ByCause.Values.OrderByDescending(static a => a.Promises).ThenBy(static a => a.Cause.ToString(), StringComparer.Ordinal)], _watch);
            if (events.Count == 0) return;
            Answer answer = await planner.Tell(events, Party, null, stop);
            if (!answer.Accepted) throw new InvalidOperationException($"The world refuses its situations: {answer.Findings[0]}");
            board.Keep(live.World.Situations.Where(static s => s.Open).Select(static s => s.Id).ToHashSet(StringComparer.Ordinal));
        }
        finally
        {
            _book.Release();
        }
    }

    private async Task<(Answer, string?)> Write(string situation, PricedRemedy priced, Key<Party> party, string by, string reason, StandingRule? rule, CancellationToken cancel)
    {
        await _book.WaitAsync(cancel);
        try
        {
            Snapshot world = live.World;
            if (world.Situations.Find(situation) is not { Open: true } open) return (Stale("the situation has ended"), null);
            if (!Deciding.Holds(_lookout!.World, world, priced.Remedy)) return (Stale("what it changes has changed since"), null);
            if (rule is not null && Standing.Refuses(world, clock.Now, rule, priced) is { } refused) return (No("rule", "limit", refused, "Let a person decide."), null);
            IReadOnlyList<WorldEvent> events = Deciding.Of(world, clock.Now, open, priced, party, by, reason, rule);
            Answer answer = await planner.Tell(events, by, null, cancel);
            return (answer, answer.Accepted ? events.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Decision>().First().Id : null);
        }
        finally
        {
            _book.Release();
        }
    }

    private void Searching(CancellationTokenSource? search)
    {
        lock (_breaking) _search = search;
    }

    private Answer Stale(string why) => No("remedy", "stale-remedy", $"The world has moved on: {why}.", "Remedies are looked for anew; choose among those.");

    private Answer No(string column, string rule, string what, string cure) => new(false, planner.Sequence, [new(new("request", 0, column), rule, what, cure)]);
}
