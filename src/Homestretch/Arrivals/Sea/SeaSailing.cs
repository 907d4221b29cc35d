using Homestretch.World;
using NodaTime;

namespace Homestretch.Arrivals.Sea;

/// <summary>Sails one ship past the closures of a world: it goes the shortest way that it knows to be open; when a passage on that way closes before it is there, it turns
/// where it is and takes the quicker of another way and, where an opening is known, of waiting for it.</summary>
/// <remarks>Time along the way is distance over the leg's one speed. Between two points of the network it turns back or goes on to the next, whichever is quicker.</remarks>
internal sealed class SeaSailing(SeaLeg leg, SeaClosures closures, Instant leaves)
{
    private sealed record Arrival(double Day, double Miles, IReadOnlyList<Passage> By, Instant? Waits);

    /// <summary>A millisecond in days: who waits for an opening is there after it, whatever a day's fraction rounds to.</summary>
    private const double Moment = 1 / 86_400_000.0;

    private readonly List<Passage> _met = [];
    private Instant _since = Instant.MaxValue;

    public SeaVoyage Best()
    {
        Arrival? best = Sail(leg.From.Node, leg.From.ApproachMilliMiles / 1000.0 / leg.MilesPerDay, leg.From.ApproachMilliMiles / 1000.0, default, [], null);
        double open = leg.Open.Miles / leg.MilesPerDay;
        return best is null ? new(double.PositiveInfinity, _since, _met, [], null, 0)
            : new(Math.Max(0, best.Day - open), _since, _met, [.. best.By.Where(p => !leg.Open.Passed.Any(o => o.Passage == p))], best.Waits, best.Miles);
    }

    /// <param name="day">Days since the ship left when it is at the point.</param>
    private Arrival? Sail(int node, double day, double sailed, PassageSet shut, IReadOnlyList<Passage> by, Instant? waits)
    {
        SeaTree tree = leg.Network.Towards(leg.To.Node, shut);
        if (!tree.Reaches(node)) return null;
        var passed = new List<Passage>(by);
        int from = node;
        double begun = day;
        while (node != leg.To.Node)
        {
            SeaEdge edge = leg.Network.Edge(tree.Next(node));
            if (edge.Passage is { } passage && !(passed.Count > 0 && passed[^1] == passage))
            {
                if (closures.At(passage, At(day)) is { } closed) return Met(closed, tree, from, begun, node, day, sailed, shut, by, passed, waits);
                passed.Add(passage);
            }
            (day, sailed, node) = (day + edge.MilliMiles / 1000.0 / leg.MilesPerDay, sailed + edge.MilliMiles / 1000.0, edge.To);
        }
        double rest = leg.To.ApproachMilliMiles / 1000.0;
        return new(day + rest / leg.MilesPerDay, sailed + rest, passed, waits);
    }

    /// <summary>A passage ahead is closed when the ship would be there.</summary>
    private Arrival? Met(PassageClosure closed, SeaTree tree, int from, double begun, int node, double day, double sailed, PassageSet shut, IReadOnlyList<Passage> by, List<Passage> passed, Instant? waits)
    {
        if (!_met.Contains(closed.Passage)) _met.Add(closed.Passage);
        double known = (closed.From - leaves).TotalDays;
        if (closed.From < _since) _since = closed.From;
        Arrival? wait = closed.Until is { } until ? Sail(node, (until - leaves).TotalDays + Moment, sailed, shut, passed, until) : null;
        Arrival? round = Turn(tree, from, begun, node, known, sailed - (day - begun) * leg.MilesPerDay, shut.With(closed.Passage), by, waits);
        return wait is null || round?.Day < wait.Day ? round : wait;
    }

    /// <summary>The best way from where the ship is when it learns of the closure.</summary>
    private Arrival? Turn(SeaTree tree, int from, double begun, int node, double known, double sailed, PassageSet shut, IReadOnlyList<Passage> by, Instant? waits)
    {
        var passed = new List<Passage>(by);
        double day = begun;
        while (from != node && day < known)
        {
            SeaEdge edge = leg.Network.Edge(tree.Next(from));
            double miles = edge.MilliMiles / 1000.0, there = day + miles / leg.MilesPerDay;
            if (there > known)
            {
                double back = (known - day) * leg.MilesPerDay;
                Arrival? returned = Sail(from, known + (known - day), sailed + 2 * back, shut, passed, waits);
                if (edge.Passage is { } on && (passed.Count == 0 || passed[^1] != on)) passed.Add(on);
                Arrival? went = Sail(edge.To, there, sailed + miles, shut, passed, waits);
                return went is null || returned?.Day < went.Day ? returned : went;
            }
            if (edge.Passage is { } p && (passed.Count == 0 || passed[^1] != p)) passed.Add(p);
            (day, sailed, from) = (there, sailed + miles, edge.To);
        }
        return Sail(from, day, sailed, shut, passed, waits);
    }

    private Instant At(double day) => leaves + Duration.FromDays(day);
}
