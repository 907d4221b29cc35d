namespace Homestretch.Products.Compiling;

/// <summary>Removes clauses that a shorter one implies, and literals that another clause shows to be of no use.</summary>
/// <remarks>Subsumption and self-subsuming resolution, with signatures (Een and Biere 2005); both leave an equivalent formula.</remarks>
internal static class Subsumption
{
    /// <summary>The clauses left; <paramref name="shorter"/> says whether a clause lost a literal.</summary>
    public static List<int[]> Without(int variables, List<int[]> clauses, out bool shorter)
    {
        shorter = false;
        var left = new List<int[]?>(clauses.OrderBy(static c => c.Length));
        var standing = new List<int>[2 * variables];
        for (int l = 0; l < standing.Length; l++) standing[l] = [];
        var signature = new ulong[left.Count];
        for (int c = 0; c < left.Count; c++)
        {
            signature[c] = Signature(left[c]!);
            foreach (int l in left[c]!) standing[l].Add(c);
        }
        bool[] marked = new bool[2 * variables];
        for (int c = 0; c < left.Count; c++)
        {
            if (left[c] is not int[] clause) continue;
            foreach (int l in clause) marked[l] = true;
            // A clause that this one subsumes has all its literals; one that it shortens has all but one, and that one's opposite.
            int rarest = clause.MinBy(l => standing[l].Count + standing[l ^ 1].Count);
            foreach (int sign in (ReadOnlySpan<int>)[rarest, rarest ^ 1])
                foreach (int d in standing[sign])
                {
                    if (d == c || left[d] is not int[] other || other.Length < clause.Length || (signature[c] & ~signature[d]) != 0) continue;
                    int same = 0, opposite = -1, opposites = 0;
                    foreach (int l in other)
                    {
                        if (marked[l]) same++;
                        else if (marked[l ^ 1]) { opposite = l; opposites++; }
                    }
                    if (same == clause.Length) left[d] = null;
                    else if (same == clause.Length - 1 && opposites == 1)
                    {
                        left[d] = [.. other.Where(l => l != opposite)];
                        signature[d] = Signature(left[d]!);
                        shorter = true;
                    }
                }
            foreach (int l in clause) marked[l] = false;
        }
        return [.. left.OfType<int[]>()];
    }

    /// <summary>Variables, not literals, so that one signature serves both tests.</summary>
    private static ulong Signature(int[] clause)
    {
        ulong bits = 0;
        foreach (int l in clause) bits |= 1UL << ((l >> 1) & 63);
        return bits;
    }
}
