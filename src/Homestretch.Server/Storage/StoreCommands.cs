using System.CommandLine;
using System.Data.Common;
using System.Text.Json;

namespace Homestretch.Server.Storage;

/// <summary><c>homestretch backup</c>, <c>restore</c> and <c>verify</c>: they work on the store itself, beside a running server or without one.</summary>
internal static class StoreCommands
{
    private const int Ok = 0, No = 1, BadInput = 2;
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };
    private static readonly Option<string> s_data = new("--data") { Description = "Folder that the server keeps everything in.", DefaultValueFactory = static _ => ".data" };
    private static readonly Option<string?> s_postgres = new("--postgres") { Description = "PostgreSQL connection string, instead of the SQLite file in --data." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    /// <summary>True when the program was started for one of these commands and not as a server.</summary>
    public static bool IsAsked(string[] args) => args is ["backup" or "restore" or "verify", ..];

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("Homestretch: backup, restore and verify, on a running server or without one.") { BackUp(), PutBack(), Check() };
        ParseResult asked = root.Parse(args);
        if (asked.Errors.Count == 0) return asked.InvokeAsync();
        foreach (var error in asked.Errors) Console.Error.WriteLine(error.Message);
        return Task.FromResult(Bad($"See: homestretch {args[0]} --help"));
    }

    private static Command BackUp()
    {
        var to = new Option<string>("--out") { Description = "File to write; a file of that name is replaced when the backup is whole.", Required = true };
        var command = new Command("backup", "Writes everything in the database to one zip, as it stood at one moment.") { s_data, s_postgres, to, s_json };
        command.SetAction((r, cancel) => Guarded(r, mustExist: true, async database =>
        {
            BackupAnswer answer = await Backup.Run(database, r.GetValue(to)!, TimeProvider.System, cancel, Say);
            Print(r, new
            {
                path = answer.Path,
                bytes = answer.Bytes,
                sha256 = answer.Hash,
                taken = answer.Manifest.Taken,
                last_sequence = answer.Manifest.LastSequence,
                last_chain = answer.Manifest.LastChain,
                tables = answer.Manifest.Tables.Select(static t => new { table = t.Name, rows = t.Rows }),
            }, $"{answer.Path}: {answer.Bytes} bytes, journal up to entry {answer.Manifest.LastSequence}, sha256 {answer.Hash}");
            return Ok;
        }));
        return command;
    }

    private static Command PutBack()
    {
        var from = new Option<string>("--from") { Description = "File that backup wrote.", Required = true };
        var command = new Command("restore", "Puts a backup into an empty store of either provider, whole or not at all.") { s_data, s_postgres, from, s_json };
        command.SetAction((r, cancel) => Guarded(r, mustExist: false, async database =>
        {
            RestoreAnswer answer = await Restore.Run(database, r.GetValue(from)!, TimeProvider.System, cancel, Say);
            IReadOnlyList<Finding> findings = answer.Report?.Findings ?? answer.Findings;
            Print(r, new { done = answer.IsDone, store = database.Describe, entries = answer.Report?.Entries ?? 0, last_chain = answer.Report?.LastChain, findings = findings.Select(Shape) },
                answer.Report is { } report ? report.Text() : string.Join(Environment.NewLine, [.. findings.Select(static f => f.ToString()), "Nothing was restored."]));
            return answer.IsDone ? Ok : answer.Report is null ? BadInput : No;
        }));
        return command;
    }

    private static Command Check()
    {
        var file = new Option<string?>("--file") { Description = "Check a backup file instead of a store." };
        var command = new Command("verify", "Reads all that is kept and says every place that is not as it was written.") { s_data, s_postgres, file, s_json };
        command.SetAction((r, cancel) => r.GetValue(file) is { } path ? OfFile(r, path, cancel) : Guarded(r, mustExist: true, async database =>
        {
            VerifyReport report = await Verify.Run(database, cancel, Say);
            Print(r, new
            {
                sound = report.IsSound,
                store = report.Store,
                schema = report.Schema,
                entries = report.Entries,
                last_chain = report.LastChain,
                snapshots = report.Snapshots,
                requests = report.Requests,
                archived = report.Archived,
                findings = report.Findings.Select(Shape),
            }, report.Text());
            return report.IsSound ? Ok : No;
        }));
        return command;
    }

    private static async Task<int> OfFile(ParseResult r, string path, CancellationToken cancel)
    {
        var (manifest, findings) = await Restore.Inspect(path, cancel);
        Print(r, new { sound = findings.Count == 0, store = path, schema = manifest?.Schema, entries = manifest?.LastSequence, last_chain = manifest?.LastChain, findings = findings.Select(Shape) },
            string.Join(Environment.NewLine, [.. findings.Select(static f => f.ToString()), findings.Count == 0 ? $"{path}: sound, journal up to entry {manifest!.LastSequence}, taken {manifest.Taken}" : $"{findings.Count} findings"]));
        return findings.Count == 0 ? Ok : File.Exists(path) ? No : BadInput;
    }

    private static async Task<int> Guarded(ParseResult r, bool mustExist, Func<Database, Task<int>> act)
    {
        StorageOptions options = r.GetValue(s_postgres) is { } postgres ? new(Provider.Postgres, postgres) : new(Provider.Sqlite, Path.Combine(r.GetValue(s_data)!, "homestretch.db"));
        options = options with { LeasePatience = TimeSpan.Zero };
        if (mustExist && options.Provider == Provider.Sqlite && !File.Exists(options.Connection))
            return Bad($"There is no database {options.Connection}. Give the server's folder with --data, or --postgres CONNECTION.");
        try
        {
            await using var database = new Database(options);
            return await act(database);
        }
        catch (LeaseHeld e)
        {
            return Bad(e.Message);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return Bad($"{e.Message} Nothing was written.");
        }
    }

    private static object Shape(Finding f) => new { where = f.Place.ToString(), rule = f.Rule, what = f.What, cure = f.Cure };

    private static void Print(ParseResult r, object shape, string text) => Console.Out.WriteLine(r.GetValue(s_json) ? JsonSerializer.Serialize(shape, s_form) : text);

    private static void Say(string progress) => Console.Error.WriteLine(progress);

    private static int Bad(string what)
    {
        Console.Error.WriteLine(what);
        return BadInput;
    }
}
