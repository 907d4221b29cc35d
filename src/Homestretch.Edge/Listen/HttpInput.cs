using System.Net;
using System.Text;

namespace Homestretch.Edge.Listen;

/// <summary>JSON by POST; answered 200 when what it says is durable here, so that a sender may forget it.</summary>
internal sealed class HttpInput(InputSettings.Http settings, InputRoom room) : Input
{
    private const int MostBytes = 4 << 20, MostAtOnce = 16;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public override Task Run(CancellationToken stop) => Again(Listen, e => room.Counts.Found($"{settings.Name}: cannot listen on {settings.Prefix}: {e.Message}"), stop);

    private async Task Listen(CancellationToken stop)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(settings.Prefix);
        listener.Start();
        using CancellationTokenRegistration ending = stop.Register(listener.Stop);
        using var open = new SemaphoreSlim(MostAtOnce);
        while (!stop.IsCancellationRequested)
        {
            HttpListenerContext context = await listener.GetContextAsync();
            await open.WaitAsync(stop);
            _ = Task.Run(() => Answer(context, open, stop), stop);
        }
    }

    private async Task Answer(HttpListenerContext context, SemaphoreSlim open, CancellationToken stop)
    {
        try
        {
            var (status, said) = context.Request.HttpMethod == "POST" ? await Take(context.Request, stop) : (405, "Send observations by POST.");
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(said + "\n"), stop).AsTask().WaitAsync(s_patience, stop);
            context.Response.Close();
        }
        catch (Exception e)
        {
            // the sender has gone or is too slow, or we are going: it was not told that anything was kept
            if (e is not (HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)) room.Counts.Found($"{settings.Name}: a message was not answered: {e.GetType().Name}: {e.Message}");
            context.Response.Abort();
        }
        finally
        {
            Free(open);
        }
    }

    private static void Free(SemaphoreSlim open)
    {
        try
        {
            open.Release();
        }
        catch (ObjectDisposedException)
        {
            // nobody listens any more
        }
    }

    private async Task<(int, string)> Take(HttpListenerRequest request, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        while (await request.InputStream.ReadAsync(buffer, patience.Token).AsTask().WaitAsync(patience.Token) is > 0 and var read)
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
}
