using System.Diagnostics;
using System.Globalization;
using Homestretch.Exchange.Events;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Running;
using Homestretch.Server.Tests.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Tests.Live;

/// <summary>Measures a start with and without a snapshot: <c>dotnet run -c Release --project tests/Homestretch.Server.Tests -- start-bench</c>.
/// The demonstration company, then 100,000 entries of one change each; time from nothing to a planner that answers.</summary>
internal static class StartBench
{
    private const int Entries = 100_000, Batch = 1000, Rounds = 3;

    public static async Task<int> Run(string[] args)
    {
        await using var server = new PostgresServer();
        foreach (IStores stores in (IStores[])[new SqliteStores(), new PostgresStores(server)])
        {
            await using (stores)
            {
                StorageOptions options = await stores.Fresh() with { SnapshotEntries = long.MaxValue };
                await using (Company company = await Company.Start(options)) await company.Load();
                await Store.Execute(options, "DELETE FROM snapshots");
                await Fill(options);
                double journal = 0, snapshot = 0;
                for (int round = 0; round < Rounds; round++)
                {
                    journal = round == 0 ? await Seconds(options) : journal;
                    snapshot = round < 2 ? await Seconds(options) : Math.Min(snapshot, await Seconds(options));
                }
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Provider,-9} {Entries} entries: journal alone {journal:0.00} s, from the snapshot of a clean stop {snapshot:0.00} s"));
            }
        }
        return 0;
    }

    private static async Task<double> Seconds(StorageOptions options)
    {
        long began = Stopwatch.GetTimestamp();
        await using Company company = await Company.Start(options);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task Fill(StorageOptions options)
    {
        await using IJournal journal = await Store.Open(options);
        OrderLine[] lines = [.. DemoFolder.World.OrderLines.Where(static o => o.Status is OrderStatus.Approved or OrderStatus.Confirmed)];
        Lot[] lots = [.. DemoFolder.World.Lots];
        for (int done = 0; done < Entries; done += Batch)
            await journal.Append([.. Enumerable.Range(done, Batch).Select(Entry)], Store.Noon, default);

        NewEntry Entry(int n) => new(Replaying.EventsKind, EventText.Version, "bench", null, EventText.Write([new WorldEvent.Put(n % 2 == 0
            ? lines[n / 2 % lines.Length] with { Requested = lines[n / 2 % lines.Length].Requested + Duration.FromMinutes(n) }
            : lots[n / 2 % lots.Length] with { Ready = Store.Noon + Duration.FromMinutes(n) })]));
    }
}
