namespace Homestretch.Exchange.Sparkplug;

/// <summary>Names of the metrics that our edge publishes for a machine; docs/standards/sparkplug.md has types and units. Other
/// devices' names are mapped to these by the server.</summary>
public static class MachineMetricNames
{
    /// <summary>String: Running, Idle, Down or Changeover. 'No data' is never sent; it is what silence means.</summary>
    public const string State = "Machine/State";

    /// <summary>String: why the machine is in its state, as the machine or its operator says; empty when nobody said.</summary>
    public const string Reason = "Machine/Reason";

    /// <summary>Int64: good pieces of the lot in work, counted up from 0.</summary>
    public const string Produced = "Run/Produced";

    /// <summary>Int64: rejected pieces of the lot in work, counted up from 0.</summary>
    public const string Rejected = "Run/Rejected";

    /// <summary>Double: good pieces per hour, measured over the last while.</summary>
    public const string Rate = "Run/Rate";

    /// <summary>String: key of the lot in work; empty when none is.</summary>
    public const string Lot = "Run/Lot";

    /// <summary>Double: vibration velocity, mm/s RMS.</summary>
    public const string Vibration = "Health/Vibration";

    /// <summary>Double: temperature, degrees Celsius.</summary>
    public const string Temperature = "Health/Temperature";

    /// <summary>Double: motor current, ampere RMS.</summary>
    public const string Current = "Health/Current";

    /// <summary>Double: pressure, bar.</summary>
    public const string Pressure = "Health/Pressure";

    /// <summary>Double: hours run since new.</summary>
    public const string RunningHours = "Health/Running Hours";

    /// <summary>Double: remaining useful life, running hours, survived nine times in ten.</summary>
    public const string RemainingP10 = "Health/Remaining P10";

    /// <summary>Double: remaining useful life, running hours, median.</summary>
    public const string RemainingP50 = "Health/Remaining P50";

    /// <summary>Int64: number of this message in the edge's own stream, for repeats and the durable watermark.</summary>
    public const string StreamSequence = "Edge/Sequence";
}
