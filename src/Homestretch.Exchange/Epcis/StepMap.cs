using Homestretch.World;

namespace Homestretch.Exchange.Epcis;

/// <summary>Which begin or end of a lane's steps a business step at a place means. Business steps: GS1 Core Business Vocabulary 2.0, 7.1.</summary>
internal static class StepMap
{
    /// <summary>Business steps that move something along a lane.</summary>
    public static bool Moves(string step) => step is "shipping" or "departing" or "loading" or "arriving" or "unloading" or "receiving";

    /// <summary>Business steps after which a lot is made.</summary>
    public static bool Makes(string step) => step is "commissioning" or "creating_class_instance" or "assembling";

    /// <summary>Business steps of an aggregation by which a lot goes aboard its parent.</summary>
    public static bool Loads(string step) => step is "packing" or "loading" or "shipping" or "departing";

    /// <summary>Every begin or end that fits; one is what is wanted, more are ambiguous.</summary>
    /// <param name="steps">The lane's steps in order.</param>
    /// <param name="isHere">Whether a site is where the event happened.</param>
    public static IReadOnlyList<(int Sequence, Edge Edge)> Find(string step, IReadOnlyList<LaneStep> steps, Key<Site> from, Func<Key<Site>, bool> isHere)
    {
        (LaneStep Step, bool Begins, bool Ends)[] here = [.. steps.Select((s, i) => (s, isHere(i == 0 ? from : steps[i - 1].To), isHere(s.To)))];
        (int, Edge)[] Begin(Func<LaneStep, bool> of) => [.. here.Where(h => h.Begins && of(h.Step)).Select(static h => (h.Step.Sequence, Edge.Begin))];
        (int, Edge)[] End(Func<LaneStep, bool> of) => [.. here.Where(h => h.Ends && of(h.Step)).Select(static h => (h.Step.Sequence, Edge.End))];
        return step switch
        {
            "shipping" => [.. Begin(static _ => true).Take(1)],
            "departing" => Begin(static s => s.Kind == StepKind.Leg),
            "loading" => End(static s => s.Kind == StepKind.Wait),
            "arriving" => End(static s => s.Kind == StepKind.Leg),
            "unloading" => Begin(static s => s.Kind is StepKind.Customs or StepKind.Receive) is { Length: > 0 } next ? [.. next.Take(1)] : End(static s => s.Kind == StepKind.Leg),
            "receiving" => End(static s => s.Kind == StepKind.Receive) is { Length: > 0 } received ? received : End(static s => s.Kind == StepKind.Leg),
            _ => [],
        };
    }
}
