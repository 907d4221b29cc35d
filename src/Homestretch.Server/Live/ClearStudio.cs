using System.Globalization;
using Homestretch.Clearing;
using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Release lists, made when somebody asks, one at a time on a thread of the lowest priority, and kept while the plan they are of stands. Of the brand owner's whole world, and for its people only.</summary>
internal sealed class ClearStudio(LiveWorld live, HubClock clock) : IDisposable
{
    private const int MostKept = 12;

    /// <summary>A move costs what there are builds: so many of both keep a list within seconds.</summary>
    private const int MostWork = 8_000_000;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly List<Kept> _kept = [];
    private int _last;

    /// <summary>Moves that the search may try in a company of so many open order lines.</summary>
    public static int Moves(int orderLines) => Math.Clamp(MostWork / Math.Max(1, orderLines), 200, new ClearPolicy().Moves);

    /// <summary>The list of the plan in force. The plan is held while it is copied, not while the list is made; who goes away ends what was made for them.</summary>
    public async Task<ClearView> Of(ClearQuery query, CancellationToken cancel)
    {
        Kept made = await Turn(() => Standing(query) ?? Keep(Make(query, cancel)), cancel);
        return made.View with { Older = !Stands(made) };
    }

    /// <summary>What accepting a list would change, beside the plan it was made of; null when it is not known any more.</summary>
    public async Task<ClearEffect?> Would(string list, CancellationToken cancel)
    {
        if (Find(list) is not { } kept) return null;
        return await Turn(() => kept.Effect ??= ClearViews.Effect(kept.World, kept.Epoch, kept.Policy, kept.Forecasts, kept.List, kept.View.List), cancel) is { } effect ? effect with { Older = !Stands(kept) } : null;
    }

    /// <summary>The events that make a list the plan, or why not. A list of an older plan is made anew, and taken when it is the same.</summary>
    public async Task<(ClearView? View, IReadOnlyList<WorldEvent> Events, Finding? Wrong)> Take(string list, CancellationToken cancel)
    {
        if (Find(list) is not { } read) return (null, [], Stale($"There is no list '{list}' any more."));
        if (read.List.Events.Count == 0) return (null, [], new(new("request", 0, "list"), "how-many", "Nothing would be written: the plan is as the list has it.", "Leave it."));
        Kept now = Stands(read) ? read : await Turn(() => Make(read.View.Asked, cancel), cancel);
        return Difference(read, now) is { } other ? (null, [], Stale($"The plan has moved on since this list was made: {other}.")) : (read.View, now.List.Events, null);
    }

    /// <summary>Forgets a list that has become the plan.</summary>
    public void Taken(string list)
    {
        lock (_gate) _kept.RemoveAll(k => k.View.List == list);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<T> Turn<T>(Func<T> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await Quietly.Run(work, "clearing");
        }
        finally
        {
            _turn.Release();
        }
    }

    private Kept Make(ClearQuery query, CancellationToken cancel)
    {
        Plan plan;
        long sequence;
        lock (live.Gate) (plan, sequence) = (live.Plan.Copy(), live.SeenSequence);
        var policy = new ClearPolicy { Horizon = Duration.FromDays(query.Days), Certainty = query.Certainty, DueWithin = Duration.FromDays(query.DueWithin), Moves = Moves(plan.World.OrderLines.Count(ClearViews.Open)) };
        ClearList list = ClearToBuild.Of(plan, policy, cancel);
        string name = string.Create(CultureInfo.InvariantCulture, $"C{Interlocked.Increment(ref _last)}");
        return new(sequence, plan.World, plan.Epoch, plan.Policy, [.. plan.Forecasts], list, ClearViews.Of(new Sight(plan.World, plan, [], clock.Now, false), name, query, list));
    }

    private Kept Keep(Kept made)
    {
        lock (_gate)
        {
            _kept.Add(made);
            if (_kept.Count > MostKept) _kept.RemoveAt(0);
            return made;
        }
    }

    private Kept? Find(string list)
    {
        lock (_gate) return _kept.Find(k => k.View.List == list);
    }

    private Kept? Standing(ClearQuery query)
    {
        lock (_gate) return _kept.FindLast(k => k.View.Asked == query && Stands(k));
    }

    private bool Stands(Kept kept)
    {
        lock (live.Gate) return kept.Sequence == live.SeenSequence && kept.Epoch == live.Plan.Epoch;
    }

    /// <summary>What a list made anew does otherwise than the one that was read, for a person; null when it does the same, give or take the time that has passed.</summary>
    private static string? Difference(Kept read, Kept now)
    {
        if (ReferenceEquals(read, now)) return null;
        Duration same = Duration.FromHours(1) + (now.Epoch - read.Epoch);
        var (said, says) = (Slots(read), Slots(now));
        foreach (var (order, was) in said)
        {
            if (!says.TryGetValue(order, out var slot)) return $"{order} is not to be placed any more";
            if (was.Released != slot.Released) return $"{order} would {(slot.Released ? "be released now" : "not be released any more")}";
            if (was.Released && was.Line != slot.Line) return $"{order} would be built on {slot.Line} instead of {was.Line}";
            if (was.Released && (slot.Start - was.Start > same || was.Start - slot.Start > same)) return string.Create(CultureInfo.InvariantCulture, $"{order} would begin {Math.Abs((slot.Start - was.Start).TotalHours):0} hours {(slot.Start > was.Start ? "later" : "sooner")} than was read");
            if (slot.Start - was.Start > same + Duration.FromDays(1)) return $"{order} would be built later than was read";
        }
        return says.FirstOrDefault(s => s.Value.Released && !said.ContainsKey(s.Key)).Key is { } another ? $"{another} would be released as well" : null;
    }

    /// <summary>Where every open order line is built once a list is the plan.</summary>
    private static Dictionary<string, (string Line, Instant Start, bool Released)> Slots(Kept kept)
    {
        var released = kept.List.Builds.Where(static b => b.Kind == ClearKind.Released).Select(static b => b.OrderLine.Value).ToHashSet(StringComparer.Ordinal);
        var builds = kept.World.Builds.Where(b => ClearViews.Open(kept.World.OrderLines[b.OrderLine])).ToDictionary(static b => b.Id, StringComparer.Ordinal);
        foreach (WorldEvent e in kept.List.Events)
        {
            if (e is WorldEvent.Put { Record: Build put }) builds[put.Id] = put;
            else if (e.Kind.Name == Build.TableName) builds.Remove(e.Key);
        }
        var slots = new Dictionary<string, (string, Instant, bool)>(StringComparer.Ordinal);
        foreach (Build b in builds.Values) slots[b.OrderLine.Value] = (b.Line.Value, b.Start, released.Contains(b.OrderLine.Value));
        return slots;
    }

    private static Finding Stale(string what) => new(new("request", 0, "list"), "stale-list", what, "Read the list anew.");

    /// <summary>A list with what is needed of the plan that it was made of.</summary>
    private sealed record Kept(long Sequence, Snapshot World, Instant Epoch, PlanPolicy Policy, IReadOnlyList<Forecast> Forecasts, ClearList List, ClearView View)
    {
        public ClearEffect? Effect { get; set; }
    }
}
