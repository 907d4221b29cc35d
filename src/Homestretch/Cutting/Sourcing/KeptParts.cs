namespace Homestretch.Cutting.Sourcing;

/// <summary>Parts that may wait where they are used: each such link gets a stage of its own, at the places of the stage that uses them, which adds nothing but a place to wait.</summary>
internal static class KeptParts
{
    /// <summary>Name of the stage at which a part waits for another.</summary>
    public static string Name(StageLink link) => $"{link.From} at {link.To}";

    /// <summary>The study with these stages behind its own.</summary>
    public static SourcingStudy In(SourcingStudy study)
    {
        StageLink[] kept = [.. study.Network.Links.Where(static l => l.Kept)];
        if (kept.Length == 0) return study;
        ILookup<string, Source> sources = study.Sources.ToLookup(static s => s.Stage);
        var stages = study.Network.Stages.ToList();
        var links = study.Network.Links.Where(static l => !l.Kept).ToList();
        var all = study.Sources.ToList();
        foreach (StageLink link in kept)
        {
            string name = Name(link);
            stages.Add(new(name, 0, 0));
            links.Add(new(link.From, name, link.Quantity));
            links.Add(new(name, link.To));
            foreach (var place in sources[link.To].GroupBy(static s => s.Place)) all.Add(new(name, place.First().Name, 0, 0, place.Key, place.First().Party, place.First().Country, Hours: 0, Co2: 0));
        }
        // a leg for what goes into a stage is one for what waits there too
        HashSet<string> own = [.. kept.Select(static l => l.To)];
        Leg[] legs = [.. study.Legs, .. study.Legs.Where(l => l.ToStage is { } to && own.Contains(to)).SelectMany(l => kept.Where(k => k.To == l.ToStage && (l.FromStage is null || l.FromStage == k.From)).Select(k => l with { FromStage = k.From, ToStage = Name(k) })).DistinctBy(static l => (l.From, l.To, l.FromStage, l.ToStage))];
        return study with { Network = new(stages, links), Sources = all, Legs = legs };
    }

    /// <summary>Of each stage that only keeps parts: the part.</summary>
    public static IReadOnlyDictionary<string, string> Parts(SourcingStudy study) => study.Network.Links.Where(static l => l.Kept).DistinctBy(Name).ToDictionary(Name, static l => l.From);
}
