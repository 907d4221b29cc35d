using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.Situations;
using Homestretch.World;

namespace Homestretch.Branching;

/// <summary>What a branch does to one order line that is open in both worlds, or in one of them.</summary>
/// <param name="Promise">The promise in force as things are; null: nobody was promised anything.</param>
/// <param name="Before">Share of samples that keep that promise as things are.</param>
/// <param name="After">The same in the branch, of the same promise; 0 when it is not open there.</param>
/// <param name="DatesBefore">Null: it has no date, or is not there.</param>
public sealed record LineEffect(OrderLine OrderLine, Promise? Promise, double Before, double After, Dates? DatesBefore, Dates? DatesAfter, bool New, bool Gone)
{
    /// <summary>Promises won, negative: lost.</summary>
    public double Gain => Promise is null || Gone ? 0 : After - Before;

    /// <summary>Days by which the P90 date moves, later positive; null when there is none to compare.</summary>
    public double? Days => DatesBefore is { } was && DatesAfter is { } now ? (now.P90 - was.P90).TotalDays : null;
}

/// <summary>A branch planned: the plan in force carried into the world that the branch assumes, on the same samples, with slots from what is left for what waits.</summary>
/// <param name="World">As it would be; as it is when the world refuses what is assumed.</param>
/// <param name="Facts">Records that are assumed to differ.</param>
/// <param name="Slots">Records that the planner would then write: slots, pegs and purchases for order lines that wait.</param>
/// <param name="Figures">Of the branch.</param>
/// <param name="Effects">Order lines whose forecast differs: who wins most first, who loses most last.</param>
/// <param name="Costs">What it costs beside what the plan then buys.</param>
/// <param name="Findings">Why the world would refuse it; empty when it would not, and else the figures are those of the plan in force.</param>
public sealed record Branched(Branch Branch, Snapshot World, int Facts, int Slots, BranchFigures Figures, IReadOnlyList<LineEffect> Effects, IReadOnlyList<Cost> Costs, IReadOnlyList<Finding> Findings)
{
    /// <summary>Promises won, expected: what each that gains, gains.</summary>
    public double Won => Effects.Sum(static e => Math.Max(0, e.Gain));

    /// <summary>Promises lost, expected, as a positive number.</summary>
    public double Lost => Effects.Sum(static e => Math.Max(0, -e.Gain));

    /// <summary>Plans a branch of the plan in force, which is only read.</summary>
    /// <param name="inForce">Its world, epoch, policy and samples are the branch's.</param>
    /// <param name="asItIs">Its figures, when they are known.</param>
    public static Branched Of(Plan inForce, Branch branch, BranchFigures? asItIs = null) => On(inForce, branch, out _, asItIs);

    /// <summary>The same with the branch's plan; that of the plan in force when the world refuses it.</summary>
    public static Branched On(Plan inForce, Branch branch, out Plan plan, BranchFigures? asItIs = null)
    {
        plan = inForce;
        var (meant, findings) = Assuming.Of(inForce.World, inForce.Epoch, branch);
        Applied applied = findings.Count > 0 ? new(inForce.World, [], findings) : inForce.World.Apply([.. meant.SelectMany(static m => m.Events)], branch.Name);
        IReadOnlyList<Cost> costs = [.. meant.SelectMany(static m => m.Costs)];
        if (applied.Touched.Count == 0) return new(branch, inForce.World, 0, 0, asItIs ?? BranchFigures.Of(inForce), [], applied.Accepted ? costs : [], applied.Findings);
        plan = inForce.Copy();
        IReadOnlyList<Moved> assumed = Advance(plan, applied);
        Applied placed = applied.World.Apply(plan.Place(), "plan");
        if (!placed.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {placed.Findings[0]}.\nMaybe a record rule is newer than what the planner writes.");
        List<Moved> moved = Both(assumed, Advance(plan, placed));
        return new(branch, plan.World, applied.Touched.Count, placed.Touched.Count, BranchFigures.Of(plan), Moves(inForce, plan, moved), costs, []);
    }

    private static IReadOnlyList<Moved> Advance(Plan plan, Applied change) => change.Touched.Count == 0 ? [] : plan.Advance(change.World, change.Touched);

    /// <summary>What moved in either of two steps, in order of key: what it was before the first.</summary>
    private static List<Moved> Both(IReadOnlyList<Moved> one, IReadOnlyList<Moved> other)
    {
        var both = new List<Moved>(one.Count + other.Count);
        for (int i = 0, j = 0; i < one.Count || j < other.Count;)
        {
            int order = i == one.Count ? 1 : j == other.Count ? -1 : string.CompareOrdinal(one[i].OrderLine.Value, other[j].OrderLine.Value);
            both.Add(order <= 0 ? one[i] : other[j]);
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
        return both;
    }

    private static LineEffect[] Moves(Plan inForce, Plan plan, List<Moved> moved)
    {
        var each = new LineEffect?[moved.Count];
        Many.Each(each.Length, i => each[i] = Effect(inForce, plan, moved[i]));
        LineEffect[] effects = [.. each.OfType<LineEffect>()];
        (double Gain, int At)[] turns = [.. effects.Select(static (e, i) => (e.Gain, i))];
        Array.Sort(turns, static (a, b) => b.Gain.CompareTo(a.Gain) is var gain && gain != 0 ? gain : a.At.CompareTo(b.At));
        return [.. turns.Select(t => effects[t.At])];
    }

    private static LineEffect? Effect(Plan inForce, Plan plan, Moved moved)
    {
        Key<OrderLine> order = moved.OrderLine;
        Forecast? was = moved.Before, now = plan.Of(order);
        if (Equals(was, now)) return null;
        Promise? promise = was is null ? null : BranchFigures.Promised(inForce.World, was);
        double before = was?.AsDated?.Kept?.Value ?? 0;
        double after = promise is null || now is null ? 0 : now.AsDated is { } d && d.Promise == promise ? d.Kept!.Value.Value
            : plan.DateSamples(order) is { Length: > 0 } dates ? BranchFigures.KeptBy(dates, Seconds.Of(promise.Date, plan.Epoch)) : 0;
        return new(plan.OrderLineOf(order) ?? plan.World.OrderLines.Find(order) ?? inForce.World.OrderLines[order], promise, before, after, was?.AsDated?.Dates, now?.AsDated?.Dates, was is null, now is null);
    }
}

/// <summary>Two plans of one epoch and seed, sample by sample.</summary>
/// <param name="Better">Share of samples in which the second keeps more promises.</param>
/// <param name="Worse">Share of samples in which it keeps fewer.</param>
public sealed record SampleBySample(double Better, double Worse)
{
    /// <exception cref="ArgumentException">They were not drawn from the same samples.</exception>
    public static SampleBySample Of(BranchFigures one, BranchFigures other)
    {
        int samples = one.KeptBySample.Count, better = 0, worse = 0;
        if (other.KeptBySample.Count != samples) throw new ArgumentException($"One has {samples} samples, the other {other.KeptBySample.Count}.\nMaybe they were planned under different policies.", nameof(other));
        for (int s = 0; s < samples; s++)
        {
            if (other.KeptBySample[s] > one.KeptBySample[s]) better++;
            if (other.KeptBySample[s] < one.KeptBySample[s]) worse++;
        }
        return new(better / (double)samples, worse / (double)samples);
    }
}
