using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>All kits that a cause hurts are looked after at once: each gets every part that it lacks in time, or keeps what it has. Parts come from where nobody misses them: what no kit has, kits that can wait for what comes later,
/// kits whose promise is past saving.</summary>
internal static class Sharing
{
    /// <summary>A promise kept in fewer futures than this is past saving.</summary>
    private const double Lost = 0.05;
    private const int MostOrders = 120;

    public static IEnumerable<Move> Of(Setting at)
    {
        if (at.Assessment.Lost.Any(static l => l.AtRisk)) yield return plan => Share(at, plan);
    }

    private static Remedy? Share(Setting at, Plan plan)
    {
        var shelves = new Shelf(plan);
        var helped = new List<string>();
        Instant act = Instant.MaxValue;
        foreach (LostPromise hurt in at.Assessment.Lost.Where(static l => l.AtRisk).OrderBy(static l => l.Class).ThenBy(static l => l.Promise.Date).ThenBy(static l => l.OrderLine.Value, StringComparer.Ordinal).Take(MostOrders))
        {
            if (plan.Of(hurt.OrderLine)?.AsDated is not { } dated || Shelves.Fixed(plan, dated.Build) || !shelves.MakesWhole(dated)) continue;
            helped.Add(hurt.OrderLine.Value);
            act = Instant.Min(act, dated.Build.Start);
        }
        return helped.Count == 0 ? null : new(RemedyKind.Repeg, $"Give {Setting.Named(helped)} parts that others can do without", shelves.Book.Events(), [], Instant.Max(plan.Epoch, act), []);
    }

    /// <summary>What is where while parts are handed round.</summary>
    private sealed class Shelf(Plan plan)
    {
        private readonly Dictionary<string, IReadOnlyList<Held>> _held = new(StringComparer.Ordinal);
        private readonly Dictionary<string, decimal> _free = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int?> _waits = new(StringComparer.Ordinal);
        private readonly HashSet<string> _served = new(StringComparer.Ordinal);       // builds that were given parts, which nobody takes again

        public PegBook Book { get; } = new(plan.World);

        /// <summary>Gives a kit in time all that comes too late for it; nothing when that cannot be. False when nothing was given.</summary>
        public bool MakesWhole(Forecast.Dated dated)
        {
            Key<Site> hub = plan.World.OrderLines[dated.OrderLine].Hub;
            int needed = Seconds.Of(Shelves.NeededBy(plan, dated), plan.Epoch);
            var moves = new List<(Peg Peg, decimal Take, string Supply, Peg? Theirs)>();
            var free = new Dictionary<string, decimal>(StringComparer.Ordinal);
            var taken = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (Peg peg in Shelves.PegsOf(plan, dated.OrderLine))
            {
                if (plan.SecondOf(peg.Supply, plan.Policy.AllocationQuantile) is not { } second || second <= needed) continue;
                decimal open = Book.Of(peg.Build, peg.Item, peg.Supply);
                Held[] inTime = [.. Held(hub, peg.Item).TakeWhile(h => h.Second <= needed)];
                foreach (Held h in inTime.Reverse())        // the latest that is in time: what is early serves who needs it early
                {
                    decimal take = Math.Min(open, free.GetValueOrDefault(h.Supply, _free.GetValueOrDefault(h.Supply, h.Free)));
                    if (take <= 0) continue;
                    moves.Add((peg, take, h.Supply, null));
                    (free[h.Supply], open) = (free.GetValueOrDefault(h.Supply, _free.GetValueOrDefault(h.Supply, h.Free)) - take, open - take);
                }
                if (open > 0)
                    foreach (Peg theirs in inTime.SelectMany(static h => h.Pegs).Where(p => p.Build != peg.Build && !_served.Contains(p.Build.Value) && Waits(p.Build) >= second).OrderByDescending(p => Waits(p.Build)).ThenBy(static p => p.Id, StringComparer.Ordinal))
                    {
                        decimal take = Math.Min(open, Book.Of(theirs.Build, theirs.Item, theirs.Supply) - taken.GetValueOrDefault(theirs.Id));
                        if (take <= 0) continue;
                        moves.Add((peg, take, theirs.Supply, theirs));
                        (taken[theirs.Id], open) = (taken.GetValueOrDefault(theirs.Id) + take, open - take);
                        if (open <= 0) break;
                    }
                if (open > 0) return false;     // a kit is whole or it is not
            }
            if (moves.Count == 0) return false;
            foreach (var (peg, take, supply, theirs) in moves)
            {
                if (theirs is not null) Book.Move(theirs, take, peg.Supply);
                Book.Move(peg, take, supply);
            }
            foreach (var (supply, left) in free) _free[supply] = left;
            _served.Add(dated.Build.Id);
            return true;
        }

        private IReadOnlyList<Held> Held(Key<Site> hub, Key<Item> item) => _held.TryGetValue($"{hub}|{item}", out IReadOnlyList<Held>? held) ? held : _held[$"{hub}|{item}"] = Shelves.Of(plan, hub, item);

        /// <summary>Second until which a build can wait for a part and still keep its promise; far when the promise is past saving or there is none; null when it may not be touched.</summary>
        private int? Waits(Key<Build> key)
        {
            if (_waits.TryGetValue(key.Value, out int? known)) return known;
            return _waits[key.Value] = plan.World.Builds.Find(key) is not { } build || Shelves.Fixed(plan, build) || plan.Of(build.OrderLine)?.AsDated is not { } dated ? null
                : dated.Kept is null || dated.Kept.Value.Value < Lost ? Seconds.Far : Seconds.Of(Shelves.NeededBy(plan, dated), plan.Epoch);
        }
    }
}
