namespace Homestretch.Exposure;

/// <summary>Why holders may put together what they have.</summary>
public enum CoalitionKind
{
    /// <summary>One owner controls them.</summary>
    Owner,

    /// <summary>One country's law reaches them; all whose country is unknown count as one.</summary>
    Country,

    /// <summary>They buy from the same sub-supplier, which is one of them.</summary>
    SubSupplier,
}

/// <summary>Holders that may put together what they have.</summary>
/// <param name="Name">The owner, the country (empty: unknown) or the sub-supplier.</param>
/// <param name="Members">Places of holders, ascending.</param>
public sealed record Coalition(CoalitionKind Kind, string Name, IReadOnlyList<int> Members)
{
    /// <summary>Every country with its holders, and the owners and sub-suppliers that bind several.</summary>
    public static IReadOnlyList<Coalition> Of(ExposureCase given)
    {
        var holders = given.Holders.Select(static (h, p) => (Holder: h, Place: p)).ToArray();
        var owners = holders.GroupBy(static h => h.Holder.Owner, StringComparer.OrdinalIgnoreCase).Where(static g => g.Count() > 1).Select(static g => new Coalition(CoalitionKind.Owner, g.First().Holder.Owner, [.. g.Select(static h => h.Place)]));
        var countries = holders.SelectMany(static h => (h.Holder.Countries.Count == 0 ? [""] : h.Holder.Countries).Select(c => (Country: c, h.Place))).GroupBy(static c => c.Country, StringComparer.Ordinal)
            .Select(static g => new Coalition(CoalitionKind.Country, g.Key, [.. g.Select(static c => c.Place).Distinct().Order()]));
        return [.. owners.OrderBy(static c => c.Name, StringComparer.Ordinal), .. countries.OrderBy(static c => c.Name, StringComparer.Ordinal), .. SubSuppliers(given)];
    }

    /// <summary>Who makes a part that goes into what several others make.</summary>
    private static IEnumerable<Coalition> SubSuppliers(ExposureCase given)
    {
        var makers = given.Makings.ToLookup(static m => m.Item, static m => m.Holder);
        var buyers = new SortedDictionary<int, SortedSet<int>>();
        for (int parent = 0; parent < given.Parts.Count; parent++)
        {
            foreach (int maker in given.Parts[parent].SelectMany(part => makers[part]))
            {
                if (!buyers.TryGetValue(maker, out SortedSet<int>? theirs)) buyers[maker] = theirs = [];
                theirs.UnionWith(makers[parent].Where(b => b != maker));
            }
        }
        return buyers.Where(static b => b.Value.Count > 1).Select(b => new Coalition(CoalitionKind.SubSupplier, given.Holders[b.Key].Party, [.. b.Value.Append(b.Key).Order()]));
    }
}
