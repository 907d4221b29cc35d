namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>Why nothing meets all limits: the fewest of them that nothing meets together.</summary>
internal static class Conflict
{
    /// <summary>More limits than this are not tried in all their sets: one after the other is left out instead, which finds a set of which none can be spared.</summary>
    private const int MostToTry = 10;

    public static Finding Of(SourcingProblem p, IReadOnlyList<Bounded> bounded, IReadOnlyList<Limit> limits, PlacementBudget budget, CancellationToken cancel)
    {
        if (!Fails([])) return Told(Fewest());
        return new(new("sources"), "no-way", "No sources of all stages go together: some stage cannot be reached from any choice before it.", "Add legs between their places, or sources.");

        // limits of each country or party stand for the one that was given
        bool Fails(IReadOnlyCollection<int> kept)
        {
            Bounded[] own = [.. bounded.Where(b => kept.Any(k => limits[k].Measure == b.Limit.Measure && limits[k].Value == b.Limit.Value && (limits[k].Subject is null || limits[k].Subject == b.Limit.Subject)))];
            SourcingSearch.Found found = new SourcingSearch(p, own, cancel).Run(budget, any: true);
            return double.IsInfinity(found.Cost) && double.IsInfinity(found.Bound);
        }

        IReadOnlyCollection<int> Fewest()
        {
            if (limits.Count <= MostToTry)
                for (int size = 1; size < limits.Count; size++)
                    foreach (int[] set in Sets(limits.Count, size))
                        if (!cancel.IsCancellationRequested && Fails(set)) return set;
            var kept = Enumerable.Range(0, limits.Count).ToList();
            for (int k = limits.Count - 1; limits.Count > MostToTry && k >= 0; k--)
                if (kept.Where(l => l != k).ToList() is var fewer && !cancel.IsCancellationRequested && Fails(fewer)) kept = fewer;
            return kept;
        }

        Finding Told(IReadOnlyCollection<int> set) => new(new("limits"), "conflict", set.Count == 1 ? $"Nothing meets {limits[set.First()]}." : $"Nothing meets {string.Join(" and ", set.Select(k => limits[k].ToString()))} together.",
            set.Count == 1 ? "Ease it, or add sources that meet it." : "Ease one of them, or add sources.");
    }

    private static IEnumerable<int[]> Sets(int count, int size)
    {
        int[] set = [.. Enumerable.Range(0, size)];
        while (true)
        {
            yield return [.. set];
            int at = size - 1;
            while (at >= 0 && set[at] == count - size + at) at--;
            if (at < 0) yield break;
            set[at]++;
            for (int k = at + 1; k < size; k++) set[k] = set[k - 1] + 1;
        }
    }
}
