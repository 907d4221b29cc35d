using NodaTime;

namespace Homestretch.Promising;

/// <summary>The plan's time scale: whole seconds after the epoch t, saturating at 30 years either way.</summary>
public static class Seconds
{
    public const int Day = 86_400;

    /// <summary>Beyond every date a plan can state; sums of a few of these still fit an int.</summary>
    public const int Far = 30 * 365 * 24 * 3600 / 2;

    public static int Of(Instant instant, Instant t) => (int)Math.Clamp(Math.Floor((instant - t).TotalSeconds), -Far, Far);
    public static Instant At(int seconds, Instant t) => t + Duration.FromSeconds(seconds);
    public static int Of(Duration duration) => (int)Math.Clamp(Math.Round(duration.TotalSeconds), -Far, Far);
    public static double Days(long seconds) => seconds / (double)Day;

    /// <summary>So many days as seconds, as far as a plan counts.</summary>
    public static int OfDays(decimal days) => (int)Math.Clamp(days * Day, -Far, Far);
}
