using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>What one machine says at one moment: its raw readings. What they mean for its parts is for others to judge.</summary>
/// <param name="RatePerHour">Good pieces per hour over the last span; 0 when it did not run.</param>
/// <param name="RunningHours">Hours run since the wearing part was new.</param>
internal sealed record MachineReading(Plants.Equipment Machine, Instant At, MachineState State, string Reason, string Run, string Lot, long Produced, long Rejected,
    double RatePerHour, Features Features, double RunningHours);

/// <summary>What a machine's controller remembers of an hour in which it ran.</summary>
internal sealed record PastReading(Plants.Equipment Machine, Instant At, Features Features, double RunningHours);

/// <summary>Plays one machine: runs its orders, changes over, wears, stops, is repaired.</summary>
internal sealed class MachinePlayer(Plants.Equipment machine, Stage stage, PartLife part)
{
    /// <summary>Share of pieces that are rejected.</summary>
    private const decimal Rejects = 0.015m;

    private double _worn = part.Hours, _made = -1;
    private long _rejected;
    private bool _renewed = part.Renewed, _held;
    private Instant _until;
    private ProductionRun? _run;
    private Key<Maintenance>? _service;

    public Plants.Equipment Machine => machine;

    /// <summary>How far its wearing part is.</summary>
    public PartLife Part => new(_worn, _renewed);
    public MachineState State
    {
        get;
        private set
        {
            if (field != value) Since = stage.Now;
            field = value;
        }
    } = MachineState.Idle;

    /// <summary>When it took the state that it is in.</summary>
    public Instant Since { get; private set; } = stage.Now;
    public string Reason { get; private set; } = "no work";

    /// <summary>Running hours after which the wearing part fails; null when none wears.</summary>
    public double? LifeHours => _renewed ? null : Wear.LifeHours(machine.Wear, stage.Draw, machine.Key);

    /// <summary>Plays the machine up to the stage's present and reads it.</summary>
    public MachineReading Play()
    {
        double hours = (stage.Now - stage.Before).TotalHours, made = 0, ran = 0;
        if (State is MachineState.Down or MachineState.Changeover && !_held && stage.Now >= _until) Leave();
        if (State is MachineState.Idle or MachineState.Running && Planned() is { } service) Serve(service);
        if (State == MachineState.Idle) TakeUp();
        if (State == MachineState.Running && Stopped(hours) is { } stop) Stop(stop.Reason, stop.For);
        if (State == MachineState.Running && _run is { } run)
        {
            double pace = 0.97 + 0.03 * stage.Draw.At($"pace|{machine.Key}|{stage.Now.ToUnixTimeSeconds() / 3600}");
            made = Math.Min((double)machine.Rate * pace * hours, (double)run.Quantity.Value - _made);
            ran = hours;
            _made += made;
            _worn += hours;
            if (stage.Draw.Chance($"reject|{machine.Key}|{(long)_made}", made < 1 ? (double)Rejects * made : (double)Rejects)) _rejected++;
            if (_made >= (double)run.Quantity.Value - 1e-6) Finish(run);
        }
        Features read = Wear.At(machine.Wear, machine.Key, _worn, _renewed);
        if (ran == 0) read = new(read.VibrationMmS * 0.05, 21, read.CurrentA * 0.06);
        return new(machine, stage.Now, State, State == MachineState.Running ? "" : Reason, _run?.Id ?? "", _run?.Lot.Value ?? "",
            (long)Math.Max(0, _made), _rejected, ran > 0 ? made / ran : 0, read, RunningHours(_worn));
    }

    /// <summary>The hours of its part's life up to now, one reading each, as if it had run without a stop; none of a part that was renewed.</summary>
    public IEnumerable<PastReading> Past(Instant now)
    {
        if (_renewed) yield break;
        for (double hours = Math.Ceiling(1 - Wear.HoursBefore(machine.Wear)); hours <= _worn; hours++)
            yield return new(machine, now - Duration.FromHours(_worn - hours), Wear.At(machine.Wear, machine.Key, hours, false), RunningHours(hours));
    }

    /// <summary>A demonstrator's hand: down until told up.</summary>
    public void Down(string reason)
    {
        _held = true;
        (State, Reason) = (MachineState.Down, reason);
    }

    public void Up()
    {
        _held = false;
        Leave();
    }

