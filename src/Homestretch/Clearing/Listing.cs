using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Clearing;

/// <summary>Says of every build why it is on the list or not.</summary>
internal sealed class Listing
{
    private const int MostTakers = 8;
    private readonly ClearInput _input;
    private readonly ClearProblem _problem;
    private readonly ClearSolution _chosen, _byPriority;
    private readonly ILookup<string, Peg> _pegs;
    private readonly ClearBoard _bare, _full;

    private Listing(ClearInput input, ClearSolution chosen, ClearSolution byPriority, IReadOnlyList<WorldEvent> events)
    {
        (_input, _problem, _chosen, _byPriority) = (input, input.Problem, chosen, byPriority);
        Snapshot world = input.Netted.World.With(events);
        Links links = Links.Of(world);
        _pegs = chosen.Released(_problem).Select(j => input.Orders[input.OrderOf[j]].Order.Id).SelectMany(o => world.Pegs.StartingWith($"{links.Held(world, o)?.Id}|").Select(p => (o, p))).ToLookup(static x => x.o, static x => x.p, StringComparer.Ordinal);
        (_bare, _full) = (new ClearBoard(_problem), new ClearBoard(_problem));
        for (int j = 0; j < _problem.Jobs; j++) if (chosen.Row[j] >= 0) _full.Place(j, chosen.Row[j], chosen.StartWork[j]);
    }

    public static ClearList Of(ClearInput input, Cleared cleared, ClearSolution byPriority)
    {
        IReadOnlyList<WorldEvent> events = ClearEvents.Of(input, cleared.Best);
        var listing = new Listing(input, cleared.Best, byPriority, events);
        ClearBuild[] builds = [.. Enumerable.Range(0, input.Problem.Jobs).Select(listing.Job).Concat(listing.Held())];
        return new(input.Netted.Epoch, input.Netted.Epoch + input.Policy.Horizon,
            [.. builds.OrderBy(static b => b.Kind).ThenBy(static b => b.Line?.Value, StringComparer.Ordinal).ThenBy(static b => b.Start ?? Instant.MaxValue).ThenBy(static b => b.Short.Count).ThenBy(b => input.Netted.World.OrderLines[b.OrderLine].Class).ThenBy(static b => b.OrderLine.Value, StringComparer.Ordinal)],
            cleared.Best.Score, byPriority.Score, cleared.MostKits, cleared.MostPromises, cleared.Exact, events);
    }

    private ClearBuild Job(int job)
    {
        Need need = _input.Orders[_input.OrderOf[job]];
        bool byPriority = Released(_byPriority, job), inForce = need.Held is { } build && Seconds.Of(build.End, _input.Netted.Epoch) <= _input.HorizonSecond && Counted(need, build);
        if (Released(_chosen, job))
        {
            int row = _chosen.Row[job], line = _problem.Rows.OrderLine[row];
            LineCalendar calendar = _problem.Rows.Lines[line];
            ClearScore worth = _problem.WorthOf(job, row, _chosen.StartWork[job]);
            return new(need.Order.Key, ClearKind.Released, _input.Lines[line].Key, At(calendar.StartToCalendar(_chosen.StartWork[job])), At(calendar.EndToCalendar(_chosen.StartWork[job] + _problem.Rows.WorkSeconds[row])),
                need.Promised is null ? null : new Share(Math.Clamp(worth.Promises / (100.0 * _input.Weight(need.Order)), 0, 1)), byPriority, inForce, [.. _pegs[need.Order.Id].Select(Part)], [], [], []);
        }
        if (_chosen.Row[job] >= 0)
            return new(need.Order.Key, ClearKind.Stays, need.Held!.Line, need.Held.Start, need.Held.End, null, byPriority, inForce, [], [], [], []);
        int own = _problem.RowFirst[job];
        ClearShort[] missing = [.. Missing(own)];
        if (missing.Length > 0) return new(need.Order.Key, ClearKind.Short, null, null, null, null, byPriority, inForce, [], missing, [], []);
        int[] contested = [.. Parts(own).Where(p => !_full.Slack.Has(own, _problem.HorizonSecond - 1, out _) && Left(_full, p.Item) < p.Needed).Select(static p => p.Item)];
        return new(need.Order.Key, ClearKind.GivesWay, null, null, null, null, byPriority, inForce, [], [], [.. Takers(own, contested)], [.. contested.Select(i => _input.ItemOf(i).Key)]);
    }

