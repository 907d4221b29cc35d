using System.Data.Common;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>Where a start begins.</summary>
/// <param name="Epoch">The stored epoch; null for a journal that has none yet.</param>
/// <param name="Sequence">The journal's last entry, which is in the world.</param>
/// <param name="SnapshotAt">The snapshot it was read from; 0: the journal alone.</param>
public sealed record Beginning(Snapshot World, Instant? Epoch, long Sequence, long SnapshotAt);

/// <summary>One journal entry read again: a moved epoch, or a batch of events with what it did.</summary>
/// <param name="At">When it was appended, by the hub's clock.</param>
public sealed record Replayed(long Sequence, Instant At, string Party, Instant? Epoch, Applied? Applied);

/// <summary>Makes the world again: from the newest good snapshot and the journal behind it, or from the journal alone. A snapshot that is
/// damaged, foreign or of another form is passed over; the journal is the truth and a snapshot only saves time.</summary>
public sealed partial class Replaying(IJournal journal, Snapshots snapshots, ILogger<Replaying> log)
{
    /// <exception cref="JournalDamaged">The journal is not what was appended.</exception>
    /// <exception cref="InvalidDataException">An entry no longer applies.</exception>
    /// <param name="told">The last entry whose change is kept.</param>
    /// <returns>The world after that entry, or after the snapshot if that is newer, and one by one what came after.</returns>
    public async Task<(Beginning Before, IReadOnlyList<Replayed> Tail)> Run(long told, CancellationToken cancel)
    {
        Beginning before = await FromSnapshot(cancel) ?? new(Snapshot.Empty, null, 0, 0);
        long from = before.Sequence;
        Beginning at = before;
        var tail = new List<Replayed>();
        await foreach (JournalEntry entry in journal.Read(from + 1, cancel))
        {
            (at, Replayed replayed) = Apply(at, entry);
            if (entry.Sequence <= told) before = at;
            else tail.Add(replayed);
            if (tail.Count <= MostTail) continue;
            before = at;
            tail.Clear();
        }
        LogBegun(at.Sequence, from);
        return (before, tail);
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

    private static (Beginning At, Replayed Replayed) Apply(Beginning at, JournalEntry entry)
    {
        at = at with { Sequence = entry.Sequence };
        var replayed = new Replayed(entry.Sequence, entry.Appended, entry.Party, null, null);
        switch (entry.Kind)
        {
            case PlanEpoch.Kind:
                Instant epoch = Upcast.Epoch(entry).T;
                return (at with { Epoch = epoch }, replayed with { Epoch = epoch });
            case EventsKind:
                var (events, findings) = Upcast.Events(entry);
                Applied applied = at.World.Apply(events, $"journal {entry.Sequence}", happened: true);
                Finding? wrong = findings.Concat(applied.Findings).FirstOrDefault();
                return wrong is null ? (at with { World = applied.World }, replayed with { Applied = applied })
                    : throw new InvalidDataException($"Journal entry {entry.Sequence} no longer applies: {wrong}\nMaybe it was written by a newer version.");
            default:
                return (at, replayed);
        }
    }

    /// <summary>A tail that grows longer is given up: nothing of it is told again.</summary>
    private const int MostTail = 1_000;

    /// <summary>Kind of the entries that hold world events.</summary>
    public const string EventsKind = "world-events";

    [LoggerMessage(30, LogLevel.Information, "The world stands at journal entry {Sequence}; replayed from entry {From} on")]
    private partial void LogBegun(long sequence, long from);

    [LoggerMessage(31, LogLevel.Warning, "The snapshot at entry {Sequence} {Why}; passed over, older snapshots or the journal serve")]
    private partial void LogPassedOver(long sequence, string why);
}
