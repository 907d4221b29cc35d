using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>Times as the sampler has them: whole seconds after t, within +-2^29 (17 years), so that two always add
/// without overflow.</summary>
public static class Horizon
{
    /// <summary>Seconds after t that stand for 'beyond any plan'; nothing is later.</summary>
    public const int Far = 1 << 29;

    internal const double SecondsPerDay = 86_400;

    /// <summary>Days as whole seconds, rounded to the nearest and held within +-<see cref="Far"/>.</summary>
    internal static int Seconds(double days) => (int)Math.Round(Math.Clamp(days * SecondsPerDay, -Far, Far));

    /// <summary>Seconds from t to <paramref name="at"/>, rounded up, held within +-<see cref="Far"/>.</summary>
    internal static int After(Instant t, Instant at) => (int)Math.Clamp(Math.Ceiling((at - t).TotalSeconds), -Far, Far);
}
