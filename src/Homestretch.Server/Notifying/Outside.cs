using System.Net;
using System.Net.Sockets;

namespace Homestretch.Server.Notifying;

/// <summary>The way out to addresses that people gave us: https only, never into our own networks. Names are looked up and checked at the moment of the connection,
/// so that a name cannot point elsewhere meanwhile; redirects are not followed and no proxy is used.</summary>
internal sealed class Outside : IDisposable
{
    // Private, shared, loopback, link-local (with what clouds tell machines of themselves), documentation, benchmarks, multicast and reserved: IANA special-purpose registries.
    private static readonly IPNetwork[] s_inside = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/3", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fc00::/7", "fe80::/9", "ff00::/8",
    }.Select(static n => IPNetwork.Parse(n))];

    private readonly ServerOptions _options;
    private readonly HttpClient _http;

    public Outside(ServerOptions options)
    {
        _options = options;
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), ConnectCallback = Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 16, AutomaticDecompression = DecompressionMethods.None,
        }) { Timeout = TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = 64 * 1024 };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"Homestretch/{typeof(Outside).Assembly.GetName().Version!.ToString(3)}");
    }

    /// <summary>What is wrong with an address, before anything is sent to it; null when nothing is.</summary>
    public string? Wrong(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http")) return "It is no https address.";
        if (uri.UserInfo.Length > 0) return "It holds a user or a password.";
        if (uri.Fragment.Length > 0) return "It holds a fragment, which is never sent.";
        bool literal = IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip);
        if (literal && !MayReach(ip!)) return $"{uri.Host} lies in a network that this server may not reach.";
        bool loopback = literal ? IPAddress.IsLoopback(ip!) : uri.Host == "localhost";
        if (uri.Scheme == "http" && !(_options.Demo && loopback)) return "It is not https.";
        return null;
    }

    /// <exception cref="HttpRequestException">It could not be reached, or may not be.</exception>
    public async Task<(HttpStatusCode Status, TimeSpan? Retry, string Said)> Post(HttpRequestMessage request, CancellationToken cancel)
    {
        if (Wrong(request.RequestUri!.ToString()) is { } wrong) throw new HttpRequestException(wrong);
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
        string said = await answer.Content.ReadAsStringAsync(cancel);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta, said.Length <= 200 ? said : said[..200]);
    }

    /// <summary>Whether an address may be connected to.</summary>
    public bool MayReach(IPAddress address)
    {
        IPAddress ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (_options.Demo && IPAddress.IsLoopback(ip)) return true;
        return !s_inside.Any(n => n.Contains(ip)) || _options.ReachNetworks.Any(n => n.Contains(ip));
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        IPAddress[] found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        IPAddress[] allowed = [.. found.Where(MayReach)];
        if (allowed.Length == 0) throw new HttpRequestException($"{context.DnsEndPoint.Host} lies in a network that this server may not reach.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();
}
