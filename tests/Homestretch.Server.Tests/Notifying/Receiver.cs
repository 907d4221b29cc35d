using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>A request as it came.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A program on a real socket that takes what the server posts, as a webhook's receiver and a push service do, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _all = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>The status of the answer to each request.</summary>
    public Func<Received, int> Answer { get; set; } = static _ => 202;

    public IReadOnlyList<Received> All => [.. _all];
    public string Address => _app.Urls.First();

    public static async Task<Receiver> Start(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var receiver = new Receiver(app);
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.MapPost("/{**path}", async (HttpContext http) =>
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var received = new Received(http.Request.Path, http.Request.Headers.ToDictionary(static h => h.Key.ToLowerInvariant(), static h => h.Value.ToString()), body.ToArray());
            int status = receiver.Answer(received);
            receiver._all.Enqueue(received);
            return Results.StatusCode(status);
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until requests are as wanted; says what came when they never are.</summary>
    public async Task<IReadOnlyList<Received>> Until(Func<IReadOnlyList<Received>, bool> wanted, int seconds = 60)
    {
        for (long began = System.Diagnostics.Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            if (wanted(All)) return All;
            if (System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds > seconds) throw new InvalidOperationException($"What came: {string.Join("\n", All.Select(static r => $"{r.Path} {System.Text.Encoding.UTF8.GetString(r.Body)}"))}");
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
