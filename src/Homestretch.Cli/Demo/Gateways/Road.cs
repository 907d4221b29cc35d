using System.Net;
using System.Net.Sockets;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>The road from a plant to the hub: passes bytes both ways until somebody cuts it. While it is cut, what is open is closed and nothing new gets through.</summary>
internal sealed class Road : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly Lock _gate = new();
    private readonly Uri _hub;
    private readonly Task _accepting;
    private bool _cut;

    public Road(Uri hub)
    {
        _hub = hub;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Where the hub is, seen from the plant.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Cut()
    {
        TcpClient[] open;
        lock (_gate)
        {
            _cut = true;
            open = [.. _open];
        }
        foreach (TcpClient client in open) client.Close();
    }

    public void Mend()
    {
        lock (_gate) _cut = false;
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient plant = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Pass(plant, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // the player is leaving, or the plant gave up while it was let in
            }
        }
    }

    private async Task Pass(TcpClient plant, CancellationToken stop)
    {
        using var hub = new TcpClient();
        try
        {
            lock (_gate)
            {
                if (_cut) throw new IOException("cut");
                _open.Add(plant);
                _open.Add(hub);
            }
            await hub.ConnectAsync(_hub.Host, _hub.Port, stop);
            await Task.WhenAny(plant.GetStream().CopyToAsync(hub.GetStream(), stop), hub.GetStream().CopyToAsync(plant.GetStream(), stop));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // the hub is not there, one side left, or the road was cut: both ends see it closed
        }
        plant.Dispose();
        lock (_gate)
        {
            _open.Remove(plant);
            _open.Remove(hub);
        }
    }
}
