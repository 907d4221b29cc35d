using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Homestretch.Finishing.Tracing;
using Homestretch.Server.Archiving;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>Measures the archive: <c>dotnet run -c Release --project tests/Homestretch.Server.Tests -- archive-bench 20000</c>. Units of 17 parts, of the demonstration company's shipped lots, and 17 steps with what was
/// measured: bytes in the database a unit, time to put them away, to read the index at a start, and to answer.</summary>
internal static class ArchiveBench
{
    private const int Parts = 17, AtOnce = 100;

    public static async Task<int> Run(string[] args)
    {
        int units = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        await using var server = new PostgresServer();
        foreach (IStores stores in (IStores[])[new SqliteStores(), new PostgresStores(server)])
        {
            await using (stores)
            {
                await Measure(await stores.Fresh(), units);
            }
        }
        return 0;
    }

    private static async Task Measure(StorageOptions options, int units)
    {
        await using var database = new Database(options);
        await database.Migrate(default);
        var (archive, random) = (new UnitArchive(new(database)), new Random(1));
        await archive.Load(default);
        double before = await Bytes(database), json = 0, seconds = 0;
        for (int first = 0; first < units; first += AtOnce)
        {
            DoneUnit[] done = [.. Enumerable.Range(first, AtOnce).Select(n => One(n, units, random))];
            json += done.Sum(static d => (double)d.Json.Length);
            long began = Stopwatch.GetTimestamp();
            await archive.Put(done, Instant.FromUtc(2026, 11, 29, 0, 0), default);
            seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        double bytes = await Bytes(database) - before;
        var again = new UnitArchive(new(database));
        long load = Stopwatch.GetTimestamp();
        await again.Load(default);
        double loaded = Stopwatch.GetElapsedTime(load).TotalSeconds;
        RecallScope scope = Recalls.Scope(DoneUnits.Company, new(Lot: Lot(3, units / 2, units)), await again.Lots(default), out _)!;
        var (recall, found) = await Timed(async i => (await again.Concerned(scope, default)).Count);
        var (one, _) = await Timed(async i => (await again.Find($"C1-{random.Next(units):0000000}", default))!.Parts.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Provider,-9} {units} units: {bytes / units:0} bytes a unit in the database, of {json / units:0} as JSON; put away {1000 * seconds / units:0.00} ms each; index read in {loaded:0.00} s; a record {one * 1000:0.0} ms; a recall of one lot ({found} units) {recall * 1000:0} ms"));
    }

    private static string Lot(int part, int unit, int units) => $"LOT-{part:00}-{(long)unit * (units / (300 + 50 * part) + 1) / units:00000}";

    private static DoneUnit One(int number, int units, Random random)
    {
        Lot[] like = DoneUnits.Lots;
        Lot[] lots = [.. Enumerable.Range(0, Parts).Select(p => like[p % like.Length] with { Key = Lot(p, number, units) })];
        Build build = DoneUnits.Company.Builds.First();
        string serial = $"C1-{number:0000000}";
        Instant at = Instant.FromUtc(2026, 1, 1, 8, 0) + Duration.FromMinutes(number);
        WorkStep[] steps = [.. DoneUnits.Company.WorkSteps.Take(Parts)];
        Snapshot world = DoneUnits.With([.. lots, .. lots.Select((l, i) => (IRecord)new ProductionRun($"RUN-{l.Key}", l.Party, DoneUnits.Company.Machines.First(m => m.Party == l.Party).Key, l.Key, l.Quantity, l.Quantity.Value, l.Ready, OrderStatus.Completed, l.Ready)),
            new Unit(serial, build.Party, build.Key, steps[0].Family, DoneUnits.Company.OrderLines[build.OrderLine].Market, UnitState.Complete, at, at + Duration.FromMinutes(40), "7f3a9c21b4d0"),
            .. lots.Select((l, i) => new UnitPart(serial, i + 1, build.Party, l.Item, l.Revision, l.Id, i is 1 or 2 ? $"SN{random.Next(100_000_000):00000000}" : "", new(1, DoneUnits.Company.Items[l.Item].Unit), at + Duration.FromMinutes(2 * i), null, $"GVL-07/{number * 40 + i}")),
            .. steps.Select((s, i) => new UnitStep(serial, s.Step, 1, build.Party, YesNo.Yes, s.Tolerances.ToString().Length == 0 ? "" : $"{s.Tolerances.ToString().Split('=')[0]}={20 + 5 * random.NextDouble():0.00}", "7f3a9c21b4d0", at + Duration.FromMinutes(2 * i), $"GVL-07/{number * 40 + i}"))]);
        return DoneUnits.Away(world, serial);
    }

    private static async Task<(double Median, int Found)> Timed(Func<int, Task<int>> ask)
    {
        var (seconds, found) = (new double[51], 0);
        for (int i = 0; i < seconds.Length; i++)
        {
            long began = Stopwatch.GetTimestamp();
            found = await ask(i);
            seconds[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        Array.Sort(seconds);
        return (seconds[seconds.Length / 2], found);
    }

    private static async Task<double> Bytes(Database database)
    {
        await using DbConnection connection = await database.Connect(default);
        await using DbCommand read = Database.Command(connection, database.Provider == Provider.Sqlite ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()" : "SELECT pg_database_size(current_database())");
        return Convert.ToDouble(await read.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
