using Google.OrTools.Sat;
using Homestretch.Clearing;
using Homestretch.Promising;
using Homestretch.Promising.Kernel;

namespace Homestretch.Solvers;

/// <summary>Clear to build by CP-SAT: the same problem as <see cref="ClearSearch"/> meets, with sequence and supply exactly. For lists of some dozens of builds; one worker, a fixed seed
/// and a limit in deterministic time, so that the same problem gives the same answer.</summary>
/// <remarks>Each row is an optional interval in its line's working time. Supply: for each lot second within the horizon, what starts before it draws on the lots before it only. Protected
/// builds that are not released stay. Three solves, each with what was won before as a floor: kits, promises, money.</remarks>
public static class ExactClearing
{
    /// <summary>The list of a plan, proven best where the limit suffices; otherwise what was found, with CP-SAT's bound.</summary>
    /// <param name="limit">Deterministic time for each of the three solves, about seconds.</param>
    public static ClearList Of(Plan plan, ClearPolicy policy, double limit = 60) => ClearToBuild.Of(plan, policy, (problem, how) => Solve(problem, how, limit));

    internal static Cleared Solve(ClearProblem problem, ClearPolicy policy, double limit)
    {
        Cleared start = ClearSearch.Of(problem, policy);
        var model = new Exact(problem, start.Best);
        var (kits, mostKits, kitsProven) = model.Most(static w => w.Kits, limit);
        if (!kitsProven) return Better(problem, start, kits, Math.Min(start.MostKits, mostKits), null, false);
        model.Least(static w => w.Kits, kits!.Score.Kits);
        var (promises, mostPromises, promisesProven) = model.Most(static w => w.Promises, limit);
        if (!promisesProven) return Better(problem, start, promises ?? kits, mostKits, mostPromises, false);
        model.Least(static w => w.Promises, promises!.Score.Promises);
        var (money, _, moneyProven) = model.Most(static w => w.Money, limit);
        return Better(problem, start, money ?? promises, mostKits, mostPromises, moneyProven);
    }

    private static Cleared Better(ClearProblem problem, Cleared start, ClearSolution? found, long mostKits, long? mostPromises, bool exact)
    {
        ClearSolution best = found is not null && found.Score > start.Best.Score ? found : start.Best;
        // an exact solve leaves slots anywhere in time: ours, when it is as good, lies early
        return new(best, Math.Max(mostKits, best.Score.Kits), best.Score.Kits == mostKits ? mostPromises : null, exact);
    }

    private sealed class Exact
    {
        private readonly ClearProblem _problem;
        private readonly CpModel _model = new();
        private readonly ClearSolution _hint;
        private readonly Dictionary<int, (BoolVar In, IntVar Start)> _row = [];
        private readonly Dictionary<int, BoolVar> _stays = [], _kept = [];        // by job; by row: in time for its promise

        public Exact(ClearProblem problem, ClearSolution hint)
        {
            (_problem, _hint) = (problem, hint);
            var bare = new ClearBoard(problem);
            var onLine = new List<IntervalVar>[problem.Rows.LineCount];
            for (int line = 0; line < onLine.Length; line++) onLine[line] = [];
            for (int row = 0; row < problem.RowFirst[0]; row++)
                onLine[problem.Rows.OrderLine[row]].Add(_model.NewFixedSizeIntervalVar(_model.NewConstant(Work(row, problem.Rows.FixedStart![row])), problem.Rows.WorkSeconds[row], $"held{row}"));
            for (int job = 0; job < problem.Jobs; job++) Add(job, bare, onLine);
            foreach (List<IntervalVar> line in onLine) _model.AddNoOverlap(line);
            for (int item = 0; item < problem.Rows.ItemCount; item++) Supply(item, bare);
        }

        public void Least(Func<ClearScore, long> of, long least) => _model.AddLinearConstraint(Sum(of), least, long.MaxValue / 4);

