using Homestretch.Promising.Kernel;

namespace Homestretch.Clearing;

/// <summary>What remains of a problem when sequence is forgotten: each job takes one option, or none, and options draw on limits. Whatever can be built satisfies all limits, so what
/// no choice of options exceeds, no release list does.</summary>
/// <remarks>Limits: of each item what is there within the horizon, and the later limit that protected builds leave least of; of each line its open time within the horizon, and from each
/// of a few seconds on for rows whose kits cannot be had sooner. A job that is protected must take an option, of which one may be to stay.</remarks>
internal sealed class ClearRelaxation
{
    private const int Tails = 6;
    private readonly List<double> _limit = [];
    private readonly List<(int Limit, double Uses)>[] _uses;            // by option
    private readonly List<(int Row, ClearScore Worth)> _options = [];
    private readonly ClearProblem _problem;
    private readonly ClearBoard _bare;
    private readonly Dictionary<(int Item, int Lot), int> _ofLot = [];

    public ClearRelaxation(ClearProblem problem)
    {
        (_problem, _bare) = (problem, new ClearBoard(problem));
        First = new int[problem.Jobs + 1];
        var whole = new int[problem.Rows.OrderCount];
        for (int j = 0; j < problem.Jobs; j++)
        {
            for (int row = problem.RowFirst[j]; row < problem.RowFirst[j + 1]; row++)
            {
                whole[row] = _bare.Slack.WholeFrom(row, Math.Max(0, problem.Rows.ReleaseSecond[row]), out _);
                if (problem.IsProtected(j) && problem.StayRow[j] == row) whole[row] = Math.Min(whole[row], problem.StaySecond[j]);     // where it stays nothing is asked of it anew
                int line = problem.Rows.OrderLine[row], start = problem.Rows.Lines[line].ToWork(whole[row]), last = problem.LastWork(j, row) - problem.Rows.WorkSeconds[row];
                if (whole[row] < problem.HorizonSecond && start <= last) _options.Add((row, problem.WorthOf(j, row, start)));
            }
            if (problem.IsProtected(j))
            {
                int stay = problem.StayRow[j];
                if (!WithinHorizon(stay, problem.StaySecond[j])) _options.Add((-1 - j, default));
                else if (_options.FindIndex(First[j], o => o.Row == stay) < 0) _options.Add((stay, problem.WorthOf(j, stay, problem.Rows.Lines[problem.Rows.OrderLine[stay]].ToWork(problem.StaySecond[j]))));
            }
            First[j + 1] = _options.Count;
        }
        _uses = [.. _options.Select(static _ => new List<(int, double)>())];
        Items();
        Lines(whole);
    }

    /// <summary>Options of job j are [First[j], First[j + 1]).</summary>
    public int[] First { get; }
    public IReadOnlyList<double> Limit => _limit;
    public ClearScore WorthOf(int option) => _options[option].Worth;
    public IReadOnlyList<(int Limit, double Uses)> Uses(int option) => _uses[option];
    public bool IsProtected(int job) => _problem.IsProtected(job);

    private bool WithinHorizon(int row, int second) => _problem.Rows.Lines[_problem.Rows.OrderLine[row]].ToWork(second) + _problem.Rows.WorkSeconds[row] <= _problem.HorizonWork[_problem.Rows.OrderLine[row]];

    /// <summary>Limits of supply: lots of an item up to one, less what held builds take of them.</summary>
    private void Items()
    {
        SupplySlack bare = _bare.Slack;
        int[] tightest = Tightest();
        for (int option = 0; option < _options.Count; option++)
        {
            int row = _options[option].Row, stays = row < 0 ? -1 - row : -1, second = stays < 0 ? _problem.HorizonSecond - 1 : _problem.StaySecond[stays];
            if (stays >= 0) row = _problem.StayRow[stays];
            for (int part = _problem.Rows.PartFirst[row]; part < _problem.Rows.PartFirst[row + 1]; part++)
            {
                int item = _problem.Rows.PartItem[part], needed = _bare.Held.Needed[part];
                if (needed == 0 || bare.Binding[item] == 0 || _problem.Rows.BuyLead[item] <= second) continue;
                int near = _problem.Rows.LotFirst[item] + Math.Max(1, bare.Rank(item, _problem.HorizonSecond - 1)) - 1;
                int own = _problem.Rows.LotFirst[item] + Math.Max(1, bare.Rank(item, second)) - 1;
                if (own <= near) _uses[option].Add((LimitOf(item, near), needed));
                if (tightest[item] != near && own <= tightest[item]) _uses[option].Add((LimitOf(item, tightest[item]), needed));
            }
        }
    }

