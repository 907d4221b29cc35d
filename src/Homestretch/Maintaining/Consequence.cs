using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Maintaining;

/// <summary>What a change does to the order lines, expected over the futures of the plan: what is positive is won, what is negative lost.</summary>
/// <param name="Promises">Promises kept: the sum of what each gains in its share of futures. So many order lines fewer are late.</param>
/// <param name="Kits">Kits whole by their planned start, likewise.</param>
/// <param name="Money">Price of the order lines whose promises are won, by currency; of those that have a price.</param>
/// <param name="Better">Order lines whose promise gains.</param>
/// <param name="Worse">Order lines whose promise loses.</param>
public sealed record Consequence(double Promises, double Kits, IReadOnlyList<Money> Money, int Better, int Worse)
{
    /// <summary>Nothing moves.</summary>
    public static Consequence None { get; } = new(0, 0, [], 0, 0);

    /// <summary>What moved, added up in the order given.</summary>
    internal static Consequence Of(Snapshot world, IReadOnlyList<Moved> moved)
    {
        double promises = 0, kits = 0;
        int better = 0, worse = 0;
        var money = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (Moved m in moved)
        {
            if (m.Before?.AsDated is not { } before || m.After?.AsDated is not { } after) continue;
            kits += after.Whole.Value - before.Whole.Value;
            if (after.Kept is not { } now || before.Kept is not { } was || now == was) continue;
            double won = now.Value - was.Value;
            promises += won;
            if (won > 0) better++; else worse++;
            if (world.OrderLines[m.OrderLine].Price is { } price) money[price.Currency] = money.GetValueOrDefault(price.Currency) + won * price.Minor;
        }
        return new(promises, kits, [.. money.Select(static x => new Money((long)Math.Round(x.Value), x.Key))], better, worse);
    }
}