        public (ClearSolution? Found, long Most, bool Proven) Most(Func<ClearScore, long> of, double limit)
        {
            _model.Maximize(Sum(of));
            var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:1,random_seed:1,max_deterministic_time:{limit}") };
            CpSolverStatus status = solver.Solve(_model);
            if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return (null, (long)Math.Floor(solver.BestObjectiveBound + 1e-6), false);
            return (Read(solver), status == CpSolverStatus.Optimal ? (long)Math.Round(solver.ObjectiveValue) : (long)Math.Floor(solver.BestObjectiveBound + 1e-6), status == CpSolverStatus.Optimal);
        }

        private void Add(int job, ClearBoard bare, List<IntervalVar>[] onLine)
        {
            var choices = new List<ILiteral>();
            int stay = _problem.StayRow[job];
            for (int row = _problem.RowFirst[job]; row < _problem.RowFirst[job + 1]; row++)
            {
                int line = _problem.Rows.OrderLine[row], work = _problem.Rows.WorkSeconds[row];
                int first = Work(row, Math.Max(0, _problem.Rows.ReleaseSecond[row])), last = _problem.LastWork(job, row) - work;
                if (bare.Held.NotBefore is { } notBefore) first = Math.Max(first, Work(row, notBefore[row]));
                if (last < first) continue;
                BoolVar in_ = _model.NewBoolVar($"in{row}");
                IntVar start = _model.NewIntVar(first, last, $"start{row}");
                onLine[line].Add(_model.NewOptionalFixedSizeIntervalVar(start, work, in_, $"on{row}"));
                _row[row] = (in_, start);
                choices.Add(in_);
                bool hinted = _hint.Row[job] == row && _hint.StartWork[job] >= first && _hint.StartWork[job] <= last;
                _model.AddHint(in_, hinted ? 1 : 0);
                if (hinted) _model.AddHint(start, _hint.StartWork[job]);
                Promise(job, row, in_, start, first, last);
            }
            if (stay >= 0)
            {
                BoolVar stays = _model.NewBoolVar($"stays{job}");
                onLine[_problem.Rows.OrderLine[stay]].Add(_model.NewOptionalFixedSizeIntervalVar(_model.NewConstant(Work(stay, _problem.StaySecond[job])), _problem.Rows.WorkSeconds[stay], stays, $"at{job}"));
                _stays[job] = stays;
                choices.Add(stays);
            }
            if (choices.Count == 0) return;
            if (stay >= 0) _model.AddExactlyOne(choices); else _model.AddAtMostOne(choices);
        }

        /// <summary>A literal that may be true only when a row ends by its promise.</summary>
        private void Promise(int job, int row, BoolVar in_, IntVar start, int first, int last)
        {
            if (_problem.PromiseSecond[job] == int.MinValue || _problem.Worth[job].Promises == 0) return;
            int by = _problem.PromiseSecond[job] <= 0 ? -1 : _problem.Rows.Lines[_problem.Rows.OrderLine[row]].ToWork(_problem.PromiseSecond[job]) - _problem.Rows.WorkSeconds[row];
            if (by < first) return;
            if (by >= last)
            {
                _kept[row] = in_;
                return;
            }
            BoolVar kept = _model.NewBoolVar($"kept{row}");
            _model.AddImplication(kept, in_);
            _model.Add(start <= by).OnlyEnforceIf(kept);
            _kept[row] = kept;
        }

