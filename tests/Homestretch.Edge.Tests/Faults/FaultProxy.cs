using System.Net;
using System.Net.Sockets;

namespace Homestretch.Edge.Tests.Faults;

/// <summary>What is wrong with the road.</summary>
internal enum Fault
{
    None,
    /// <summary>Everything takes a third of a second longer, each way.</summary>
    Delay,
    /// <summary>8 KB a second.</summary>
    Throttle,
    /// <summary>Connections end, and new ones end at once.</summary>
    Cut,
    /// <summary>Connections are reset in the middle of whatever they carry, and new ones at once.</summary>
    Reset,
    /// <summary>Connections stand, and nothing passes any more.</summary>
    HalfOpen,
    /// <summary>What the edge sends arrives; what the hub answers does not.</summary>
    Mute,
    /// <summary>Not of the road: the edge is killed with -9 and started again.</summary>
    KillEdge,
    /// <summary>Not of the road: the hub is killed with -9 and started again.</summary>
    KillHub,
}

/// <summary>A TCP proxy in user space between an edge and its hub.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(330);
    private const int BytesPerTick = 800, TickMilliseconds = 100;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<(Socket Edge, Socket Hub)> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Fault _fault;

    public FaultProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    /// <summary>Connections that were ended by a fault.</summary>
    public int Ended { get; private set; }

    public void Set(Fault fault)
    {
        Fault before = _fault;
        _fault = fault;
        // what was swallowed does not come back: those connections are dead when the road is good again
        if (fault is Fault.Cut or Fault.Reset || before is Fault.HalfOpen or Fault.Mute && fault == Fault.None) End(reset: fault == Fault.Reset);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        End(reset: true);
        try
        {
            await _accepting;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // it listens no more
        }
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket edge = await _listener.AcceptSocketAsync(_stop.Token);
            if (_fault is Fault.Cut or Fault.Reset)
            {
                Close(edge, _fault == Fault.Reset);
                continue;
            }
            var hub = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            edge.NoDelay = true;
            try
            {
                await hub.ConnectAsync(IPAddress.Loopback, _target);
            }
            catch (SocketException)
            {
                Close(edge, reset: true);
                hub.Dispose();
                continue;
            }
            lock (_gate) _open.Add((edge, hub));
            _ = Pump(edge, hub, toHub: true);
            _ = Pump(hub, edge, toHub: false);
        }
    }

    private async Task Pump(Socket from, Socket to, bool toHub)
    {
        byte[] buffer = new byte[16 << 10];
        bool dead = false;
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
            {
                if (_fault == Fault.Delay) await Task.Delay(s_delay, _stop.Token);
                dead |= _fault == Fault.HalfOpen || _fault == Fault.Mute && !toHub;
                if (dead) continue;
                for (int at = 0; at < read;)
                {
                    int part = _fault == Fault.Throttle ? Math.Min(BytesPerTick, read - at) : read - at;
                    await to.SendAsync(buffer.AsMemory(at, part), _stop.Token);
                    at += part;
                    if (_fault == Fault.Throttle) await Task.Delay(TickMilliseconds, _stop.Token);
                }
            }
            if (!dead) to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Close(from, reset: false);
            Close(to, reset: false);
        }
    }

    private void End(bool reset)
    {
        lock (_gate)
        {
            Ended += _open.Count;
            foreach (var (edge, hub) in _open)
            {
                Close(edge, reset);
                Close(hub, reset);
            }
            _open.Clear();
        }
    }

    private static void Close(Socket socket, bool reset)
    {
        try
        {
            if (reset) socket.LingerState = new(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // it is closed already
        }
        socket.Dispose();
    }
}
