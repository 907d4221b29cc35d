using System.Data.Common;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>An edge as the database has it.</summary>
/// <param name="SupplierKey">PEM of the key with which its supplier signs; empty: none given yet.</param>
/// <param name="Status">What it told of itself last, as JSON; empty: nothing.</param>
/// <param name="Counts">What was counted of it, as JSON; empty: nothing.</param>
internal sealed record KeptEdge(string Edge, string Party, string SupplierKey, Instant FirstSeen, Instant LastContact, string Status, string Counts);

/// <summary>A signed document and who made it when.</summary>
internal sealed record KeptDocument(SignedDocument Document, Instant Made, string MadeBy);

/// <summary>Edges, their documents and which of these they are to have, in the database.</summary>
internal sealed class EdgeTables(Database database)
{
    private const string PutEdge = """
        INSERT INTO edges (edge, party, supplier_key, first_seen, last_contact, status, counts) VALUES (@edge, @party, @key, @first, @last, @status, @counts)
        ON CONFLICT (edge) DO UPDATE SET party = excluded.party, supplier_key = excluded.supplier_key, last_contact = excluded.last_contact, status = excluded.status, counts = excluded.counts
        """;

    private const string PutDocument = """
        INSERT INTO edge_documents (edge, kind, version, document, made, made_by) VALUES (@edge, @kind, @version, @document, @made, @by)
        ON CONFLICT (edge, kind, version) DO UPDATE SET document = excluded.document
        """;

    private const string PutWanted = "INSERT INTO edge_wanted (edge, kind, version) VALUES (@edge, @kind, @version) ON CONFLICT (edge, kind) DO UPDATE SET version = excluded.version";

    public async Task<IReadOnlyList<KeptEdge>> Edges(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT edge, party, supplier_key, first_seen, last_contact, status, counts FROM edges ORDER BY edge");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var edges = new List<KeptEdge>();
        while (await rows.ReadAsync(cancel)) edges.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), At(rows.GetInt64(3)), At(rows.GetInt64(4)), rows.GetString(5), rows.GetString(6)));
        return edges;
    }

    /// <summary>Puts edges, all or none.</summary>
    public async Task Put(IReadOnlyList<KeptEdge> edges, CancellationToken cancel)
    {
        if (edges.Count == 0) return;
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        foreach (KeptEdge e in edges)
            await Database.Execute(connection, PutEdge, cancel, transaction, ("edge", e.Edge), ("party", e.Party), ("key", e.SupplierKey), ("first", e.FirstSeen.ToUnixTimeTicks()), ("last", e.LastContact.ToUnixTimeTicks()), ("status", e.Status), ("counts", e.Counts));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>All documents, by edge, kind and version.</summary>
    public async Task<IReadOnlyList<KeptDocument>> Documents(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT document, made, made_by FROM edge_documents ORDER BY edge, kind, version");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var documents = new List<KeptDocument>();
        while (await rows.ReadAsync(cancel))
        {
            if (SignedDocument.Read((byte[])rows.GetValue(0), "edge_documents", []) is { } document) documents.Add(new(document, At(rows.GetInt64(1)), rows.GetString(2)));
        }
        return documents;
    }

    public async Task<IReadOnlyDictionary<(string Edge, DocumentKind Kind), int>> Wanted(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT edge, kind, version FROM edge_wanted");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var wanted = new Dictionary<(string, DocumentKind), int>();
        while (await rows.ReadAsync(cancel))
        {
            if (SignedDocument.Of(rows.GetString(1)) is { } kind) wanted[(rows.GetString(0), kind)] = (int)rows.GetInt64(2);
        }
        return wanted;
    }

    /// <summary>Keeps a document and, when a version is given, that its edge is to have that one, together.</summary>
    public async Task Put(KeptDocument kept, int? wanted, CancellationToken cancel)
    {
        SignedDocument d = kept.Document;
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await Database.Execute(connection, PutDocument, cancel, transaction, ("edge", d.Edge), ("kind", SignedDocument.Word(d.Kind)), ("version", (long)d.Version), ("document", d.ToBytes()), ("made", kept.Made.ToUnixTimeTicks()), ("by", kept.MadeBy));
        if (wanted is { } version) await Database.Execute(connection, PutWanted, cancel, transaction, ("edge", d.Edge), ("kind", SignedDocument.Word(d.Kind)), ("version", (long)version));
        await transaction.CommitAsync(cancel);
    }

    public async Task Want(string edge, DocumentKind kind, int version, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, PutWanted, cancel, null, ("edge", edge), ("kind", SignedDocument.Word(kind)), ("version", (long)version));
    }

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
}
