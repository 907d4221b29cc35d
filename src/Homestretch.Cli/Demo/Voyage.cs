using Homestretch.World;
using NodaTime;
using StepEdge = Homestretch.World.Edge;

namespace Homestretch.Cli.Demo;

/// <summary>One lane step of one shipment: as planned from the lane's medians, and as it truly goes.</summary>
internal sealed record Passage(LaneStep Step, Instant PlannedBegin, Instant PlannedEnd, Instant Begin, Instant End)
{
    /// <summary>Nobody reports the end of this step; the next report shows that it is over.</summary>
    public bool Silent { get; init; }
}

/// <summary>What truly happens to shipments. The truth is a function of seed, shipment and step, so the company as it is made and
/// the simulator that plays it on agree without telling each other.</summary>
internal static class Voyage
{
    /// <summary>The way of a shipment that leaves at <paramref name="departs"/>.</summary>
    /// <param name="delays">Extra days on top of a step, by sequence; null: none.</param>
    /// <param name="detour">Extra days of a step that begins at a moment, for a closed passage of the sea; null: none.</param>
    public static IReadOnlyList<Passage> Of(Draw draw, string shipment, Instant departs, IEnumerable<LaneStep> steps, ILookup<int, Loading> loadings,
        IReadOnlyDictionary<int, double>? delays = null, Func<LaneStep, Instant, double>? detour = null)
    {
        var way = new List<Passage>();
        Instant planned = departs, begin = departs;
        foreach (LaneStep step in steps)
        {
            Instant plannedEnd = planned + Days((double)step.P50Days);
            double days = TrueDays(draw, $"{shipment}|{step.Sequence}", step, loadings[step.Sequence], begin) + (delays?.GetValueOrDefault(step.Sequence) ?? 0) + (detour?.Invoke(step, begin) ?? 0);
            Instant end = begin + Days(days);
            way.Add(new(step, planned, plannedEnd, begin, end) { Silent = draw.Chance($"silent|{shipment}|{step.Sequence}", 0.08) });
            (planned, begin) = (plannedEnd, end);
        }
        return way;
    }

    /// <summary>Everything said about a shipment that was reported after <paramref name="from"/> and by <paramref name="to"/>;
    /// of several estimates of one moment the last.</summary>
    public static IEnumerable<Milestone> Reported(Draw draw, string shipment, IReadOnlyList<Passage> way, Instant from, Instant to)
    {
        Instant booked = way[0].PlannedBegin - Duration.FromDays(5);
        foreach (Passage p in way)
        {
            if (booked > from && booked <= to)
            {
                if (p.Step.Sequence == 1) yield return Said(StepEdge.Begin, Classifier.Planned, Cast.Forwarder, p.PlannedBegin, booked, p);
                yield return Said(StepEdge.End, Classifier.Planned, Cast.Forwarder, p.PlannedEnd, booked, p);
            }
            string carrier = p.Step.Carrier?.Value ?? Cast.Forwarder;
            Instant begun = p.Begin + Delay(StepEdge.Begin, p), ended = p.End + Delay(StepEdge.End, p);
            if (begun > from && begun <= to) yield return Said(StepEdge.Begin, Classifier.Actual, carrier, p.Begin, begun, p);
            if (!p.Silent && ended > from && ended <= to) yield return Said(StepEdge.End, Classifier.Actual, carrier, p.End, ended, p);
            if (Estimate(p) is { } estimate) yield return estimate;
        }

        Milestone Said(StepEdge edge, Classifier classifier, string source, Instant at, Instant reported, Passage p) =>
            new(shipment, p.Step.Sequence, edge, classifier, source, p.Step.Carrier ?? Cast.Forwarder, Whole(at), Whole(reported));

        Duration Delay(StepEdge edge, Passage p) => p.Step.Kind == StepKind.Receive ? Duration.FromMinutes(5)
            : Days(Lognormal.At(0.15, 0.7, draw.Normal($"told|{shipment}|{p.Step.Sequence}|{edge}")));

        // Carriers renew their estimate of a running leg once a day; its error shrinks with the days that are left.
        Milestone? Estimate(Passage p)
        {
            if (p.Step.Kind is not (StepKind.Leg or StepKind.Customs) || p.Step.P50Days < 1 || to <= p.Begin || from >= p.End) return null;
            Instant last = Instant.Min(to, p.End);
            long day = (long)Math.Floor((last - p.Begin).TotalDays);
            Instant said = p.Begin + Duration.FromDays(day) + Duration.FromHours(1);
            if (said <= from || said > to || said >= p.End || p.Silent && day > 2) return null;
            double left = (p.End - said).TotalDays;
            double guess = Math.Max(0.2, left * (1 + 0.12 * draw.Normal($"guess|{shipment}|{p.Step.Sequence}|{day / 3}")));
            return Said(StepEdge.End, Classifier.Estimated, p.Step.Carrier?.Value ?? Cast.Forwarder, said + Days(guess), said, p);
        }
    }

    /// <summary>ISO 6346 container number of a box with this serial, check digit included.</summary>
    /// <remarks>Example: CSQU305438 has the check digit 3.</remarks>
    public static string Container(string ownerAndSerial)
    {
        int sum = 0;
        for (int i = 0; i < 10; i++)
        {
            char c = ownerAndSerial[i];
            int value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10 + (c > 'A' ? 1 : 0) + (c > 'K' ? 1 : 0) + (c > 'U' ? 1 : 0);
            sum += value << i;
        }
        return $"{ownerAndSerial}{sum % 11 % 10}";
    }

    public static Duration Days(double days) => Duration.FromSeconds(Math.Round(days * 86400));

    /// <summary>Moments are told to the minute.</summary>
    public static Instant Whole(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 60 * 60);

    /// <summary>Normal score by which voyages that begin at a moment are slower: up to half a standard deviation at the end of February, as much quicker at the end of August. Over a year
    /// the lane's times hold; no lane states the season, which is there to be learned.</summary>
    public static double Season(Instant begin) => Swing * Math.Sin(2 * Math.PI * (begin.InUtc().DayOfYear - 330) / 365.25);

    private const double Swing = 0.5;
    private static readonly double s_rest = Math.Sqrt(1 - Swing * Swing / 2);

    private static double TrueDays(Draw draw, string key, LaneStep step, IEnumerable<Loading> loadings, Instant begin)
    {
        if (step is { Kind: StepKind.Wait, EveryDays: { } every }) return (double)every * draw.At($"wait|{key}");
        double x = 0, own = 1;
        foreach (Loading l in loadings)
        {
            x += (double)l.Weight * draw.Normal($"factor|{l.Factor}|{begin.InUtc():uuuu-MM}");
            own -= (double)(l.Weight * l.Weight);
        }
        x += Math.Sqrt(Math.Max(0, own)) * draw.Normal($"step|{key}");
        if (step is { Kind: StepKind.Leg, Mode: Mode.Sea }) x = s_rest * x + Season(begin);
        return step.Kind == StepKind.Leg
            ? Lateness.Days(Lateness.ModeOf(step.Mode), (double)step.P50Days, (double)step.P90Days, Math.Clamp(Normal.Cdf(x), 1e-6, 1 - 1e-6))
            : Lognormal.At((double)step.P50Days, (double)step.P90Days, x);
    }
}
