using Homestretch.Finishing.Origin;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Whether a lot that is picked keeps what the order's labels say of its origin and what may be claimed of it where it goes.</summary>
internal static class Claiming
{
    /// <summary>Why so much of a lot may not go into the kit of an order; null when it may. What it puts at risk is told in the note.</summary>
    public static Refusal? Check(Doing d, Item item, Build build, OrderLine order, decimal amount)
    {
        OriginAsked asked = d.Origins.Asked(build, order);
        foreach (string untold in asked.Untold) d.Tell(untold);
        if (!asked.Any) return null;
        string lot = d.Said.LotNumber;
        LotOrigin origin = d.Origins.Of(item.Key, lot);
        if (!asked.Keeps(origin))
        {
            string other = Other(d, item, build, order, o => asked.Keeps(o));
            if (new KitForeign(d, asked, build, order).Breaks(item.Key, lot, amount) is var (label, share))
                return new("claim-lost", $"Lot {lot} is of {(origin.Country.Length > 0 ? origin.Country : "unknown origin, which counts as foreign")}. '{label.Rule.Value}' ({label.Rule.Id}) stands on this order: at most {share.Beside(label.Least!.Figure!.Value)} of it could be of {label.Place}, and below {Draft.Percent(label.Least.Figure.Value)} that is refused.",
                    other.Length > 0 ? $"Take lot {other}." : $"Put it back; tell the planner that this order needs {item.Key} of {label.Place}.");
            string texts = string.Join(" and ", asked.Labels.Where(l => !l.Keeps(origin)).Select(static l => $"'{l.Rule.Value}'").Distinct(StringComparer.Ordinal));
            d.Tell($"{(origin.Country.Length > 0 ? $"Lot {lot} is of {origin.Country}: whether {texts} holds hangs on the rest" : $"Where lot {lot} comes from is unknown: it counts as foreign for {texts}")}.{(other.Length > 0 ? $" Lot {other} would keep it." : "")}");
        }
        if (!asked.Originates(origin) && Other(d, item, build, order, o => asked.Keeps(o) && asked.Originates(o)) is { Length: > 0 } better)
            d.Tell($"Lot {lot} {(origin.Originating is null ? "is not known to originate" : "does not originate")} under {string.Join(", ", asked.Agreements)}. Lot {better} does.");
        return null;
    }

    /// <summary>The first free lot that would do better; empty: none.</summary>
    private static string Other(Doing d, Item item, Build build, OrderLine order, Func<LotOrigin, bool> better) =>
        new FreeStock(d).For(item.Key, build, order).Where(s => better(d.Origins.Of(s.Item, s.LotNumber))).Select(static s => s.LotNumber).Order(StringComparer.Ordinal).FirstOrDefault() ?? "";
}