    private int LimitOf(int item, int lot)
    {
        if (_ofLot.TryGetValue((item, lot), out int limit)) return limit;
        _limit.Add(Math.Max(0, _bare.Slack.Slack[lot]));
        return _ofLot[(item, lot)] = _limit.Count - 1;
    }

    /// <summary>Of each item the lot, from the horizon's last on, up to which least is left when protected builds stay.</summary>
    private int[] Tightest()
    {
        var board = new ClearBoard(_problem);
        for (int j = 0; j < _problem.Jobs; j++) if (_problem.IsProtected(j)) board.TryStay(j);
        int[] tightest = new int[_problem.Rows.ItemCount];
        for (int item = 0; item < tightest.Length; item++)
        {
            int first = _problem.Rows.LotFirst[item], near = first + Math.Max(1, board.Slack.Rank(item, _problem.HorizonSecond - 1)) - 1;
            tightest[item] = near;
            for (int lot = near; lot < first + board.Slack.Binding[item]; lot++) if (board.Slack.Slack[lot] < board.Slack.Slack[tightest[item]]) tightest[item] = lot;
        }
        return tightest;
    }

    /// <summary>Limits of time: from the beginning, and from each of a few seconds on, to the end of the horizon.</summary>
    private void Lines(int[] whole)
    {
        for (int line = 0; line < _problem.Rows.LineCount; line++)
        {
            LineCalendar calendar = _problem.Rows.Lines[line];
            int[] near = [.. Enumerable.Range(0, _options.Count).Where(o => _options[o].Row >= 0 && _problem.Rows.OrderLine[_options[o].Row] == line)];
            int[] from = [.. near.Select(o => calendar.ToWork(whole[_options[o].Row])).Append(0).Distinct().Order()];
            if (from.Length > Tails) from = [.. Enumerable.Range(0, Tails).Select(k => from[k * (from.Length - 1) / (Tails - 1)]).Distinct()];
            foreach (int begin in from)
            {
                _limit.Add(Math.Max(0, _problem.HorizonWork[line] - begin) - Taken(line, begin));
                foreach (int o in near) if (calendar.ToWork(whole[_options[o].Row]) >= begin) _uses[o].Add((_limit.Count - 1, _problem.Rows.WorkSeconds[_options[o].Row]));
                for (int o = 0; o < _options.Count; o++)
                {
                    if (_options[o].Row >= 0 || _problem.StayRow[-1 - _options[o].Row] is var row && _problem.Rows.OrderLine[row] != line) continue;
                    int inside = Inside(line, begin, calendar.ToWork(_problem.StaySecond[-1 - _options[o].Row]), _problem.Rows.WorkSeconds[_problem.StayRow[-1 - _options[o].Row]]);
                    if (inside > 0) _uses[o].Add((_limit.Count - 1, inside));
                }
            }
        }
    }

    /// <summary>Open time of a line that held builds take from a working second to the horizon.</summary>
    private double Taken(int line, int begin)
    {
        double taken = 0;
        for (int row = 0; row < _problem.RowFirst[0]; row++)
            if (_problem.Rows.OrderLine[row] == line) taken += Inside(line, begin, _problem.Rows.Lines[line].ToWork(_problem.Rows.FixedStart![row]), _problem.Rows.WorkSeconds[row]);
        return taken;
    }

    private int Inside(int line, int begin, int start, int work) => Math.Max(0, Math.Min(_problem.HorizonWork[line], start + work) - Math.Max(begin, start));
}
