using NodaTime;

namespace Homestretch.Situations;

/// <summary>When something is worth a person's time.</summary>
public sealed record Watch
{
    /// <summary>A cause that puts no single promise at risk is told when it takes at least so many promises in all, expected.</summary>
    public double LeastLoss { get; init; } = 0.5;

    /// <summary>An open situation ends when it takes less than this share of <see cref="LeastLoss"/> and puts no promise at risk: what wavers at the limit is not opened and closed all day.</summary>
    public double EndsBelow { get; init; } = 0.6;

    /// <summary>A situation that a person let be, or called useless, is told again when it takes this many times what it took then.</summary>
    public double WorseAgain { get; init; } = 1.5;

    /// <summary>A machine that runs is a cause when it fails in at least this share of futures before the lot at work is made.</summary>
    public double LikelyFailure { get; init; } = 0.1;

    /// <summary>A kit lacks what is at the bench by its planned start in a smaller share of futures than this.</summary>
    public double InTime { get; init; } = 0.9;

    /// <summary>A machine with a run under way is silent when neither it nor the count of the run has been heard of for longer.</summary>
    public Duration SilentMachine { get; init; } = Duration.FromHours(24);

    /// <summary>The same of what is at sea, or waits for a departure.</summary>
    public Duration SilentAtSea { get; init; } = Duration.FromDays(7);

    /// <summary>The same of what is on its way otherwise: by road, rail or air, in customs, being received.</summary>
    public Duration SilentOnLand { get; init; } = Duration.FromDays(3);

    /// <summary>Outside estimates of one moment contradict each other when they lie further apart.</summary>
    public Duration Apart { get; init; } = Duration.FromDays(2);

    /// <summary>How far ahead remedies, and stock-outs, are looked for.</summary>
    public Duration Ahead { get; init; } = Duration.FromDays(120);

    /// <summary>Remedies begin at the earliest so long after t: somebody has to read, decide and call.</summary>
    public Duration Notice { get; init; } = Duration.FromHours(4);
}
