using Homestretch.Edge.Contract;
using Homestretch.Exchange.Edges;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Contract;

public sealed class SentLogTests : IDisposable
{
    private const long Room = 40_000;
    private static readonly Instant s_day = Instant.FromUtc(2026, 3, 2, 6, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-sent-").FullName;
    private readonly EdgeCounts _counts;

    public SentLogTests() => _counts = new(_folder, static _ => { });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_day_that_says_much_keeps_to_its_room_and_its_newest_lines_also_over_restarts()
    {
        int last = 0;
        for (int life = 0; life < 3; life++)
        {
            var log = new SentLog(_folder, Room, _counts);
            for (int i = 0; i < 500; i++) log.Write(Sent(++last));
        }
        FileInfo[] files = new DirectoryInfo(Path.Combine(_folder, "sent")).GetFiles("2026-03-02*.csv");
        Assert.InRange(files.Sum(static f => f.Length), Room / 2, Room + 200);
        string[] lines = [.. files.OrderBy(static f => f.Name.Length).ThenBy(static f => f.Name, StringComparer.Ordinal).SelectMany(static f => File.ReadLines(f.FullName))];
        Assert.Equal(files.Length, lines.Count(static l => l.StartsWith("sent_at,", StringComparison.Ordinal)));
        int[] told = [.. lines.Where(static l => l.StartsWith("2026", StringComparison.Ordinal)).Select(static l => int.Parse(l.Split(',')[8], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(last - told.Length + 1, told.Length), told);
        Assert.Contains(_counts.All().Findings, static f => f.Contains("was removed: it may take"));
    }

    private static Transmission Sent(int n) => new(1, "raw@1", s_day + Duration.FromSeconds(n), [new(n, "M1", s_day, [new("Vibration", n)])]);
}
