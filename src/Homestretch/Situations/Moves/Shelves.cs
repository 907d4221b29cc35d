using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>One supply of an item at a hub, and who has it.</summary>
/// <param name="Second">Seconds after the epoch by which it is counted on.</param>
/// <param name="Free">Amount that no kit has.</param>
internal sealed record Held(string Supply, Key<Item> Item, int Second, decimal Free, IReadOnlyList<Peg> Pegs);

/// <summary>Where the pieces of an item are, and who has them.</summary>
internal static class Shelves
{
    /// <summary>All supply of an item at a hub, the earliest first, then by name.</summary>
    public static IReadOnlyList<Held> Of(Plan plan, Key<Site> hub, Key<Item> item)
    {
        Snapshot world = plan.World;
        IEnumerable<Supply?> all = world.Stock.StartingWith($"{hub}|{item}|").Select(s => Supply.Of(world, s))
            .Concat(world.Lots.Where(l => l.Item == item && Supply.Coming(l) && world.Lanes[l.Lane].To == hub).Select(l => Supply.Of(world, l)));
        return [.. all.OfType<Supply>().Select(s => Of(plan, s)).OfType<Held>().OrderBy(static h => h.Second).ThenBy(static h => h.Supply, StringComparer.Ordinal)];
    }

    private static Held? Of(Plan plan, Supply supply)
    {
        if (plan.SecondOf(supply.Name, plan.Policy.AllocationQuantile) is not { } second) return null;
        Peg[] pegs = [.. plan.DrawingOn(supply.Name).SelectMany(o => PegsOf(plan, o)).Where(p => p.Supply == supply.Name)];
        return new(supply.Name, supply.Item, second, supply.Steps * plan.World.Items[supply.Item].Step - pegs.Sum(static p => p.Quantity.Value), pegs);
    }

    /// <summary>The pegs of an order line's open build.</summary>
    public static IEnumerable<Peg> PegsOf(Plan plan, Key<OrderLine> order) => plan.Of(order)?.AsDated is { } dated ? plan.World.Pegs.StartingWith($"{dated.Build.Key}|") : [];

    /// <summary>Whether a person or the line holds a build as it is: nothing moves its pegs or its slot.</summary>
    public static bool Fixed(Plan plan, Build build) => build.Status >= OrderStatus.Confirmed || build.Start <= plan.Epoch || plan.World.Pins.Any(p => p.Target == build.OrderLine.Value && !(p.Expires <= plan.Epoch));

    /// <summary>Days by which an order line may be later and still keep its promise at the policy's confidence; a year without a promise.</summary>
    public static double Slack(Plan plan, Forecast.Dated dated) => dated.Promise is { } promise ? (promise.Date - dated.Dates.P90).TotalDays : 365;

    /// <summary>The last moment at which the parts of an order line may be there for its promise to be kept nine times in ten: promise less outbound and work.</summary>
    public static Instant NeededBy(Plan plan, Forecast.Dated dated) => (dated.Promise?.Date ?? plan.World.OrderLines[dated.OrderLine].Requested) - (dated.Dates.P90 - (plan.BuildEnd(dated.OrderLine, 0.9) ?? dated.Dates.P90)) - (dated.Build.End - dated.Build.Start);
}
