using System.Diagnostics;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Storage;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Homestretch.Server.Tests.Storage;

/// <summary>A real PostgreSQL from Debian, in a folder of its own, on a unix socket; started when first needed, stopped and
/// deleted at the end. PostgreSQL refuses to run as root, so root runs it as the user postgres.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Lazy<string> _folder;
    private int _databases;

    public PostgresServer() => _folder = new(Start);

    /// <summary>Options of a new, empty database.</summary>
    public async Task<StorageOptions> Fresh()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await Execute($"CREATE DATABASE {name}");
        return new(Provider.Postgres, Connection(name));
    }

    public string Connection(string database) => $"Host={_folder.Value};Username=postgres;Database={database};Maximum Pool Size=10";

    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (!_folder.IsValueCreated) return ValueTask.CompletedTask;
        NpgsqlConnection.ClearAllPools();
        Run("pg_ctl", "-D", Path.Combine(_folder.Value, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder.Value, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Start()
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-pg-").FullName, data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess) Start("chown", ["postgres", folder]);
        Run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        Run("pg_ctl", "-D", data, "-l", Path.Combine(folder, "log"), "-w", "-o", $"-k {folder} -c listen_addresses='' -c max_connections=100", "start");
        return folder;
    }

    private static void Run(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs(), program);
        if (Environment.IsPrivilegedProcess) Start("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Start(path, arguments);
    }

    private static string Programs() => Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql").Select(static d => Path.Combine(d, "bin")).Where(static d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault() is { } bin
            ? bin : throw new InvalidOperationException("PostgreSQL is missing: these tests run on a real one.\nMaybe it was not installed yet: ./test does it, or apt-get install postgresql.");

    private static void Start(string program, IReadOnlyList<string> arguments)
    {
        // pg_ctl leaves the server behind with our pipes: nothing of its output may be waited for
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
