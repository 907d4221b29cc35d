using Homestretch.Finishing.Tracing;
using Homestretch.Server.Archiving;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>What was built, for who sees the brand owner's lines and money.</summary>
internal sealed partial class PersonWindow
{
    private const int MostFinished = 5_000;

    /// <summary>A unit that took longer than this may be missed where there are more units than are looked through.</summary>
    private static readonly Duration s_longest = Duration.FromDays(92);

    /// <summary>The world as the person's party sees it.</summary>
    internal Snapshot Known => Look(static s => s.World);

    /// <summary>Records of units finished on days of their hub from the first to before the other; null with 0 when the person may not see them, with a number when there are more than that to look through.</summary>
    internal async Task<(IReadOnlyList<UnitRecord>? Records, int Most)> Finished(LocalDate first, LocalDate until, CancellationToken cancel)
    {
        if (!Traces || !May(Permission.SeeMoney)) return (null, 0);
        Snapshot world = Known;
        UnitList list = await UnitList.Of(world, _archive, new(State: UnitState.Complete), null, null, 0, MostFinished + 1, cancel);
        if (list.Total > MostFinished && list.Units[^1].Begun >= first.AtMidnight().InUtc().ToInstant() - s_longest) return (null, MostFinished);
        var records = new List<UnitRecord>();
        foreach (UnitTrace unit in list.Units)
            if (unit.Ended is { } done && done.InZone(DateTimeZoneProviders.Tzdb[world.Sites[unit.Hub].TimeZone]).Date is var day && day >= first && day < until && (UnitRecords.Of(world, unit.Serial) ?? await _archive.Find(unit.Serial, cancel)) is { } record) records.Add(record);
        return (records, MostFinished);
    }
}
