using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>One played future: at each look what has become known is told to the world, waiting order lines get slots and pegs, the plan is made
/// anew at that time, promises are given; between looks the lines work.</summary>
internal sealed class Player
{
    private readonly Instant _start, _end;
    private readonly SimulationPolicy _policy;
    private readonly ulong _seed;
    private readonly Truth _truth;
    private readonly Journeys _journeys;
    private readonly HubPlay _hubs;
    private readonly NewOrders _newOrders;
    private readonly Troubles _troubles;
    private readonly Course _course;
    private readonly bool _mends;
    private readonly Action<IReadOnlyList<WorldEvent>>? _listener;
    private readonly List<Said> _said = [];
    private readonly HashSet<(string, int)> _saidOf = [];
    private readonly SortedDictionary<string, Instant> _delivered = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(Key<Site>, Key<Item>), (double PieceDays, double Used)> _stock = [];
    private readonly LivingPlan _living;
    private int _undated;
    private Snapshot _world;

    private sealed record Said(Key<OrderLine> OrderLine, int Horizon, Instant At, double Whole, bool WasWhole, Dates Dates);

    /// <param name="listener">Hears every batch of events that is put into the world.</param>
    public Player(Snapshot world, Instant start, SimulationPolicy policy, ulong seed, GivenTruth given, Action<IReadOnlyList<WorldEvent>>? listener = null, Course? course = null)
    {
        policy = policy with { Plan = policy.Plan with { FollowsUnits = false } };
        IReadOnlyList<WorldEvent> ends = UnderWay.Ends(world, start, policy.Plan);
        if (ends.Count > 0) listener?.Invoke(ends);
        world = world.With(ends);
        (_world, _start, _policy, _seed, _listener, _course, _mends) = (world, start, policy, seed, listener, course ?? new(), course is not null);
        _living = new(policy.Plan);
        _end = start + Duration.FromDays(policy.Days);
        _truth = new(world, start, policy.Plan, seed, given, _course.Mishaps);
        _journeys = new(_truth, policy.Plan);
        _hubs = new(world, start, policy.Plan, _truth);
        (_newOrders, _troubles) = (new(world, start, _truth), new(_truth));
    }

    public Played Play()
    {
        for (Instant now = _start; now <= _end; now += _policy.Tick)
        {
            Pass(now);
            if (_policy.NewOrders && now > _start) Put([.. _newOrders.Placed(now, _policy.Tick)]);
            Look(now);
        }
        for (Instant now = _end; now < _end + Duration.FromDays(_policy.DaysAfter) && Awaited(); now += _policy.Tick) Pass(now + _policy.Tick);
        return new(_seed, _start, _policy.Days, [.. _said.Select(s => new Statement(s.OrderLine, s.Horizon, s.At, s.Whole, s.WasWhole, s.Dates, Delivered(s.OrderLine)))],
            [.. Promised().Select(p => new PlayedOrder(_world.OrderLines[p.Key], p.Value, Delivered(p.Key)))],
            [.. _stock.Select(s => new PlayedStock(s.Key.Item1, s.Key.Item2, s.Value.PieceDays, s.Value.Used))], _undated);
    }

    /// <summary>What happened up to now: lots first, then the lines.</summary>
    private void Pass(Instant now)
    {
        _truth.Now = now;
        Put(_journeys.Told(_world, now));
        Put([.. _troubles.Told(_world, now)]);
        var built = new List<Built>();
        Snapshot before = _world;
        Put(_hubs.Play(_world, now, built));
        foreach (Built b in built)
            if (Bars.Leaves(Bars.Of(_world, now, b.Order.Market, b.Order.Family), b.At) is { } left) _delivered[b.Order.Id] = left + _truth.Outbound(_world.Markets[b.Order.Market], left);
        if (now <= _end) Count(before, now);
    }

