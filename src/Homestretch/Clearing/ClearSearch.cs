namespace Homestretch.Clearing;

/// <summary>Finds a release list and proves how far it can be from the best. Deterministic: the same problem and policy give the same list on any machine.</summary>
/// <remarks>First passes by priority, by what jobs are worth at the bound's prices and by work; then large neighbourhoods (Shaw 1998): take out a few builds that stand in the way of one
/// that is left out, put that one in, and put back what fits. What is worth as much is taken as well, so that the search drifts over plateaus.</remarks>
internal sealed class ClearSearch
{
    private const int Refills = 60, Many = 12;
    private static readonly Draws s_draws = new(20_261_127);
    private readonly ClearProblem _problem;
    private readonly ClearPolicy _policy;
    private readonly List<(int Job, int Row, int StartWork)> _undo = [];
    private readonly bool[] _remembered;
    private ClearBoard _board;
    private int _drawn;

    private ClearSearch(ClearProblem problem, ClearPolicy policy) => (_problem, _policy, _board, _remembered) = (problem, policy, Staying(problem), new bool[problem.Jobs]);

    public static Cleared Of(ClearProblem problem, ClearPolicy policy, CancellationToken cancel = default)
    {
        var search = new ClearSearch(problem, policy);
        ClearSolution first = search.First(problem.ByPriority);
        var (_, _, preference) = ClearBound.Of(problem, first.Score, policy with { Nodes = 0, Rounds = Math.Min(200, policy.Rounds) });
        int[] jobs = [.. Enumerable.Range(0, problem.Jobs)];
        ClearSolution[] passes =
        [
            first, search.First([.. jobs.OrderByDescending(j => preference[j]).ThenBy(static j => j)]),
            search.First([.. problem.ByPriority.OrderByDescending(j => problem.Worth[j].Kits / (double)Work(problem, j))]),
        ];
        ClearSolution begun = passes.Aggregate(static (a, b) => b.Score > a.Score ? b : a);
        search._board = Board(problem, begun);
        search.Improve(preference, cancel);
        ClearSolution found = search.Tidied(), plain = search.Tidied(begun);
        ClearSolution best = plain.Score > found.Score ? plain : found;
        var (kits, promises, _) = ClearBound.Of(problem, best.Score, policy);
        return new(best, kits, promises, false);
    }

    /// <summary>Plain priority: class, due date, key; each takes its kit and the first slot, and nothing is protected that comes later. Builds that stay have what is left.</summary>
    public static ClearSolution Priority(ClearProblem problem)
    {
        var board = new ClearBoard(problem);
        foreach (int job in problem.ByPriority) board.TryRelease(job);
        foreach (int job in problem.ByPriority) if (problem.IsProtected(job) && !board.IsPlaced(job)) board.TryStay(job);
        return board.Solution();
    }

    /// <summary>A board with all protected jobs where they are.</summary>
    /// <exception cref="InvalidOperationException">They cannot all stay: the problem is no such problem.</exception>
    private static ClearBoard Staying(ClearProblem problem)
    {
        var board = new ClearBoard(problem);
        foreach (int job in StaysInTurn(problem)) if (!board.TryStay(job)) throw new InvalidOperationException($"Protected job {job} cannot stay at second {problem.StaySecond[job]}.");
        return board;
    }

    /// <summary>Protected jobs by where they stay.</summary>
    public static IEnumerable<int> StaysInTurn(ClearProblem problem) => Enumerable.Range(0, problem.Jobs).Where(problem.IsProtected).OrderBy(j => problem.StaySecond[j]).ThenBy(static j => j);

    private static ClearBoard Board(ClearProblem problem, ClearSolution solution)
    {
        var board = new ClearBoard(problem);
        for (int j = 0; j < problem.Jobs; j++) if (solution.Row[j] >= 0) board.Place(j, solution.Row[j], solution.StartWork[j]);
        return board;
    }

    private static int Work(ClearProblem problem, int job) => problem.RowFirst[job] == problem.RowFirst[job + 1] ? 1 : problem.Rows.WorkSeconds[problem.RowFirst[job]];

    private ClearSolution First(IEnumerable<int> sequence)
    {
        ClearBoard board = Staying(_problem);
        foreach (int job in sequence) board.TryRelease(job);
        return board.Solution();
    }

    private int Below(int bound) => (int)(s_draws.Uniform(0, _drawn++) * bound);

