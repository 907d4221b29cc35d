using Homestretch.Server.Storage.Telemetry;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>A machine's past as screens draw it.</summary>
internal static class Timeline
{
    public const string State = "State", Reason = "Reason";

    /// <summary>The hub's own word when an edge fell silent. It holds until the edge is back: then the edge's log tells what was.</summary>
    public const string NotHeard = "edge not heard";

    /// <summary>The states that lay over [from, to), gaps as no data.</summary>
    public static IReadOnlyList<StateSpan> States(IReadOnlyList<TextMark> marks, Instant from, Instant to)
    {
        marks = Known(marks);
        List<StateSpan> spans = [new(MachineState.NoData, from, to, "")];
        string reason = "";
        foreach (TextMark mark in marks.Where(m => m.At < to).OrderBy(static m => m.At).ThenBy(static m => m.Metric != State))
        {
            if (mark.Metric == Reason)
            {
                reason = mark.Text;
                spans[^1] = spans[^1] with { Reason = reason };
            }
            else if (mark.Metric == State && Words.Find<MachineState>(mark.Text) is { } state && state != spans[^1].State)
            {
                Instant at = Instant.Max(mark.At, from);
                if (at > spans[^1].From) spans[^1] = spans[^1] with { To = at };
                else spans.RemoveAt(spans.Count - 1);
                spans.Add(new(state, at, to, reason));
            }
        }
        return spans;
    }

    /// <summary>Marks without the hub's word on silences that are over.</summary>
    private static IReadOnlyList<TextMark> Known(IReadOnlyList<TextMark> marks)
    {
        var silences = marks.Where(static m => m is { Metric: Reason, Text: NotHeard }).Select(static m => m.At).ToHashSet();
        if (silences.Count == 0) return marks;
        Instant last = marks.Where(static m => m.Metric == State).Max(static m => m.At);
        return [.. marks.Where(m => !silences.Contains(m.At) || m.At == last)];
    }

    public static Series Series(string metric, IReadOnlyList<HistoryBucket> buckets, Duration width) => new(metric, UnitOf(metric),
        [.. buckets.Select(b => b.From + width / 2)], [.. buckets.Select(static b => b.Mean)], [.. buckets.Select(static b => b.Least)], [.. buckets.Select(static b => b.Most)]);

    private static string UnitOf(string metric) => metric switch
    {
        "Vibration" => "mm/s",
        "Temperature" => "°C",
        "Current" => "A",
        "Rate" => "pieces/h",
        "Produced" or "Rejected" => "pieces",
        "RemainingP10" or "RemainingP50" or "RunningHours" => "h",
        "Pressure" => "bar",
        // a feature that an edge made of a metric
        _ when metric.Split('.') is [var of, "Mean" or "Spread" or "Least" or "Most"] => UnitOf(of),
        _ => "",
    };
}
