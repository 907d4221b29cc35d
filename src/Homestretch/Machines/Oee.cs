using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>One message of a machine: its state and its counters as they stood.</summary>
/// <param name="State">Null: the message does not say; the state before holds.</param>
/// <param name="Produced">Pieces made, good and bad, a counter that only rises (or begins again at 0); null: not said.</param>
/// <param name="Rejected">Of them bad, likewise.</param>
public readonly record struct Observation(Instant At, MachineState? State, long? Produced, long? Rejected);

/// <summary>How a machine spent a time and what it made: a running total to which observations are added. Immutable.</summary>
/// <remarks>A state holds until the next observation, but not longer than the silence limit: what lies beyond is no data.
/// An observation older than the last one is counted as late and changes nothing here; history is folded again from the
/// log. OEE = availability x performance x quality (Nakajima 1988; ISO 22400-2:2014): availability = running over known
/// time, performance = pieces made over pieces at the ideal rate in running time, quality = good over made. Idle time
/// counts against availability; time without data is left out and stated. Example: docs/formulas/arrivals.md.</remarks>
public sealed record MachineTally
{
    private readonly Duration[] _inState = new Duration[5];

    private MachineTally(Instant begin) => (Begin, Last) = (begin, begin);

    public Instant Begin { get; }
    public Instant Last { get; private init; }
    public MachineState State { get; private init; } = MachineState.NoData;

    /// <summary>After so long without a message a machine's state is no data.</summary>
    public Duration Silence { get; private init; }
    public long Made { get; private init; }
    public long Bad { get; private init; }
    public int Late { get; private init; }
    private long? Produced { get; init; }
    private long? Rejected { get; init; }

    /// <summary>An empty tally of the time from <paramref name="begin"/>, state unknown.</summary>
    public static MachineTally From(Instant begin, Duration silence) => new(begin) { Silence = silence };

    /// <summary>The tally with one observation more.</summary>
    public MachineTally Add(Observation seen)
    {
        if (seen.At < Last) return this with { Late = Late + 1 };
        var passed = Until(seen.At);
        return passed with
        {
            State = seen.State ?? (passed.State == MachineState.NoData ? MachineState.NoData : State),
            Produced = seen.Produced ?? Produced, Rejected = seen.Rejected ?? Rejected,
            Made = Made + Rise(Produced, seen.Produced), Bad = Bad + Rise(Rejected, seen.Rejected),
        };
    }

    /// <summary>The tally with time passed and nothing heard.</summary>
    public MachineTally Until(Instant at)
    {
        if (at <= Last) return this;
        Duration passed = at - Last, held = State == MachineState.NoData ? Duration.Zero : Duration.Min(passed, Silence);
        var next = this with { Last = at, State = passed > Silence ? MachineState.NoData : State };
        next._inState[(int)State] += held;
        next._inState[(int)MachineState.NoData] += passed - held;
        return next;
    }

    private MachineTally(MachineTally other)
    {
        (Begin, Last, State, Silence, Made, Bad, Late) = (other.Begin, other.Last, other.State, other.Silence, other.Made, other.Bad, other.Late);
        (Produced, Rejected) = (other.Produced, other.Rejected);
        _inState = [.. other._inState];
    }

    /// <summary>Time spent in a state so far.</summary>
    public Duration In(MachineState state) => _inState[(int)state];

    /// <summary>The figures of the time so far.</summary>
    /// <param name="idealPiecesPerHour">Rate of the machine at its best, above 0.</param>
    public Oee Oee(double idealPiecesPerHour)
    {
        double all = (Last - Begin).TotalHours, known = all - In(MachineState.NoData).TotalHours, running = In(MachineState.Running).TotalHours;
        return new Oee(known > 0 ? new Share(Math.Clamp(running / known, 0, 1)) : null,
            running > 0 ? Made / (running * idealPiecesPerHour) : null,
            Made > 0 ? new Share(Math.Clamp((double)(Made - Bad) / Made, 0, 1)) : null,
            all > 0 ? new Share(Math.Clamp(known / all, 0, 1)) : null);
    }

    /// <summary>A counter that fell was set back to 0.</summary>
    private static long Rise(long? before, long? now) => now is null || before is null ? 0 : now >= before ? now.Value - before.Value : now.Value;
}

/// <summary>Overall equipment effectiveness of a time. Null: nothing known from which to say it.</summary>
/// <param name="Performance">May exceed 1: then the ideal rate is stated too low.</param>
/// <param name="Known">Share of the time with data.</param>
public readonly record struct Oee(Share? Availability, double? Performance, Share? Quality, Share? Known)
{
    /// <summary>The product of the three; null while one is unknown.</summary>
    public double? Value => Availability?.Value * Performance * Quality?.Value;
}