    private void Improve(double[] preference, CancellationToken cancel)
    {
        int[] byPreference = [.. Enumerable.Range(0, _problem.Jobs).OrderByDescending(j => preference[j]).ThenBy(static j => j)];
        for (int move = 0; move < _policy.Moves; move++)
        {
            cancel.ThrowIfCancellationRequested();
            int[] left = [.. byPreference.Where(j => !_board.IsReleased(j) && _problem.RowFirst[j] < _problem.RowFirst[j + 1])];
            if (left.Length == 0) return;
            // the more preferred more often
            int job = left[Math.Min(Below(left.Length), Below(left.Length))];
            ClearScore before = _board.Score;
            Forget();
            int[] lifted = Lift(job, Below(4) == 0 ? Many : 1 + Below(3));
            if (Below(3) == 0) lifted = [.. lifted.OrderBy(j => _problem.Rows.DueSecond[_problem.RowFirst[j]])];
            bool first = Below(4) > 0, whole = !first || Release(job);
            foreach (int other in lifted) Release(other);
            if (!first) Release(job);
            for (int k = 0; k < Math.Min(Refills, left.Length); k++) Release(left[k]);
            foreach (int other in lifted) whole &= !_problem.IsProtected(other) || _board.IsPlaced(other) || Stay(other);
            if (!whole || _board.Score < before) Undo();
        }
    }

    /// <summary>Takes out a few that have what a job lacks: the part that cannot be had, or else time on its lines.</summary>
    private int[] Lift(int job, int most)
    {
        int row = _problem.RowFirst[job] + Below(_problem.RowFirst[job + 1] - _problem.RowFirst[job]), line = _problem.Rows.OrderLine[row];
        int lacking = -1;
        bool short_ = most < Many && !_board.Slack.Has(row, _problem.HorizonSecond - 1, out lacking);
        List<int> rivals = [.. Enumerable.Range(0, _problem.Jobs).Where(j => j != job && _board.IsReleased(j) && (short_ ? Takes(_board.Row[j], lacking) : _problem.Rows.OrderLine[_board.Row[j]] == line))];
        var lifted = new List<int>();
        for (int k = 0; k < most && rivals.Count > 0; k++)
        {
            int at = Below(rivals.Count);
            lifted.Add(rivals[at]);
            Remember(rivals[at]);
            _board.Lift(rivals[at]);
            rivals.RemoveAt(at);
        }
        return [.. lifted];
    }

    private bool Takes(int row, int item)
    {
        for (int part = _problem.Rows.PartFirst[row]; part < _problem.Rows.PartFirst[row + 1]; part++) if (_problem.Rows.PartItem[part] == item) return true;
        return false;
    }

    private bool Release(int job)
    {
        if (_board.IsReleased(job)) return true;
        Remember(job);
        return _board.TryRelease(job);
    }

    private bool Stay(int job)
    {
        Remember(job);
        return _board.TryStay(job);
    }

    private void Remember(int job)
    {
        if (_remembered[job]) return;
        _remembered[job] = true;
        _undo.Add((job, _board.Row[job], _board.StartWork[job]));
    }

    private void Forget()
    {
        foreach (var (job, _, _) in _undo) _remembered[job] = false;
        _undo.Clear();
    }

    private void Undo()
    {
        foreach (var (job, _, _) in _undo) if (_board.IsPlaced(job)) _board.Lift(job);
        foreach (var (job, row, start) in _undo) if (row >= 0) _board.Place(job, row, start);
    }

    /// <summary>Lays the released builds of each line out anew by due date, each as early as it goes; kept when all that was released still is and nothing is lost.</summary>
    private ClearSolution Tidied()
    {
        for (int line = 0; line < _problem.Rows.LineCount; line++)
        {
            Forget();
            ClearScore before = _board.Score;
            int[] on = [.. Enumerable.Range(0, _problem.Jobs).Where(j => _board.IsReleased(j) && _problem.Rows.OrderLine[_board.Row[j]] == line)
                .OrderBy(j => _problem.Rows.DueSecond[_board.Row[j]]).ThenBy(j => _board.StartWork[j])];
            foreach (int job in on)
            {
                Remember(job);
                _board.Lift(job);
            }
            bool all = true;
            foreach (int job in on) all &= _board.TryRelease(job);
            for (int j = 0; j < _problem.Jobs; j++) Release(j);
            if (!all || _board.Score < before) Undo();
        }
        return _board.Solution();
    }

    /// <summary>The same of another solution: where a search drifted to, less may be gained by it than where it began.</summary>
    private ClearSolution Tidied(ClearSolution solution)
    {
        _board = Board(_problem, solution);
        return Tidied();
    }
}
