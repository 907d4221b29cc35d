using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Sparkplug;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>One machine as a Sparkplug device: under the names that the hub knows, see <see cref="MachineMetricNames"/>.</summary>
internal sealed class Telemetry
{
    private readonly EdgeMetric _state, _reason, _lot, _produced, _rejected, _rate, _vibration, _temperature, _current, _hours;

    public Telemetry(EdgeSession session, string machine)
    {
        Device = session.AddDevice(machine);
        _state = Device.Add(MachineMetricNames.State, SparkplugType.String);
        _reason = Device.Add(MachineMetricNames.Reason, SparkplugType.String);
        _lot = Device.Add(MachineMetricNames.Lot, SparkplugType.String);
        _produced = Device.Add(MachineMetricNames.Produced, SparkplugType.Int64);
        _rejected = Device.Add(MachineMetricNames.Rejected, SparkplugType.Int64);
        _rate = Device.Add(MachineMetricNames.Rate, SparkplugType.Double);
        _vibration = Device.Add(MachineMetricNames.Vibration, SparkplugType.Double);
        _temperature = Device.Add(MachineMetricNames.Temperature, SparkplugType.Double);
        _current = Device.Add(MachineMetricNames.Current, SparkplugType.Double);
        _hours = Device.Add(MachineMetricNames.RunningHours, SparkplugType.Double);
    }

    public EdgeDevice Device { get; }

    public void Take(MachineReading r)
    {
        _state.Set(r.State.ToString(), r.At);
        _reason.Set(r.Reason, r.At);
        _lot.Set(r.Lot, r.At);
        _produced.Set(MetricValue.Of(r.Produced), r.At);
        _rejected.Set(MetricValue.Of(r.Rejected), r.At);
        Set(_rate, r.RatePerHour, 4, r.At);
        Set(_vibration, r.Features.VibrationMmS, 4, r.At);
        Set(_temperature, r.Features.TemperatureC, 2, r.At);
        Set(_current, r.Features.CurrentA, 2, r.At);
        Set(_hours, r.RunningHours, 1, r.At);
    }

    private static void Set(EdgeMetric metric, double? value, int decimals, Instant at) =>
        metric.Set(value is { } v ? MetricValue.Of(Math.Round(v, decimals)) : MetricValue.Null, at);
}
