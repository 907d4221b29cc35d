using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>How demonstrators and tests steer: one line on standard input, or POST /control with the line as its body on a loopback
/// port. Lines are obeyed by the playing loop, one at a time, each with one line of answer.</summary>
internal sealed class Controls : IDisposable
{
    private readonly Channel<(string Line, TaskCompletionSource<string> Answer)> _lines = Channel.CreateUnbounded<(string, TaskCompletionSource<string>)>();
    private HttpListener? _listener;

    public ChannelReader<(string Line, TaskCompletionSource<string> Answer)> Lines => _lines.Reader;

    /// <summary>Reads lines until the input ends; answers go to <paramref name="answers"/>.</summary>
    public async Task Read(TextReader input, TextWriter answers, CancellationToken cancel)
    {
        while (await input.ReadLineAsync(cancel) is { } line)
        {
            if (line.Trim().Length > 0) await answers.WriteLineAsync(await Give(line, cancel));
        }
    }

    /// <summary>Answers POST /control and GET /status on 127.0.0.1 until cancelled.</summary>
    public async Task Listen(int port, CancellationToken cancel)
    {
        _listener = new HttpListener();
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        await using CancellationTokenRegistration stop = cancel.Register(_listener.Abort);
        while (!cancel.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            await Answer(context, cancel);
        }
    }

    public void Dispose() => ((IDisposable?)_listener)?.Dispose();

    private async Task Answer(HttpListenerContext context, CancellationToken cancel)
    {
        string? line = (context.Request.HttpMethod, context.Request.Url?.AbsolutePath) switch
        {
            ("GET", "/status") => "status",
            ("POST", "/control") => await new StreamReader(context.Request.InputStream).ReadToEndAsync(cancel),
            _ => null,
        };
        context.Response.StatusCode = line is null ? 404 : 200;
        context.Response.ContentType = "text/plain; charset=utf-8";
        byte[] answer = Encoding.UTF8.GetBytes((line is null ? "POST a line to /control or GET /status." : await Give(line, cancel)) + "\n");
        await context.Response.OutputStream.WriteAsync(answer, cancel);
        context.Response.Close();
    }

    private async Task<string> Give(string line, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _lines.Writer.WriteAsync((line, answer), cancel);
        return await answer.Task.WaitAsync(cancel);
    }
}
