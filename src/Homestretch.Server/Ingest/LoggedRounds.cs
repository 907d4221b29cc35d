using Homestretch.Machines;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>Rounds read back from the telemetry log, as the twins' grains take them.</summary>
internal static class LoggedRounds
{
    /// <summary>The rounds after one (null: all there are), oldest first. Machines that the world no longer knows are left out.</summary>
    public static IEnumerable<(Instant Round, IReadOnlyList<MachineBatch> Machines)> After(Instant? last, TelemetryLog log, Snapshot world)
    {
        var said = new Dictionary<string, Said>(StringComparer.Ordinal);
        Instant? round = null;
        foreach (TelemetryBatch batch in log.After(last))
        {
            if (round is { } before && before != batch.Received) yield return (before, Batches());
            round = batch.Received;
            foreach (TelemetrySample s in batch.Samples)
            {
                if (s.IsHistorical || world.Machines.Find(s.Machine) is not { } machine) continue;
                if (!said.TryGetValue(s.Machine, out Said? of)) said[s.Machine] = of = new(MachineFacts.Of(machine));
                of.Take(Round.Shown(s.At, batch.Received), s);
            }
        }
        if (round is { } end) yield return (end, Batches());

        List<MachineBatch> Batches()
        {
            List<MachineBatch> batches = [.. said.Values.Select(static s => s.Batch())];
            said.Clear();
            return batches;
        }
    }

    private sealed class Said(MachineFacts facts)
    {
        private readonly List<MachineReading> _readings = [];
        private Instant _heard = Instant.MinValue;

        public void Take(Instant at, in TelemetrySample s)
        {
            _heard = Instant.Max(_heard, at);
            if (Sources.KindOf(s.Metric) is { } kind) _readings.Add(new(at, kind, s.Value, s.Text ?? ""));
        }

        public MachineBatch Batch() => new(facts, _readings, _heard);
    }
}
