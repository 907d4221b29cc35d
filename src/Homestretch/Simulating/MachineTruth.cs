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

    private MachineTruth(Machine machine, Instant start, ProductionRun[] runs, IReadOnlyList<MachineSpan> spans, Life life, double misread) =>
        (_machine, _start, _runs, _spans, _remaining, _misread) = (machine, start, runs, spans, (life as Life.Stated)?.Remaining, misread);

    /// <summary>Null when it has nothing to make, or has never reported.</summary>
    public static MachineTruth? Of(Snapshot world, Machine machine, Making making, Instant start, Draws draws)
    {
        ProductionRun[] runs = making.Queue(world, machine.Key);
        if (runs.Length == 0 || world.MachineReports.Find(machine.Id) is not { } report) return null;
        var (outlook, work) = making.OnMachine(world, machine, report, runs);
        double misread = Math.Exp(Making.MeasuredSpread * draws.Normal(StableHash.Join(outlook.Key, StableHash.Of("misread")), 0));
        return new(machine, start, runs, ReadyDate.Play(outlook, start, draws, 0, work), outlook.Life, misread);
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
            if (begun > second) continue;
            bool done = end <= second;
            decimal produced = done ? run.Quantity.Value : Math.Max(run.Produced, run.Quantity.Value - Math.Max(1, Math.Ceiling((decimal)Math.Round(left, 6))));
            yield return run with
            {
                Status = done ? OrderStatus.Completed : OrderStatus.Confirmed, Produced = produced, AsOf = now,
                Rejected = run.Rejected is { } bad && run.Produced > 0 ? Math.Round(bad * produced / run.Produced) : run.Rejected,
                Start = run.Status == OrderStatus.Confirmed ? run.Start : Seconds.At((int)begun, _start),
            };
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
        return (state, since);
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
