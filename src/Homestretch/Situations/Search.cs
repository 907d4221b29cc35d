using Homestretch.Promising;
using Homestretch.Situations.Moves;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>How much a search for remedies may work. It counts work, not time, so that the same world gives the same remedies; a host turns seconds into cancellation.</summary>
public sealed record SearchBudget
{
    /// <summary>Most remedies that are priced, combined ones included.</summary>
    public int Pricings { get; init; } = 160;

    /// <summary>Most remedies taken together.</summary>
    public int Together { get; init; } = 8;

    /// <summary>Kinds of remedies that are not looked for.</summary>
    public IReadOnlyList<RemedyKind> Without { get; init; } = [];

    /// <summary>Promises that a remedy must win to be named, and a further one must add to be taken together with others.</summary>
    public double LeastGain { get; init; } = 0.05;
}

/// <summary>Remedies of one cause, the best first.</summary>
/// <param name="Remedies">Those that no other beats first; among them, what is worth most after its cost. Asking and telling customers come last: that keeps no promise.</param>
/// <param name="PointOfNoReturn">The last moment at which a remedy that was found still saves a promise; null when none does.</param>
/// <param name="Priced">How many were priced.</param>
/// <param name="Complete">False when the budget ended the search.</param>
public sealed record RemedyList(Assessment Assessment, IReadOnlyList<PricedRemedy> Remedies, Instant? PointOfNoReturn, int Priced, bool Complete);

/// <summary>Looks for remedies of a cause: single moves first, each kind in turn, then what is worth taking together, then what customers can be asked. Each is priced on a branch of the plan in force.</summary>
public static class Search
{
    /// <param name="world">With its slots and pegs.</param>
    /// <param name="found">Hears each remedy that wins something as it is priced.</param>
    public static RemedyList Of(Snapshot world, Instant t, PlanPolicy policy, Assessment assessment, Watch? watch = null, SearchBudget? budget = null, Action<PricedRemedy>? found = null, CancellationToken cancel = default) =>
        Of(new Trial(Plan.Make(world, t, policy)), assessment, watch ?? new(), budget ?? new(), found, cancel);

    internal static RemedyList Of(Trial trial, Assessment assessment, Watch watch, SearchBudget budget, Action<PricedRemedy>? found, CancellationToken cancel)
    {
        var at = new Setting(trial.InForce, assessment, watch);
        int begun = trial.Priced;
        var priced = new List<(Move Move, PricedRemedy Remedy)>();
        bool complete = true;
        foreach (Move move in Turns(Kinds(at, budget)))
        {
            if (cancel.IsCancellationRequested || !(complete = trial.Priced - begun < budget.Pricings * 3 / 4)) break;
            if (move(trial.InForce) is not { } remedy || budget.Without.Contains(remedy.Kind) || trial.Price(remedy) is not { } one) continue;
            if (!remedy.Kind.OnlySays() && one.Promises < budget.LeastGain) continue;
            priced.Add((move, one));
            found?.Invoke(one);
        }
        var together = new Together(trial, budget, begun, cancel);
        PricedRemedy[] combined = [.. together.Of([.. priced.Where(static p => p.Remedy.Remedy.Total is { Count: 0 })], found), .. together.Of(priced, found)];
        trial.Restart();
        PricedRemedy[] asked = budget.Without.Contains(RemedyKind.AskOption) || cancel.IsCancellationRequested || new Asking(at, trial, budget.LeastGain).Ask() is not { } ask || trial.Price(ask) is not { } question ? [] : [question];
        foreach (PricedRemedy one in asked) found?.Invoke(one);
        return new(assessment, Ranking.Of([.. Best(priced.Select(static p => p.Remedy)), .. combined.DistinctBy(static c => c.Remedy.What), .. asked]), LastChance(trial.InForce.Policy, priced.Select(static p => p.Remedy)), trial.Priced - begun, complete && !together.Ended);
    }

    private static List<IEnumerable<Move>> Kinds(Setting at, SearchBudget budget)
    {
        (IEnumerable<Move> Moves, RemedyKind[] Kinds)[] all =
        [
            (Upkeep.Of(at), [RemedyKind.MoveMaintenance]), (Expediting.Of(at), [RemedyKind.Expedite, RemedyKind.SplitLot]), (Sharing.Of(at).Concat(Repegging.Of(at)), [RemedyKind.Repeg]),
            (Ordering.Of(at).Concat(Resequencing.Of(at)), [RemedyKind.Resequence]),
            (WorkingLonger.Of(at), [RemedyKind.Overtime]), (StandingIn.Of(at), [RemedyKind.Alternate]), (TakingOption.Of(at), [RemedyKind.OtherOption]), (Buying.Of(at), [RemedyKind.SecondSource, RemedyKind.OtherHub]), (Parting.Of(at), [RemedyKind.PartialDelivery]), (Renewing.Of(at), [RemedyKind.Renewal]), (Telling.Of(at), [RemedyKind.NewDate]),
        ];
        return [.. all.Where(k => !k.Kinds.All(budget.Without.Contains)).Select(static k => k.Moves)];
    }

    /// <summary>One of each kind, then the next of each.</summary>
    private static IEnumerable<Move> Turns(IReadOnlyList<IEnumerable<Move>> kinds)
    {
        Queue<Move>[] left = [.. kinds.Select(static k => new Queue<Move>(k))];
        while (left.Any(static q => q.Count > 0))
            foreach (Queue<Move> kind in left)
                if (kind.TryDequeue(out Move? move)) yield return move;
    }

    /// <summary>Of many slots of one machine, the three that win most; of the rest, all.</summary>
    private static IEnumerable<PricedRemedy> Best(IEnumerable<PricedRemedy> priced)
    {
        var all = priced.ToLookup(static p => p.Remedy.Kind == RemedyKind.MoveMaintenance);
        return all[true].OrderByDescending(static p => p.Promises).ThenBy(static p => p.Remedy.ActBy).Take(3).Concat(all[false]);
    }

    /// <summary>A remedy saves a promise when it takes one out of risk, or wins half a promise in all.</summary>
    private static Instant? LastChance(PlanPolicy policy, IEnumerable<PricedRemedy> priced) => priced.Where(p => !p.Remedy.Kind.OnlySays() && (p.Promises >= 0.5 || p.Effects.Any(e => e.Before < policy.RiskBelow && e.After >= policy.RiskBelow)))
        .Select(static p => (Instant?)p.Remedy.ActBy).Max();
}
