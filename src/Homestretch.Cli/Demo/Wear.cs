namespace Homestretch.Cli.Demo;

/// <summary>What a machine's features follow.</summary>
internal enum WearKind
{
    /// <summary>Healthy: the noise of real machines that did not fail.</summary>
    Well,

    /// <summary>Nine days of running from new to seized: 216 hours, one for each cycle of a real turbofan.</summary>
    CoolantPump,

    /// <summary>The last six days of a real bearing.</summary>
    SpindleBearing,

    /// <summary>Cracks with no sign before it.</summary>
    PressDie,

    /// <summary>Sends nothing: its state is unknown.</summary>
    NotConnected,
}

/// <summary>What the sensors on a machine read.</summary>
/// <param name="VibrationMmS">Vibration velocity, mm/s RMS.</param>
/// <param name="TemperatureC">Coolant or tool temperature, degrees Celsius.</param>
/// <param name="CurrentA">Drive current, ampere.</param>
internal readonly record struct Features(double VibrationMmS, double TemperatureC, double CurrentA);

/// <summary>Replays real run-to-failure measurements as a machine's features, against its running hours. Values are moved to the
/// machine's units by straight lines; shape, noise and timing are as measured.</summary>
internal static class Wear
{
    private const int Pump = 41;
    internal const double MmSPerG = 30;

    /// <summary>Hours into the bearing's record at which the demonstration begins: 144 hours, six days, are left.</summary>
    private static readonly double s_bearingFrom = RealSignals.Bearings[^1].Minutes / 60 - 144;

    /// <summary>Running hours from the start of the demonstration to failure; null when wear does not end it.</summary>
    public static double? LifeHours(WearKind kind, Draw draw, string machine) => kind switch
    {
        WearKind.CoolantPump => RealSignals.Engines[Pump].Length,
        WearKind.SpindleBearing => RealSignals.Bearings[^1].Minutes / 60 - s_bearingFrom,
        WearKind.PressDie => draw.Between($"crack|{machine}", 40, 110),
        WearKind.Well or WearKind.NotConnected => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of wear."),
    };

    /// <summary>What is known of such parts before one of them shows its wear: hours from the start of the demonstration that nine in ten
    /// and that half of them last. Null for what gives no sign.</summary>
    public static (double P10Hours, double P50Hours)? TypicalLife(WearKind kind) => kind switch
    {
        WearKind.CoolantPump => (150, 216),
        WearKind.SpindleBearing => (100, 144),
        WearKind.Well or WearKind.PressDie or WearKind.NotConnected => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of wear."),
    };

    /// <summary>Running hours of the part before the demonstration begins, as far back as its record goes.</summary>
    public static double HoursBefore(WearKind kind) => kind == WearKind.SpindleBearing ? s_bearingFrom : 0;

    /// <summary>Coolant, degrees Celsius, for an engine's T50 in degrees Rankine.</summary>
    internal static double PumpTemperature(double t50) => 24 + (t50 - 1391) * 0.9;

    /// <summary>Drive current, ampere, for an engine's Ps30 in psia.</summary>
    internal static double PumpCurrent(double ps30) => 61 + (ps30 - 47.2) * 14;

    /// <summary>What fails when the life is over.</summary>
    public static string Failure(WearKind kind) => kind switch
    {
        WearKind.CoolantPump => "coolant pump seized",
        WearKind.SpindleBearing => "spindle bearing failed",
        WearKind.PressDie => "die cracked",
        WearKind.Well or WearKind.NotConnected => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of wear."),
    };

    /// <summary>Features after so many running hours.</summary>
    /// <param name="hours">Running hours since the start of the demonstration, or since the part was renewed.</param>
    /// <param name="renewed">The worn part was replaced: it reads like a healthy one.</param>
    public static Features At(WearKind kind, string machine, double hours, bool renewed)
    {
        Features well = Well(machine, hours);
        if (renewed) return well;
        return kind switch
        {
            WearKind.CoolantPump => Engine(Pump, hours) is var (t50, ps30) ? new(well.VibrationMmS, PumpTemperature(t50), PumpCurrent(ps30)) : well,
            WearKind.SpindleBearing => well with { VibrationMmS = Bearing(0, s_bearingFrom + hours) },
            WearKind.Well or WearKind.PressDie or WearKind.NotConnected => well,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of wear."),
        };
    }

    /// <summary>The quiet first four days of bearings 2 to 4 and of engine 6 or 24, to and fro.</summary>
    private static Features Well(string machine, double hours)
    {
        int which = (int)(StableHash.Of("demo", machine) % 6);
        var (t50, ps30) = Engine(which < 3 ? 6 : 24, ToAndFro(hours, 60));
        return new(Bearing(1 + which % 3, ToAndFro(hours + 7 * which, 96)), 22 + which + (t50 - 1391) * 0.2, 40 + 6 * which + (ps30 - 47.2) * 6);
    }

    /// <summary>A bearing's mean absolute g, thirty times over, stands for mm/s: from 1.8 when new to about 6 and more before the end.</summary>
    private static double Bearing(int which, double hours) => MmSPerG * RealSignals.Bearings[Math.Clamp((int)(hours * 6), 0, RealSignals.Bearings.Count - 1)].Bearings[which];

    private static (double T50, double Ps30) Engine(int unit, double cycle)
    {
        double[][] cycles = RealSignals.Engines[unit];
        double[] row = cycles[Math.Clamp((int)cycle, 0, cycles.Length - 1)];
        return (row[1], row[2]);
    }

    private static double ToAndFro(double hours, double length) => hours % (2 * length) is var at && at < length ? at : 2 * length - at;
}
