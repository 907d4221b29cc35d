namespace Homestretch.Exposure;

/// <summary>The fewest holders who together could reconstruct so much, found exactly.</summary>
/// <remarks>Of a set that grows, K is submodular: -log(1 - K) is a sum of maxima, and 1 - exp(-x) is concave. So what r more holders add to K(i) is at most the sum of what each adds alone; u K K' is bounded by what K' can still become. The sum of the r best scores bounds
/// a whole subtree from above, as does the union of all that are left.</remarks>
public static class FewestParties
{
    private const double Even = 1e-12, Slack = 1e-9;

    /// <summary>A smallest set that reaches the threshold, in ascending order; null when none of at most <paramref name="most"/> does.</summary>
    /// <param name="disclosed">For each holder how much of each item was disclosed.</param>
    public static IReadOnlyList<int>? Reaching(ExposureGraph graph, IReadOnlyList<double[]> disclosed, double threshold, int most = int.MaxValue) => Within(graph, disclosed, threshold, most, long.MaxValue).Fewest;

    /// <summary>The same, looking at so many sets and no more: not settled when there were more to look at, and then nothing is said.</summary>
    public static (IReadOnlyList<int>? Fewest, bool Settled) Within(ExposureGraph graph, IReadOnlyList<double[]> disclosed, double threshold, int most, long sets)
    {
        var search = new Search(graph, disclosed, threshold, sets);
        if (!search.AllReach()) return (null, true);
        for (int size = 0; size <= Math.Min(most, disclosed.Count); size++)
        {
            if (search.Of(size)) return (search.Chosen(size), true);
            if (search.Ended) return (null, false);
        }
        return (null, true);
    }

    private sealed class Search(ExposureGraph graph, IReadOnlyList<double[]> disclosed, double threshold, long sets)
    {
        private long _left = sets;
        private readonly int[] _chosen = new int[disclosed.Count];
        private readonly double[][] _union = Rows(graph.Count, disclosed.Count + 1), _known = Rows(graph.Count, disclosed.Count + 1);
        private readonly double[] _rest = new double[graph.Count], _most = new double[graph.Count], _with = new double[graph.Count], _per = new double[graph.Count];

        public bool Ended => _left < 0;

        public bool AllReach() => Union(0, [.. Enumerable.Range(0, disclosed.Count)]) >= threshold - Even;

        public bool Of(int size)
        {
            Array.Clear(_union[0]);
            return Extend(0, size, [.. Enumerable.Range(0, disclosed.Count)]);
        }

        public int[] Chosen(int size) => [.. _chosen.AsSpan(0, size).ToArray().Order()];

        private bool Extend(int depth, int size, int[] left)
        {
            if (--_left < 0) return false;
            double[] union = _union[depth], known = _known[depth];
            double now = graph.Reconstructed(union, known);
            if (now >= threshold - Even) return depth == size || Pad(depth, size, left);
            int more = size - depth;
            if (more == 0 || left.Length < more || Union(depth, left) < threshold - Slack) return false;
            Per(known);
            double[] scores = [.. left.Select(p => Score(union, known, disclosed[p]))];
            Array.Sort(scores, left);
            Array.Reverse(scores);
            Array.Reverse(left);
            for (int k = 0; k + more <= left.Length; k++)
            {
                double bound = now;
                for (int r = 0; r < more; r++) bound += scores[k + r];
                if (bound < threshold - Slack) return false;
                double[] next = _union[depth + 1], theirs = disclosed[left[k]];
                for (int i = 0; i < next.Length; i++) next[i] = Math.Max(union[i], theirs[i]);
                _chosen[depth] = left[k];
                if (Extend(depth + 1, size, left[(k + 1)..])) return true;
                if (Ended) return false;
                if (k + 1 + more <= left.Length && Union(depth, left[(k + 1)..]) < threshold - Slack) return false;
            }
            return false;
        }

        /// <summary>Fewer would do: any others fill the set up.</summary>
        private bool Pad(int depth, int size, int[] left)
        {
            if (left.Length < size - depth) return false;
            left.AsSpan(0, size - depth).CopyTo(_chosen.AsSpan(depth));
            return true;
        }

        /// <summary>What those chosen with all that are left could reconstruct; leaves in the buffer what they would know.</summary>
        private double Union(int depth, int[] left)
        {
            _union[depth].CopyTo(_rest, 0);
            foreach (int p in left)
                for (int i = 0; i < _rest.Length; i++) _rest[i] = Math.Max(_rest[i], disclosed[p][i]);
            return graph.Reconstructed(_rest, _most);
        }

        /// <summary>What knowing more of an item adds at most, for each item: K K' - k k' is the mean of (K - k) M' + k (K' - k') and of the same the other way round, at most.</summary>
        private void Per(double[] known)
        {
            graph.Know.CopyTo(_per, 0);
            for (int i = 0; i < _per.Length; i++)
            {
                for (int t = graph.TieStart[i]; t < graph.TieStart[i + 1]; t++)
                {
                    int j = graph.TieTo[t];
                    _per[i] += graph.TieWeight[t] * (_most[j] + known[j]) / 2;
                    _per[j] += graph.TieWeight[t] * (_most[i] + known[i]) / 2;
                }
            }
        }

        private double Score(double[] union, double[] known, double[] theirs)
        {
            for (int i = 0; i < _with.Length; i++) _with[i] = Math.Max(union[i], theirs[i]);
            double score = 0;
            for (int i = 0; i < _with.Length; i++)
                if (_per[i] > 0) score += _per[i] * (graph.Known(i, _with) - known[i]);
            return score;
        }

        private static double[][] Rows(int width, int count) => [.. Enumerable.Range(0, count).Select(_ => new double[width])];
    }
}
