using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>What a machine truly does with the runs it had at the start, and what it would report of it at any later time.</summary>
internal sealed class MachineTruth
{
    private readonly Machine _machine;
    private readonly Instant _start;
    private readonly ProductionRun[] _runs;
    private readonly IReadOnlyList<MachineSpan> _spans;
    private readonly StageTime? _remaining;
    private readonly double _misread;
    private readonly Standstill[] _stills;
    private readonly List<(string Of, string Part, double From, double To)> _parts = [];      // pieces of a lot that go ahead of it, counted from its first

    private MachineTruth(Machine machine, Instant start, ProductionRun[] runs, IReadOnlyList<MachineSpan> spans, Life life, double misread, Standstill[] stills) =>
        (_machine, _start, _runs, _spans, _remaining, _misread, _stills) = (machine, start, runs, spans, (life as Life.Stated)?.Remaining, misread, stills);

    /// <summary>Lots that it makes.</summary>
    public IEnumerable<string> Lots => _runs.Select(static r => r.Lot.Value);

    /// <summary>Null when it has nothing to make, or has never reported.</summary>
    public static MachineTruth? Of(Snapshot world, Machine machine, Making making, Instant start, Draws draws, Mishaps? mishaps = null)
    {
        ProductionRun[] runs = making.Queue(world, machine.Key);
        if (runs.Length == 0 || world.MachineReports.Find(machine.Id) is not { } report) return null;
        var (outlook, work) = making.OnMachine(world, machine, report, runs);
        Standstill[] stills = [.. mishaps?.Of(machine) ?? []];
        if (stills.Length > 0) outlook = outlook with { Stops = With(outlook.Stops, stills, start) };
        double misread = Math.Exp(Making.MeasuredSpread * draws.Normal(StableHash.Join(outlook.Key, StableHash.Of("misread")), 0));
        return new(machine, start, runs, ReadyDate.Play(outlook, start, draws, 0, work), outlook.Life, misread, stills);
    }

    /// <summary>Stops with standstills between them, those that meet as one.</summary>
    private static List<PlannedStop> With(IReadOnlyList<PlannedStop> stops, Standstill[] stills, Instant start)
    {
        var all = new List<PlannedStop>();
        foreach (PlannedStop next in stops.Concat(stills.Select(s => new PlannedStop(Math.Max(0, Seconds.Of(s.From, start)), Seconds.Of(s.To, start), Renews: false))).OrderBy(static s => s.From).ThenBy(static s => s.To))
        {
            if (all.Count > 0 && next.From <= all[^1].To) all[^1] = new(all[^1].From, Math.Max(next.To, all[^1].To), all[^1].Renews || next.Renews);
            else all.Add(next);
        }
        return all;
    }

    /// <summary>The first pieces of a lot that are no other's yet are a part that goes ahead of it; when they are made, null when it does not make the lot.</summary>
    public Instant? Part(Key<Lot> whole, Lot part)
    {
        if (Array.FindIndex(_runs, r => r.Lot == whole) < 0) return null;
        double from = _parts.Where(p => p.Of == whole.Value).Select(static p => p.To).DefaultIfEmpty(0).Max(), to = from + (double)part.Quantity.Value;
        _parts.Add((whole.Value, part.Id, from, to));
        return MadeTo(whole, to);
    }

    /// <summary>Takes over the parts of the same machine as it was thought to go on before, and tells when each is made now.</summary>
    public void Parted(MachineTruth before, Action<string, Instant> made)
    {
        _parts.AddRange(before._parts);
        foreach (var (of, part, _, to) in _parts) made(part, MadeTo(of, to)!.Value);
    }

    /// <summary>Pieces of a run that are made by a second, those made before the start included.</summary>
    private double Done(int run, double second) => (double)_runs[run].Produced + _spans.Where(s => s.Lot == run).Sum(s => Math.Max(0, Math.Min(s.To, second) - s.From) / 3600 * s.PiecesPerHour);

    /// <summary>When so many pieces of a lot are made, those made before the start included.</summary>
    private Instant? MadeTo(Key<Lot> lot, double pieces)
    {
        int index = Array.FindIndex(_runs, r => r.Lot == lot);
        double done = (double)_runs[index].Produced, at = 0;
        foreach (MachineSpan span in _spans)
        {
            if (span.Lot != index || done >= pieces) continue;
            double here = (span.To - span.From) / 3600 * span.PiecesPerHour;
            at = done + here >= pieces ? span.From + (pieces - done) / span.PiecesPerHour * 3600 : span.To;
            done += here;
        }
        return Seconds.At((int)Math.Clamp(Math.Ceiling(at), 0, Horizon.Far), _start);
    }

