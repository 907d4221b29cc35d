using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Homestretch.Edge.Listen;

/// <summary>JSON by POST; answered 200 when what it says is durable here, so that a sender may forget it.</summary>
/// <remarks>Kestrel alone, without a host: that would take SIGQUIT, which is ours. Not .NET's HttpListener: a connection that comes at the moment in which it begins makes it fail with its port held,
/// so that senders are never answered again.</remarks>
internal sealed class HttpInput(InputSettings.Http settings, InputRoom room) : Input
{
    private const int MostBytes = 4 << 20, MostAtOnce = 16;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30), s_farewell = TimeSpan.FromSeconds(1);

    public override Task Run(CancellationToken stop) => Again(Listen, e => room.Counts.Found($"{settings.Name}: cannot listen on {settings.Prefix}: {e.Message}"), stop);

    private async Task Listen(CancellationToken stop)
    {
        var prefix = new Uri(settings.Prefix);
        var options = new KestrelServerOptions { AddServerHeader = false };
        (options.Limits.MaxRequestBodySize, options.Limits.RequestHeadersTimeout) = (null, s_patience);
        foreach (IPAddress address in await Dns.GetHostAddressesAsync(prefix.IdnHost, stop)) options.Listen(address, prefix.Port, static o => o.Protocols = HttpProtocols.Http1);
        using var open = new SemaphoreSlim(MostAtOnce);
        using var server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        await server.StartAsync(new Door(context => Answer(context, prefix.AbsolutePath, open, stop)), stop);
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        finally
        {
            using var farewell = new CancellationTokenSource(s_farewell);
            await server.StopAsync(farewell.Token);
        }
    }

    private async Task Answer(HttpContext context, string path, SemaphoreSlim open, CancellationToken stop)
    {
        await open.WaitAsync(stop);
        try
        {
            var (status, said) = !context.Request.Path.Value!.StartsWith(path, StringComparison.Ordinal) ? (404, $"Send to {settings.Prefix}.")
                : context.Request.Method == "POST" ? await Take(context.Request, stop) : (405, "Send observations by POST.");
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(said + "\n"), stop).AsTask().WaitAsync(s_patience, stop);
        }
        catch (Exception e)
        {
            // the sender has gone or is too slow, or we are going: it was not told that anything was kept
            if (e is not (IOException or OperationCanceledException or TimeoutException)) room.Counts.Found($"{settings.Name}: a message was not answered: {e.GetType().Name}: {e.Message}");
            context.Abort();
        }
        finally
        {
            open.Release();
        }
    }

    private async Task<(int, string)> Take(HttpRequest request, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        while (await request.Body.ReadAsync(buffer, patience.Token).AsTask().WaitAsync(patience.Token) is > 0 and var read)
        {
            if (body.Length + read > MostBytes) return (413, "The body is larger than 4 MB.");
            body.Write(buffer, 0, read);
        }
        var wrong = new List<string>();
        List<Observation> observations = JsonMessage.Read(body.GetBuffer().AsMemory(0, (int)body.Length), settings.Mapping, settings.Name, null, wrong);
        if (wrong.Count > 0)
        {
            room.Counts.Add("not understood", wrong.Count);
            room.Counts.Found($"{settings.Name}: a message was refused: {wrong[0]}.");
            return (400, "Nothing was taken: " + string.Join("; ", wrong.Distinct()) + ".");
        }
        await room.Ear.Keep(observations, stop);
        return (200, $"{observations.Count} kept");
    }

    /// <summary>Kestrel's way to a request.</summary>
    private sealed class Door(Func<HttpContext, Task> answer) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);
        public Task ProcessRequestAsync(HttpContext context) => answer(context);
        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
