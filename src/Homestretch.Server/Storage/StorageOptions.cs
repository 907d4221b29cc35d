using NodaTime;

namespace Homestretch.Server.Storage;

public enum Provider { Sqlite, Postgres }

/// <summary>Where the server keeps what must last, and for how long.</summary>
/// <param name="Connection">SQLite: path of the database file. PostgreSQL: an Npgsql connection string.</param>
public sealed record StorageOptions(Provider Provider, string Connection)
{
    /// <summary>How long a starting server waits for the one before it to let go of the journal.</summary>
    public TimeSpan LeasePatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an idempotency key is remembered.</summary>
    public Duration KeysKept { get; init; } = Duration.FromDays(7);

    /// <summary>Snapshots kept beside the journal; older ones are removed. At least 1.</summary>
    public int SnapshotsKept { get; init; } = 3;

    /// <summary>Entries after which a new snapshot is taken.</summary>
    public long SnapshotEntries { get; init; } = 5000;

    /// <summary>Age at which a snapshot is replaced when there are new entries.</summary>
    public TimeSpan SnapshotAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Beside the SQLite file, or in .data, unless given.</summary>
    public TelemetryOptions Telemetry
    {
        get => field ?? new(Path.Combine(Provider == Provider.Sqlite ? Path.GetDirectoryName(Path.GetFullPath(Connection))! : ".data", "telemetry"));
        init;
    }
}

/// <summary>Bounds of the telemetry history: what does not fit is refused or removed, and counted.</summary>
/// <param name="Folder">Holds <c>log/</c> (append log) and <c>history/</c> (Parquet by party and received day).</param>
public sealed record TelemetryOptions(string Folder)
{
    /// <summary>A segment is sealed when it reaches this size, in bytes.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>A segment is sealed when it is this old, so that history reaches Parquet on quiet days too.</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes of segments not yet compacted above which appends are refused.</summary>
    public long MostLogBytes { get; init; } = 4L << 30;

    /// <summary>Batches waiting for the disk above which <see cref="Telemetry.TelemetryLog.Offer"/> drops and counts.</summary>
    public int MostWaiting { get; init; } = 4096;

    /// <summary>Rows held in memory while segments become Parquet.</summary>
    public int MostRowsInMemory { get; init; } = 500_000;

    /// <summary>Days of history kept, by the day it was received.</summary>
    public int DaysKept { get; init; } = 730;

    /// <summary>Bytes of history kept; above it the oldest days go first.</summary>
    public long MostHistoryBytes { get; init; } = 100L << 30;
}
