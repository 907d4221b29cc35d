using System.Globalization;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Studies as they are to be solved, the same object as long as they mean the same, so that what came of one is known again. Much of a world changes often, studies seldom.</summary>
internal sealed class StudyCases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Read> _read = new(StringComparer.Ordinal);

    /// <summary>A study by its key, or what keeps it from being solved.</summary>
    /// <param name="now">The hub's present: what is given to parties later they do not know yet.</param>
    public (StudyCase? Case, IReadOnlyList<Finding> Findings) Of(Snapshot world, string key, Instant now)
    {
        long hour = now.ToUnixTimeSeconds() / NodaConstants.SecondsPerHour;
        lock (_gate)
            if (_read.TryGetValue(key, out Read? known) && known.Hour == hour && Same(known.World, world) && SameKnowledge(known.World, world)) return (known.Case, known.Findings);
        var (made, findings) = Studies.Of(world, key, now);
        string mark = made?.Sourcing.KnowHow is { } know ? Mark(know) : "";
        lock (_gate)
        {
            // what parties know may have been looked up anew and be the same
            if (made is not null && _read.TryGetValue(key, out Read? before) && before.Case is { } same && before.Mark == mark && Same(before.World, world)) made = same;
            _read[key] = new(world, hour, made, findings, mark);
            return (made, findings);
        }
    }

    private static bool Same(Snapshot a, Snapshot b) => ReferenceEquals(a.Studies, b.Studies) && ReferenceEquals(a.StudyStages, b.StudyStages) && ReferenceEquals(a.StudyLinks, b.StudyLinks) && ReferenceEquals(a.StudySources, b.StudySources) && ReferenceEquals(a.StudyLegs, b.StudyLegs) && ReferenceEquals(a.StudyLimits, b.StudyLimits)
        && ReferenceEquals(a.Sites, b.Sites) && ReferenceEquals(a.Parties, b.Parties) && ReferenceEquals(a.Items, b.Items) && ReferenceEquals(a.KnowHow, b.KnowHow) && ReferenceEquals(a.Relations, b.Relations) && ReferenceEquals(a.Inferences, b.Inferences);

    private static bool SameKnowledge(Snapshot a, Snapshot b) => ReferenceEquals(a.Disclosures, b.Disclosures) && ReferenceEquals(a.ItemSuppliers, b.ItemSuppliers) && ReferenceEquals(a.Lots, b.Lots) && ReferenceEquals(a.Routings, b.Routings) && ReferenceEquals(a.BomLines, b.BomLines) && ReferenceEquals(a.AssemblyLines, b.AssemblyLines);

    private static string Mark(StageKnowHow know) => string.Join(';', (know.Before ?? []).Select(static b => string.Create(CultureInfo.InvariantCulture, $"{b.Party} {string.Join(',', b.Countries)} {string.Join(' ', b.Disclosed)}")));

    private sealed record Read(Snapshot World, long Hour, StudyCase? Case, IReadOnlyList<Finding> Findings, string Mark);
}
