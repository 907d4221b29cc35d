using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>What a reading says of its machine.</summary>
public enum ReadingKind
{
    /// <summary>A <see cref="MachineState"/> by its word.</summary>
    State,
    /// <summary>Why it is in its state.</summary>
    Reason,
    /// <summary>The production run at work.</summary>
    Run,
    /// <summary>The lot at work.</summary>
    Lot,
    /// <summary>Good pieces of the lot at work: a counter that rises, or begins again at 0.</summary>
    Produced,
    /// <summary>Rejected pieces, likewise.</summary>
    Rejected,
    /// <summary>Good pieces per hour as the machine measures them.</summary>
    Rate,
    /// <summary>Running hours left, survived nine times in ten.</summary>
    RemainingP10,
    /// <summary>Running hours left, median.</summary>
    RemainingP50,
}

/// <summary>One thing a machine said.</summary>
/// <param name="At">When it was so.</param>
/// <param name="Value">NaN: the machine says that it does not know; also for kinds that are text.</param>
/// <param name="Text">Of State, Reason, Run and Lot; empty for the others.</param>
public readonly record struct MachineReading(Instant At, ReadingKind Kind, double Value, string Text = "");

/// <summary>What is known of a machine before it says anything.</summary>
/// <param name="IdealPiecesPerHour">Good pieces per hour when it runs as it should.</param>
/// <param name="BetweenFailuresHours">Mean running hours between failures; null: unknown.</param>
/// <param name="RepairP50Hours">Median hours to repair; with <paramref name="RepairP90Hours"/> a lognormal time.</param>
public sealed record MachineFacts(string Machine, double IdealPiecesPerHour, double? BetweenFailuresHours, double RepairP50Hours, double RepairP90Hours)
{
    /// <summary>The facts of a machine's record.</summary>
    public static MachineFacts Of(Machine machine) => new(machine.Id, (double)machine.RatePerHour, (double?)machine.BetweenFailuresHours, (double)machine.RepairP50Hours, (double)machine.RepairP90Hours);
}
