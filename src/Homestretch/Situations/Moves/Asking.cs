using System.Globalization;
using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations.Moves;

/// <summary>Customers whose promise another option would keep are asked whether it will do. What they are told of it is priced on the branch as if they had agreed.</summary>
internal sealed class Asking(Setting at, Trial trial, double leastGain)
{
    /// <summary>Nobody is asked for less of a promise.</summary>
    private const double LeastAsked = 0.2;

    /// <summary>Order lines that are asked about, options that are tried for one, switches that are priced.</summary>
    private const int MostAsked = 3, MostOptions = 2, MostPriced = 6;

    private sealed record Wish(LostPromise Hurt, Switch With, double Gain);

    /// <summary>Null when no switch wins a promise, or all customers were asked already.</summary>
    public Remedy? Ask()
    {
        trial.Restart();
        List<(Wish Wish, double Before, double After)> asked = Together([.. Alone().GroupBy(static w => w.Hurt.OrderLine).Select(static g => g.MaxBy(static w => w.Gain)!).OrderByDescending(static w => w.Gain).ThenBy(static w => w.Hurt.OrderLine.Value, StringComparer.Ordinal)]);
        trial.Restart();
        if (asked.Count == 0) return null;
        Snapshot world = trial.InForce.World;
        OptionOffer[] offers = [.. asked.Select((a, n) => new OptionOffer(Numbers.Next(world.OptionOffers, "OFFER", n), a.Wish.With.Order.Party, a.Wish.With.Order.Key, a.Wish.With.Option.Feature, a.Wish.With.Option.Option, null, OfferState.Open, trial.InForce.Epoch, ""))];
        return new(RemedyKind.AskOption, What(world, asked), [.. offers.Select(static o => new WorldEvent.Put(o))], [], asked.Min(static a => a.Wish.With.ActBy),
            [.. asked.Zip(offers, (a, offer) => new Work(TaskKind.CustomerQuestion, offer.Party, Answering.SubjectOf(offer), $"Ask {Customer(world, a.Wish)} whether {a.Wish.With.Order.Key} may come with {InsteadOf(world, a.Wish)}: it is kept in {Percent(a.After)} of futures then, in {Percent(a.Before)} as things stand", a.Wish.With.ActBy))]);
    }

    /// <summary>Each switch by itself, of those that lose most first.</summary>
    private IEnumerable<Wish> Alone()
    {
        Snapshot world = trial.InForce.World;
        var offered = world.OptionOffers.ToLookup(static o => o.OrderLine);
        int priced = 0;
        foreach (LostPromise hurt in at.Hurt.Where(l => l.AtRisk && l.Supply.Contains(':', StringComparison.Ordinal) && offered[l.OrderLine].All(static o => o.State != OfferState.Open)))
        {
            string family = world.OrderLines[hurt.OrderLine].Family.Value;
            IEnumerable<Switch> others = world.ProductOptions.StartingWith($"{family}|").Where(o => o.AskInstead && offered[hurt.OrderLine].All(x => (x.Feature, x.Option) != (o.Feature, o.Option)))
                .Select(o => Switching.Of(at, trial.InForce, hurt, o.Feature, o.Option)).OfType<Switch>().Where(s => s.ActBy > at.Soonest).Take(MostOptions);
            foreach (Switch with in others)
            {
                if (++priced > MostPriced) yield break;
                if (Priced(with) is { } effect) yield return new(hurt, with, effect.Gain);
            }
        }
    }

    /// <summary>One after another on top of each other, so that no two are promised the same part.</summary>
    private List<(Wish, double Before, double After)> Together(IReadOnlyList<Wish> wishes)
    {
        var asked = new List<(Wish, double, double)>();
        foreach (Wish wish in wishes)
        {
            if (asked.Count == MostAsked) break;
            if (Switching.Of(at, trial.Plan, wish.Hurt, wish.With.Option.Feature, wish.With.Option.Option) is not { } with || Priced(with) is not { } effect) continue;
            asked.Add((wish with { With = with }, effect.Before, effect.After));
            trial.Settle(with.Tried);
        }
        return asked;
    }

    /// <summary>What a switch does for its order line; null when the world refuses it, it is not worth a question, or others lose as much by it.</summary>
    private OrderEffect? Priced(Switch with) => trial.Price(with.Tried) is { } priced && priced.Promises >= leastGain ? priced.Effects.FirstOrDefault(e => e.OrderLine == with.Order.Key && e.Gain >= LeastAsked) : null;

    private static string What(Snapshot world, List<(Wish Wish, double Before, double After)> asked)
    {
        string[] each = [.. asked.Select(a => $"{Customer(world, a.Wish)} about {a.Wish.With.Order.Key} with {InsteadOf(world, a.Wish)} (kept in {Percent(a.After)} of futures then, not {Percent(a.Before)})")];
        return $"Ask {(each.Length == 1 ? each[0] : $"{string.Join(", ", each[..^1])} and {each[^1]}")}";
    }

    private static string Customer(Snapshot world, Wish wish) => world.Parties[wish.Hurt.Customer].Name;
    private static string InsteadOf(Snapshot world, Wish wish) => $"{wish.With.Name} instead of {Setting.OptionOf(world, wish.With.Order, wish.With.Option.Feature)}";
    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
