using Homestretch.Promising.Kernel;

namespace Homestretch.Clearing;

/// <summary>Which builds to release in the near horizon, in what sequence on which line: flat, for searches and solvers. A job is a build that may be released; each of its rows is one
/// way to build it: a line, and parts or what stands in for them.</summary>
/// <remarks>Times are whole calendar seconds after the epoch unless a name says Work. Rows that are no job's are held: they stay, and their kits with them. Feasible is a set of
/// starts in which no line does two things at once, every kit is drawn from supply that is there when it starts (see <see cref="SupplySlack"/>), and every protected job is
/// either built by its limit or stays where it is.</remarks>
internal sealed class ClearProblem
{
    /// <summary>Items with their lots, lines, and a row an order: the held ones, then those of the jobs. Nothing can be bought within the horizon.</summary>
    public required AllocationProblem Rows { get; init; }

    /// <summary>Rows of job j are [RowFirst[j], RowFirst[j + 1]); held ones come before the first.</summary>
    public required int[] RowFirst { get; init; }

    /// <summary>End of the horizon.</summary>
    public required int HorizonSecond { get; init; }

    /// <summary>Working seconds of each line within the horizon.</summary>
    public required int[] HorizonWork { get; init; }

    /// <summary>Worth of each job when its kit is completed within the horizon and, from Promises on, when that is by its promise's second.</summary>
    public required ClearScore[] Worth { get; init; }

    /// <summary>End by which each job's promise is kept; <see cref="int.MinValue"/> without one.</summary>
    public required int[] PromiseSecond { get; init; }

    /// <summary>Second by which a job must end when it is released, whatever its promise; <see cref="int.MaxValue"/> for none, 0 or less: it is not released, and stays.</summary>
    public required int[] LimitSecond { get; init; }

    /// <summary>Row and start second at which a protected job stays when it is not released; -1 for jobs that are not protected.</summary>
    public required int[] StayRow { get; init; }

    public required int[] StaySecond { get; init; }

    /// <summary>Jobs in the sequence of plain priority: class, due date, key.</summary>
    public required int[] ByPriority { get; init; }

    public int Jobs => RowFirst.Length - 1;

    public bool IsProtected(int job) => StayRow[job] >= 0;

    /// <summary>The job of a row; -1 for a held one.</summary>
    public int JobOf(int row)
    {
        if (row < RowFirst[0]) return -1;
        int at = Array.BinarySearch(RowFirst, row);
        if (at < 0) return ~at - 1;
        while (RowFirst[at + 1] == row) at++;
        return at;
    }

    /// <summary>What a job is worth that is built by a row from a working second on.</summary>
    public ClearScore WorthOf(int job, int row, int startWork)
    {
        int line = Rows.OrderLine[row], endWork = startWork + Rows.WorkSeconds[row];
        if (startWork < 0 || endWork > HorizonWork[line]) return default;
        return PromiseSecond[job] != int.MinValue && Rows.Lines[line].EndToCalendar(endWork) <= PromiseSecond[job] ? Worth[job] : Worth[job] with { Promises = 0 };
    }

    /// <summary>Latest working second on a row's line by which it must end to count: the horizon, or the job's limit.</summary>
    public int LastWork(int job, int row)
    {
        int line = Rows.OrderLine[row];
        return LimitSecond[job] == int.MaxValue ? HorizonWork[line] : Math.Min(HorizonWork[line], LimitSecond[job] <= 0 ? 0 : Rows.Lines[line].ToWork(LimitSecond[job]));
    }
}
