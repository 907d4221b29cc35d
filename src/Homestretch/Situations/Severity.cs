using NodaTime;

namespace Homestretch.Situations;

/// <summary>How much a situation weighs. Ordered.</summary>
public enum Severity
{
    /// <summary>It may yet come to nothing: no single promise is at risk, or it takes next to nothing.</summary>
    Minor,

    /// <summary>Promises are at risk.</summary>
    Serious,

    /// <summary>Promises are at risk and time is short, or it takes very much.</summary>
    Critical,
}

/// <summary>Weighs situations.</summary>
public static class Weighing
{
    /// <summary>Within so long of the point of no return a situation is critical.</summary>
    private static readonly Duration s_soon = Duration.FromDays(2);

    /// <summary>Promises from which on it is critical however much time there is.</summary>
    private const double Much = 5;

    /// <summary>Promises below which it is minor even where one is at risk, and from which on short time makes it critical.</summary>
    private const double Little = 0.25, Whole = 1;

    /// <param name="pointOfNoReturn">The last moment at which a remedy still saves a promise; null: none is known.</param>
    public static Severity Of(Assessment assessment, Instant? pointOfNoReturn, Instant now) => !assessment.Confirmed || assessment.Promises < Little ? Severity.Minor
        : assessment.Promises >= Much || (assessment.Promises >= Whole && pointOfNoReturn - now <= s_soon) ? Severity.Critical : Severity.Serious;
}
