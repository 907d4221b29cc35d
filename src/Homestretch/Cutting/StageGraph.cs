namespace Homestretch.Cutting;

/// <summary>A network that meets the rules, by index: stages in the order of their links, none before what goes into it.</summary>
internal sealed class StageGraph
{
    private StageGraph(Stage[] stages, int[] places, int[][] before, int[][] after, double[][] quantities)
    {
        (Stages, Places, Before, After, Quantities) = (stages, places, before, after, quantities);
        Into = [.. before.Select((b, k) => b.Select(i => quantities[i][Array.IndexOf(after[i], k)]).ToArray())];
    }

    public Stage[] Stages { get; }
    public int Count => Stages.Length;

    /// <summary>Of each stage: its place in the network as it was given.</summary>
    public int[] Places { get; }

    /// <summary>Of each stage: those that go into it, ascending.</summary>
    public int[][] Before { get; }

    /// <summary>Of each stage: those that it goes into, ascending.</summary>
    public int[][] After { get; }

    /// <summary>Units of a stage in one unit of each of <see cref="After"/>.</summary>
    public double[][] Quantities { get; }

    /// <summary>Units of each of <see cref="Before"/> in one unit of a stage.</summary>
    public double[][] Into { get; }

    /// <summary>Of each stage: all that goes into it, by whatever way.</summary>
    public SortedSet<int>[] Behind()
    {
        var behind = new SortedSet<int>[Count];
        for (int i = 0; i < Count; i++) behind[i] = [.. Before[i], .. Before[i].SelectMany(j => behind[j])];
        return behind;
    }

    /// <summary>All that is wrong with a network at once; else its graph.</summary>
    public static (StageGraph? Graph, IReadOnlyList<Finding> Findings) Of(StageNetwork network, string stages = "stages", string links = "links")
    {
        var findings = new List<Finding>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < network.Stages.Count; i++)
        {
            Stage s = network.Stages[i];
            if (!index.TryAdd(s.Name, i)) Wrong(stages, i, "stage", "duplicate-key", $"Stage '{s.Name}' stands twice.", "Name each stage once.");
            if (!(s.Cost >= 0 && double.IsFinite(s.Cost))) Wrong(stages, i, "cost", "range", $"Stage '{s.Name}' adds a cost of {s.Cost}.", "Give 0 or more.");
            if (!(s.Days >= 0 && double.IsFinite(s.Days))) Wrong(stages, i, "days", "range", $"Stage '{s.Name}' takes {s.Days} days.", "Give 0 or more.");
            if (!(s.DaysSpread >= 0 && double.IsFinite(s.DaysSpread))) Wrong(stages, i, "days_spread", "range", $"The days of '{s.Name}' spread by {s.DaysSpread}.", "Give 0 or more.");
            if (s.Demand is { } d && !(d >= 0 && double.IsFinite(d))) Wrong(stages, i, "demand", "range", $"Customers buy {d} a day at '{s.Name}'.", "Give 0 or more.");
            if (s.DemandSpread is { } sd && !(sd >= 0 && double.IsFinite(sd))) Wrong(stages, i, "demand_spread", "range", $"Demand at '{s.Name}' spreads by {sd}.", "Give 0 or more.");
            if (s.ServiceLevel is { } level && !(level is >= 0.5 and < 1)) Wrong(stages, i, "service_level", "range", $"A service level of {level} at '{s.Name}'.", "Give a share of 0.5 or more, below 1.");
            if (s.MostDays is { } most && !(most >= 0 && double.IsFinite(most))) Wrong(stages, i, "most_days", "range", $"A longest service time of {most} days at '{s.Name}'.", "Give 0 or more, or leave it empty.");
        }
        if (network.Stages.Count == 0) findings.Add(new(new(stages), "empty", "There is no stage.", "Give at least one."));
        var from = new List<(int From, int To, double Quantity)>();
        for (int l = 0; l < network.Links.Count; l++)
        {
            StageLink link = network.Links[l];
            bool known = true;
            foreach (var (column, name) in (ReadOnlySpan<(string, string)>)[("from", link.From), ("to", link.To)])
                if (!index.ContainsKey(name)) { Wrong(links, l, column, "unknown-key", $"There is no stage '{name}'.", "Add it to the stages or correct the link."); known = false; }
            if (!(link.Quantity > 0 && double.IsFinite(link.Quantity))) Wrong(links, l, "quantity", "range", $"{link.Quantity} of '{link.From}' in one '{link.To}'.", "Give more than 0.");
            else if (known) from.Add((index[link.From], index[link.To], link.Quantity));
        }
        int[] order = Ordered(network.Stages.Count, from);
        if (order.Length < network.Stages.Count && findings.Count == 0)
            findings.Add(new(new(links), "cycle", $"{string.Join(" -> ", Cycle(network, from, order))} goes into itself.", "Remove one of these links."));
        if (findings.Count > 0) return (null, findings);
        int[] place = new int[order.Length];
        for (int k = 0; k < order.Length; k++) place[order[k]] = k;
        var after = new SortedDictionary<int, double>[order.Length];
        var before = new SortedSet<int>[order.Length];
        for (int k = 0; k < order.Length; k++) (after[k], before[k]) = ([], []);
        foreach (var (a, b, quantity) in from)
        {
            after[place[a]][place[b]] = after[place[a]].GetValueOrDefault(place[b]) + quantity;      // two links of one pair are one
            before[place[b]].Add(place[a]);
        }
        return (new([.. order.Select(i => network.Stages[i])], order, [.. before.Select(static b => b.ToArray())], [.. after.Select(static a => a.Keys.ToArray())], [.. after.Select(static a => a.Values.ToArray())]), []);

        void Wrong(string source, int row, string column, string rule, string what, string cure) => findings.Add(new(new(source, row + 2, column), rule, what, cure));
    }

    /// <summary>Stages so that none stands before what goes into it, ties in their own order; fewer where links go round.</summary>
    private static int[] Ordered(int count, List<(int From, int To, double Quantity)> links)
    {
        int[] open = new int[count];
        var after = links.ToLookup(static l => l.From, static l => l.To);
        foreach (var link in links) open[link.To]++;
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, count).Where(i => open[i] == 0).Select(static i => (i, i)));
        var order = new List<int>(count);
        while (ready.TryDequeue(out int stage, out _))
        {
            order.Add(stage);
            foreach (int next in after[stage])
                if (--open[next] == 0) ready.Enqueue(next, next);
        }
        return [.. order];
    }

    private static IEnumerable<string> Cycle(StageNetwork network, List<(int From, int To, double Quantity)> links, int[] ordered)
    {
        HashSet<int> left = [.. Enumerable.Range(0, network.Stages.Count).Except(ordered)];
        var before = links.Where(l => left.Contains(l.From) && left.Contains(l.To)).ToLookup(static l => l.To, static l => l.From);
        var walked = new List<int>();
        for (int at = left.Min(); ; at = before[at].Min())
        {
            if (walked.IndexOf(at) is >= 0 and var from) return walked[from..].Append(at).Reverse().Select(i => network.Stages[i].Name);
            walked.Add(at);
        }
    }
}
