using System.Globalization;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cutting.Studying;

/// <summary>A kept design with what it is by the records of now.</summary>
/// <param name="Limits">What it was chosen within, as far as it can still be read.</param>
/// <param name="Now">Its sources by the study as it is now; what it was then stands in <paramref name="Design"/>.</param>
/// <param name="Findings">What has changed since: limits that it misses now.</param>
public sealed record OpenedDesign(Design Design, StudyCase Study, IReadOnlyList<Limit> Limits, Configuration Now, IReadOnlyList<Finding> Findings);

/// <summary>Keeps designs of studies as records, opens them again, and adopts them.</summary>
public static class Designs
{
    /// <summary>What to write to keep a design.</summary>
    /// <param name="limits">What it was chosen within.</param>
    /// <param name="key">Its key; null: the study's with the first number that is free.</param>
    public static (Key<Design> Key, IReadOnlyList<WorldEvent> Events) Keep(Snapshot world, StudyCase study, IReadOnlyList<Limit> limits, Configuration design, string name, string note, Instant now, string by, string? key = null)
    {
        string study0 = study.Study.Id;
        Key<Design> own = key ?? Enumerable.Range(1, int.MaxValue - 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{study0}-{n}")).First(k => !world.Designs.Contains(k));
        var kept = new Design(own, study.Study.Party, study.Study.Key, name, string.Join("; ", limits.Select(LimitWords.Of)), Cents(design.Cost.Total), Cents(design.Bound), note, now, by, null, "");
        return (own,
        [
            new WorldEvent.Put(kept),
            .. design.Stages.Where(static s => s.Keeps is null).SelectMany(s => s.Sources.Select(x => (WorldEvent)new WorldEvent.Put(new DesignSource(own, s.Stage, x.Source.Name, study.Study.Party, (decimal)Math.Round(x.Share, 12))))),
        ]);
    }

    /// <summary>A kept design by the records of now, or all that keeps it from being opened.</summary>
    public static (OpenedDesign? Opened, IReadOnlyList<Finding> Findings) Open(Snapshot world, string key, Instant now, CancellationToken cancel = default)
    {
        if (world.Designs.Find(key) is not { } design) return (null, [new(new("designs"), "unknown-key", $"There is no design '{key}'.", world.Designs.Count > 0 ? $"Name one of {string.Join(", ", world.Designs.Select(static d => d.Id))}." : "Keep one first.")]);
        var (study, findings) = Studies.Of(world, design.Study.Value, now);
        if (study is null) return (null, findings);
        ILookup<string, DesignSource> chosen = world.DesignSources.StartingWith($"{key}|").ToLookup(static s => s.Stage);
        IReadOnlyList<Finding> gone = [.. Gone(study, chosen, key)];
        if (gone.Count > 0) return (null, gone);
        var (configuration, unmet) = Configuring.Of(Chosen(study.Sourcing, chosen), study.Policy, null, null, null, cancel);
        if (configuration is null) return (null, unmet);
        var unread = new List<Finding>();
        Limit[] limits = [.. design.Limits.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => LimitWords.Limit(l, unread)).OfType<Limit>()];
        return (new(design, study, limits, configuration, [.. unread.Select(f => f with { Place = new($"designs {key}", 0, "limits") }), .. Missed(study, limits, configuration, key)]), []);
    }

    /// <summary>What adopting a kept design would write, for review: what <see cref="Studies.Adopt"/> says, and that it was adopted.</summary>
    /// <param name="by">Who adopts it.</param>
    public static Adoption Adopt(Snapshot world, OpenedDesign opened, Instant now, string by)
    {
        Adoption adoption = Studies.Adopt(world, opened.Study, opened.Now);
        return adoption with { Events = [.. adoption.Events, new WorldEvent.Put(opened.Design with { Adopted = now, AdoptedBy = by })] };
    }

    private static IEnumerable<Finding> Gone(StudyCase study, ILookup<string, DesignSource> chosen, string key)
    {
        HashSet<(string, string)> there = [.. study.Sourcing.Sources.Select(static s => (s.Stage, s.Name))];
        foreach (DesignSource s in chosen.SelectMany(static s => s).Where(s => !there.Contains((s.Stage, s.Source))))
            yield return new(new($"design_sources {s.Id}", 0, "source"), "source-gone", $"'{s.Source}' can no longer do '{s.Stage}' in {study.Study.Id}.", "Add it to the study again, or choose anew and keep another design.");
        foreach (string stage in study.Sourcing.Sources.Select(static s => s.Stage).Distinct().Where(s => !chosen.Contains(s)))
            yield return new(new($"designs {key}"), "stage-new", $"'{stage}' has come to {study.Study.Id} since: the design says nobody for it.", "Choose anew, and keep another design.");
        foreach (IGrouping<string, DesignSource> stage in chosen.Where(static s => s.Count() > 2 || Math.Abs(s.Sum(static x => x.Share) - 1) > 1e-6m))
            yield return new(new($"design_sources {key}|{stage.Key}", 0, "share"), "shares", $"{stage.Count()} sources do {stage.Sum(static s => s.Share):0.######} of '{stage.Key}'.", "Let one source do all, or two that share it.");
    }

    /// <summary>The study with what a design chose, and nothing else to choose.</summary>
    private static SourcingStudy Chosen(SourcingStudy study, ILookup<string, DesignSource> chosen)
    {
        SourcingStudy only = study.Only(s => chosen[s.Stage].Any(c => c.Source == s.Name));
        return only with { Rules = [.. only.Sources.GroupBy(static s => s.Stage).Where(static g => g.Count() == 2).Select(g => new SourceRule(g.Key, 2, FirstShare: (double)chosen[g.Key].Single(c => c.Source == g.First().Name).Share))] };
    }

    private static IEnumerable<Finding> Missed(StudyCase study, IReadOnlyList<Limit> limits, Configuration now, string key)
    {
        foreach (Limit limit in limits.Union(study.Limits))
            if (now.Measured.Of(limit.Measure, limit.Subject, study.Sourcing.Home) is { } value && !limit.Meets(value))
                yield return new(new($"designs {key}"), "limit-missed", string.Create(CultureInfo.InvariantCulture, $"{LimitWords.Of(limit)} is missed: it is {value:0.####}."), "Choose anew within the limits, or accept it.");
    }

    private static decimal Cents(double amount) => decimal.Round((decimal)amount, 2);
}
