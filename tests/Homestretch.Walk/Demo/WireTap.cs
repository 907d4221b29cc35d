using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Homestretch.Walk.Demo;

/// <summary>Stands before a broker on a port of its own, passes bytes both ways, and keeps what each client said.</summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<MemoryStream> _said = [];
    private readonly Task _accepting;

    public WireTap(int brokerPort)
    {
        _listener.Start();
        _accepting = Accept(brokerPort);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The MQTT packets of each connection, pings left out. Call it once the clients are gone.</summary>
    public IEnumerable<Packet[]> Connections => _said.Select(static s => Packets(s.ToArray()).Where(static p => p.Type != 12).ToArray());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept(int brokerPort)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token), broker = new();
                await broker.ConnectAsync(IPAddress.Loopback, brokerPort, _stop.Token);
                var said = new MemoryStream();
                _said.Add(said);
                _ = Pass(client, broker, said);
                _ = Pass(broker, client, null);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // the test is over, or the broker was not there: the client will come again
            }
        }
    }

    private async Task Pass(TcpClient from, TcpClient to, MemoryStream? kept)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is var n and > 0)
            {
                kept?.Write(buffer, 0, n);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, n), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // one side left; the other is closed below
        }
        to.Close();
    }

    private static IEnumerable<Packet> Packets(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            byte first = bytes[at++];
            int length = Number(bytes, ref at);
            yield return new Packet(first, bytes[at..(at + length)]);
            at += length;
        }
    }

    private static int Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            value |= (bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80) return value;
        }
    }

    /// <summary>One MQTT 5 packet: its first byte and what follows the length.</summary>
    internal sealed record Packet(byte First, byte[] Body)
    {
        public int Type => First >> 4;

        /// <summary>Of a PUBLISH.</summary>
        public (string Topic, int QualityOfService, bool Retain) Published
        {
            get
            {
                int at = 0;
                return (Text(ref at), First >> 1 & 3, (First & 1) != 0);
            }
        }

        /// <summary>Of a SUBSCRIBE: its first filter.</summary>
        public (string Topic, int QualityOfService) Subscribed
        {
            get
            {
                int at = 2;
                Skip(ref at);
                return (Text(ref at), Body[at] & 3);
            }
        }

        /// <summary>Of a CONNECT.</summary>
        public (bool CleanStart, bool HasExpiry, string WillTopic, int WillQualityOfService, bool WillRetain) Connected
        {
            get
            {
                byte flags = Body[7];
                int at = 10, properties = 10;
                int length = Number(Body, ref properties);
                bool hasExpiry = Body.AsSpan(properties, length).Contains((byte)0x11);
                Skip(ref at);
                Text(ref at);
                Skip(ref at);
                return ((flags & 2) != 0, hasExpiry, Text(ref at), flags >> 3 & 3, (flags & 0x20) != 0);
            }
        }

        private void Skip(ref int at) => at = Number(Body, ref at) + at;

        private string Text(ref int at)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(at));
            at += 2 + length;
            return Encoding.UTF8.GetString(Body, at - length, length);
        }
    }
}
