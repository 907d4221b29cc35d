using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <content>Moves on with the world under the same epoch.</content>
public sealed partial class Plan
{
    /// <summary>The next world under the same epoch: what changed ripples through, everything else stays. Equal to making the
    /// plan anew.</summary>
    /// <param name="touched">All that differs between this plan's world and the next.</param>
    /// <returns>Every order line whose forecast differs, in order of key.</returns>
    public IReadOnlyList<Moved> Advance(Snapshot next, IReadOnlyList<Touch> touched)
    {
        Snapshot before = World;
        World = next;
        _links.Follow(touched);
        PlanImpact impact = PlanImpact.Of(before, next, _links, touched);
        if (impact.Purchasing || impact.Passages) _free = null;
        return impact.Relay || impact.Orders.Count > Math.Max(1_000, _layout.Planned.Count / 4) ? Relay(before) : Ripple(before, impact);
    }

    private List<Moved> Relay(Snapshot last)
    {
        var before = new Dictionary<string, Forecast?>(StringComparer.Ordinal);
        foreach (OrderLine o in last.OrderLines.Where(Needs.Open)) before[o.Id] = Of(o.Id);
        foreach (OrderLine o in World.OrderLines.Where(Needs.Open)) before.TryAdd(o.Id, null);
        _unknown.Clear();
        (_free, _lanes, _layout) = (null, new Lanes(World, Policy.Sea), PlanLayout.Of(World, _links, Epoch, Policy));
        Evaluate();
        return Different(before, []);
    }

    private List<Moved> Ripple(Snapshot last, PlanImpact impact)
    {
        var before = new Dictionary<string, Forecast?>(StringComparer.Ordinal);
        var stirred = new List<Stirred>();
        var disturbance = new Disturbance();
        SortedSet<string> orders = Change(impact.Supplies, impact.Orders);
        foreach (string order in orders) before[order] = Taken(order);
        Learn(last, impact, disturbance, b => Stir(b, kit: true));
        foreach (string order in orders) MoveOrder(order, disturbance);
        foreach (int b in _evaluation.Ripple(disturbance).Changed) Stir(b, kit: false);
        if (impact.Hours.Count > 0) Reopen(impact.Hours, b => Stir(b, kit: false));
        return Different(before, stirred);

        void Stir(int b, bool kit)
        {
            if (b >= _dated.Length || _dated[b] is not { } was) return;
            stirred.Add(new(b, was, kit));
            _dated[b] = null;
        }
    }

    /// <summary>A build whose forecast may differ, with what it was.</summary>
    /// <param name="Kit">Its kit may be whole at other times; otherwise only its line moves it.</param>
    private readonly record struct Stirred(int Build, Forecast.Dated Was, bool Kit);

    /// <summary>Draws again what was told about, or all that comes where that taught something or lanes changed.</summary>
    private void Learn(Snapshot last, PlanImpact impact, Disturbance disturbance, Action<int> differs)
    {
        foreach (Key<Machine> machine in impact.Machines) _sampler.Forget(machine);
        if (impact.Lanes)
        {
            (_free, _lanes) = (null, new Lanes(World, Policy.Sea));
            _sampler = _sampler.On(_lanes, World);
            _futures = new LotFutures(_layout.Supplies, _sampler, Epoch, Policy);
            Redraw(World.Lots.Where(Supply.Coming), false, disturbance, differs);
            return;
        }
        Lot[] detoured = impact.Passages ? [.. World.Lots.Where(l => Supply.Coming(l) && !_sampler.SailsAlike(last, World, l))] : [];
        foreach (Lot lot in impact.Evidence.Lots.Values.Concat(detoured)) _futures.Forget(lot);
        bool all = impact.Passages ? _sampler.Learn(last, World, World.Lots, World.Shipments.Select(static s => s.Key))
            : _sampler.Learn(last, World, impact.Evidence.Lots.Values, impact.Evidence.Shipments);
        Redraw(all ? World.Lots.Where(Supply.Coming) : detoured.Length == 0 ? impact.Lots.Values : impact.Lots.Values.UnionBy(detoured, static l => l.Id), all, disturbance, differs);
    }