    private IEnumerable<ClearBuild> Held()
    {
        for (int row = 0; row < _problem.RowFirst[0]; row++)
        {
            Need need = _input.HeldRow(row);
            if (_problem.Rows.FixedStart![row] >= _problem.HorizonSecond) continue;
            yield return new(need.Order.Key, ClearKind.Stays, _input.Lines[_problem.Rows.OrderLine[row]].Key, At(_problem.Rows.FixedStart[row]), null, null, true, true, [], [], [], []);
        }
    }

    private bool Released(ClearSolution solution, int job) => solution.Row[job] >= 0 && _problem.Rows.OrderLine[solution.Row[job]] is var line && solution.StartWork[job] + _problem.Rows.WorkSeconds[solution.Row[job]] <= _problem.HorizonWork[line];

    private bool Counted(Need need, Build build)
    {
        Peg[] pegs = [.. _input.Netted.World.Pegs.StartingWith($"{build.Key}|")];
        int start = Math.Max(0, Seconds.Of(build.Start, _input.Netted.Epoch));
        return new KitPegs(_input.Netted.Needs, need, pegs, k => _input.Netted.Seconds.GetValueOrDefault(pegs[k].Supply, int.MaxValue) <= start).Whole;
    }

    private IEnumerable<(int Item, int Needed)> Parts(int row)
    {
        for (int p = _problem.Rows.PartFirst[row]; p < _problem.Rows.PartFirst[row + 1]; p++) if (_bare.Held.Needed[p] > 0) yield return (_problem.Rows.PartItem[p], _bare.Held.Needed[p]);
    }

    /// <summary>What a board leaves of an item to a build within the horizon.</summary>
    private int Left(ClearBoard board, int item) => board.Slack.Rank(item, _problem.HorizonSecond - 1) is var rank && rank == 0 ? 0 : Math.Max(0, board.Slack.LeastFrom(item, rank));

    /// <summary>What is short even when no other job takes any, with what brings the rest.</summary>
    private IEnumerable<ClearShort> Missing(int row)
    {
        foreach (var (item, needed) in Parts(row))
        {
            int missing = needed - Left(_bare, item);
            if (missing <= 0) continue;
            Item record = _input.ItemOf(item);
            int second = _bare.Slack.PartFrom(item, needed), lot = -1;
            for (int l = _problem.Rows.LotFirst[item]; l < _problem.Rows.LotFirst[item + 1]; l++) if (_problem.Rows.LotSecond[l] == second) lot = l;
            yield return new(record.Key, new(missing * record.Step, record.Unit), lot < 0 || second == _problem.Rows.BuyLead[item] ? null : _input.Input.Supplies[lot].Name, second == int.MaxValue ? null : At(Math.Max(0, second)));
        }
    }

    private IEnumerable<Key<OrderLine>> Takers(int row, int[] contested) => Enumerable.Range(0, _problem.Jobs)
        .Where(j => Released(_chosen, j) && (contested.Length == 0 ? _problem.Rows.OrderLine[_chosen.Row[j]] == _problem.Rows.OrderLine[row] : Parts(_chosen.Row[j]).Any(p => contested.Contains(p.Item))))
        .Select(j => _input.Orders[_input.OrderOf[j]].Order.Key).OrderBy(static k => k.Value, StringComparer.Ordinal).Take(MostTakers);

    private ClearPart Part(Peg peg) => new(peg.Item, peg.Quantity, peg.Supply, peg.Supply.StartsWith("stock:", StringComparison.Ordinal) ? null : At(_input.Netted.Seconds.GetValueOrDefault(peg.Supply)));

    private Instant At(int second) => Seconds.At(second, _input.Netted.Epoch);
}
