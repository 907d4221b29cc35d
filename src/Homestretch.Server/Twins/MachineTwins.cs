using System.Collections.Concurrent;
using Homestretch.Machines;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>All machine twins as they were last folded, each with the newest of its history.</summary>
internal sealed class MachineTwins(History history, MachineHours hours, HubClock clock)
{
    private static readonly Duration s_back = Duration.FromDays(31);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The twin; of a machine never heard one that knows nothing.</summary>
    public MachineTwin this[string machine] => _entries.TryGetValue(machine, out Entry? entry) ? entry.Twin : MachineTwin.Unknown;

    /// <summary>All that have said something, by machine.</summary>
    public IReadOnlyDictionary<string, MachineTwin> All() => new SortedDictionary<string, MachineTwin>(_entries.Where(static e => e.Value.Facts is not null).ToDictionary(static e => e.Key, static e => e.Value.Twin), StringComparer.Ordinal);

    /// <summary>The newest of its history.</summary>
    public MachineTail Tail(string machine) => Of(machine).Tail;

    /// <summary>Keeps what a twin has become.</summary>
    public void Keep(MachineFacts facts, MachineTwin twin)
    {
        Entry entry = Of(facts.Machine);
        (entry.Facts, entry.Twin) = (facts, twin);
    }

    /// <summary>Effectiveness over the last 24 hours; null when nothing was heard of the machine.</summary>
    public Oee? Oee(string machine, Instant now) => _entries.TryGetValue(machine, out Entry? entry) && entry.Facts is { } facts ? entry.Twin.Oee(now, facts.IdealPiecesPerHour) : null;

    /// <summary>States and measured values over time: from memory when it reaches back so far, else from disk.</summary>
    public async Task<MachineHistory> History(Machine machine, Instant from, Instant to, int points, CancellationToken cancel)
    {
        Instant end = Instant.Min(to, clock.Now);
        Duration width = (to - from) / points;
        if (from >= end || width.BclCompatibleTicks < 1) return new([], []);
        var stretch = new Stretch(machine.Party.Value, machine.Id, null, from, to, width.BclCompatibleTicks, s_back.BclCompatibleTicks);
        MachinePast past = Tail(machine.Id).Past(stretch) ?? await history.Of(stretch.Party, stretch.Machine, from, to, width, s_back, cancel);
        return new(Timeline.States(past.Texts, from, end), [.. past.Numbers.Select(n => Timeline.Series(n.Key, n.Value, width))]);
    }

    /// <summary>How it stood over [from, to).</summary>
    /// <param name="micro">Stops shorter than this are micro-stops.</param>
    public async Task<StopReport> Stops(Machine machine, Instant from, Instant to, Duration micro, CancellationToken cancel)
    {
        Instant end = Instant.Min(to, clock.Now);
        if (from >= end) return StopReport.Of([], from, from, micro);
        MachineHistory past = await History(machine, from, end, 2, cancel);
        return StopReport.Of([.. past.States.Select(static s => new StateStretch(s.State, s.From, s.To, s.Reason))], from, end, micro);
    }

    /// <summary>How it spent days, shifts or hours over [from, to) and how effective it was: of the last day by its twin, before that by the database.</summary>
    public async Task<IReadOnlyList<PeriodSpent>> Spent(Machine machine, Instant from, Instant to, Bucket by, DateTimeZone zone, ShiftClock shifts, CancellationToken cancel)
    {
        Instant end = Instant.Min(to, clock.Now);
        if (from >= end) return [];
        var known = new SortedDictionary<Instant, HourSpent>();
        // the hour that the stretch begins in counts
        foreach (HourSpent h in await hours.Read(machine.Party.Value, machine.Id, from - Duration.FromHours(1), end, cancel)) known[h.Hour] = h;
        foreach (HourSpent h in this[machine.Id].HoursUntil(end)) known[h.Hour] = h;
        double ideal = (double)machine.RatePerHour;
        HourSpent[] all = [.. known.Values];
        return by switch
        {
            Bucket.Hour => PeriodSpent.Hours(all, from, end, ideal),
            Bucket.Shift => PeriodSpent.Shifts(all, shifts, from, end, ideal),
            _ => PeriodSpent.Days(all, zone, from, end, ideal),
        };
    }

    private Entry Of(string machine) => _entries.GetOrAdd(machine, static (_, now) => new Entry(now), clock.Now);

    private sealed class Entry(Instant begin)
    {
        public MachineTwin Twin { get; set; } = MachineTwin.Unknown;
        public MachineFacts? Facts { get; set; }
        public MachineTail Tail { get; } = new(begin);
    }
}
