using Homestretch.World;
using NodaTime;

namespace Homestretch.Exposure;

/// <summary>Exposure as the world tells it: who makes, receives and was given what, and what should be told about it.</summary>
/// <param name="Given">Who knows what, and what there is to know.</param>
/// <param name="Findings">What a person should look at: agreements that ended, things given without one, parties of no country, items that were not weighed.</param>
public sealed record Exposures(ExposureCase Given, IReadOnlyList<Finding> Findings)
{
    /// <param name="now">What is given later, or made from a later day on, is only planned.</param>
    /// <param name="also">Parties to count among the holders though they know nothing yet: for whom something might be planned.</param>
    public static Exposures Of(Snapshot world, Instant now, IReadOnlyCollection<string>? also = null)
    {
        var findings = new List<Finding>();
        Item[] items = [.. world.Items];
        var place = items.Select(static (x, k) => (x.Key, k)).ToDictionary(static x => x.Key, static x => x.k);
        IReadOnlyList<int>[] parts = [.. items.Select(x => (IReadOnlyList<int>)[.. world.BomLines.StartingWith($"{x.Id}|").Select(b => place[b.Item]).Distinct().Order()])];
        var owners = Owners(world, findings);
        HashSet<string> brands = [.. world.Parties.Where(static p => p.Kind == PartyKind.Brand).Select(static p => p.Id)];
        HashSet<string> inside = [.. world.Parties.Where(p => brands.Contains(owners[p.Id])).Select(static p => p.Id)];
        var made = Makers(world, now).Where(m => !inside.Contains(m.Maker.Value)).ToArray();
        Disclosure[] given = [.. world.Disclosures.Where(d => !inside.Contains(d.Receiver.Value))];
        HashSet<string> known = [.. made.Select(static m => m.Maker.Value), .. given.Select(static d => d.Receiver.Value), .. also ?? []];
        Party[] outside = [.. world.Parties.Where(p => known.Contains(p.Id) && !inside.Contains(p.Id))];
        var at = outside.Select(static (p, k) => (p.Key, k)).ToDictionary(static x => x.Key, static x => x.k);
        var sites = world.Sites.Where(static s => s.Kind != SiteKind.Port).ToLookup(static s => s.Party, static s => s.Country);
        Holder[] holders = [.. outside.Select(p => new Holder(p.Id, [.. sites[p.Key].Append(p.Country).Select(static c => c.Trim()).Where(static c => c.Length > 0).Distinct().Order(StringComparer.Ordinal)], owners[p.Id]))];
        var graph = ExposureGraph.Of([.. items.Select(x => (double)(world.KnowHow.Find(x.Id)?.Weight ?? 0))],
            [.. world.Relations.Select(r => new Tie(place[r.Item], place[r.Other], (double)r.Weight))], [.. world.Inferences.Select(x => new Clue(place[x.Item], place[x.From], x.Chance.Value))]);
        var whole = new ExposureCase(graph, [.. items.Select(static x => x.Id)], holders, [.. made.Select(m => new Making(place[m.Item], at[m.Maker], m.Done)).Distinct()],
            [.. given.Select(d => new Giving(place[d.Item], at[d.Receiver], d.Level, d.Given <= now))], parts);
        findings.AddRange(Told(world, now, given, holders, graph, made));
        return new(whole, findings);
    }

    /// <summary>Who makes what: who sells or sold it, whose lots it comes in, and who runs the lines that assemble a family.</summary>
    private static IEnumerable<(Key<Item> Item, Key<Party> Maker, bool Done)> Makers(Snapshot world, Instant now)
    {
        LocalDate today = now.InUtc().Date;
        var done = new HashSet<(Key<Item>, Key<Party>)>();
        foreach (ItemSupplier s in world.ItemSuppliers.Where(s => !(s.From > today))) done.Add((s.Item, s.Supplier));
        foreach (Lot l in world.Lots.Where(static l => l.State is not LotState.Planned)) done.Add((l.Item, l.Party));
        foreach (Routing r in world.Routings) done.Add((r.Family, world.Sites[world.AssemblyLines[r.Line].Site].Party));
        var planned = world.ItemSuppliers.Where(s => s.From > today && !done.Contains((s.Item, s.Supplier))).Select(static s => (s.Item, s.Supplier));
        return [.. done.Order().Select(static d => (d.Item1, d.Item2, true)), .. planned.Distinct().Order().Select(static p => (p.Item, p.Supplier, false))];
    }

