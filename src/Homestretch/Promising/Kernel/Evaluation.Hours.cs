namespace Homestretch.Promising.Kernel;

/// <content>Lines that are open at other times.</content>
internal sealed unsafe partial class Evaluation
{
    /// <summary>Lines are open at other times than before, their builds in the same sequence with the work that the plan's builds now say: they run anew.</summary>
    /// <param name="lines">Indices, ascending.</param>
    /// <param name="all">Every line of the plan as it is now.</param>
    internal void Reopen(IReadOnlyList<int> lines, IReadOnlyList<PlannedLine> all)
    {
        PlannedLines = all;
        foreach (int line in lines)
        {
            Lines[line] = Lines[line].Reopened(all[line]);
            foreach (int build in BuildsOn(line)) ParkAt[build] = Lines[line].ParkAt(Builds.Rows[build]);
        }
        ForEach(lines.Count, (run, i) => RunWhole(run, Lines[lines[i]]));
    }

    /// <summary>Builds of a line in sequence.</summary>
    internal ReadOnlySpan<int> BuildsOn(int line) => Lines[line].Sequence.AsSpan(0, Lines[line].Length);
}
