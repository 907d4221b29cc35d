using Homestretch.World;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>What a simulated edge sends of a machine, by metric name. The names are the demonstration's data contract, documented in
/// docs/demo-company.md.</summary>
internal static class Telemetry
{
    /// <summary>Metric values of one reading, in one fixed order; null where the edge makes no statement.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Of(MachineReading r) =>
    [
        ("State", Words.Of(r.State)), ("State/Reason", r.Reason), ("Run", r.Run), ("Lot", r.Lot), ("Count/Produced", r.Produced), ("Count/Rejected", r.Rejected),
        ("Rate/PiecesPerHour", Math.Round(r.RatePerHour, 4)), ("Vibration/MeanAbsG", Math.Round(r.Features.VibrationG, 5)),
        ("Temperature/C", Math.Round(r.Features.TemperatureC, 2)), ("Current/A", Math.Round(r.Features.CurrentA, 2)),
        ("Life/P10Hours", r.Remaining is { } low ? Math.Round(low.P10Hours, 1) : null), ("Life/P50Hours", r.Remaining is { } middle ? Math.Round(middle.P50Hours, 1) : null),
    ];
}