        /// <summary>For each limit of an item: what starts before its next lot takes no more than all lots up to it have.</summary>
        private void Supply(int item, ClearBoard bare)
        {
            AllocationProblem rows = _problem.Rows;
            int firstLot = rows.LotFirst[item], binding = bare.Slack.Binding[item];
            for (int lot = firstLot; lot < firstLot + binding; lot++)
            {
                bool last = lot + 1 == firstLot + binding;
                int next = last ? rows.BuyLead[item] : rows.LotSecond[lot + 1];
                // held builds are in the bare slack already, and what is there first counts from its own second on
                var terms = new List<(BoolVar Literal, int Uses)>();
                foreach (var (row, (in_, start)) in _row)
                    if (Needed(row, item, bare) is > 0 and var needed) terms.Add((Before(row, in_, start, next), needed));
                foreach (var (job, stays) in _stays)
                    if (_problem.StaySecond[job] < next && Needed(_problem.StayRow[job], item, bare) is > 0 and var needed) terms.Add((stays, needed));
                if (terms.Count > 0) _model.AddLinearConstraint(LinearExpr.WeightedSum(terms.Select(static t => t.Literal), terms.Select(static t => t.Uses)), long.MinValue / 4, Math.Max(0, bare.Slack.Slack[lot]));
            }
            foreach (var (row, (in_, start)) in _row)
            {
                if (Needed(row, item, bare) <= 0) continue;
                int opens = binding == 0 ? rows.BuyLead[item] : rows.LotSecond[firstLot];
                if (opens > 0) _model.Add(start >= (opens >= _problem.HorizonSecond ? int.MaxValue / 4 : Work(row, opens))).OnlyEnforceIf(in_);
            }
        }

        /// <summary>A literal that is true when a row is built from before a second.</summary>
        private BoolVar Before(int row, BoolVar in_, IntVar start, int second)
        {
            if (second >= _problem.HorizonSecond) return in_;
            int from = Work(row, second);
            BoolVar before = _model.NewBoolVar($"before{row}at{second}");
            _model.Add(start >= from).OnlyEnforceIf([in_, before.Not()]);
            return before;
        }

        private int Needed(int row, int item, ClearBoard bare)
        {
            for (int p = _problem.Rows.PartFirst[row]; p < _problem.Rows.PartFirst[row + 1]; p++) if (_problem.Rows.PartItem[p] == item) return bare.Held.Needed[p];
            return 0;
        }

        private LinearExpr Sum(Func<ClearScore, long> of)
        {
            var terms = new List<(ILiteral Literal, long Worth)>();
            foreach (var (row, (in_, _)) in _row)
            {
                ClearScore worth = _problem.Worth[_problem.JobOf(row)];
                if (of(worth with { Promises = 0 }) is > 0 and var always) terms.Add((in_, always));
                if (_kept.TryGetValue(row, out BoolVar? kept) && of(worth) - of(worth with { Promises = 0 }) is > 0 and var more) terms.Add((kept, more));
            }
            foreach (var (job, stays) in _stays)
                if (of(_problem.WorthOf(job, _problem.StayRow[job], Work(_problem.StayRow[job], _problem.StaySecond[job]))) is > 0 and var worth) terms.Add((stays, worth));
            return terms.Count == 0 ? LinearExpr.Constant(0) : LinearExpr.WeightedSum(terms.Select(static t => (BoolVar)t.Literal), terms.Select(static t => t.Worth));
        }

        private ClearSolution Read(CpSolver solver)
        {
            var board = new ClearBoard(_problem);
            for (int job = 0; job < _problem.Jobs; job++)
            {
                int row = Enumerable.Range(_problem.RowFirst[job], _problem.RowFirst[job + 1] - _problem.RowFirst[job]).FirstOrDefault(r => _row.TryGetValue(r, out var v) && solver.BooleanValue(v.In), -1);
                if (row >= 0) board.Place(job, row, (int)solver.Value(_row[row].Start));
                else if (_stays.TryGetValue(job, out BoolVar? stays) && solver.BooleanValue(stays)) board.Place(job, _problem.StayRow[job], Work(_problem.StayRow[job], _problem.StaySecond[job]));
            }
            return board.Solution();
        }

        private int Work(int row, int second) => _problem.Rows.Lines[_problem.Rows.OrderLine[row]].ToWork(second);
    }
}
