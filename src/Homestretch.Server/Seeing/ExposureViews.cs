using System.Runtime.CompilerServices;
using Homestretch.Exposure;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What outside parties could reconstruct of the product, and what each knows.</summary>
internal static class ExposureViews
{
    /// <summary>Sets of parties that the search for the fewest looks at: a few seconds where many know a little each, which it would take long to prove.</summary>
    private const long MostSets = 50_000;

    // The last reports of each table of disclosures: much of a world changes often, what was given or made seldom.
    private static readonly ConditionalWeakTable<Table<Disclosure>, Kept> s_kept = [];

    public static ExposureView Of(Snapshot world, Instant now)
    {
        Exposures told = Exposures.Of(world, now);
        if (!s_kept.TryGetValue(world.Disclosures, out Kept? kept) || !kept.Holds(world, told.Given))
            s_kept.AddOrUpdate(world.Disclosures, kept = new(world, told.Given, ExposureReport.Of(told.Given.Done(), sets: MostSets), ExposureReport.Of(told.Given, sets: MostSets)));
        ExposureCase all = told.Given;
        ExposureReport given = kept.Given, planned = kept.Planned;
        double[][] disclosed = all.Done().Disclosed();
        var alone = given.Parties.ToDictionary(static p => p.Holder, static p => p.Reconstructed);
        return new(now, all.Graph.Total > 0, planned.Threshold, given.Home, planned.Home, Names(all, given.Fewest), Names(all, planned.Fewest), given.Settled && planned.Settled,
            [.. planned.Parties.Select(p => Party(world, all.Holders[p.Holder], alone[p.Holder], p.Reconstructed))],
            [.. planned.Coalitions.Select(c => Group(world, all, c, all.Graph.Reconstructed(ExposureCase.Together(disclosed, c.Of.Members))))
                .OrderBy(static g => g.Kind).ThenByDescending(static g => g.Planned).ThenBy(static g => g.Name, StringComparer.Ordinal)], told.Findings);
    }

    public static ExposedPartyView? One(Snapshot world, Instant now, string party)
    {
        ExposureCase all = Exposures.Of(world, now, [party]).Given, done = all.Done();
        int at = all.Holders.Select(static h => h.Party).ToList().IndexOf(party);
        if (at < 0) return null;
        DisclosureLevel[] given = done.Levels()[at], planned = all.Levels()[at];
        double[] known = new double[all.Items.Count], then = new double[all.Items.Count];
        double sofar = all.Graph.Reconstructed([.. given.Select(ExposureLevels.Of)], known), later = all.Graph.Reconstructed([.. planned.Select(ExposureLevels.Of)], then);
        IReadOnlyList<Marginal> marginals = Marginal.Of(all, at);
        var next = marginals.Where(static m => m.Party > 0 || m.Owner > 0 || m.Country > 0 || m.Outside > 0).ToLookup(static m => m.Item);
        HashSet<int> made = [.. all.Makings.Where(m => m.Holder == at).Select(static m => m.Item)], received = [.. made.SelectMany(i => all.Parts[i])];
        var documents = world.Disclosures.Where(d => d.Receiver.Value == party).ToLookup(static d => d.Item.Value);
        var items = Enumerable.Range(0, all.Items.Count).Where(i => then[i] > 0 || planned[i] > DisclosureLevel.Sealed || next[i].Any() || documents.Contains(all.Items[i])).OrderByDescending(i => then[i]).ThenByDescending(i => Weight(world, all, i)).ThenBy(static i => i);
        Marginal? most = marginals.Where(static m => m.Party > 0).OrderByDescending(static m => m.Party).ThenBy(static m => m.Level).ThenBy(static m => m.Item).FirstOrDefault();
        return new(Party(world, all.Holders[at], sofar, later), [.. items.Select(i => new ExposedItem(all.Items[i], world.Items[all.Items[i]].Name, Weight(world, all, i), given[i], planned[i], known[i], then[i], made.Contains(i), received.Contains(i),
            [.. documents[all.Items[i]].OrderBy(static d => d.Given).ThenBy(static d => d.Id, StringComparer.Ordinal).Select(static d => new ExposedDocument(d.Document, d.Level, d.Given, d.Nda, d.NdaUntil))], [.. next[i].Select(m => Next(world, all, m))]))],
            most is null ? null : Next(world, all, most));
    }

    private static ExposedNext Next(Snapshot world, ExposureCase all, Marginal m) => new(all.Items[m.Item], world.Items.Find(all.Items[m.Item])?.Name ?? all.Items[m.Item], m.Level, m.Party, m.Owner, m.Country, m.Outside);

    private static double Weight(Snapshot world, ExposureCase all, int item) => all.Graph.Total <= 0 ? 0 : (double)(world.KnowHow.Find(all.Items[item])?.Weight ?? 0) / all.Graph.Total;

    private static ExposedParty Party(Snapshot world, Holder h, double given, double planned) => new(h.Party, NameOf(world, h.Party), h.Countries, h.Owner, NameOf(world, h.Owner), given, planned);

    private static ExposedGroup Group(Snapshot world, ExposureCase all, CoalitionExposure c, double given) => new(c.Of.Kind, c.Of.Name, c.Of.Kind == CoalitionKind.Country ? c.Of.Name : NameOf(world, c.Of.Name), given, c.Reconstructed, c.Best, c.Sum, [.. c.Of.Members.Select(p => all.Holders[p].Party)]);

    private static string NameOf(Snapshot world, string party) => world.Parties.Find(party)?.Name ?? party;

    private static IReadOnlyList<string>? Names(ExposureCase all, IReadOnlyList<int>? places) => places is null ? null : [.. places.Select(p => all.Holders[p].Party)];

    /// <summary>Reports with what they were made of.</summary>
    private sealed record Kept(Snapshot World, ExposureCase Case, ExposureReport Given, ExposureReport Planned)
    {
        /// <summary>Whether they would come out the same.</summary>
        public bool Holds(Snapshot world, ExposureCase all) => ReferenceEquals(World.Items, world.Items) && ReferenceEquals(World.BomLines, world.BomLines) && ReferenceEquals(World.Parties, world.Parties) && ReferenceEquals(World.Sites, world.Sites)
            && ReferenceEquals(World.KnowHow, world.KnowHow) && ReferenceEquals(World.Relations, world.Relations) && ReferenceEquals(World.Inferences, world.Inferences) && Case.Holders.Select(static h => h.Party).SequenceEqual(all.Holders.Select(static h => h.Party)) && Case.Makings.SequenceEqual(all.Makings) && Case.Givings.SequenceEqual(all.Givings);
    }
}
