using Homestretch.Exchange.Sparkplug;
using Homestretch.World;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>What a simulated edge sends of a machine, by metric name. The names are the demonstration's data contract, documented in
/// docs/demo-company.md.</summary>
internal static class Telemetry
{
    /// <summary>Metric values of one reading, in one fixed order; null where the edge makes no statement.</summary>
    public static IReadOnlyList<(string Name, SparkplugType Type, object? Value)> Of(MachineReading r) =>
    [
        ("State", SparkplugType.String, Words.Of(r.State)), ("State/Reason", SparkplugType.String, r.Reason),
        ("Run", SparkplugType.String, r.Run), ("Lot", SparkplugType.String, r.Lot),
        ("Count/Produced", SparkplugType.Int64, r.Produced), ("Count/Rejected", SparkplugType.Int64, r.Rejected),
        ("Rate/PiecesPerHour", SparkplugType.Double, Math.Round(r.RatePerHour, 4)), ("Vibration/MeanAbsG", SparkplugType.Double, Math.Round(r.Features.VibrationG, 5)),
        ("Temperature/C", SparkplugType.Double, Math.Round(r.Features.TemperatureC, 2)), ("Current/A", SparkplugType.Double, Math.Round(r.Features.CurrentA, 2)),
        ("Life/P10Hours", SparkplugType.Double, r.Remaining is { } low ? Math.Round(low.P10Hours, 1) : null),
        ("Life/P50Hours", SparkplugType.Double, r.Remaining is { } middle ? Math.Round(middle.P50Hours, 1) : null),
    ];
}
