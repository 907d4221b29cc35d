using System.Text;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Tests.Storage;

/// <summary>Writes the sample journal that a release leaves in the tests, as a backup:
/// <c>dotnet run --project tests/Homestretch.Server.Tests -- release-journal Storage/Releases/0.1.0.zip</c>. Never written over.</summary>
internal static class ReleaseJournal
{
    private static readonly string[] s_batches =
    [
        """[{"put":"parties","row":{"party":"MC","name":"Meridian Cycles","kind":"brand","country":"US"}},{"put":"parties","row":{"party":"C1","name":"Rider é","kind":"customer"}}]""",
        """[{"put":"sites","row":{"site":"GVL","party":"MC","name":"Greenville","kind":"hub","locode":"USGVL","country":"US","time_zone":"America/New_York"}},{"put":"items","row":{"item":"C1-BIKE","party":"MC","name":"C1","kind":"family"}},{"put":"markets","row":{"market":"US","party":"MC","name":"United States","country":"US","voltage":"120","plug":"B","language":"en"}}]""",
        """[{"put":"order_lines","row":{"order_line":"SO-1/1","party":"MC","customer":"C1","family":"C1-BIKE","quantity":"2","market":"US","hub":"GVL","ordered":"2026-03-02T12:00:00Z","requested":"2026-05-01T12:00:00Z","price":"5998.00","currency":"USD"}},{"put":"order_lines","row":{"order_line":"SO-2/1","party":"MC","customer":"C1","family":"C1-BIKE","quantity":"1","market":"US","hub":"GVL","ordered":"2026-03-02T12:00:00Z","requested":"2026-05-02T12:00:00Z"}}]""",
        """[{"remove":"order_lines","key":"SO-2/1","reason":"cancelled by the customer"}]""",
    ];

    public static async Task<int> Run(string[] args)
    {
        if (File.Exists(args[0])) throw new InvalidOperationException($"{args[0]} exists.\nMaybe the release was made before: a release's journal is never changed.");
        await using var stores = new SqliteStores();
        StorageOptions options = await stores.Fresh();
        await using IJournal journal = await Store.Open(options);
        await journal.Append([new("epoch", 1, "clock", null, "2026-03-02T12:00:00Z"u8.ToArray())], Store.Noon, default);
        for (int i = 0; i < s_batches.Length; i++)
            await journal.Append([new("world-events", 1, "MC", $"batch-{i}", Encoding.UTF8.GetBytes(s_batches[i]))], Store.Noon + Duration.FromMinutes(i), default);
        await journal.Append([Upcast.Write(new(Store.Noon + Duration.FromMinutes(15), 1, 0))], Store.Noon + Duration.FromMinutes(15), default);
        await using var database = new Database(options);
        Console.WriteLine((await Backup.Run(database, args[0], TimeProvider.System, default)).Hash);
        return 0;
    }
}
