using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>How a machine spent one clock hour (UTC) and what it made in it. The five times add up to what is known to have passed.</summary>
/// <param name="Hour">Begin of the hour.</param>
/// <param name="NoData">Time in which nobody knows what it did.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Bad">Rejected pieces.</param>
public readonly record struct HourSpent(Instant Hour, Duration NoData, Duration Running, Duration Idle, Duration Down, Duration Changeover, long Good, long Bad)
{
    /// <summary>Time in a state.</summary>
    public Duration In(MachineState state) => state switch
    {
        MachineState.NoData => NoData,
        MachineState.Running => Running,
        MachineState.Idle => Idle,
        MachineState.Down => Down,
        MachineState.Changeover => Changeover,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    /// <summary>The time that is known to have passed, no data included.</summary>
    public Duration Passed => NoData + Running + Idle + Down + Changeover;

    /// <summary>Times and pieces of both, under this one's hour.</summary>
    internal HourSpent Plus(HourSpent o) => new(Hour, NoData + o.NoData, Running + o.Running, Idle + o.Idle, Down + o.Down, Changeover + o.Changeover, Good + o.Good, Bad + o.Bad);

    /// <summary>The hour with more time in a state.</summary>
    internal HourSpent With(MachineState state, Duration more) => state switch
    {
        MachineState.NoData => this with { NoData = NoData + more },
        MachineState.Running => this with { Running = Running + more },
        MachineState.Idle => this with { Idle = Idle + more },
        MachineState.Down => this with { Down = Down + more },
        MachineState.Changeover => this with { Changeover = Changeover + more },
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    /// <summary>The begin of the clock hour an instant lies in.</summary>
    internal static Instant Begin(Instant at)
    {
        long ticks = at.ToUnixTimeTicks(), into = ticks % NodaConstants.TicksPerHour;
        return Instant.FromUnixTimeTicks(ticks - (into < 0 ? into + NodaConstants.TicksPerHour : into));
    }
}
