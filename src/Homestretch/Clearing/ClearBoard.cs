using Homestretch.Promising.Kernel;

namespace Homestretch.Clearing;

/// <summary>Slots of the lines and slack of the supply with the jobs that are placed: what searches change. A job is placed in both or in neither.</summary>
internal sealed class ClearBoard
{
    private readonly AllocationDraft _draft;
    private readonly SupplySlack _slack;
    private readonly int[] _floor;      // by row

    public ClearBoard(ClearProblem problem)
    {
        Problem = problem;
        AllocationProblem rows = problem.Rows;
        _draft = new AllocationDraft(rows);
        _slack = new SupplySlack(rows, _draft.Held);
        _floor = [.. rows.ReleaseSecond.Select((release, r) => Math.Max(Math.Max(0, release), _draft.Held.NotBefore?[r] ?? 0))];
        (Row, StartWork) = (new int[problem.Jobs], new int[problem.Jobs]);
        Array.Fill(Row, -1);
        Array.Fill(StartWork, -1);
        for (int row = 0; row < problem.RowFirst[0]; row++)
        {
            if (!_draft.Slots[rows.OrderLine[row]].TryTake(ToWork(row, rows.FixedStart![row]), rows.WorkSeconds[row])) throw new InvalidOperationException($"Held row {row} overlaps another on line {rows.OrderLine[row]}.");
            _slack.Take(row, rows.FixedStart[row]);
        }
    }

    public ClearProblem Problem { get; }
    public int[] Row { get; }
    public int[] StartWork { get; }
    public ClearScore Score { get; private set; }
    public SupplySlack Slack => _slack;
    public HeldPegs Held => _draft.Held;

    public bool IsPlaced(int job) => Row[job] >= 0;

    /// <summary>Whether a job's work ends within the horizon.</summary>
    public bool IsReleased(int job) => Row[job] >= 0 && StartWork[job] + Problem.Rows.WorkSeconds[Row[job]] <= Problem.HorizonWork[Problem.Rows.OrderLine[Row[job]]];

    /// <summary>Where a job that is not placed would end first; false when no row of it fits within the horizon.</summary>
    public bool Fits(int job, out int row, out int startWork)
    {
        (row, startWork) = (-1, -1);
        long best = long.MaxValue;
        for (int r = Problem.RowFirst[job]; r < Problem.RowFirst[job + 1]; r++)
        {
            int line = Problem.Rows.OrderLine[r], work = Problem.Rows.WorkSeconds[r], last = Problem.LastWork(job, r) - work;
            if (last < 0 || Problem.Rows.Lines[line].StartToCalendar(last) < _floor[r]) continue;
            int whole = _slack.WholeFrom(r, _floor[r], out _);
            if (whole >= Problem.HorizonSecond) continue;
            int start = _draft.Slots[line].EarliestFit(ToWork(r, whole), work);
            if (start < 0 || start > last) continue;
            long end = Problem.Rows.Lines[line].EndToCalendar(start + work);
            if (end >= best) continue;
            (best, row, startWork) = (end, r, start);
        }
        return row >= 0;
    }

    public void Place(int job, int row, int startWork)
    {
        int line = Problem.Rows.OrderLine[row];
        if (!_draft.Slots[line].TryTake(startWork, Problem.Rows.WorkSeconds[row])) throw new InvalidOperationException($"Line {line} is not free at working second {startWork} for job {job}.");
        _slack.Take(row, Problem.Rows.Lines[line].StartToCalendar(startWork));
        (Row[job], StartWork[job]) = (row, startWork);
        Score += Problem.WorthOf(job, row, startWork);
    }

    public void Lift(int job)
    {
        int row = Row[job], line = Problem.Rows.OrderLine[row];
        _draft.Slots[line].Release(StartWork[job], Problem.Rows.WorkSeconds[row]);
        _slack.Release(row, Problem.Rows.Lines[line].StartToCalendar(StartWork[job]));
        Score -= Problem.WorthOf(job, row, StartWork[job]);
        (Row[job], StartWork[job]) = (-1, -1);
    }

    /// <summary>Puts a protected job where it stays; false, and nothing changed, when that is taken or its kit cannot be had there.</summary>
    public bool TryStay(int job)
    {
        int row = Problem.StayRow[job], line = Problem.Rows.OrderLine[row], start = ToWork(row, Problem.StaySecond[job]), work = Problem.Rows.WorkSeconds[row];
        if (!_slack.Has(row, Problem.Rows.Lines[line].StartToCalendar(start), out _) || _draft.Slots[line].LatestFit(start + work, work, start) != start) return false;
        Place(job, row, start);
        return true;
    }

    /// <summary>Releases a job where it ends first; of a protected one that stays, only if it can be.</summary>
    public bool TryRelease(int job)
    {
        if (IsReleased(job)) return true;
        var (row, start) = (Row[job], StartWork[job]);
        if (row >= 0) Lift(job);
        if (Fits(job, out int to, out int at))
        {
            Place(job, to, at);
            return true;
        }
        if (row >= 0) Place(job, row, start);
        return false;
    }

    public ClearSolution Solution() => new([.. Row], [.. StartWork], Score);

    private int ToWork(int row, int second) => Problem.Rows.Lines[Problem.Rows.OrderLine[row]].ToWork(second);
}