    private double RunningHours(double worn) => _renewed ? worn : worn + Wear.HoursBefore(machine.Wear);

    private void Leave()
    {
        if (_service is { } done) Served(done);
        (State, Reason) = _run is null ? (MachineState.Idle, "no work") : (MachineState.Running, "");
    }

    /// <summary>The next run in the plan, when it should begin within a fortnight.</summary>
    private void TakeUp()
    {
        ProductionRun? next = stage.World.ProductionRuns.Where(r => r.Machine == machine.Key && r.Status is OrderStatus.Approved or OrderStatus.Confirmed && r.Start < stage.Now + Duration.FromDays(14)
                && stage.World.Lots.Find(r.Lot) is { State: LotState.Planned or LotState.Making })
            .OrderByDescending(static r => r.Status).ThenBy(static r => r.Start).ThenBy(static r => r.Id, StringComparer.Ordinal).FirstOrDefault();
        if (next is null) return;
        bool resumed = next.Status == OrderStatus.Confirmed;
        _run = next with { Status = OrderStatus.Confirmed, Start = resumed ? next.Start : Voyage.Whole(stage.Now), AsOf = Voyage.Whole(stage.Now) };
        (_made, _rejected) = resumed ? ((double)next.Produced, (long)(next.Rejected ?? next.Produced * Rejects)) : (0, 0);
        Instant ready = stage.Now + Voyage.Days(((double)next.Quantity.Value - _made) / (double)machine.Rate / 24);
        stage.Put(_run);
        if (stage.World.Lots.Find(next.Lot) is { } lot) stage.Put(lot with { State = LotState.Making, Ready = Voyage.Whole(ready), ReadyP90Days = 1 });
        if (resumed) (State, Reason) = (MachineState.Running, "");
        else (State, Reason, _until) = (MachineState.Changeover, $"set up for {next.Lot}", stage.Now + Plants.Changeover);
    }

    private void Finish(ProductionRun run)
    {
        Instant now = Voyage.Whole(stage.Now);
        stage.Put(run with { Status = OrderStatus.Completed, Produced = run.Quantity.Value, Rejected = _rejected, AsOf = now });
        if (stage.World.Lots.Find(run.Lot) is { } lot) stage.Put(lot with { State = LotState.Made, Ready = now, ReadyP90Days = 0 });
        _run = null;
        (State, Reason) = (MachineState.Idle, "no work");
    }

    /// <summary>Why it stops now and for how long; null when it runs on.</summary>
    private (string Reason, double For)? Stopped(double hours)
    {
        if (LifeHours is { } life && _worn >= life)
        {
            (_renewed, _worn) = (true, 0);
            return (Wear.Failure(machine.Wear), Repair("wear"));
        }
        string hour = $"{machine.Key}|{stage.Now.ToUnixTimeSeconds()}";
        return stage.Draw.Chance($"fails|{hour}", hours / machine.Between) ? (stage.Draw.Of($"why|{hour}", s_reasons), Repair(hour)) : null;
    }

    /// <summary>The planned stop that is due, whether it runs or stands idle.</summary>
    private Maintenance? Planned() => stage.World.Maintenance.FirstOrDefault(m => m.Machine == machine.Key && m.Status is OrderStatus.Approved or OrderStatus.Confirmed && m.From <= stage.Now && m.To > stage.Now);

    private void Serve(Maintenance service)
    {
        _service = service.Key;
        Stop(service.Work, (service.To - stage.Now).TotalHours);
    }

    /// <summary>The worn part is new, and the work order is done.</summary>
    private void Served(Key<Maintenance> service)
    {
        (_service, _renewed, _worn) = (null, true, 0);
        if (stage.World.Maintenance.Find(service.Value) is { Status: OrderStatus.Approved or OrderStatus.Confirmed } work) stage.Put(work with { Status = OrderStatus.Completed });
    }

    private double Repair(string key) => Lognormal.At((double)machine.Repair50, (double)machine.Repair90, stage.Draw.Normal($"repair|{machine.Key}|{key}"));

    private void Stop(string reason, double hours)
    {
        (State, Reason, _until) = (MachineState.Down, reason, stage.Now + Voyage.Days(hours / 24));
    }

    private static readonly string[] s_reasons = ["sensor fault", "tool breakage", "material jam", "drive fault", "power dip"];
}
