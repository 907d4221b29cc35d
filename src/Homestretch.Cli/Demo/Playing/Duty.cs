using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Meridian's planner on duty. What goes wrong by the day is left to whoever sits at the screens; only when it has got out of hand by the morning does the
/// planner have everything planned anew and accept what is proposed.</summary>
internal static class Duty
{
    /// <summary>Share of open promises, at risk or broken, above which the planner steps in.</summary>
    public const double Alarm = 0.3;

    private static readonly Duration s_morning = Duration.FromHours(6);

    /// <summary>Whether the planner looks at the promises between two moments: at six in the morning, UTC.</summary>
    public static bool Looks(Instant before, Instant now) => Day(before) != Day(now);

    public static bool StepsIn(int atRisk, int broken, int promises) => atRisk + broken > Alarm * promises;

    private static long Day(Instant at) => (at - s_morning).ToUnixTimeSeconds() / 86400;
}
