using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>The held builds of a world laid out for the kernel, with the way between keys and indices. Moves on with the world, order line by
/// order line; an index once given stays.</summary>
internal sealed class PlanLayout
{
    /// <summary>How far back turns that have passed are told apart.</summary>
    private const int DaysPassed = 60;

    private readonly Instant _t;
    private readonly LineCalendar?[] _past;
    private readonly Dictionary<string, Laid> _laid;
    private readonly Dictionary<string, int> _buildOf, _lineOf;
    private readonly List<Laid> _builds;
    private readonly SortedSet<string> _undated;
    private readonly NamedBy _waiting;               // by name of a supply: order lines without a date whose pegs name it

    private PlanLayout(Snapshot world, Instant t, PlanPolicy policy, Needs needs, Supplies supplies)
    {
        (_t, Needs, Supplies, Planned) = (t, needs, supplies, new());
        (_laid, _buildOf, _builds, _undated, _waiting) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal), [], new(StringComparer.Ordinal), new());
        AssemblyLines = [.. world.AssemblyLines];
        _lineOf = AssemblyLines.Select(static (l, i) => (l.Id, i)).ToDictionary(static x => x.Id, static x => x.i, StringComparer.Ordinal);
        Lines = Lined(world, AssemblyLines, t, policy, static (_, _) => null);
        _past = new LineCalendar?[Lines.Length];
        Ways = new(world, t, new Draws(policy.Seed), policy.Samples);
    }

    private PlanLayout(PlanLayout other)
    {
        (_t, Needs, Supplies, Planned) = (other._t, other.Needs.Copy(), other.Supplies.Copy(), other.Planned.Copy());
        (_laid, _buildOf, _builds, _undated, _waiting) = (new(other._laid, StringComparer.Ordinal), new(other._buildOf, StringComparer.Ordinal), [.. other._builds], new(other._undated, StringComparer.Ordinal), new(other._waiting));
        (AssemblyLines, Lines, _lineOf, _past) = (other.AssemblyLines, other.Lines, other._lineOf, [.. other._past]);
        Ways = other.Ways;
    }

    /// <summary>The same layout under the same indices, with its arrivals, going its own way from here.</summary>
    public PlanLayout Copy() => new(this);

    public Needs Needs { get; }
    public Supplies Supplies { get; }

    /// <summary>Assembly lines by index, as records and as the kernel sees them.</summary>
    public AssemblyLine[] AssemblyLines { get; private set; }
    public PlannedLine[] Lines { get; private set; }

    /// <summary>The ways from hub to customer.</summary>
    public OutboundWays Ways { get; }

    /// <summary>The builds as the kernel sees them; the kernel's own once it runs.</summary>
    public PlannedBuilds Planned { get; }

    /// <summary>Every open order line as it is laid out.</summary>
    public IEnumerable<Laid> All => _laid.Values;

    /// <summary>Open order lines without a date.</summary>
    public IEnumerable<Laid> Undated => _undated.Select(o => _laid[o]);

    /// <summary>Builds that left the plan but still have their index.</summary>
    public int Withdrawn => _builds.Count - _buildOf.Count;

    /// <summary>Lays out a world's open order lines.</summary>
    public static PlanLayout Of(Snapshot world, Links links, Instant t, PlanPolicy policy)
    {
        var supplies = new Supplies(policy.Samples);
        foreach (Supply supply in Supply.All(world)) supplies.Set(supply.Name, supply);
        var needs = new Needs(world, policy.FollowsUnits);
        return Of(world, links, t, policy, needs, supplies, [.. world.OrderLines.Where(Needs.Open).Select(o => Laid.Of(world, needs, links, supplies, o))]);
    }

    /// <summary>Of order lines that are laid out already.</summary>
    public static PlanLayout Of(Snapshot world, Links links, Instant t, PlanPolicy policy, Needs needs, Supplies supplies, IReadOnlyList<Laid> all)
    {
        var layout = new PlanLayout(world, t, policy, needs, supplies);
        foreach (Laid laid in all) layout._laid[laid.Need.Order.Id] = laid;
        layout.Number(world, links);
        return layout;
    }

    /// <summary>Lines of these calendars are open as the world says now; which those are, their builds with the work that is then left.</summary>
    public IReadOnlyList<int> Reopen(Snapshot world, Links links, PlanPolicy policy, IReadOnlySet<string> calendars)
    {
        AssemblyLines = [.. world.AssemblyLines];
        PlannedLine[] were = Lines;
        Lines = Lined(world, AssemblyLines, _t, policy, (l, i) => calendars.Contains(l.Calendar) ? null : were[i]);
        int[] reopened = [.. Enumerable.Range(0, Lines.Length).Where(i => calendars.Contains(AssemblyLines[i].Calendar))];
        foreach (int line in reopened) _past[line] = null;
        for (int b = 0; b < _builds.Count; b++)
            if (!Planned.Withdrawn[b] && calendars.Contains(AssemblyLines[Planned.Rows[b].Line].Calendar)) Planned.Change(b, Row(world, links, _builds[b]));
        return reopened;
    }

    public Laid? Find(string order) => _laid.GetValueOrDefault(order);

    /// <summary>Index of an order line's build; -1 when it has no date.</summary>
    public int BuildOf(string order) => _buildOf.GetValueOrDefault(order, -1);

    /// <summary>What a build's index stands for.</summary>
    public Laid this[int build] => _builds[build];

    public int LineOf(Key<AssemblyLine> line) => _lineOf[line.Value];

    /// <summary>Order lines without a date whose pegs name a supply.</summary>
    public IEnumerable<string> Waiting(string supply) => _waiting[supply];

    public PlannedBuild Row(Snapshot world, Links links, Laid laid)
    {
        int line = _lineOf[laid.Need.Held!.Line.Value];
        Instant turn = laid.Need.Held.Start;
        return laid.Row(world, links, _t, Lines[line].Calendar, line, Ways.RowOf(laid.Need.Order), turn < _t ? Passed(world, line, turn) : 0);
    }

    /// <summary>Working seconds of a line from a build's turn to t; at most those of the days that are laid out.</summary>
    private int Passed(Snapshot world, int line, Instant turn)
    {
        Instant from = _t - Duration.FromDays(DaysPassed);
        LineCalendar past = _past[line] ??= LineTimes.Of(world, AssemblyLines[line].Calendar, AssemblyLines[line].Site, from, Duration.FromDays(DaysPassed + 1));
        return past.ToWork(Seconds.Of(_t, from)) - past.ToWork(Math.Max(0, Seconds.Of(turn, from)));
    }

    /// <summary>Takes an order line as it is now into the layout and says what that means for the kernel.</summary>
    /// <param name="now">Null: it is no longer open.</param>
    public void Move(Snapshot world, Links links, string order, Laid? now, Disturbance disturbance)
    {
        if (Find(order) is { Dated: false } waited) Wait(order, waited, on: false);
        if (now is null) _laid.Remove(order); else _laid[order] = now;
        if (now is { Dated: false }) Wait(order, now, on: true);
        int build = BuildOf(order);
        if (now is not { Dated: true })
        {
            if (build >= 0) disturbance.Withdraw(build);
            _buildOf.Remove(order);
            return;
        }
        PlannedBuild row = Row(world, links, now);
        if (build >= 0 && row.Line == Planned[build].Line && row.PlannedStart == Planned[build].PlannedStart && row.Tie == Planned[build].Tie && row.Passed == Planned[build].Passed)
        {
            _builds[build] = now;
            if (row != Planned[build] || !Planned.Pegs(build).SequenceEqual(now.Lots)) disturbance.Change(build, row, now.Lots);
            return;
        }
        if (build >= 0) disturbance.Withdraw(build);
        disturbance.Append(row, now.Lots);
        _buildOf[order] = _builds.Count;
        _builds.Add(now);
    }

    private void Wait(string order, Laid laid, bool on)
    {
        if (on) _undated.Add(order); else _undated.Remove(order);
        foreach (string supply in laid.Named) _waiting.Set(supply, order, on);
    }

    /// <summary>Gives the dated ones their builds, by line and start: neighbours in time lie side by side in memory.</summary>
    private void Number(Snapshot world, Links links)
    {
        var rows = new List<(PlannedBuild Row, Laid Laid)>(_laid.Count);
        foreach (var (order, laid) in _laid)
        {
            if (laid.Dated) rows.Add((Row(world, links, laid), laid));
            else Wait(order, laid, on: true);
        }
        foreach (var (row, laid) in rows.OrderBy(static r => r.Row.Line).ThenBy(static r => r.Row.PlannedStart).ThenBy(static r => r.Row.Tie))
        {
            _buildOf[laid.Need.Order.Id] = Planned.Add(row, laid.Lots);
            _builds.Add(laid);
        }
    }

    /// <summary>Lines of one calendar and site share it. The overtaking window is as much open time as a line has, on average, in
    /// the policy's calendar time.</summary>
    /// <param name="known">What is known of a line already; null: nothing.</param>
    private static PlannedLine[] Lined(Snapshot world, AssemblyLine[] lines, Instant t, PlanPolicy policy, Func<AssemblyLine, int, PlannedLine?> known)
    {
        var shared = new Dictionary<(string, string), PlannedLine>();
        return [.. lines.Select((l, i) =>
        {
            if (known(l, i) is { } same) return same;
            var key = (l.Calendar, l.Site.Value);
            if (shared.TryGetValue(key, out PlannedLine? line)) return line;
            LineCalendar calendar = LineTimes.Of(world, l, t, policy);
            return shared[key] = new(calendar, Overtaking(calendar, policy));
        })];
    }

    /// <summary>The overtaking window in working seconds of a line.</summary>
    internal static int Overtaking(LineCalendar calendar, PlanPolicy policy)
    {
        int horizon = Math.Max(Seconds.Day, Seconds.Of(policy.Horizon));
        return (int)Math.Max(0, (long)Seconds.Of(policy.OvertakingWindow) * calendar.ToWork(horizon) / horizon);
    }
}
