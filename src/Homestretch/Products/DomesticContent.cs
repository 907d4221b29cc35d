using Homestretch.World;
using NodaTime;

namespace Homestretch.Products;

/// <summary>How much of what a kit's parts cost is made in the country it is finished in.</summary>
/// <param name="Country">Country of the hub, ISO 3166-1 alpha-2.</param>
/// <param name="Share">Of the cost of all parts whose cost is known; null when none is, or in several currencies.</param>
/// <param name="OriginUnknown">Parts whose country of origin is on no record or undetermined: counted as foreign.</param>
/// <param name="CostUnknown">Parts that are left out since nobody said what they cost.</param>
public sealed record DomesticContent(string Country, Share? Share, IReadOnlyList<Item> OriginUnknown, IReadOnlyList<Item> CostUnknown)
{
    /// <summary>Counts what is bought: item costs by the origin that the hub's first supplier states. The work at the hub is not counted.</summary>
    public static DomesticContent Of(Snapshot world, Kit kit, Site hub, LocalDate day)
    {
        decimal home = 0, all = 0;
        var origin = new List<Item>();
        var cost = new List<Item>();
        string? currency = null;
        bool mixed = false;
        foreach (KitPart part in kit.Parts)
        {
            string? country = OriginOf(world, part.Item.Key, hub.Key, day);
            if (country is null) origin.Add(part.Item);
            if (part.Item.Cost is not { } each)
            {
                cost.Add(part.Item);
                continue;
            }
            mixed |= (currency ??= each.Currency) != each.Currency;
            decimal amount = each.Major * part.PerUnit.Value;
            all += amount;
            if (country == hub.Country) home += amount;
        }
        return new(hub.Country, mixed || all <= 0 ? null : new Share((double)(home / all)), origin, cost);
    }

    /// <summary>Country that an item comes from when the hub buys it from its first supplier; without one, the country all who sell it agree on; null: unknown.</summary>
    private static string? OriginOf(Snapshot world, Key<Item> item, Key<Site> hub, LocalDate day)
    {
        ItemSupplier? first = world.ItemSuppliers.StartingWith($"{item}|").Where(s => !(day < s.From) && !(day >= s.To) && world.Lanes.Find(s.Lane)?.To == hub)
            .OrderBy(static s => s.Priority).ThenBy(static s => s.Id, StringComparer.Ordinal).FirstOrDefault();
        string[] said = [.. world.ItemOrigins.StartingWith(first is null ? $"{item}|" : $"{item}|{first.Supplier}|").Where(o => !(day < o.From) && !(day >= o.To)).Select(static o => o.Country).Distinct()];
        return said is [{ Length: > 0 } one] ? one : null;
    }
}
