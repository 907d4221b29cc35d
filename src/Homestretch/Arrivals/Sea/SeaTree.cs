namespace Homestretch.Arrivals.Sea;

/// <summary>The shortest ways from every point to one, without the closed passages.</summary>
/// <remarks>E. W. Dijkstra, 'A note on two problems in connexion with graphs', Numerische Mathematik 1 (1959). Of ways of one length the one over the lower points is kept.</remarks>
internal sealed class SeaTree
{
    private const int Never = int.MaxValue;
    private readonly int[] _miles, _next;

    private SeaTree(int[] miles, int[] next) => (_miles, _next) = (miles, next);

    public bool Reaches(int node) => _miles[node] != Never;

    /// <summary>Thousandths of a nautical mile that are left from a point.</summary>
    public int MilliMiles(int node) => _miles[node];

    /// <summary>Index of the edge by which a way goes on from a point.</summary>
    public int Next(int node) => _next[node];

    public static SeaTree Of(int[] first, SeaEdge[] edges, int to, PassageSet closed)
    {
        int[] miles = new int[first.Length - 1], next = new int[first.Length - 1];
        Array.Fill(miles, Never);
        Array.Fill(next, -1);
        var open = new PriorityQueue<int, long>();
        miles[to] = 0;
        open.Enqueue(to, to);
        while (open.TryDequeue(out int node, out long order))
        {
            if (order >> 20 != miles[node]) continue;
            for (int e = first[node]; e < first[node + 1]; e++)
            {
                SeaEdge edge = edges[e];
                if (edge.Passage is { } p && closed.Has(p)) continue;
                int reached = miles[node] + edge.MilliMiles;
                if (reached >= miles[edge.To]) continue;
                miles[edge.To] = reached;
                next[edge.To] = Back(first, edges, edge, node);
                open.Enqueue(edge.To, (long)reached << 20 | (uint)edge.To);
            }
        }
        return new(miles, next);
    }

    /// <summary>The same stretch the other way: several may join two points.</summary>
    private static int Back(int[] first, SeaEdge[] edges, SeaEdge edge, int from)
    {
        int e = first[edge.To];
        while (edges[e] != new SeaEdge(from, edge.MilliMiles, edge.Passage)) e++;
        return e;
    }
}
