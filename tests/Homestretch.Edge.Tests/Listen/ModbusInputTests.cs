using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using Xunit;

namespace Homestretch.Edge.Tests.Listen;

/// <summary>Against a device of our own that answers over TCP by the specification.</summary>
public sealed class ModbusInputTests
{
    [Fact]
    public async Task Registers_of_every_form_are_read_and_a_device_that_falls_silent_leaves_its_machine_without_data()
    {
        await using var device = new Device();
        device.Holding[0] = 1;
        device.Holding[10] = 0xFFFE;
        (device.Holding[20], device.Holding[21]) = (0x4048, 0xF5C3); // 3.14f
        (device.Holding[30], device.Holding[31]) = (0xF5C3, 0x4048); // the same, words swapped
        (device.Holding[40], device.Holding[41]) = (0x0001, 0x0002);
        device.Coils[5] = true;
        await using var input = new Listening(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"name":"plc","kind":"modbus","host":"127.0.0.1","port":{{{device.Port}}},"unit":9,"machine":"M1","every_seconds":0.05,"registers":[
              {"metric":"State","address":0,"words":{"0":"Idle","1":"Running"}}, {"metric":"A","address":10,"form":"int16","scale":0.1}, {"metric":"B","address":20,"form":"float32"},
              {"metric":"C","address":30,"form":"float32","words_swapped":true}, {"metric":"D","address":40,"form":"uint32"}, {"metric":"E","address":5,"table":"coil","form":"bit"}]}
            """));
        IReadOnlyList<EdgeValue> values = (await input.Next()).Single().Values;
        Assert.Equal("Running", values[0].Text);
        Assert.Equal([-0.2, 3.14, 3.14, 65538, 1], values.Skip(1).Select(static v => Math.Round(v.Number, 6)));
        Assert.Equal(9, device.Unit);
        device.Holding[0] = 7;
        IReadOnlyList<Observation> next;
        while ((next = await input.Next())[0].Values[0].Text == "Running") { }
        Assert.Equal("unknown", next[0].Values[0].Text);
        device.Silent = true;
        while ((next = await input.Next())[0].Values[0].Text == "unknown") { }
        Assert.Equal(("no-data", "connection lost"), (next[0].Values[0].Text, next[0].Values[1].Text));
        device.Silent = false;
        while ((next = await input.Next())[0].Values[0].Text == "no-data") { }
        Assert.Equal("unknown", next[0].Values[0].Text);
    }

    [Fact]
    public async Task A_register_that_the_device_does_not_have_is_said_with_its_exception()
    {
        await using var device = new Device();
        await using var input = new Listening(string.Create(CultureInfo.InvariantCulture, $$"""{"name":"plc","kind":"modbus","host":"127.0.0.1","port":{{device.Port}},"machine":"M1","registers":[{"metric":"A","address":5000}]}"""));
        Assert.Equal("no-data", (await input.Next()).Single().Values[0].Text);
        Assert.Contains(input.Counts.All().Findings, static f => f.Contains("refuses to read holding 5000: exception 2"));
    }

    /// <summary>A Modbus TCP server: coils and 100 holding registers.</summary>
    private sealed class Device : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();

        public Device()
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = Accept();
        }

        public int Port { get; }
        public ushort[] Holding { get; } = new ushort[100];
        public bool[] Coils { get; } = new bool[100];
        public byte Unit { get; private set; }
        public volatile bool Silent;

        public ValueTask DisposeAsync()
        {
            _stop.Cancel();
            _listener.Dispose();
            _stop.Dispose();
            return default;
        }

        private async Task Accept()
        {
            while (!_stop.IsCancellationRequested) _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
        }

        private async Task Serve(TcpClient client)
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                byte[] request = new byte[12];
                while (await stream.ReadAtLeastAsync(request, 12, throwOnEndOfStream: false) == 12)
                {
                    if (Silent) continue;
                    Unit = request[6];
                    int address = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(8)), count = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(10));
                    byte[] pdu = Answer(request[7], address, count);
                    byte[] frame = [request[0], request[1], 0, 0, 0, (byte)(pdu.Length + 1), request[6], .. pdu];
                    // in two parts, as a network may
                    await stream.WriteAsync(frame.AsMemory(0, 5));
                    await stream.FlushAsync();
                    await stream.WriteAsync(frame.AsMemory(5));
                }
            }
        }

        private byte[] Answer(byte function, int address, int count)
        {
            if (address + count > 100) return [(byte)(function | 0x80), 2];
            if (function == 1) return [1, 1, Coils[address] ? (byte)1 : (byte)0];
            if (function != 3) return [(byte)(function | 0x80), 1];
            byte[] data = new byte[2 + count * 2];
            (data[0], data[1]) = (3, (byte)(count * 2));
            for (int i = 0; i < count; i++) BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2 + i * 2), Holding[address + i]);
            return data;
        }
    }
}
