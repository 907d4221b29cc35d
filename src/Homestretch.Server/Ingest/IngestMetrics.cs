using System.Diagnostics.Metrics;
using Homestretch.Server.Storage.Telemetry;

namespace Homestretch.Server.Ingest;

/// <summary>What ingest and its log show to Prometheus beside the plain counts; docs/operating/metrics.md explains each.</summary>
internal sealed class IngestMetrics : IHostedService, IDisposable
{
    private readonly Meter _meter = new(Counters.MeterName);

    public IngestMetrics(SparkplugHost host, TelemetryLog log)
    {
        foreach (var (name, doc) in TelemetryCounters.Names)
            _meter.CreateObservableCounter($"homestretch.telemetry_{name}", () => log.Counters.Value(name), description: doc);
        _meter.CreateObservableCounter("homestretch.sparkplug_lost", () => host.Lost, "{message}", "Messages that edges sent and that never came, by their sequence numbers");
        _meter.CreateObservableGauge("homestretch.ingest_waiting", () => host.Waiting, "{message}", "MQTT messages taken in and not looked at yet");
        _meter.CreateObservableGauge("homestretch.telemetry_waiting", () => log.Backlog, "{batch}", "Telemetry batches that wait for the disk");
        _meter.CreateObservableGauge("homestretch.ingest_lag", () => host.Lag.TotalSeconds, "s", "Age of the message last taken from the inbox, when it was taken");
    }

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
