using Homestretch.Edge.Forward;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using Xunit;

namespace Homestretch.Edge.Tests.Listen;

/// <summary>One input as it runs in an edge, with the test in the place of the loop.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly EdgeLog _log;
    private readonly Task _running;

    public Listening(string settings, string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("homestretch-input-").FullName;
        var findings = new List<Finding>();
        InputSettings? input = InputSettings.Read(JsonPart.Open(System.Text.Encoding.UTF8.GetBytes(settings), "input", findings)!, Folder);
        Assert.Empty(findings);
        Counts = new(Folder, Said.Add);
        Ear = new(Counts);
        _log = EdgeLog.Open(new(Path.Combine(Folder, "log"), 1 << 30, 10), static _ => { });
        Log = _log;
        _running = Input.Of(input!, new(Ear, _log, new EdgeClock(TimeProvider.System, Folder), Counts, "SONGBE/edge-1")).Run(_stop.Token);
    }

    public string Folder { get; }
    public List<string> Said { get; } = [];
    public EdgeCounts Counts { get; }
    public Ear Ear { get; }
    public EdgeLog Log { get; }

    /// <summary>The next that is heard, not confirmed.</summary>
    public async Task<Heard> Hear() => await Ear.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>The next observations, confirmed.</summary>
    public async Task<IReadOnlyList<Observation>> Next()
    {
        Heard heard = await Hear();
        _log.Append([], [.. heard.Observations.Where(static o => o.Source.Length > 0).Select(static o => new SourceMark(o.Source, o.Position))], NodaTime.Instant.FromUnixTimeSeconds(0));
        heard.Done?.TrySetResult();
        return heard.Observations;
    }

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _log.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested) await Stop();
        _stop.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
