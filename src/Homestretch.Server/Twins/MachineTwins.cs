using System.Collections.Concurrent;
using Homestretch.Machines;
using Homestretch.Server.Live;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>All machine twins as they were last folded, each with the newest of its history.</summary>
internal sealed class MachineTwins(History history, HubClock clock)
{
    private static readonly Duration s_back = Duration.FromDays(31);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The twin; of a machine never heard one that knows nothing.</summary>
    public MachineTwin this[string machine] => _entries.TryGetValue(machine, out Entry? entry) ? entry.Twin : MachineTwin.Unknown;

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

    private Entry Of(string machine) => _entries.GetOrAdd(machine, static (_, now) => new Entry(now), clock.Now);

    private sealed class Entry(Instant begin)
    {
        public MachineTwin Twin { get; set; } = MachineTwin.Unknown;
        public MachineFacts? Facts { get; set; }
        public MachineTail Tail { get; } = new(begin);
    }
}
