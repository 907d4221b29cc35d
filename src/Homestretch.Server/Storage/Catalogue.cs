using System.Data.Common;

namespace Homestretch.Server.Storage;

/// <summary>What a column holds, in words both providers share.</summary>
internal enum ColumnClass { Integer, Real, Text, Bytes }

/// <param name="Key">1-based place in the primary key; 0 outside it.</param>
internal sealed record Column(string Name, ColumnClass Class, bool Nullable, int Key);

/// <param name="Indexes">As <c>unique(a, b)</c> or <c>(a, b)</c>, sorted; primary keys are not among them.</param>
internal sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<string> Indexes);

/// <summary>Reads the schema as it stands in the database: for backups, which then need no list of tables, and for the test
/// that compares the providers.</summary>
internal static class Catalogue
{
    private const string SqliteColumns = """
        SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid
        """;

    private const string PostgresColumns = """
        SELECT c.relname, a.attname, format_type(a.atttypid, NULL), CASE WHEN a.attnotnull THEN 1::bigint ELSE 0 END, COALESCE(array_position(p.conkey, a.attnum), 0)::bigint
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        LEFT JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
        WHERE c.relkind = 'r' AND n.nspname = current_schema() AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname COLLATE "C", a.attnum
        """;

    private const string SqliteIndexes = """
        SELECT t.name, (CASE WHEN i."unique" THEN 'unique' ELSE '' END) || '(' || (SELECT group_concat(x.name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) x) || ')'
        FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'
        """;

    private const string PostgresIndexes = """
        SELECT c.relname, (CASE WHEN i.indisunique THEN 'unique' ELSE '' END) || '(' || (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
            FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number) || ')'
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisprimary
        """;

    /// <summary>All tables by name, with their columns in order.</summary>
    public static async Task<IReadOnlyList<Table>> Read(DbConnection connection, Provider provider, DbTransaction? transaction, CancellationToken cancel)
    {
        var indexes = new List<(string Table, string Text)>();
        await using (DbCommand read = Database.Command(connection, provider == Provider.Sqlite ? SqliteIndexes : PostgresIndexes, transaction))
        await using (DbDataReader rows = await read.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel)) indexes.Add((rows.GetString(0), rows.GetString(1)));
        }
        var columnsByTable = new SortedDictionary<string, List<Column>>(StringComparer.Ordinal);
        await using DbCommand select = Database.Command(connection, provider == Provider.Sqlite ? SqliteColumns : PostgresColumns, transaction);
        await using DbDataReader row = await select.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            string table = row.GetString(0);
            if (!columnsByTable.TryGetValue(table, out List<Column>? columns)) columnsByTable[table] = columns = [];
            columns.Add(new(row.GetString(1), ClassOf(row.GetString(2)), row.GetInt64(3) == 0, (int)row.GetInt64(4)));
        }
        return [.. columnsByTable.Select(t => new Table(t.Key, t.Value, [.. indexes.Where(i => i.Table == t.Key).Select(static i => i.Text).Order(StringComparer.Ordinal)]))];
    }

    private static ColumnClass ClassOf(string type) => type.ToLowerInvariant() switch
    {
        "integer" or "bigint" => ColumnClass.Integer,
        "real" or "double precision" => ColumnClass.Real,
        "text" => ColumnClass.Text,
        "blob" or "bytea" => ColumnClass.Bytes,
        _ => throw new InvalidOperationException($"The column type {type} has no counterpart in the other provider.\nMaybe a script uses a type outside integer, real, text and bytes."),
    };
}
