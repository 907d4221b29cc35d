using System.Diagnostics.Metrics;
using Homestretch.World;

namespace Homestretch.Server.Live;

/// <summary>What planner and world show to Prometheus as they stand.</summary>
internal sealed class PlannerMetrics : IHostedService, IDisposable
{
    private readonly Meter _meter = new(Counters.MeterName);

    public PlannerMetrics(Planner planner, LiveWorld live, HubClock clock)
    {
        _meter.CreateObservableGauge("homestretch.planner_waiting", () => planner.Waiting, "{change}", "Batches of changes that wait for the planner");
        _meter.CreateObservableGauge("homestretch.planner_lag", () => planner.Lag.TotalSeconds, "s", "How long the batch last taken by the planner had waited");
        _meter.CreateObservableGauge("homestretch.plan_age", () => (clock.Now - live.Plan.Epoch).TotalSeconds, "s", "Age of the plan's epoch by the hub's clock");
        _meter.CreateObservableCounter("homestretch.journal_entries", () => planner.Sequence, "{entry}", "Entries in the journal");
        _meter.CreateObservableGauge("homestretch.windows_open", () => planner.Listening, "{window}", "Screens and streams that are told of changes now");
        _meter.CreateObservableGauge("homestretch.machines", () => Machines(live.World), "{machine}", "Machines by the state they last reported; unknown: never");
    }

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Machines(Snapshot world)
    {
        var byState = world.Machines.CountBy(m => world.MachineReports.Find(m.Id) is { } report ? Words.Of(report.State) : "unknown").ToDictionary(StringComparer.Ordinal);
        string[] states = [.. Enum.GetValues<MachineState>().Select(static s => Words.Of(s)), "unknown"];
        return states.Select(s => new Measurement<int>(byState.GetValueOrDefault(s), new KeyValuePair<string, object?>("state", s)));
    }
}
