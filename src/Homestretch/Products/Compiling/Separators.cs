namespace Homestretch.Products.Compiling;

/// <summary>In which order to decide variables so that a formula falls apart early: by the depth at which each first stands in a tree
/// decomposition of the graph whose edges join variables of one clause, hung up at its middle.</summary>
/// <remarks>Elimination by fewest edges added, ties by least degree; the bag of a variable is what it touched when it was eliminated. That separators
/// of a tree decomposition make good decisions is Korhonen and Jarvisalo 2021.</remarks>
internal static class Separators
{
    /// <summary>Where every variable left touches more than so many, they hang together too closely for separators: all of them come first.</summary>
    private const int MostTouched = 200;

    /// <summary>Clauses longer than this are a path, not a clique, to the search for separators.</summary>
    private const int LongClause = 60;

    /// <summary>For each variable its depth; lower is decided first.</summary>
    public static int[] Depths(Formula formula, CancellationToken cancel)
    {
        HashSet<int>[] near = Graph(formula);
        int n = formula.Variables;
        int[] turn = new int[n];
        int[][] bags = new int[n][];
        var queue = new PriorityQueue<int, (int Fill, int Degree, int Variable)>();
        for (int v = 0; v < n; v++) queue.Enqueue(v, Rank(near, v));
        Array.Fill(turn, -1);
        int done = 0;
        int[] order = new int[n];
        while (queue.TryDequeue(out int v, out var rank))
        {
            if (turn[v] >= 0) continue;
            if ((done & 63) == 0) cancel.ThrowIfCancellationRequested();
            var now = Rank(near, v);
            if (now != rank) { queue.Enqueue(v, now); continue; }
            if (rank.Degree > MostTouched) break;
            int[] bag = [.. near[v].Order()];
            foreach (int a in bag) near[a].Remove(v);
            for (int i = 0; i < bag.Length; i++)
                for (int j = i + 1; j < bag.Length; j++)
                    if (near[bag[i]].Add(bag[j])) near[bag[j]].Add(bag[i]);
            foreach (int a in bag) queue.Enqueue(a, Rank(near, a));
            turn[v] = done;
            order[done++] = v;
            bags[v] = bag;
        }
        int[] depth = new int[n];
        Array.Fill(depth, -1);
        for (int v = 0; v < n; v++)
        {
            if (turn[v] >= 0) continue;
            turn[v] = done;
            order[done++] = v;
            bags[v] = [];
            depth[v] = 0;
        }
        return Hung(order, turn, bags, depth);
    }

    private static (int, int, int) Rank(HashSet<int>[] near, int v)
    {
        int degree = near[v].Count, missing = 0;
        if (degree <= 40)
        {
            int[] around = [.. near[v]];
            for (int i = 0; i < around.Length; i++)
                for (int j = i + 1; j < around.Length; j++) if (!near[around[i]].Contains(around[j])) missing++;
        }
        else missing = degree * (degree - 1) / 2;
        return (missing, degree, v);
    }

    private static HashSet<int>[] Graph(Formula formula)
    {
        var near = new HashSet<int>[formula.Variables];
        for (int v = 0; v < near.Length; v++) near[v] = [];
        foreach (int[] clause in formula.Clauses)
            for (int i = 0; i < clause.Length; i++)
                for (int j = i + 1; j < clause.Length && (clause.Length <= LongClause || j == i + 1); j++)
                {
                    near[clause[i] >> 1].Add(clause[j] >> 1);
                    near[clause[j] >> 1].Add(clause[i] >> 1);
                }
        return near;
    }

    /// <summary>Hangs the tree of bags up at its centroid and numbers variables by the depth of the first bag they stand in.</summary>
    private static int[] Hung(int[] order, int[] turn, int[][] bags, int[] depth)
    {
        int n = order.Length;
        int[] parent = new int[n], weight = new int[n];
        var next = new List<int>[n];
        for (int v = 0; v < n; v++) next[v] = [];
        Array.Fill(weight, 1);
        foreach (int v in order)
        {
            parent[v] = bags[v].Length == 0 ? -1 : bags[v].MinBy(b => turn[b]);
            if (parent[v] < 0) continue;
            weight[parent[v]] += weight[v];
            next[v].Add(parent[v]);
            next[parent[v]].Add(v);
        }
        bool[] seen = new bool[n];
        for (int r = n - 1; r >= 0; r--)
        {
            int root = order[r];
            if (parent[root] >= 0) continue;
            int middle = root;
            while (true)
            {
                int heavy = next[middle].Where(c => c != parent[middle]).DefaultIfEmpty(-1).MaxBy(c => c < 0 ? 0 : weight[c]);
                if (heavy < 0 || weight[heavy] * 2 <= weight[root]) break;
                middle = heavy;
            }
            var wave = new Queue<(int V, int Depth)>();
            wave.Enqueue((middle, 0));
            seen[middle] = true;
            while (wave.TryDequeue(out var at))
            {
                foreach (int b in (int[])[at.V, .. bags[at.V]]) if (depth[b] < 0) depth[b] = at.Depth;
                foreach (int c in next[at.V])
                {
                    if (seen[c]) continue;
                    seen[c] = true;
                    wave.Enqueue((c, at.Depth + 1));
                }
            }
        }
        return depth;
    }
}
