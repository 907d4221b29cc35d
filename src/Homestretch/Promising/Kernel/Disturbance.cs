namespace Homestretch.Promising.Kernel;

/// <summary>What changes in a plan whose pegs and sequence are otherwise held. Applied together, in the order
/// redraws, changes, withdrawals, appends.</summary>
internal sealed class Disturbance
{
    internal readonly SortedDictionary<int, int[]> Redrawn = [];
    internal readonly SortedDictionary<int, (PlannedBuild Build, int[] Lots)> Changed = [];
    internal readonly SortedSet<int> Withdrawn = [];
    internal readonly List<(PlannedBuild Build, int[] Lots)> Appended = [];

    /// <summary>A lot's arrivals are drawn anew; a lot index equal to the number of lots appends one (one after another).</summary>
    public Disturbance Redraw(int lot, ReadOnlySpan<int> arrivals)
    {
        Redrawn[lot] = arrivals.ToArray();
        return this;
    }

    /// <summary>A build gets other pegs, work, floor, outbound or promise; its line, planned start and tie stay.</summary>
    public Disturbance Change(int build, in PlannedBuild changed, ReadOnlySpan<int> lots)
    {
        Changed[build] = (changed, lots.ToArray());
        return this;
    }

    /// <summary>A build leaves the plan; its index stays unused.</summary>
    public Disturbance Withdraw(int build)
    {
        Withdrawn.Add(build);
        return this;
    }

    /// <summary>A build is taken in, behind all planned to start before it or with it, ties included. It gets the next index.</summary>
    public Disturbance Append(in PlannedBuild build, ReadOnlySpan<int> lots)
    {
        Appended.Add((build, lots.ToArray()));
        return this;
    }
}
