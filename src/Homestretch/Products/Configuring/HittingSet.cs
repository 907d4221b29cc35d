namespace Homestretch.Products.Configuring;

/// <summary>Smallest sets that share an element with each of some sets.</summary>
internal static class HittingSet
{
    /// <summary>The smallest, or null when none has at most so many elements (then that is proven) or so many steps were too few.</summary>
    /// <remarks>Deepens by one element at a time; each step branches on the elements of a shortest set not yet met. Disjoint sets not met give a bound.</remarks>
    public static int[]? Smallest(IReadOnlyList<int[]> sets, int atMost, long steps, out bool proven)
    {
        proven = true;
        int[][] order = [.. sets.OrderBy(static s => s.Length)];
        var taken = new List<int>();
        for (int size = Disjoint(order, taken); size <= atMost && size <= order.Length; size++)
        {
            if (Met(order, taken, size, ref steps)) return [.. taken.Order()];
            if (steps <= 0) break;
        }
        proven = steps > 0;
        return null;
    }

    private static bool Met(int[][] sets, List<int> taken, int size, ref long steps)
    {
        if (--steps <= 0) return false;
        int[]? open = Array.Find(sets, s => !taken.Any(s.Contains));
        if (open is null) return true;
        if (taken.Count + Disjoint(sets, taken) > size) return false;
        foreach (int element in open)
        {
            taken.Add(element);
            if (Met(sets, taken, size, ref steps)) return true;
            taken.RemoveAt(taken.Count - 1);
        }
        return false;
    }

    /// <summary>Sets not met that share nothing with each other, taken greedily: each needs an element of its own.</summary>
    private static int Disjoint(int[][] sets, List<int> taken)
    {
        var used = new HashSet<int>(taken);
        int found = 0;
        foreach (int[] set in sets)
        {
            if (set.Any(used.Contains)) continue;
            found++;
            used.UnionWith(set);
        }
        return found;
    }
}