    /// <summary>Who controls each party in the end: it itself, another, or a name that is no party.</summary>
    private static Dictionary<string, string> Owners(Snapshot world, List<Finding> findings)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Party p in world.Parties)
        {
            string top = p.Id;
            var way = new HashSet<string>(StringComparer.Ordinal);
            while (way.Add(top) && Owner(top) is { } owner) top = owner;
            if (Owner(top) is { } next && next != top)
            {
                // they own each other: one group, named by the first of them
                top = Round(world, top).Min(StringComparer.Ordinal)!;
                if (top == p.Id) findings.Add(new(new("parties", 0, "owner"), "owner-circle", $"{string.Join(", ", Round(world, top))} own each other in a circle.", "Name who controls them; until then they count as one group."));
            }
            owners[p.Id] = top;
        }
        return owners;

        // who owns the brand is no matter: its sisters are outside
        string? Owner(string party) => world.Parties.Find(party) is { Kind: not PartyKind.Brand } p && p.Owner.Trim() is { Length: > 0 } owner ? owner : null;
    }

    private static IReadOnlyList<string> Round(Snapshot world, string first)
    {
        var round = new List<string> { first };
        for (string next = world.Parties.Find(first)!.Owner.Trim(); next != first; next = world.Parties.Find(next)!.Owner.Trim()) round.Add(next);
        return [.. round.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<Finding> Told(Snapshot world, Instant now, Disclosure[] given, Holder[] holders, ExposureGraph graph, (Key<Item> Item, Key<Party> Maker, bool Done)[] made)
    {
        foreach (var g in given.Where(d => d.NdaUntil <= now).GroupBy(d => (d.Receiver, d.Nda, Until: d.NdaUntil!.Value, Past: d.Given <= now)).OrderBy(static g => g.Key))
            yield return new(new("disclosures", 0, "nda_until"), "agreement-ended", $"{g.Key.Nda}, under which {g.Key.Receiver} {(g.Key.Past ? "was" : "is to be")} given {Listed(g)}, ended on {g.Key.Until.InUtc().Date:uuuu'-'MM'-'dd}.",
                g.Key.Past ? "Renew it: what was given stays known and counts in full." : "Renew it before anything is given.");
        foreach (var g in given.Where(static d => d.Nda.Trim().Length == 0 && d.Level >= DisclosureLevel.Drawing).GroupBy(d => (d.Receiver, Past: d.Given <= now)).OrderBy(static g => g.Key))
            yield return new(new("disclosures", 0, "nda"), "no-agreement", $"{g.Key.Receiver} {(g.Key.Past ? "was" : "is to be")} given {Listed(g)} under no agreement of secrecy.", "Agree on one, or name it.");
        foreach (Holder h in holders.Where(static h => h.Countries.Count == 0))
            yield return new(new("parties", 0, "country"), "country-unknown", $"Nobody has said which country {h.Party} is in.", "Fill in country, or give it a site; until then all such parties count as one country.");
        if (graph.Total <= 0) yield return new(new("know_how"), "not-weighed", "No item and no relation has a weight: nothing can be exposed.", "Fill in know_how and relations.");
        else if (made.Select(static m => m.Item).Distinct().Where(i => !world.KnowHow.Contains(i.Value)).Order().ToArray() is { Length: > 0 } bare)
            yield return new(new("know_how"), "not-weighed", $"{string.Join(", ", bare)} {(bare.Length == 1 ? "is" : "are")} made outside and {(bare.Length == 1 ? "has" : "have")} no weight.", "Add a row for each; 0 says that nothing is in it.");
        foreach (IGrouping<(string, string, RelationKind), ItemRelation> twice in world.Relations.GroupBy(static r => string.CompareOrdinal(r.Item.Value, r.Other.Value) < 0 ? (r.Item.Value, r.Other.Value, r.Kind) : (r.Other.Value, r.Item.Value, r.Kind)).Where(static g => g.Count() > 1))
            yield return new(new("relations"), "both-ways", $"The {Words.Of(twice.Key.Item3)} of {twice.Key.Item1} and {twice.Key.Item2} stands there both ways, and both weights count.", "Keep one row.");
    }

    private static string Listed(IEnumerable<Disclosure> given) => string.Join("; ", given.Select(static d => $"{d.Item} ({Words.Of(d.Level)}{(d.Document.Length > 0 ? $", {d.Document}" : "")})"));
}
