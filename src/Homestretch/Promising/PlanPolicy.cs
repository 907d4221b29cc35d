using NodaTime;

namespace Homestretch.Promising;

/// <summary>What a plan is told besides the world and the time. Part of the plan's identity.</summary>
public sealed record PlanPolicy
{
    /// <summary>Number of possible futures; a multiple of 8 from 8 to 4,096.</summary>
    public int Samples { get; init; } = 256;

    public ulong Seed { get; init; } = 1;

    /// <summary>Quantile of a lot's arrival that stands as its allocation date. Never the mean: that plan is whole 1 time in 40.</summary>
    public double AllocationQuantile { get; init; } = 0.9;

    /// <summary>How far ahead in its plan a line may look for a whole build when the one whose turn it is is not; zero: strict sequence.</summary>
    public Duration OvertakingWindow { get; init; } = Duration.FromDays(1);

    /// <summary>Confidence at which new promises are given.</summary>
    public double PromiseConfidence { get; init; } = 0.9;

    /// <summary>A promise is at risk when the share of futures that keep it falls below this.</summary>
    public double RiskBelow { get; init; } = 0.8;

    /// <summary>A re-plan that takes a promise which is not at risk below this share is not proposed; 0: it may take any.</summary>
    public double PromiseFloor { get; init; } = 0.5;

    /// <summary>How long after an event its source usually reports it; silence is evidence only beyond this.</summary>
    public Duration ReportingDelay { get; init; } = Duration.FromDays(1);

    /// <summary>What sources of estimates are judged by: their record as it was then; null: as it is now. A simulation judges as at its start, since the
    /// futures it draws hold no errors of estimates from which more could be learned.</summary>
    public Instant? SourcesAsOf { get; init; }

    /// <summary>How the word of the delay model in force is taken.</summary>
    public DelayWord DelayWord { get; init; } = DelayWord.Law;

    /// <summary>The sea network by which closed passages are met; null: none is known, and a closure moves nothing.</summary>
    public Arrivals.Sea.SeaNetwork? Sea { get; init; }

    /// <summary>Whether what is recorded of units says how much work a build has left. A simulation follows none: in the futures that it plays nobody records any.</summary>
    public bool FollowsUnits { get; init; } = true;

    /// <summary>How far ahead line calendars are laid out.</summary>
    public Duration Horizon { get; init; } = Duration.FromDays(500);

    /// <summary>The policy as text, for plan identities.</summary>
    public string Identity => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"S{Samples} seed {Seed} q{AllocationQuantile} W{OvertakingWindow.TotalDays}d delay {ReportingDelay.TotalDays}d{(SourcesAsOf is { } then ? $" sources {then}" : "")}{(DelayWord is DelayWord.Law ? "" : $" delays {DelayWord}")}{(Sea is { } sea ? $" sea {sea.Version:x16}" : "")}{(FollowsUnits ? "" : " units not followed")}");
}

/// <summary>How the word of the delay model in force is taken. A plan in force takes it as a law; the others are there to be compared with.</summary>
public enum DelayWord
{
    /// <summary>Its quantiles shape the law of a lot's way, which the lot's evidence conditions.</summary>
    Law,

    /// <summary>Its median is one more estimate of a shipment's end, blended by its measured error.</summary>
    Estimate,

    /// <summary>Not at all.</summary>
    Unheard,
}

/// <summary>What a plan may move.</summary>
public enum Scope
{
    /// <summary>Only order lines that hold no slot yet; every peg and slot stays.</summary>
    Unpegged,

    /// <summary>All but what is confirmed, begun or pinned.</summary>
    Everything,
}
