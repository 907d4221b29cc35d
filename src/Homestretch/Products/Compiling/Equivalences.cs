namespace Homestretch.Products.Compiling;

/// <summary>Literals that imply each other by clauses of two: the strong components of the implications.</summary>
/// <remarks>Aspvall, Plass and Tarjan 1979; the components as in Tarjan 1972, without recursion.</remarks>
internal static class Equivalences
{
    /// <summary>For each literal the one that stands for all that equal it, or null when none equals another.</summary>
    public static int[]? Of(int variables, List<int[]> clauses, out bool clash)
    {
        var implied = new List<int>[2 * variables];
        for (int l = 0; l < implied.Length; l++) implied[l] = [];
        foreach (int[] clause in clauses)
        {
            if (clause.Length != 2) continue;
            implied[clause[0] ^ 1].Add(clause[1]);
            implied[clause[1] ^ 1].Add(clause[0]);
        }
        int[] component = Components(implied);
        int[] stands = new int[2 * variables], first = new int[2 * variables];
        Array.Fill(first, -1);
        clash = false;
        bool any = false;
        for (int v = 0; v < variables; v++)
        {
            if (component[2 * v] == component[2 * v + 1]) { clash = true; return null; }
            // The lowest variable of a component stands for it, with the same sign in the component of the opposites.
            int yes = component[2 * v], no = component[2 * v + 1];
            if (first[yes] < 0) (first[yes], first[no]) = (2 * v, 2 * v + 1);
            (stands[2 * v], stands[2 * v + 1]) = (first[yes], first[no]);
            any |= first[yes] != 2 * v;
        }
        return any ? stands : null;
    }

    private static int[] Components(List<int>[] next)
    {
        int n = next.Length, clock = 0, found = 0;
        int[] entered = new int[n], low = new int[n], at = new int[n], component = new int[n];
        Array.Fill(component, -1);
        var open = new Stack<int>();
        var path = new Stack<int>();
        for (int start = 0; start < n; start++)
        {
            if (entered[start] != 0) continue;
            path.Push(start);
            while (path.Count > 0)
            {
                int node = path.Peek();
                if (entered[node] == 0)
                {
                    entered[node] = low[node] = ++clock;
                    open.Push(node);
                }
                if (at[node] < next[node].Count)
                {
                    int to = next[node][at[node]++];
                    if (entered[to] == 0) path.Push(to);
                    else if (component[to] < 0) low[node] = Math.Min(low[node], entered[to]);
                    continue;
                }
                path.Pop();
                if (path.Count > 0) low[path.Peek()] = Math.Min(low[path.Peek()], low[node]);
                if (low[node] != entered[node]) continue;
                int member;
                do component[member = open.Pop()] = found; while (member != node);
                found++;
            }
        }
        return component;
    }
}
