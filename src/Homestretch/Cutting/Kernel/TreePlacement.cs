namespace Homestretch.Cutting.Kernel;

/// <summary>The placement that costs least where links make trees: what is told is gathered from the ends to one stage and chosen back from there, exactly.</summary>
/// <remarks>The dynamic program of S. Graves and S. Willems (M&amp;SOM 2, 2000, 68-83), whose states are service times, with each step in as many operations as there are times.</remarks>
internal static class TreePlacement
{
    /// <summary>Whether no two ways join the same stages, whichever way links point.</summary>
    public static bool Fits(PlacementProblem p)
    {
        int[] root = [.. Enumerable.Range(0, p.Count)];
        for (int j = 0; j < p.Count; j++)
            foreach (int k in p.After[j])
            {
                int a = Find(root, j), b = Find(root, k);
                if (a == b) return false;
                root[a] = b;
            }
        return true;

        static int Find(int[] root, int i)
        {
            while (root[i] != i) i = root[i] = root[root[i]];
            return i;
        }
    }

    /// <summary>Inbound times of the least cost.</summary>
    public static int[] Of(PlacementProblem p)
    {
        StageChoices c = StageChoices.Of(p);
        var steps = new MinPlus(c);
        // a stage has two variables: 2i its inbound time, 2i + 1 its service time
        double[][] sums = [.. Enumerable.Range(0, 2 * p.Count).Select(v => new double[(v % 2 == 0 ? p.MostIn[v / 2] : p.MostOut[v / 2]) + 1])];
        int[] parent = new int[2 * p.Count], order = new int[2 * p.Count], chosen = new int[2 * p.Count];
        Array.Fill(parent, -2);
        int count = 0;
        for (int v = 0; v < parent.Length; v++)
        {
            if (parent[v] != -2) continue;
            parent[v] = -1;
            order[count++] = v;
            for (int at = count - 1; at < count; at++)
                foreach (int next in Near(p, order[at]))
                    if (parent[next] == -2)
                    {
                        parent[next] = order[at];
                        order[count++] = next;
                    }
        }
        double[] told = new double[sums.Max(static s => s.Length)];
        for (int at = count - 1; at >= 0; at--)
        {
            int v = order[at], up = parent[v];
            if (up < 0) continue;
            Span<double> to = told.AsSpan(0, sums[up].Length);
            Step(p, steps, v, up, sums[v], to);
            for (int k = 0; k < to.Length; k++) sums[up][k] += to[k];
        }
        for (int at = 0; at < count; at++)
        {
            int v = order[at];
            double least = double.PositiveInfinity;
            for (int k = 0; k < sums[v].Length; k++)
            {
                double cost = sums[v][k] + (parent[v] < 0 ? 0 : Edge(p, v, k, parent[v], chosen[parent[v]]));
                if (cost < least) (least, chosen[v]) = (cost, k);
            }
        }
        return [.. Enumerable.Range(0, p.Count).Select(i => chosen[2 * i])];
    }

    private static IEnumerable<int> Near(PlacementProblem p, int v)
    {
        int i = v / 2;
        yield return v ^ 1;
        if (v % 2 == 0)
            foreach (int j in p.Before[i]) yield return 2 * j + 1;
        else
            foreach (int k in p.After[i]) yield return 2 * k;
    }

    private static void Step(PlacementProblem p, MinPlus steps, int from, int to, double[] sum, Span<double> told)
    {
        int i = from / 2, k = to / 2;
        if (i == k && from % 2 == 0) steps.PairToOut(i, sum, told);
        else if (i == k) steps.PairToIn(i, sum, told);
        else if (from % 2 != 0) steps.LinkToIn(i, Array.IndexOf(p.After[i], k), sum, told);
        else steps.LinkToOut(k, Array.IndexOf(p.After[k], i), sum, told);
    }

    /// <summary>What one value costs beside another that was chosen.</summary>
    private static double Edge(PlacementProblem p, int v, int value, int other, int chosen)
    {
        if (v % 2 != 0) (v, value, other, chosen) = (other, chosen, v, value);      // v is the inbound time
        int i = v / 2, j = other / 2;
        if (i == j) return value + p.Times[i] - chosen is >= 0 and var net ? p.Weights[i] * p.Curves[i][net] : double.PositiveInfinity;
        return value >= chosen + p.Lag(j, i) ? 0 : double.PositiveInfinity;
    }
}
