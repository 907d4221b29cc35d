using System.Text;
using Homestretch.Server.Storage;

namespace Homestretch.Server.Tests.Storage;

/// <summary>The process the kill tests kill: appends from eight writers at once and says each answer on its output.</summary>
internal static class AppendUntilKilled
{
    public static async Task<int> Run(string[] args)
    {
        var options = new StorageOptions(Enum.Parse<Provider>(args[0]), args[1]);
        await using IJournal journal = await Store.Open(options);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int n = 0; ; n++)
            {
                string mark = $"{journal.Lease}.{writer}.{n}";
                int size = (n % 5) + 1;
                long last = await journal.Append([.. Enumerable.Range(0, size).Select(i => Store.Entry($"{mark}.{i}", $"{mark}.{i}"))], Store.Noon, default);
                byte[] line = Encoding.ASCII.GetBytes($"{last} {size} {mark}\n");
                lock (journal) Console.OpenStandardOutput().Write(line);
            }
        })));
        return 0;
    }
}
