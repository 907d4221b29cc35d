using Homestretch.Finishing.Jobs;
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

    public async Task<JobsView?> Jobs(LocalDate first, LocalDate until, CancellationToken cancel)
    {
        var (records, most) = await Finished(first, until, cancel);
        if (records is null) return most == 0 ? null : new(first, until, [], [], most);
        Snapshot world = Look(static s => s.World);
        return await Task.Run(() => new JobsView(first, until, HomeWorks.Together(world, records), HomeWorks.Monthly(world, records)), cancel);
    }

    /// <summary>Records of units finished on days of their hub from the first to before the other; null with 0 when the person may not see them, with a number when there are more than that to look through.</summary>
    private async Task<(IReadOnlyList<UnitRecord>? Records, int Most)> Finished(LocalDate first, LocalDate until, CancellationToken cancel)
    {
        if (!Traces || !May(Permission.SeeMoney)) return (null, 0);
        Snapshot world = Look(static s => s.World);
        UnitList list = await UnitList.Of(world, _archive, new(State: UnitState.Complete), null, null, 0, MostFinished + 1, cancel);
        if (list.Total > MostFinished && list.Units[^1].Begun >= first.AtMidnight().InUtc().ToInstant() - s_longest) return (null, MostFinished);
        var records = new List<UnitRecord>();
        foreach (UnitTrace unit in list.Units)
            if (unit.Ended is { } done && done.InZone(DateTimeZoneProviders.Tzdb[world.Sites[unit.Hub].TimeZone]).Date is var day && day >= first && day < until && (UnitRecords.Of(world, unit.Serial) ?? await _archive.Find(unit.Serial, cancel)) is { } record) records.Add(record);
        return (records, MostFinished);
    }
}
