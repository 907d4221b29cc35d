using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Homestretch.Edge.Forward;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Tests.Running;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>A real edge that no hub answers: it takes in all the same, and when it cannot go on it ends and says why.</summary>
public sealed class AloneTests : IDisposable
{
    private readonly int _port = Ports.Free();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task It_takes_in_over_kills_while_the_road_to_the_hub_only_resets_or_swallows()
    {
        using var road = new TcpListener(IPAddress.Loopback, 0);
        road.Start();
        Task playing = Task.Run(() => Play(road), Stop);
        await using RunningEdge edge = await RunningEdge.Alone(Press, "M1 Produced", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)road.LocalEndpoint).Port}"));
        int n = 0;
        for (int life = 0; life < 8; life++)
        {
            edge.Start();
            for (int i = 0; i < 12; i++) await Taken(edge, ++n);
            await edge.Kill();
        }
        edge.Start();
        await Taken(edge, ++n);
        Assert.Equal(0, await edge.Stop());
        road.Stop();
        await playing;
        Assert.Equal(Enumerable.Range(1, n).Select(static i => (double)i), Logged(edge).Select(static r => r.Values[0].Number));
    }

    /// <summary>Connections at the very moment in which it begins to listen.</summary>
    [Fact]
    public async Task It_begins_while_senders_press()
    {
        await using RunningEdge edge = await RunningEdge.Alone(Press);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task[] pressing = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Knock(enough.Token)))];
        for (int life = 1; life <= 12; life++)
        {
            edge.Start();
            await Taken(edge, life);
            await edge.Kill();
        }
        await enough.CancelAsync();
        await Task.WhenAll(pressing);
        Assert.DoesNotContain("cannot listen", edge.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_in_when_nobody_reads_what_it_says()
    {
        await using RunningEdge edge = await RunningEdge.Alone(Press);
        edge.Start(heard: false);
        await Taken(edge, 1);
        // each is refused with a sentence of its own, which names the place; a pipe holds 64 KB
        for (int i = 0; i < 1_000; i++) Assert.Equal(HttpStatusCode.BadRequest, await Post($$"""{"m":"M1"{{new string(' ', i)}}x"""));
        await Taken(edge, 2);
        Assert.Equal(0, await edge.Stop());
    }

    [Fact]
    public async Task A_message_that_is_no_Unicode_is_refused_and_the_next_one_is_taken()
    {
        await using RunningEdge edge = await RunningEdge.Alone(Press);
        edge.Start();
        await Taken(edge, 1);
        Assert.Equal(HttpStatusCode.BadRequest, await Post("""{"m":"\ud800","n":2,"made":2}"""));
        await Taken(edge, 3);
    }

    [Fact]
    public async Task A_file_of_a_hundred_thousand_rows_that_is_there_at_the_start_comes_whole_into_the_log()
    {
        const int Rows = 100_000;
        await using RunningEdge edge = await RunningEdge.Alone("""[{"name":"cell","kind":"csv","path":"cell.csv","machine":"M1","time_column":"time","values":{"Produced":"made","Vibration":"rms","Temperature":"temp"}}]""", "M1 Produced\nM1 Vibration\nM1 Temperature");
        var text = new StringBuilder("time,made,rms,temp\n");
        for (int i = 1; i <= Rows; i++) text.Append(CultureInfo.InvariantCulture, $"{1_772_431_200_000 + i * 1000L},{i},{i / 1000.0},{i % 90}\n");
        await File.WriteAllTextAsync(Path.Combine(edge.Folder, "cell.csv"), text.ToString(), Stop);
        edge.Start();
        await edge.Until(() => File.Exists(Path.Combine(edge.Data, "counts.json")) && File.ReadAllText(Path.Combine(edge.Data, "counts.json")).Contains($"\"messages\":{Rows}", StringComparison.Ordinal), "all rows");
        Assert.Equal(0, await edge.Stop());
        EdgeRecord[] logged = [.. Logged(edge)];
        foreach (string metric in (string[])["Produced", "Vibration", "Temperature"]) Assert.Equal(Rows, logged.SelectMany(static r => r.Values).Count(v => v.Metric == metric));
    }

    [Fact]
    public async Task What_takes_a_part_down_ends_the_program_with_the_reason()
    {
        await using RunningEdge edge = await RunningEdge.Alone(Press);
        edge.Start();
        await Taken(edge, 1);
        Directory.Delete(Path.Combine(edge.Data, "documents"), recursive: true);
        await edge.Process.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal(1, edge.Process.ExitCode);
        Assert.Contains("The edge cannot go on: the way to the log has ended: Could not find a part of the path", edge.Said);
    }

    [Fact]
    public async Task It_says_what_each_part_is_at_when_asked()
    {
        await using RunningEdge edge = await RunningEdge.Alone(Press);
        edge.Start();
        await Taken(edge, 1);
        string state = await edge.State();
        Assert.Contains("The edge runs as", state);
        Assert.Contains("loop: listening for", state);
        Assert.Contains("hub: ", state);
    }

    private string Press => string.Create(CultureInfo.InvariantCulture, $$$"""[{"name":"press","kind":"http","listen":"http://127.0.0.1:{{{_port}}}/","machine_at":"/m","sequence_at":"/n","values":{"Produced":"/made"}}]""");

    private async Task Knock(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, _port, enough);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // it does not listen, or it is enough
            }
        }
    }

    /// <summary>Sends one message until it is kept, as senders do, and gives up after 20 s.</summary>
    private async Task Taken(RunningEdge edge, int n)
    {
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20); await Task.Delay(20, Stop))
        {
            try
            {
                if (await Post($$"""{"m":"M1","n":{{n}},"made":{{n}}}""") == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // it does not listen yet
            }
            catch (TaskCanceledException) when (!Stop.IsCancellationRequested)
            {
                // senders do not wait for ever either; what had been taken all the same is told apart by its number
                TestContext.Current.SendDiagnosticMessage($"Message {n} had no answer. {await edge.State()}");
            }
        }
        Assert.Fail($"Message {n} was not taken in. {await edge.State()}");
    }

    private async Task<HttpStatusCode> Post(string body)
    {
        using HttpResponseMessage answer = await _http.PostAsync($"http://127.0.0.1:{_port}/", new StringContent(body, Encoding.UTF8, "application/json"), Stop);
        return answer.StatusCode;
    }

    /// <summary>All records in the log of an edge that has ended.</summary>
    private static IEnumerable<EdgeRecord> Logged(RunningEdge edge)
    {
        using EdgeLog log = EdgeLog.Open(new(Path.Combine(edge.Data, "log"), 1 << 30, 10), static _ => { });
        foreach (LogStream stream in log.Streams)
        {
            var cursor = new LogCursor(log, stream.Name);
            for (long after = 0; cursor.Read(after, 1 << 20, Instant.MaxValue) is { Count: > 0 } batch; after = batch[^1].Record.Sequence)
            {
                foreach (LoggedRecord record in batch) yield return record.Record;
            }
        }
    }

    /// <summary>Resets every other connection as soon as it stands, and lets the rest stand unanswered.</summary>
    private static void Play(TcpListener road)
    {
        var standing = new List<Socket>();
        try
        {
            for (int i = 0; ; i++)
            {
                Socket edge = road.AcceptSocket();
                if (i % 2 == 0) edge.LingerState = new(true, 0);
                if (i % 2 == 0) edge.Dispose();
                else standing.Add(edge);
            }
        }
        catch (SocketException)
        {
            // it listens no more
        }
        foreach (Socket s in standing) s.Dispose();
    }
}
