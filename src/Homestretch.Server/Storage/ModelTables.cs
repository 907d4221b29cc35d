using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Homestretch.Learning;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>A version of a model as the database has it.</summary>
/// <param name="Subject">Whose: a kind of machine, or 'deliveries'.</param>
/// <param name="Changed">When it came to stand where it stands.</param>
/// <param name="Reason">Why it stands there.</param>
internal sealed record KeptModel(ModelKind Kind, string Subject, int Version, ModelState State, Instant Changed, string Reason, ModelOrigin Origin, Instant Made, string MadeBy);

/// <summary>What came of a training.</summary>
/// <param name="Version">The version that it made; 0: none.</param>
/// <param name="Said">In whole sentences, for people.</param>
internal sealed record KeptTraining(ModelKind Kind, string Subject, Instant At, string AskedBy, TrainingOutcome Outcome, int Version, IReadOnlyList<string> Said);

/// <summary>Trained models and what came of trainings, in the database.</summary>
internal sealed class ModelTables(Database database)
{
    private const string PutTraining = """
        INSERT INTO model_trainings (kind, subject, at, asked_by, outcome, version, said) VALUES (@kind, @subject, @at, @by, @outcome, @version, @said)
        ON CONFLICT (kind, subject) DO UPDATE SET at = excluded.at, asked_by = excluded.asked_by, outcome = excluded.outcome, version = excluded.version, said = excluded.said
        """;

    /// <summary>All versions with their files, by kind, subject and version. One of a kind or state that this program does not know is passed over.</summary>
    public async IAsyncEnumerable<(KeptModel Kept, byte[] File)> Models([EnumeratorCancellation] CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT kind, subject, version, state, changed, reason, origin, made, made_by, file FROM models ORDER BY kind, subject, version");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (Words.Find<ModelKind>(rows.GetString(0)) is { } kind && Words.Find<ModelState>(rows.GetString(3)) is { } state && Words.Find<ModelOrigin>(rows.GetString(6)) is { } origin)
                yield return (new(kind, rows.GetString(1), (int)rows.GetInt64(2), state, At(rows.GetInt64(4)), rows.GetString(5), origin, At(rows.GetInt64(7)), rows.GetString(8)), (byte[])rows.GetValue(9));
        }
    }

    /// <summary>The file of a version; null: there is none.</summary>
    public async Task<byte[]?> File(ModelKind kind, string subject, int version, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT file FROM models WHERE kind = @kind AND subject = @subject AND version = @version");
        Database.Bind(read, ("kind", Words.Of(kind)), ("subject", subject), ("version", (long)version));
        return await read.ExecuteScalarAsync(cancel) as byte[];
    }

    public async Task<IReadOnlyList<KeptTraining>> Trainings(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT kind, subject, at, asked_by, outcome, version, said FROM model_trainings ORDER BY kind, subject");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var trainings = new List<KeptTraining>();
        while (await rows.ReadAsync(cancel))
        {
            if (Words.Find<ModelKind>(rows.GetString(0)) is { } kind && Words.Find<TrainingOutcome>(rows.GetString(4)) is { } outcome)
                trainings.Add(new(kind, rows.GetString(1), At(rows.GetInt64(2)), rows.GetString(3), outcome, (int)rows.GetInt64(5), JsonSerializer.Deserialize<string[]>(rows.GetString(6))!));
        }
        return trainings;
    }

    /// <summary>Adds a version and lets others go, all or none.</summary>
    public async Task Put(KeptModel m, byte[] file, IEnumerable<KeptModel> gone, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await Database.Execute(connection, "INSERT INTO models (kind, subject, version, state, changed, reason, origin, made, made_by, file) VALUES (@kind, @subject, @version, @state, @changed, @reason, @origin, @made, @by, @file)", cancel, transaction,
            ("kind", Words.Of(m.Kind)), ("subject", m.Subject), ("version", (long)m.Version), ("state", Words.Of(m.State)), ("changed", m.Changed.ToUnixTimeTicks()), ("reason", m.Reason), ("origin", Words.Of(m.Origin)), ("made", m.Made.ToUnixTimeTicks()), ("by", m.MadeBy), ("file", file));
        foreach (KeptModel old in gone)
            await Database.Execute(connection, "DELETE FROM models WHERE kind = @kind AND subject = @subject AND version = @version", cancel, transaction, ("kind", Words.Of(old.Kind)), ("subject", old.Subject), ("version", (long)old.Version));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Changes where versions stand, all or none.</summary>
    public async Task Stand(IReadOnlyList<KeptModel> changed, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        foreach (KeptModel m in changed)
        {
            await Database.Execute(connection, "UPDATE models SET state = @state, changed = @changed, reason = @reason WHERE kind = @kind AND subject = @subject AND version = @version", cancel, transaction,
                ("kind", Words.Of(m.Kind)), ("subject", m.Subject), ("version", (long)m.Version), ("state", Words.Of(m.State)), ("changed", m.Changed.ToUnixTimeTicks()), ("reason", m.Reason));
        }
        await transaction.CommitAsync(cancel);
    }

    public async Task Put(KeptTraining t, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, PutTraining, cancel, null, ("kind", Words.Of(t.Kind)), ("subject", t.Subject), ("at", t.At.ToUnixTimeTicks()), ("by", t.AskedBy), ("outcome", Words.Of(t.Outcome)), ("version", (long)t.Version), ("said", JsonSerializer.Serialize(t.Said)));
    }

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
}
