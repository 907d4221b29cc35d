using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>Which slots for maintenance are looked at.</summary>
public sealed record UpkeepPolicy
{
    /// <summary>How far ahead slots are looked for.</summary>
    public Duration Ahead { get; init; } = Duration.FromDays(14);

    /// <summary>How soon a crew can begin.</summary>
    public Duration Notice { get; init; } = Duration.FromHours(4);

    /// <summary>How long the work takes where the machine has no planned stop that says so.</summary>
    public Duration Work { get; init; } = Duration.FromHours(6);

    /// <summary>Promises that a slot must win, expected, to be worth naming; what is less is no reason to stop a machine.</summary>
    public double LeastGain { get; init; } = 0.005;

    /// <summary>A slot is as good as the best while it wins at least this share of what the best wins.</summary>
    public double AsGood { get; init; } = 0.9;
}