    /// <summary>The plan at this time, and what it says.</summary>
    private void Look(Instant now)
    {
        if (_policy.FitLanes) Put(LaneFitting.Due(_world, now));
        Plan plan = _living.At(_world, now);
        if (now == _start || Waits())
        {
            Put(now == _start && _policy.Replan ? Plan.Allocate(_world, now, _policy.Plan, Scope.Everything) : _mends ? plan.Place() : plan.PlaceAll());
            plan = _living.At(_world, now);
        }
        foreach (Forecast forecast in plan.Forecasts)
        {
            if (forecast is Forecast.Dated dated) State(plan, dated);
            else _undated++;
        }
        Put([.. _course.Promises is { } given ? given.Where(p => p.Given > now - _policy.Tick && p.Given <= now && !_world.Promises.Contains(p.Id)).Select(static p => new WorldEvent.Put(p)) : Sales.Promised(plan, _policy)]);
        if (_course.Mend is { } mend) Decide(mend(_living.At(_world, now)));
    }

    /// <summary>What was decided is done: the world holds it, and what happens follows it.</summary>
    private void Decide(IReadOnlyList<WorldEvent> decided)
    {
        if (decided.Count == 0) return;
        Applied applied = _world.Apply(decided, "decided");
        if (!applied.Accepted) throw new InvalidOperationException($"The world refuses what was decided: {applied.Findings[0]}.\nMaybe it was decided for another world.");
        _truth.Follow(_world, decided);
        _listener?.Invoke(decided);
        _world = applied.World;
        _hubs.Follow(_world, decided, _policy.Plan);
    }

    private void State(Plan plan, Forecast.Dated forecast)
    {
        double lead = (forecast.Build.Start - plan.Epoch).TotalDays;
        foreach (int horizon in Simulation.HorizonDays)
        {
            if (lead > horizon || lead <= horizon - _policy.Tick.TotalDays || Pinned(forecast.OrderLine) || !_saidOf.Add((forecast.OrderLine.Value, horizon))) continue;
            Instant ready = _start;
            foreach (Peg peg in _world.Pegs.StartingWith($"{forecast.Build.Key}|")) ready = Instant.Max(ready, _hubs.Arrival(_world, peg) ?? ready);
            _said.Add(new(forecast.OrderLine, horizon, plan.Epoch, forecast.Whole.Value, ready <= forecast.Build.Start, forecast.Dates));
        }
    }

    /// <summary>A kit that a person holds back is not whole for want of parts.</summary>
    private bool Pinned(Key<OrderLine> order) => _world.Pins.Any(p => p.Target == order.Value && p.Kind is PinKind.Date or PinKind.Slot);

    private bool Waits()
    {
        Links links = Links.Of(_world);
        return _world.OrderLines.Any(o => Needs.Open(o) && _hubs.Needs.Of(_world, links, o) is { Plannable: true, Held: null });
    }

    private void Count(Snapshot before, Instant now)
    {
        foreach (Stock stock in _world.Stock)
        {
            if (stock.Status != StockStatus.Available) continue;
            var (pieceDays, used) = _stock.GetValueOrDefault((stock.Site, stock.Item));
            if (now < _end) pieceDays += (double)stock.Quantity.Value * _policy.Tick.TotalDays;
            used += (double)(before.Stock.Find(stock.Id)?.Quantity.Value - stock.Quantity.Value ?? 0);
            _stock[(stock.Site, stock.Item)] = (pieceDays, used);
        }
    }

    private bool Awaited() => _said.Any(s => !_delivered.ContainsKey(s.OrderLine.Value)) || Promised().Any(p => p.Value[0].Date <= _end && !_delivered.ContainsKey(p.Key));

    /// <summary>Promises to everyone who was or is still waiting.</summary>
    private SortedDictionary<string, List<Promise>> Promised()
    {
        var promised = new SortedDictionary<string, List<Promise>>(StringComparer.Ordinal);
        foreach (Promise p in _world.Promises)
        {
            if (!_delivered.ContainsKey(p.OrderLine.Value) && !Needs.Open(_world.OrderLines[p.OrderLine])) continue;   // over before the start
            if (!promised.TryGetValue(p.OrderLine.Value, out var versions)) promised.Add(p.OrderLine.Value, versions = []);
            versions.Add(p);
        }
        return promised;
    }

    private Instant? Delivered(Key<OrderLine> order) => _delivered.TryGetValue(order.Value, out Instant at) ? at : null;

    private void Put(IReadOnlyList<WorldEvent> events)
    {
        if (events.Count == 0) return;
        _listener?.Invoke(events);
        _world = _world.With(events);
    }
}
