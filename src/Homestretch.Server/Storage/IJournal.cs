using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>One entry of the journal: a batch of changes that happened together.</summary>
/// <param name="Kind">What the body is: world-events, epoch, clock.</param>
/// <param name="Version">Version of the body's form; readers take it and older ones.</param>
/// <param name="Party">Who said it.</param>
/// <param name="Key">Idempotency key; null when the sender gave none. An entry with a known key is not appended again.</param>
/// <param name="Body">UTF-8 text of the kind's form.</param>
public sealed record NewEntry(string Kind, int Version, string Party, string? Key, byte[] Body);

/// <param name="Sequence">1, 2, 3, ... without a gap.</param>
/// <param name="Chain">SHA-256 over the previous chain value and this entry: a flipped bit anywhere is found.</param>
public sealed record JournalEntry(long Sequence, Instant Appended, string Kind, int Version, string Party, string? Key, byte[] Body, byte[] Chain);

/// <summary>The append-only journal of world events: the truth. Everything else can be made from it again.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Creates or migrates the schema and takes the lease; every earlier holder is refused from now on.</summary>
    Task Open(CancellationToken cancel);

    /// <summary>Appends the entries in one transaction; they are on disk when the task completes.</summary>
    /// <returns>The sequence number of the last entry.</returns>
    /// <exception cref="LeaseLost">Another process holds the journal now; nothing was appended.</exception>
    Task<long> Append(IReadOnlyList<NewEntry> entries, Instant now, CancellationToken cancel);

    /// <summary>Entries from a sequence number on, in order.</summary>
    IAsyncEnumerable<JournalEntry> Read(long from, CancellationToken cancel);

    /// <summary>The entry with this idempotency key; null when there is none.</summary>
    Task<JournalEntry?> Find(string key, CancellationToken cancel);

    Task<long> Last(CancellationToken cancel);
}

/// <summary>This process lost the journal to another one.</summary>
public sealed class LeaseLost(long mine, long current)
    : Exception($"The journal is held under lease {current}; this process has {mine}.\nMaybe a second server was started on the same database.");
