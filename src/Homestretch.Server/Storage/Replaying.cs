using System.Data.Common;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>Where a start begins.</summary>
/// <param name="Epoch">The stored epoch; null for a journal that has none yet.</param>
/// <param name="Sequence">The journal's last entry, which is in the world.</param>
/// <param name="SnapshotAt">The snapshot it was read from; 0: the journal alone.</param>
public sealed record Beginning(Snapshot World, Instant? Epoch, long Sequence, long SnapshotAt);

/// <summary>Makes the world again: from the newest good snapshot and the journal behind it, or from the journal alone. A snapshot that is
/// damaged, foreign or of another form is passed over; the journal is the truth and a snapshot only saves time.</summary>
public sealed partial class Replaying(IJournal journal, Snapshots snapshots, ILogger<Replaying> log)
{
    /// <exception cref="JournalDamaged">The journal is not what was appended.</exception>
    /// <exception cref="InvalidDataException">An entry no longer applies.</exception>
    public async Task<Beginning> Run(CancellationToken cancel)
    {
        Beginning at = await FromSnapshot(cancel) ?? new(Snapshot.Empty, null, 0, 0);
        long from = at.Sequence;
        await foreach (JournalEntry entry in journal.Read(from + 1, cancel)) at = Apply(at, entry);
        LogBegun(at.Sequence, from);
        return at;
    }

    private async Task<Beginning?> FromSnapshot(CancellationToken cancel)
    {
        foreach (StoredSnapshot snapshot in (await snapshots.List(cancel)).Reverse())
        {
            try
            {
                string? wrong = snapshot.Form != WorldBytes.Form ? $"is '{snapshot.Form}', not '{WorldBytes.Form}'" : await snapshots.Check(snapshot, cancel);
                if (wrong is null)
                {
                    await using Stream bytes = snapshots.Open(snapshot);
                    var (world, epoch) = WorldBytes.Read(bytes);
                    return new(world, epoch, snapshot.Sequence, snapshot.Sequence);
                }
                LogPassedOver(snapshot.Sequence, wrong);
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException or DbException)
            {
                LogPassedOver(snapshot.Sequence, $"cannot be read: {e.Message}");
            }
        }
        return null;
    }

    private static Beginning Apply(Beginning at, JournalEntry entry)
    {
        at = at with { Sequence = entry.Sequence };
        switch (entry.Kind)
        {
            case PlanEpoch.Kind:
                return at with { Epoch = Upcast.Epoch(entry).T };
            case EventsKind:
                var (events, findings) = Upcast.Events(entry);
                Applied applied = at.World.Apply(events, $"journal {entry.Sequence}");
                Finding? wrong = findings.Concat(applied.Findings).FirstOrDefault();
                return wrong is null ? at with { World = applied.World }
                    : throw new InvalidDataException($"Journal entry {entry.Sequence} no longer applies: {wrong}\nMaybe it was written by a newer version.");
            default:
                return at;
        }
    }

    /// <summary>Kind of the entries that hold world events.</summary>
    public const string EventsKind = "world-events";

    [LoggerMessage(30, LogLevel.Information, "The world stands at journal entry {Sequence}; replayed from entry {From} on")]
    private partial void LogBegun(long sequence, long from);

    [LoggerMessage(31, LogLevel.Warning, "The snapshot at entry {Sequence} {Why}; passed over, older snapshots or the journal serve")]
    private partial void LogPassedOver(long sequence, string why);
}
