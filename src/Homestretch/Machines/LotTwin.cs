using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>What somebody said of a lot: its machine by its counts, or a carrier by a milestone. Closed: <see cref="Match"/> names every case.</summary>
public abstract record LotEvidence
{
    private LotEvidence() { }

    /// <summary>The machine that works on it, as it stands.</summary>
    /// <param name="Quantity">Good pieces the lot is to have; 0 or less: not known, so no date is forecast.</param>
    public sealed record Worked(MachineTwin Twin, MachineFacts Facts, double Quantity) : LotEvidence;

    /// <summary>The begin or end of a step of its way.</summary>
    public sealed record Passed(int Sequence, Edge Edge, Classifier Classifier, string Source, Instant At, Instant Reported) : LotEvidence;

    /// <summary>One function per case.</summary>
    public T Match<T>(Func<Worked, T> worked, Func<Passed, T> passed) => this switch
    {
        Worked w => worked(w),
        Passed p => passed(p),
        _ => throw new InvalidOperationException($"A new kind of evidence, {GetType().Name}, is not matched."),
    };
}

/// <summary>One step of a lot's way as its evidence has it.</summary>
/// <param name="Begun">When it began; null: nobody said that it did.</param>
/// <param name="Ended">When it ended; null: nobody said that it did.</param>
/// <param name="EndEstimate">The end last estimated or planned.</param>
public readonly record struct LotStep(int Sequence, Instant? Begun, Instant? Ended, Instant? EndEstimate);

/// <summary>The live counterpart of one lot: a fold over its evidence. Immutable.</summary>
public sealed record LotTwin
{
    private const double CountStep = 0.01;
    private static readonly Duration s_longest = Duration.FromMinutes(1);

    /// <summary>A lot of which nothing was heard.</summary>
    public static LotTwin Unknown { get; } = new();

    /// <summary>The machine that last worked on it; empty: none known.</summary>
    public string Machine { get; init; } = "";

    /// <summary>State of that machine when it was last heard.</summary>
    public MachineState MachineState { get; init; }

    /// <summary>Good pieces it is to have; null: not known.</summary>
    public double? Quantity { get; init; }

    /// <summary>Good pieces so far; null: not told.</summary>
    public long? Produced { get; init; }

    /// <summary>Rejected pieces so far; null: not told.</summary>
    public long? Rejected { get; init; }

    /// <summary>Good pieces per running hour by our own count; null: not counted yet.</summary>
    public double? PiecesPerHour { get; init; }

    /// <summary>When its making will be done, as forecast at <see cref="ForecastAt"/>; null: the quantity is not known, or it is done.</summary>
    public MakingForecast? Ready { get; init; }

    /// <summary>Time of the count behind <see cref="Ready"/>.</summary>
    public Instant? ForecastAt { get; init; }

    /// <summary>Steps of its way that somebody spoke of, by sequence.</summary>
    public IReadOnlyList<LotStep> Steps { get; init; } = [];

    /// <summary>Who spoke of it last: a party, or the machine; empty: nobody.</summary>
    public string LastSource { get; init; } = "";

    /// <summary>When that was said.</summary>
    public Instant? LastHeard { get; init; }

    /// <summary>The twin with one thing more said.</summary>
    /// <param name="seed">Names the futures of the ready date.</param>
    public LotTwin Fold(LotEvidence evidence, ulong seed) => evidence.Match(w => Fold(w, seed), Fold);

    /// <summary>True when its machine has come so far that this twin should hear of it: another state, another machine, a hundredth of
    /// the lot made or rejected, the last piece, or a minute. A forecast costs too much to be made for every reading.</summary>
    public bool IsBehind(string machine, MachineTwin twin)
    {
        if (twin.AsOf is not { } at || at < ForecastAt) return false;
        return Machine != machine || MachineState != twin.State || ForecastAt is not { } last || at - last >= s_longest
            || Moved(Produced, twin.Produced) || Moved(Rejected, twin.Rejected) || (Ready is not null && twin.Produced >= Quantity);
    }

    private bool Moved(long? before, long? now) => before != now && (before is null || now is null || Quantity is not { } whole || Math.Abs(now.Value - before.Value) >= whole * CountStep);

    private LotTwin Fold(LotEvidence.Worked w, ulong seed)
    {
        if (w.Twin.AsOf is not { } at || at < ForecastAt) return this;
        double? left = w.Quantity > 0 && w.Twin.Produced is { } made ? w.Quantity - made : null;
        return Heard(w.Facts.Machine, at) with
        {
            Machine = w.Facts.Machine, MachineState = w.Twin.State, Quantity = w.Quantity > 0 ? w.Quantity : null, Produced = w.Twin.Produced, Rejected = w.Twin.Rejected,
            PiecesPerHour = w.Twin.Pace is { Hours: > 0 } pace ? pace.PiecesPerHour : null, ForecastAt = at,
            Ready = left is > 0 and { } pieces ? MakingForecast.Of(w.Twin, w.Facts, pieces, at, seed) : null,
        };
    }

    private LotTwin Fold(LotEvidence.Passed p)
    {
        LotStep[] steps = [.. Steps];
        int i = Array.FindIndex(steps, s => s.Sequence == p.Sequence);
        if (i < 0)
        {
            steps = [.. steps.Append(new(p.Sequence, null, null, null)).OrderBy(static s => s.Sequence)];
            i = Array.FindIndex(steps, s => s.Sequence == p.Sequence);
        }
        steps[i] = (p.Edge, p.Classifier) switch
        {
            (Edge.Begin, Classifier.Actual) => steps[i] with { Begun = p.At },
            (Edge.End, Classifier.Actual) => steps[i] with { Ended = p.At },
            (Edge.End, _) => steps[i] with { EndEstimate = p.At },
            _ => steps[i],
        };
        return Heard(p.Source, p.Reported) with { Steps = steps };
    }

    private LotTwin Heard(string source, Instant at) => LastHeard > at ? this : this with { LastSource = source, LastHeard = at };
}