    /// <summary>Lines of these calendars work by other hours: their builds are laid out and run again, nothing is netted or drawn again.</summary>
    private void Reopen(HashSet<string> calendars, Action<int> differs)
    {
        IReadOnlyList<int> lines = _layout.Reopen(World, _links, Policy, calendars);
        _evaluation.Reopen(lines, _layout.Lines);
        foreach (int line in lines)
        {
            _free?.Reopened(line);
            foreach (int b in _evaluation.BuildsOn(line)) differs(b);
        }
    }

    /// <summary>Takes supplies as they are now; adds the order lines whose kits lose or find theirs.</summary>
    private SortedSet<string> Change(SortedDictionary<string, Supply?> supplies, SortedSet<string> orders)
    {
        foreach (var (name, now) in supplies)
        {
            bool was = _layout.Supplies.Find(name) >= 0;
            int index = _layout.Supplies.Set(name, now);
            if (index < 0) continue;
            if (was != now is not null)
            {
                if (index < _layout.Supplies.Arrivals.Count)
                    foreach (int b in _evaluation.BuildsOf(index)) orders.Add(_layout[b].Need.Order.Id);
                orders.UnionWith(_layout.Waiting(name));
            }
            if (index < _layout.Supplies.Arrivals.Count) _free?.Changed(index);
        }
        return orders;
    }

    /// <summary>Draws lots again, and supplies that have never been drawn.</summary>
    /// <param name="forget">Whether what was said of them is said anew.</param>
    private void Redraw(IEnumerable<Lot> lots, bool forget, Disturbance disturbance, Action<int> differs)
    {
        Supplies supplies = _layout.Supplies;
        var again = new List<int>();
        foreach (Lot lot in lots)
        {
            if (forget) _futures.Forget(lot);
            if (supplies.Find(Supply.NameOf(lot)) is >= 0 and var s && s < supplies.Arrivals.Count) again.Add(s);
        }
        again.AddRange(Enumerable.Range(supplies.Arrivals.Count, supplies.Count - supplies.Arrivals.Count));
        foreach (var (s, row) in _futures.DrawAgain(World, again))
        {
            disturbance.Redrawn[s] = row;
            if (s < supplies.Arrivals.Count)
                foreach (int b in _evaluation.BuildsOf(s)) differs(b);
            _free?.Changed(s);
        }
    }

    /// <summary>An order line's forecast, which is read anew when it is next asked for.</summary>
    private Forecast? Taken(string order)
    {
        if (_layout.BuildOf(order) is not (>= 0 and var b)) return _unknown.Remove(order, out Forecast? unknown) ? unknown : null;
        Forecast? was = _dated[b];
        _dated[b] = null;
        return was;
    }

    private void MoveOrder(string order, Disturbance disturbance)
    {
        OrderLine? now = World.OrderLines.Find(order);
        Laid? was = _layout.Find(order), laid = now is not null && Needs.Open(now) ? Laid.Of(World, _layout.Needs, _links, _layout.Supplies, now) : null;
        if (was is null && laid is null) return;
        if (was is not null) _free?.Count(was, -1);
        if (laid is not null) _free?.Count(laid, 1);
        _layout.Move(World, _links, order, laid, disturbance);
    }

    /// <summary>Reads forecasts anew and tells which differ, in order of key.</summary>
    private List<Moved> Different(Dictionary<string, Forecast?> before, List<Stirred> stirred)
    {
        if (_dated.Length < _layout.Planned.Count) Array.Resize(ref _dated, _layout.Planned.Count + _layout.Planned.Count / 8);
        Many.Each(stirred.Count, i => _dated[stirred[i].Build] = Dated(stirred[i].Build, stirred[i].Kit ? null : stirred[i].Was.ReadyP90));
        var moved = new List<Moved>();
        foreach (var (b, was, _) in stirred)
            if (!was.Equals(_dated[b])) moved.Add(new(was.OrderLine, was, _dated[b]));
        foreach (var (order, was) in before)
        {
            Forecast? now = Of(order);
            if (!Equals(was, now)) moved.Add(new(order, was, now));
        }
        moved.Sort(static (a, b) => string.CompareOrdinal(a.OrderLine.Value, b.OrderLine.Value));
        return moved;
    }
}
