using System.Globalization;
using System.Net;
using System.Text;
using Homestretch.Edge.Listen;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Edge.Tests.Listen;

public sealed class FileAndHttpInputTests
{
    private const string Csv = """{"name":"cell","kind":"csv","path":"cell.csv","machine_column":"cell","time_column":"time","values":{"State":"state","Vibration":"rms"}}""";

    [Fact]
    public async Task A_CSV_file_is_followed_from_where_the_log_has_it_and_a_new_file_from_its_begin()
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-input-").FullName, file = Path.Combine(folder, "cell.csv");
        await File.WriteAllTextAsync(file, "time,cell,state,rms\r\n2026-03-02T06:00:00+01:00,M1,\"Running, slowly\",1.5\r\n1772431201000,M1,Running,\n1772431202000,M1,Idle,", TestContext.Current.CancellationToken);
        var first = new Listening(Csv, folder);
        IReadOnlyList<Observation> rows = await first.Next();
        Assert.Equal(2, rows.Count);
        Assert.Equal(("M1", "2026-03-02T05:00:00Z", "Running, slowly", 1.5), (rows[0].Machine, rows[0].At.ToString(), rows[0].Values[0].Text, rows[0].Values[1].Number));
        Assert.Single(rows[1].Values);
        await first.Stop();
        await File.AppendAllTextAsync(file, "0.5\n", TestContext.Current.CancellationToken);
        await using var again = new Listening(Csv, folder);
        rows = await again.Next();
        Assert.Equal(("Idle", 0.5), (rows.Single().Values[0].Text, rows.Single().Values[1].Number));
        await File.WriteAllTextAsync(file + ".new", "time,cell,state,rms\n1772431300000,M2,Down,9\nyesterday,M2,Down,9\n", TestContext.Current.CancellationToken);
        File.Move(file + ".new", file, overwrite: true);
        Assert.Equal("M2", (await again.Next()).Single().Machine);
        Assert.Equal(1, again.Counts["not understood"]);
    }

    [Fact]
    public async Task A_post_is_answered_when_it_is_durable_and_a_bad_one_is_refused_whole()
    {
        int port = Ports.Free();
        await using var input = new Listening(string.Create(CultureInfo.InvariantCulture, $$$"""{"name":"press","kind":"http","listen":"http://127.0.0.1:{{{port}}}/in/","machine_at":"/m","sequence_at":"/n","values":{"Produced":"/made"}}"""));
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/in/") };
        Task<HttpResponseMessage> posted = http.PostAsync("", new StringContent("""[{"m":"M1","n":1,"made":5},{"m":"M1","n":2,"made":6}]"""), TestContext.Current.CancellationToken);
        Heard heard = await input.Hear();
        Assert.Equal([1L, 2L], heard.Observations.Select(static o => o.Position));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(posted.IsCompleted);
        heard.Done!.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await posted).StatusCode);
        using HttpResponseMessage refused = await http.PostAsync("", new StringContent("""[{"m":"M1","n":3,"made":7},{"n":4,"made":8}]""", Encoding.UTF8), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("no machine is named", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(input.Ear.Reader.TryRead(out _));
    }
}