    /// <summary>When it has made a lot; null when it does not make it.</summary>
    public Instant? Made(Key<Lot> lot)
    {
        int index = Array.FindIndex(_runs, r => r.Lot == lot);
        if (index < 0) return null;
        double at = 0;
        foreach (MachineSpan span in _spans) if (span.Lot == index) at = span.To;
        return Seconds.At((int)Math.Clamp(Math.Ceiling(at), 0, Horizon.Far), _start);
    }

    /// <summary>The runs and the state as the machine tells them at a time; only what it began.</summary>
    public IEnumerable<IRecord> Told(Snapshot world, Instant now)
    {
        double second = (now - _start).TotalSeconds;
        for (int r = 0; r < _runs.Length; r++)
        {
            if (world.ProductionRuns.Find(_runs[r].Key) is not { Status: OrderStatus.Approved or OrderStatus.Confirmed } run) continue;
            double begun = double.PositiveInfinity, left = 0, end = 0;
            foreach (MachineSpan span in _spans)
            {
                if (span.Lot != r) continue;
                begun = Math.Min(begun, span.From);
                left += Math.Max(0, span.To - Math.Max(span.From, second)) / 3600 * span.PiecesPerHour;
                end = span.To;
            }
            if (begun > second || _parts.Any(p => p.Of == _runs[r].Lot.Value && Done(r, second) <= p.To)) continue;      // what goes ahead of it is made first
            bool done = end <= second;
            decimal produced = done ? run.Quantity.Value : Math.Max(run.Produced, run.Quantity.Value - Math.Max(1, Math.Ceiling((decimal)Math.Round(left, 6))));
            yield return run with
            {
                Status = done ? OrderStatus.Completed : OrderStatus.Confirmed, Produced = produced, AsOf = now,
                Rejected = run.Rejected is { } bad && run.Produced > 0 ? Math.Round(bad * produced / run.Produced) : run.Rejected,
                Start = run.Status == OrderStatus.Confirmed ? run.Start : Seconds.At((int)begun, _start),
            };
        }
        foreach (var (of, part, from, to) in _parts)
        {
            int whole = Array.FindIndex(_runs, r => r.Lot.Value == of);
            double done = Done(whole, second);
            foreach (ProductionRun run in world.ProductionRuns.Where(r => r.Lot.Value == part && r.Status is OrderStatus.Approved or OrderStatus.Confirmed))
                if (done > from) yield return run with { Status = OrderStatus.Confirmed, Produced = Math.Max(run.Produced, Math.Min(run.Quantity.Value, Math.Floor((decimal)(Math.Min(done, to) - from)))), AsOf = now };
        }
        if (world.MachineReports.Find(_machine.Id) is { } report && StateAt(second) is var (state, since)) yield return Report(report, state, since, second, now);
    }

    private (MachineState State, double Since) StateAt(double second)
    {
        MachineState state = MachineState.Idle;
        double since = 0;
        foreach (MachineSpan span in _spans)
        {
            if (span.From > second) break;
            bool over = span.To <= second;
            MachineState then = over ? MachineState.Idle : span.State;
            if (then != state) (state, since) = (then, over ? span.To : span.From);
        }
        // it stands still though no plan says so: seen as down
        return state == MachineState.Idle && _stills.FirstOrDefault(s => second >= Seconds.Of(s.From, _start) && second < Seconds.Of(s.To, _start)) is { } still ? (MachineState.Down, Seconds.Of(still.From, _start)) : (state, since);
    }

    /// <summary>A rate as good as measured ones are: the one known at the start, else the true one misread, so that the forecast's spread around it is what it is worth. What is left of a
    /// stated life, until it has failed.</summary>
    private MachineReport Report(MachineReport before, MachineState state, double since, double second, Instant now)
    {
        double ran = 0, rate = 0;
        bool failed = false;
        foreach (MachineSpan span in _spans)
        {
            if (span.From > second) break;
            if (span.State == MachineState.Running)
            {
                ran += (Math.Min(span.To, second) - Math.Max(0, span.From)) / 3600;
                rate = span.PiecesPerHour;
            }
            failed |= span.State == MachineState.Down && span.To > span.From;
        }
        decimal? p10 = null, p50 = null;
        if (_remaining is not null && !failed)
        {
            double alive = Math.Max(StageTime.LeastSurvival, _remaining.Survival(ran));
            (p10, p50) = ((decimal)Math.Max(0.1, Math.Round(_remaining.QuantileUpper(0.9 * alive) - ran, 3)), (decimal)Math.Max(0.2, Math.Round(_remaining.QuantileUpper(0.5 * alive) - ran, 3)));
        }
        return before with
        {
            State = state, Since = state == before.State ? before.Since : Seconds.At((int)since, _start), Reason = state == before.State ? before.Reason : "",
            RatePerHour = before.RatePerHour ?? (rate > 0 ? (decimal)Math.Round(rate * _misread, 6) : null), RemainingP10Hours = p10, RemainingP50Hours = p50, AsOf = now,
        };
    }
}
