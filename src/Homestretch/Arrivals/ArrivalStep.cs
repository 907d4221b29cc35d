using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>Where a step stands, from its latest evidence. Closed: <see cref="Match"/> names every case.</summary>
public abstract record Progress
{
    private Progress() { }

    /// <summary>Nothing says that it has begun.</summary>
    public sealed record Ahead : Progress;

    /// <summary>Begun and known not to be finished.</summary>
    /// <param name="Began">Null: unknown; then the end of the step before, or else, with no credit for time that may
    /// have passed, the moment it was seen.</param>
    /// <param name="Seen">Latest moment at which a source saw it unfinished.</param>
    public sealed record Running(Instant? Began, Instant Seen) : Progress;

    public sealed record Done(Instant At) : Progress;

    public T Match<T>(Func<Ahead, T> ahead, Func<Running, T> running, Func<Done, T> done) => this switch
    {
        Ahead x => ahead(x),
        Running x => running(x),
        _ => done((Done)this),
    };
}

/// <summary>One dated part of a lot's way, as the sampler needs it.</summary>
/// <param name="Event">Stable hash of the physical event (the leg of this shipment, this production run): all lots
/// aboard share its draw.</param>
/// <param name="Time">Duration; with <paramref name="Departures"/>, the lateness of the departure.</param>
/// <param name="Loadings">Common factors the duration follows.</param>
/// <param name="Departures">The step is a wait for one of these; null: it is not.</param>
/// <param name="ReportingDelay">How long its source may take to tell that it ended. Silence for longer than that means
/// that it still runs. Zero, the cautious default: we would know at once.</param>
/// <param name="Open">Its end falls into these times; null: any time.</param>
/// <param name="Etas">What others say about its end.</param>
/// <param name="Longer">Time that it takes on top, such as a way round a closed passage.</param>
public sealed record ArrivalStep(ulong Event, StageTime Time, IReadOnlyList<FactorLoading> Loadings, Progress Progress,
    Sailings? Departures = null, Duration ReportingDelay = default, OpenTimes? Open = null, IReadOnlyList<Eta>? Etas = null, Duration Longer = default)
{
    /// <summary>Everything wrong with the step at <paramref name="t"/>; empty when it can be sampled.</summary>
    public IReadOnlyList<Finding> Check(Instant t, Place place)
    {
        var findings = new List<Finding>(StageTimeRules.Check(Time, place));
        if (Departures is not null) findings.AddRange(Departures.Check(place));
        double squares = Loadings.Aggregate(0.0, (sum, l) => sum + l.Weight * l.Weight);
        if (!(squares <= 1 + 1e-12))
            findings.Add(new(place, "loadings-at-most-one", $"The squares of the loadings sum to {squares:0.###}.", "Lower them: their squares may sum to 1."));
        if (ReportingDelay < Duration.Zero)
            findings.Add(new(place, "delay-not-negative", $"The reporting delay is {ReportingDelay}.", "Give zero or more."));
        if (Progress is Progress.Done done && done.At > t)
            findings.Add(new(place, "done-not-after-t", $"It is said to be done at {done.At}, after {t}.", "An actual time lies in the past; report it as an estimate."));
        if (Progress is Progress.Running running && running.Seen > t)
            findings.Add(new(place, "seen-not-after-t", $"It was seen at {running.Seen}, after {t}.", "Correct the clock of the source."));
        if (Longer < Duration.Zero)
            findings.Add(new(place, "longer-not-negative", $"It takes {Longer} longer.", "Give zero or more."));
        foreach (var eta in Etas ?? [])
            if (!(eta.ErrorDays > 0 && double.IsFinite(eta.ErrorDays) && double.IsFinite(eta.BiasDays)))
                findings.Add(new(place, "eta-error", $"The ETA of {eta.Source} has error {eta.ErrorDays} and bias {eta.BiasDays} days.", "Take both from the scoreboard; an error is above 0."));
        return findings;
    }
}
