using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>What one line of a machine's log tells.</summary>
public enum LogKind
{
    /// <summary>A sensor's reading.</summary>
    Sensor,

    /// <summary>An error that the machine reported and that did not stop it.</summary>
    Error,

    /// <summary>A part was renewed or serviced as planned.</summary>
    Maintenance,

    /// <summary>The machine failed.</summary>
    Failure,
}

/// <summary>One line of a machine's log.</summary>
/// <param name="Hours">Since the log began, or since any fixed moment.</param>
/// <param name="Name">Of the sensor, error, part or failure.</param>
/// <param name="Value">Of a sensor; NaN otherwise.</param>
public readonly record struct LogLine(double Hours, LogKind Kind, string Name, float Value);

/// <summary>All lines of one machine, in order of time.</summary>
/// <param name="Until">Hours at which the log ends: until then failures would have been written down.</param>
public sealed record MachineLog(string Machine, ImmutableArray<LogLine> Lines, double Until);

/// <summary>What a kind of machine writes into its log, by name, each list in ordinal order.</summary>
public sealed record LogNames(ImmutableArray<string> Sensors, ImmutableArray<string> Errors, ImmutableArray<string> Parts)
{
    /// <summary>The names that stand in logs.</summary>
    public static LogNames Of(IReadOnlyList<MachineLog> logs)
    {
        ImmutableArray<string> Named(LogKind kind) => [.. logs.SelectMany(static l => l.Lines).Where(l => l.Kind == kind).Select(static l => l.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(Named(LogKind.Sensor), Named(LogKind.Error), Named(LogKind.Maintenance));
    }
}
