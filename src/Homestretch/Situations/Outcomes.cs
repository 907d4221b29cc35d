using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>What became of one decision.</summary>
/// <param name="Known">Order lines whose outcome is known: delivered, or not by the day they were promised for.</param>
/// <param name="Open">Order lines of which it is not.</param>
/// <param name="Without">Promises that were expected to be kept without the decision, of those known.</param>
/// <param name="Expected">The same with it.</param>
/// <param name="Kept">Promises that were kept, of those known.</param>
public sealed record Outcome(Decision Decision, int Known, int Open, double Without, double Expected, int Kept);

/// <summary>How a kind of remedy has done.</summary>
/// <param name="Reliability">What its decisions won over what they were expected to win, drawn towards 1 while little is known; what the next pricing of the kind is multiplied by.</param>
public sealed record RemedyScore(RemedyKind Kind, int Decisions, int Known, double Without, double Expected, int Kept, double Reliability);

/// <summary>Scores decisions against what was expected of them when they were taken: by the expectations kept then, never by what was learned since.</summary>
public static class Outcomes
{
    /// <summary>Promises won as expected that stand for what is not known yet: so many must be known before a kind is half believed to be different.</summary>
    private const double Prior = 5;

    /// <summary>Every decision that expected something, in order of key.</summary>
    public static IReadOnlyList<Outcome> Of(Snapshot world, Instant now)
    {
        HashSet<Key<OrderLine>> expected = [.. world.Expectations.Select(static e => e.OrderLine)];
        if (expected.Count == 0) return [];
        var built = world.Builds.Where(b => b.Status is OrderStatus.Completed or OrderStatus.Closed && expected.Contains(b.OrderLine)).GroupBy(static b => b.OrderLine).ToDictionary(static g => g.Key, static g => g.Max(static b => b.End));
        return [.. world.Decisions.Select(d => Of(world, built, now, d)).OfType<Outcome>()];
    }

    /// <summary>Scores by kind of remedy, in the order of kinds.</summary>
    public static IReadOnlyList<RemedyScore> ByKind(Snapshot world, Instant now) => [.. Of(world, now).GroupBy(static o => o.Decision.Remedy).OrderBy(static g => g.Key).Select(static g =>
    {
        double without = g.Sum(static o => o.Without), expected = g.Sum(static o => o.Expected);
        int kept = g.Sum(static o => o.Kept);
        return new RemedyScore(g.Key, g.Count(), g.Sum(static o => o.Known), without, expected, kept, Math.Clamp((Prior + kept - without) / (Prior + Math.Max(0, expected - without)), 0, 2));
    })];

    private static Outcome? Of(Snapshot world, Dictionary<Key<OrderLine>, Instant> built, Instant now, Decision decision)
    {
        Expectation[] all = [.. world.Expectations.StartingWith($"{decision.Key}|")];
        if (all.Length == 0) return null;
        double without = 0, expected = 0;
        int known = 0, kept = 0;
        foreach (Expectation e in all)
        {
            if (Kept(world, built, now, e) is not { } came) continue;
            known++;
            (without, expected, kept) = (without + e.Before.Value, expected + e.After.Value, kept + (came ? 1 : 0));
        }
        return new(decision, known, all.Length - known, without, expected, kept);
    }

    /// <summary>Whether an order line was delivered by the date that was promised when the decision was taken; null: not known yet. Nobody tells us of the delivery itself: built and the market's median outbound time after.</summary>
    private static bool? Kept(Snapshot world, Dictionary<Key<OrderLine>, Instant> built, Instant now, Expectation e)
    {
        OrderLine order = world.OrderLines[e.OrderLine];
        if (built.TryGetValue(e.OrderLine, out Instant done))
            return Bars.Leaves(Bars.Of(world, now, order.Market, order.Family), done) is { } left ? left + Duration.FromDays((double)world.Markets[order.Market].OutboundP50Days) <= e.Promised : now > e.Promised ? false : null;
        return order.Status is OrderStatus.Cancelled or OrderStatus.Closed ? null : now > e.Promised ? false : null;
    }
}
