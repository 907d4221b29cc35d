using Homestretch.Promising;
using Homestretch.Situations.Moves;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>Takes remedies together: the one that wins most first, then each that still adds something on top of those before it. Greedy: no choice is taken back.</summary>
internal sealed class Together(Trial trial, SearchBudget budget, int begun, CancellationToken cancel)
{
    /// <summary>The budget ended it.</summary>
    public bool Ended { get; private set; }

    /// <summary>What two or more win together, each step on the way.</summary>
    public IReadOnlyList<PricedRemedy> Of(IReadOnlyList<(Move Move, PricedRemedy Remedy)> singles, Action<PricedRemedy>? found)
    {
        trial.Restart();
        var taken = new List<Remedy>();
        var all = new List<PricedRemedy>();
        double won = 0;
        foreach (var (move, single) in singles.Where(static s => !s.Remedy.Remedy.Kind.OnlySays()).OrderByDescending(static s => s.Remedy.Net ?? 0).ThenByDescending(static s => s.Remedy.Promises))
        {
            if (taken.Count >= budget.Together || cancel.IsCancellationRequested) break;
            if (Ended = trial.Priced - begun >= budget.Pricings) break;
            if (move(trial.Plan) is not { } step) continue;
            Remedy whole = taken.Count == 0 ? step : Joined(trial.InForce.World, [.. taken, step]);
            if (trial.Price(whole, step.Events) is not { } priced || priced.Promises < won + budget.LeastGain) continue;
            trial.Settle(step);
            taken.Add(step);
            won = priced.Promises;
            if (taken.Count < 2) continue;
            all.Add(priced);
            found?.Invoke(priced);
        }
        return all;
    }

    /// <summary>All parts as one batch: of a record the last word; what one part adds and a later one takes away is neither.</summary>
    private static Remedy Joined(Snapshot world, Remedy[] parts)
    {
        var last = new Dictionary<(TableKind, string), WorldEvent>();
        foreach (WorldEvent e in parts.SelectMany(static p => p.Events)) last[(e.Kind, e.Key)] = e;
        WorldEvent[] events = [.. last.Values.Where(e => e is not WorldEvent.Removed || world.Find(e.Kind, e.Key) is not null).OrderBy(static e => e.Kind.Index).ThenBy(static e => e.Key, StringComparer.Ordinal)];
        RemedyKind[] kinds = [.. parts.Select(static p => p.Kind).Distinct()];
        return new(kinds.Length == 1 ? kinds[0] : RemedyKind.Combined, string.Join("; ", parts.Select(static p => p.What)), events, [.. parts.SelectMany(static p => p.Costs)], parts.Min(static p => p.ActBy), [.. parts.SelectMany(static p => p.Work)]);
    }
}
