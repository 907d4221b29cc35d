using Homestretch.Exchange.Edges;

namespace Homestretch.Edge.Feature;

/// <summary>Most names that an edge keeps in memory and on disk. A machine that invents names, or a sender that invents machines, fills neither: what is known
/// goes on, what is new beyond the limit is not taken, counted as 'names not taken' and said.</summary>
/// <param name="Machines">Of one edge.</param>
/// <param name="Metrics">Of one machine.</param>
/// <param name="InAll">Metrics of all machines.</param>
/// <param name="Longest">Characters of a name: a contract lists none that is longer.</param>
/// <param name="LongestText">Characters of a value that is text.</param>
internal sealed record NameLimits(int Machines = 10_000, int Metrics = 1_000, int InAll = 100_000, int Longest = 100, int LongestText = 1_000);

/// <summary>The names heard since the program began, within their limits.</summary>
internal sealed class Names(NameLimits limits, EdgeCounts counts)
{
    private readonly Dictionary<string, HashSet<string>> _metrics = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>What of an observation is taken; nothing when its machine is one too many.</summary>
    public IReadOnlyList<EdgeValue> Take(string machine, IReadOnlyList<EdgeValue> values)
    {
        if (!_metrics.TryGetValue(machine, out HashSet<string>? known))
        {
            if (machine.Length > limits.Longest || _metrics.Count >= limits.Machines)
            {
                Refuse(values.Count, machine.Length > limits.Longest ? $"The name of a machine is longer than {limits.Longest} characters, '{Short(machine)}': nothing of it is taken." : $"More than {limits.Machines} machines: nothing of further ones is taken. Map their names in the input, or begin anew with a restart.");
                return [];
            }
            _metrics[machine] = known = new(StringComparer.Ordinal);
        }
        int taken = 0;
        while (taken < values.Count && IsTaken(machine, known, values[taken])) taken++;
        return taken == values.Count ? values : [.. values.Where((v, i) => i < taken || i > taken && IsTaken(machine, known, v))];
    }

    private bool IsTaken(string machine, HashSet<string> known, in EdgeValue value)
    {
        if (value.Text?.Length > limits.LongestText) return Refuse(1, $"A text of {machine} is longer than {limits.LongestText} characters, {Short(value.Metric)}: it is not taken.");
        if (known.Contains(value.Metric)) return true;
        if (value.Metric.Length > limits.Longest) return Refuse(1, $"A name of {machine} is longer than {limits.Longest} characters, '{Short(value.Metric)}': it is not taken.");
        if (known.Count >= limits.Metrics) return Refuse(1, $"{machine} has told more than {limits.Metrics} metrics: further names of it are not taken; the first ones go on.");
        if (_all >= limits.InAll) return Refuse(1, $"All machines together have told more than {limits.InAll} metrics: further names are not taken; the first ones go on.");
        _all++;
        return known.Add(value.Metric);
    }

    private static string Short(string name) => name.Length <= 20 ? name : name[..20] + "...";

    private bool Refuse(int names, string why)
    {
        counts.Add("names not taken", names);
        counts.Found(why);
        return false;
    }
}
