using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Answers that a world's keys do not give, such as which lots are aboard a shipment. Made once for a world, then moved on with each
/// change, so that a change costs what it touches and not what there is.</summary>
internal sealed class Links
{
    private readonly NamedBy _aboard, _runsOf, _runsOn, _stops, _builds, _pins, _units, _rests, _calls;

    private Links() => (_aboard, _runsOf, _runsOn, _stops, _builds, _pins, _units, _rests, _calls) = (new(), new(), new(), new(), new(), new(), new(), new(), new());

    private Links(Links other) => (_aboard, _runsOf, _runsOn, _stops, _builds, _pins, _units, _rests, _calls) =
        (new(other._aboard), new(other._runsOf), new(other._runsOn), new(other._stops), new(other._builds), new(other._pins), new(other._units), new(other._rests), new(other._calls));

    public static Links Of(Snapshot world)
    {
        var links = new Links();
        foreach (Lot x in world.Lots) links.Set(x, on: true);
        foreach (ProductionRun x in world.ProductionRuns) links.Set(x, on: true);
        foreach (Maintenance x in world.Maintenance) links.Set(x, on: true);
        foreach (Build x in world.Builds) links.Set(x, on: true);
        foreach (Pin x in world.Pins) links.Set(x, on: true);
        foreach (Unit x in world.Units) links.Set(x, on: true);
        foreach (FloorOperation x in world.FloorOperations) links.Set(x, on: true);
        foreach (WorkTask x in world.Tasks) links.Set(x, on: true);
        return links;
    }

    public Links Copy() => new(this);

    /// <summary>Moves on to the world that a change made.</summary>
    public void Follow(IReadOnlyList<Touch> touched)
    {
        foreach (Touch touch in touched)
        {
            if (touch.Before is { } before) Set(before, on: false);
            if (touch.After is { } after) Set(after, on: true);
        }
    }

    /// <summary>Lots that a shipment carries, in order of key.</summary>
    public IEnumerable<Lot> Aboard(Snapshot world, Key<Shipment> shipment) => _aboard[shipment.Value].Select(k => world.Lots.Find(k)).OfType<Lot>();

    /// <summary>Production runs that make a lot.</summary>
    public IEnumerable<ProductionRun> RunsOf(Snapshot world, Key<Lot> lot) => _runsOf[lot.Value].Select(k => world.ProductionRuns.Find(k)).OfType<ProductionRun>();

    /// <summary>Production runs on a machine.</summary>
    public IEnumerable<ProductionRun> RunsOn(Snapshot world, Key<Machine> machine) => _runsOn[machine.Value].Select(k => world.ProductionRuns.Find(k)).OfType<ProductionRun>();

    /// <summary>Stops of a machine that are still to come or under way.</summary>
    public IEnumerable<Maintenance> Stops(Snapshot world, Key<Machine> machine) =>
        _stops[machine.Value].Select(k => world.Maintenance.Find(k)).OfType<Maintenance>().Where(static m => m.Status < OrderStatus.Completed);

    /// <summary>The open build of an order line; null when it holds no slot.</summary>
    public Build? Held(Snapshot world, Key<OrderLine> order)
    {
        foreach (string key in _builds[order.Value])
        {
            if (world.Builds.Find(key) is { Status: < OrderStatus.Completed } build) return build;
        }
        return null;
    }

    /// <summary>Pins on an order line or a lot that have not lapsed at t.</summary>
    public IEnumerable<Pin> Pins(Snapshot world, string target, Instant t) =>
        _pins[target].Select(k => world.Pins.Find(k)).OfType<Pin>().Where(p => !(p.Expires <= t));

    /// <summary>Units of a build, whatever became of them, in order of serial number.</summary>
    public IEnumerable<Unit> Units(Snapshot world, Key<Build> build) => _units[build.Value].Select(k => world.Units.Find(k)).OfType<Unit>();

    /// <summary>When work on a unit rested and when it went on, in order of time.</summary>
    public IEnumerable<FloorOperation> Rests(Snapshot world, Key<Unit> unit) =>
        _rests[unit.Value].Select(k => world.FloorOperations.Find(k)).OfType<FloorOperation>().OrderBy(static o => o.Happened);

    /// <summary>Open calls for help at a unit.</summary>
    public IEnumerable<WorkTask> Calls(Snapshot world, Key<Unit> unit) => _calls[unit.Value].Select(k => world.Tasks.Find(k)).OfType<WorkTask>().Where(static c => c.State == TaskState.Open);

    /// <summary>Serial number of the unit that a call for help is about; null: it is another task, or about none.</summary>
    public static string? Called(WorkTask task) => task.Kind == TaskKind.AndonCall && task.Subject.StartsWith("units:", StringComparison.Ordinal) ? task.Subject[6..] : null;

    private void Set(IRecord record, bool on)
    {
        switch (record)
        {
            case Lot { Shipment: { } shipment } lot: _aboard.Set(shipment.Value, lot.Id, on); break;
            case ProductionRun run:
                _runsOf.Set(run.Lot.Value, run.Id, on);
                _runsOn.Set(run.Machine.Value, run.Id, on);
                break;
            case Maintenance stop: _stops.Set(stop.Machine.Value, stop.Id, on); break;
            case Build build: _builds.Set(build.OrderLine.Value, build.Id, on); break;
            case Pin pin: _pins.Set(pin.Target, pin.Id, on); break;
            case Unit unit: _units.Set(unit.Build.Value, unit.Id, on); break;
            case FloorOperation { Act: FloorAct.Pause or FloorAct.Resume, Answer: FloorAnswer.Accepted, Unit.Length: > 0 } rest: _rests.Set(rest.Unit, rest.Id, on); break;
            case WorkTask task when Called(task) is { } called: _calls.Set(called, task.Id, on); break;
        }
    }
}
