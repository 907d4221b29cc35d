using System.Data.Common;
using System.Diagnostics;
using Homestretch.Machines;
using Homestretch.Server.Ingest;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>Tells machines' past hours again when something of them came late, of any age: from history in the order of its own times, into the database and, of
/// the last day, into the twin. Begins when nothing more has come for a few seconds; the hour at hand is told again when it is over.</summary>
internal sealed partial class LateHours(LiveWorld live, Planner planner, History history, MachineHours hours, TwinSilo silo, HubClock clock, ILogger<LateHours> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1), s_rest = TimeSpan.FromSeconds(3);
    private static readonly Duration s_back = Duration.FromDays(1), s_farBack = Duration.FromDays(31), s_atStart = Duration.FromMinutes(2);
    private static readonly string[] s_metrics = ["State", "Reason", "Produced", "Rejected"];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Instant From, long Told)> _late = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _atHand = new(StringComparer.Ordinal);

    /// <summary>True for a metric that hours are made of.</summary>
    public static bool Concerns(string metric) => s_metrics.Contains(metric);

    /// <summary>Something of a machine came late, true of this moment.</summary>
    public void Tell(string machine, Instant at)
    {
        lock (_gate) _late[machine] = (_late.TryGetValue(machine, out var known) ? Instant.Min(known.From, at) : at, Stopwatch.GetTimestamp());
    }

    /// <summary>What came late just before a crash is told again too.</summary>
    public void Look(TelemetryLog telemetry, Instant? last)
    {
        foreach (TelemetrySample s in telemetry.After(last - s_atStart).SelectMany(static b => b.Samples))
        {
            if (s.IsHistorical && Concerns(s.Metric)) Tell(s.Machine, s.At);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            List<(string Machine, Instant From, bool AtHand)> due;
            lock (_gate)
            {
                due = [.. _late.Where(static l => Stopwatch.GetElapsedTime(l.Value.Told) > s_rest).Select(static l => (l.Key, l.Value.From, false))];
                foreach (var (machine, _, _) in due) _late.Remove(machine);
                foreach (var (machine, hour) in _atHand.Where(h => Hour(clock.Now) > h.Value).ToList())
                {
                    _atHand.Remove(machine);
                    due.Add((machine, hour, true));
                }
            }
            foreach (var (machine, from, atHand) in due)
            {
                try
                {
                    await Again(machine, from, stoppingToken);
                    // what came late may have reached into the hour at hand
                    lock (_gate) if (!atHand) _atHand[machine] = Hour(clock.Now);
                }
                catch (Exception e) when (e is DbException or IOException or DuckDB.NET.Data.DuckDBException)
                {
                    LogFailed(e, machine);
                    Tell(machine, from);
                }
            }
        }
    }

    private async Task Again(string id, Instant from, CancellationToken cancel)
    {
        if (live.World.Machines.Find(id) is not { } machine) return;
        Instant now = clock.Now, end = Hour(now);
        MachineFacts facts = MachineFacts.Of(machine);
        // a day at a time: a machine may have counted every second of it
        for (Instant day = Hour(from); day < end; day += Duration.FromDays(1))
        {
            Instant until = Instant.Min(day + Duration.FromDays(1), end);
            IReadOnlyList<MachineReading> readings = Known(await history.Samples(machine.Party.Value, id, s_metrics, day - s_back, until, cancel));
            if (readings.All(r => r.Kind != ReadingKind.State || r.At > day) && await Before(machine, day, cancel) is { } state) readings = [state, .. readings];
            IReadOnlyList<HourSpent> again = Hindsight.Hours(readings, day, until, facts.IdealPiecesPerHour);
            await hours.Write([.. again.Select(h => (machine.Party.Value, id, h))], cancel);
            await silo.Correct(new(facts, again));
        }
        if (from < end) LogAgain(id, from);
    }

    /// <summary>The state told last before a stretch.</summary>
    private async Task<MachineReading?> Before(Machine machine, Instant day, CancellationToken cancel)
    {
        IReadOnlyList<MachineReading> states = Known(await history.Samples(machine.Party.Value, machine.Id, ["State", "Reason"], day - s_farBack, day - s_back, cancel));
        return states.LastOrDefault(static s => s.Kind == ReadingKind.State) is { Text.Length: > 0 } last ? last with { At = day - s_back } : null;
    }

    /// <summary>Samples as readings, without the hub's own word on silences that are over.</summary>
    private static IReadOnlyList<MachineReading> Known(IReadOnlyList<TelemetrySample> samples)
    {
        var silences = samples.Where(static s => s is { Metric: "Reason", Text: Timeline.NotHeard }).Select(static s => s.At).ToHashSet();
        Instant last = samples.Where(static s => s.Metric == "State").Select(static s => s.At).DefaultIfEmpty(Instant.MinValue).Max();
        return [.. samples.Where(s => !silences.Contains(s.At) || s.At == last).Select(static s => Sources.KindOf(s.Metric) is { } kind ? new MachineReading(s.At, kind, s.Value, s.Text ?? "") : default(MachineReading?)).OfType<MachineReading>()];
    }

    private static Instant Hour(Instant at) => at - Duration.FromTicks(((at.ToUnixTimeTicks() % NodaConstants.TicksPerHour) + NodaConstants.TicksPerHour) % NodaConstants.TicksPerHour);

    [LoggerMessage(34, LogLevel.Information, "Hours of {Machine} from {From} on were told again with what came late")]
    private partial void LogAgain(string machine, Instant from);

    [LoggerMessage(35, LogLevel.Error, "Hours of {Machine} could not be told again with what came late; it is tried again")]
    private partial void LogFailed(Exception e, string machine);
}
