using System.Security.Cryptography;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>One entry to append: a batch of changes that happened together.</summary>
/// <param name="Kind">What the body is: world-events, epoch.</param>
/// <param name="Version">Version of the body's form; readers take it and older ones.</param>
/// <param name="Party">Who said it.</param>
/// <param name="Key">The party's idempotency key; null when the sender gave none. Two parties may use the same key.</param>
/// <param name="Body">In the kind's form.</param>
public sealed record NewEntry(string Kind, int Version, string Party, string? Key, byte[] Body)
{
    /// <summary>SHA-256 of the request as it was sent; tells a repeat from another request under the same key. Without it the body's own.</summary>
    public byte[]? RequestHash { get; init; }

    internal byte[] HashOfRequest => RequestHash ?? SHA256.HashData(Body);
}

/// <param name="Sequence">1, 2, 3, ... without a gap.</param>
/// <param name="Lease">Number of the lease under which it was appended; never falls.</param>
/// <param name="Chain">SHA-256 over the previous chain value and this entry: a flipped bit anywhere is found.</param>
public sealed record JournalEntry(long Sequence, Instant Appended, string Kind, int Version, string Party, string? Key, byte[] Body, long Lease, byte[] Chain);

/// <summary>What an idempotency key was used for.</summary>
/// <param name="Hash">SHA-256 of the request.</param>
/// <param name="Sequence">The entry that answered it.</param>
public sealed record KeptRequest(byte[] Hash, long Sequence)
{
    /// <summary>True for a repeat, which gets the first answer; false for another request, which is refused.</summary>
    public bool Is(ReadOnlySpan<byte> hash) => hash.SequenceEqual(Hash);
}

/// <summary>The append-only journal of world events: the truth. Everything else can be made from it again.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Number of the lease this journal appends under; 0 before <see cref="Open"/>.</summary>
    long Lease { get; }

    /// <summary>Brings the schema up to date and takes the lease, waiting for an earlier holder to end.</summary>
    /// <exception cref="LeaseHeld">Another process still holds the journal after the patience of the options.</exception>
    Task Open(CancellationToken cancel);

    /// <summary>Appends the entries together, all or none; they are on disk when the task completes. Calls that wait at the same
    /// time share one sync. Cancelling stops the waiting, not an append already under way.</summary>
    /// <param name="now">Kept as the entries' instant, by the hub's clock.</param>
    /// <returns>The sequence number of the last entry.</returns>
    /// <exception cref="LeaseLost">Another process holds the journal now; nothing was appended.</exception>
    /// <exception cref="KeyTaken">An idempotency key is in use; nothing was appended.</exception>
    /// <exception cref="JournalFailed">The disk is full or the database cannot be reached.</exception>
    Task<long> Append(IReadOnlyList<NewEntry> entries, Instant now, CancellationToken cancel);

    /// <summary>Entries from a sequence number on, in order, up to the last one when reading began; their chain is checked on the way.</summary>
    /// <exception cref="JournalDamaged">An entry is not what was appended.</exception>
    IAsyncEnumerable<JournalEntry> Read(long from, CancellationToken cancel);

    /// <summary>What a party's idempotency key was used for; null when it was not, or has expired at <paramref name="now"/>.</summary>
    Task<KeptRequest?> Find(string party, string key, Instant now, CancellationToken cancel);

    /// <summary>The newest entry of a kind at or before a sequence number; null when there is none. Tells which epoch a snapshot stood at.</summary>
    Task<JournalEntry?> Newest(string kind, long atOrBefore, CancellationToken cancel);

    /// <summary>Sequence number of the newest entry; 0 for an empty journal.</summary>
    Task<long> Last(CancellationToken cancel);
}

/// <summary>This process lost the journal to another one.</summary>
public sealed class LeaseLost(long mine, long current)
    : Exception($"The journal is held under lease {current}; this process has {mine}.\nMaybe a second server was started on the same database.");

/// <summary>Another process holds the journal.</summary>
public sealed class LeaseHeld(string holder)
    : Exception($"The journal is held by {holder}.\nMaybe a server is already running on this database: stop it first, or give this one its own.");

/// <summary>An idempotency key was used before.</summary>
public sealed class KeyTaken(string party, string key) : Exception($"{party} has used the idempotency key '{key}' before.\nMaybe it was not looked up with Find first.");

/// <summary>Nothing was appended, unless <see cref="Uncertain"/>.</summary>
/// <param name="uncertain">The database went away while committing: entries may be there after a restart. Their keys tell.</param>
public sealed class JournalFailed(string message, bool uncertain, Exception cause) : Exception(message, cause)
{
    public bool Uncertain { get; } = uncertain;
}

/// <summary>The journal on disk is not what was appended.</summary>
public sealed class JournalDamaged(long sequence, string what)
    : Exception($"Journal entry {sequence} {what}.\nMaybe the disk flipped a bit or rows were edited: run verify, then restore a backup.")
{
    public long Sequence { get; } = sequence;
}
