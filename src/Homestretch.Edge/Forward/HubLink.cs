using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;

namespace Homestretch.Edge.Forward;

/// <summary>What came back from the hub.</summary>
/// <param name="Status">HTTP status; 0: nothing came back.</param>
/// <param name="Said">What the hub, or the network, says is wrong; empty when nothing is.</param>
/// <param name="Took">From the first byte to the last.</param>
internal sealed record HubReply(int Status, byte[] Body, string Said, TimeSpan Took)
{
    public bool IsGood => Status == (int)HttpStatusCode.OK;
}

/// <summary>HTTP to the hub, signed in as this edge. Every exchange ends in bounded time, so that a half-open connection is noticed.</summary>
internal sealed class HubLink : IDisposable
{
    private const int MostBytes = SignedDocument.MostBytes + (1 << 20);
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public HubLink(EdgeConfig config, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler { ConnectTimeout = s_connect, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30), PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 2 };
        if (config.Hub.Authority.Length > 0)
        {
            var only = new X509Certificate2Collection();
            only.ImportFromPem(config.Hub.Authority);
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(only);
        }
        _http = new(handler) { BaseAddress = config.Hub.Address, Timeout = config.Hub.Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{config.Edge}:{config.Hub.Password}")));
    }

    public Task<HubReply> Post(string path, byte[] body, string type, CancellationToken stop)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        return Ask(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, stop);
    }

    /// <summary>Fetches something large: it may take long as a whole, but each part of it comes in time.</summary>
    public Task<HubReply> Get(string path, CancellationToken stop) => Ask(new HttpRequestMessage(HttpMethod.Get, path), stop);

    public void Dispose() => _http.Dispose();

    private async Task<HubReply> Ask(HttpRequestMessage request, CancellationToken stop)
    {
        long began = _time.GetTimestamp();
        using (request)
        {
            try
            {
                using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                byte[] body = await Body(answer, stop);
                return new((int)answer.StatusCode, body, answer.StatusCode == HttpStatusCode.OK ? "" : Said(answer.StatusCode, body), _time.GetElapsedTime(began));
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // whatever it is: HttpClient lets SocketException through when the road is reset between the connection and the first look at it (dotnet 10.0)
                return new(0, [], e is OperationCanceledException ? $"no answer within {_http.Timeout.TotalSeconds:0} s" : e.InnerException?.Message ?? e.Message, _time.GetElapsedTime(began));
            }
        }
    }

    private async Task<byte[]> Body(HttpResponseMessage answer, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_http.Timeout);
        using Stream from = await answer.Content.ReadAsStreamAsync(patience.Token);
        using var body = new MemoryStream();
        byte[] part = new byte[16 << 10];
        while (await from.ReadAsync(part, patience.Token) is > 0 and var read)
        {
            body.Write(part, 0, read);
            if (body.Length > MostBytes) throw new IOException($"the answer is larger than {MostBytes >> 20} MB");
            patience.CancelAfter(_http.Timeout);
        }
        return body.ToArray();
    }

    /// <summary>The hub's own words (RFC 9457), else the status.</summary>
    private static string Said(HttpStatusCode status, byte[] body)
    {
        try
        {
            using JsonDocument problem = JsonDocument.Parse(body);
            foreach (string name in (string[])["detail", "title"])
            {
                if (problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } said) return said;
            }
        }
        catch (JsonException)
        {
            // no problem document: the status says it
        }
        return $"HTTP {(int)status}";
    }
}
