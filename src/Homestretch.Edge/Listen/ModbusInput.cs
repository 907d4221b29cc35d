using System.Buffers.Binary;
using System.Net.Sockets;
using Homestretch.Edge.Feature;
using Homestretch.Exchange.Edges;
using Homestretch.World;

namespace Homestretch.Edge.Listen;

/// <summary>Reads registers of a Modbus TCP device again and again (Modbus Application Protocol 1.1b3, functions 1 to 4; Modbus TCP 1.0b framing).
/// A device that does not answer makes its machine 'no data'.</summary>
internal sealed class ModbusInput(InputSettings.Modbus settings, InputRoom room) : Input
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private bool _gone;

    public override Task Run(CancellationToken stop) => Again(Poll, e =>
    {
        room.Counts.Found($"{settings.Name}: {settings.Host}:{settings.Port} does not answer: {(e is OperationCanceledException ? "no answer within 3 s" : e.Message)}");
        if (_gone) return;
        _gone = true;
        room.Ear.Offer([new(settings.Machine, room.Clock.Now, [new(Metrics.State, double.NaN, Words.Of(MachineState.NoData)), new(Metrics.Reason, double.NaN, "connection lost")])]);
    }, stop);

    private async Task Poll(CancellationToken stop)
    {
        using var client = new TcpClient { NoDelay = true };
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            patience.CancelAfter(s_patience);
            await client.ConnectAsync(settings.Host, settings.Port, patience.Token);
        }
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(settings.EverySeconds));
        ushort transaction = 0;
        do
        {
            List<EdgeValue> values = [];
            foreach (ModbusRegister register in settings.Registers)
            {
                byte[] data = await Ask(client.GetStream(), ++transaction, register, stop);
                values.Add(ModbusFrame.Value(register, data));
            }
            _gone = false;
            room.Ear.Offer([new(settings.Machine, room.Clock.Now, values)]);
        }
        while (await every.WaitForNextTickAsync(stop));
    }

    private async Task<byte[]> Ask(NetworkStream stream, ushort transaction, ModbusRegister register, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        await stream.WriteAsync(ModbusFrame.Request(transaction, (byte)settings.Unit, register), patience.Token);
        byte[] head = new byte[ModbusFrame.HeadBytes];
        await stream.ReadExactlyAsync(head, patience.Token);
        byte[] body = new byte[ModbusFrame.BodyBytes(head, transaction)];
        await stream.ReadExactlyAsync(body, patience.Token);
        return ModbusFrame.Data(body, register);
    }
}

/// <summary>The bytes of Modbus TCP.</summary>
internal static class ModbusFrame
{
    /// <summary>MBAP header without the unit: transaction, protocol, length.</summary>
    public const int HeadBytes = 6;

    public static byte Function(ModbusRegister register) => register.Table switch { "coil" => 1, "discrete" => 2, "holding" => 3, _ => 4 };

    public static byte[] Request(ushort transaction, byte unit, ModbusRegister register)
    {
        byte[] frame = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), 6);
        (frame[6], frame[7]) = (unit, Function(register));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(8), (ushort)register.Address);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(10), (ushort)register.Words);
        return frame;
    }

    /// <exception cref="IOException">The header is not the answer's.</exception>
    public static int BodyBytes(ReadOnlySpan<byte> head, ushort transaction)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
        return BinaryPrimitives.ReadUInt16BigEndian(head) == transaction && BinaryPrimitives.ReadUInt16BigEndian(head[2..]) == 0 && length is >= 3 and <= 254 ? length : throw new IOException("the answer is not Modbus, or of another question");
    }

    /// <exception cref="IOException">The device refused, or its answer has another size.</exception>
    public static byte[] Data(byte[] body, ModbusRegister register)
    {
        if (body[1] == (Function(register) | 0x80)) throw new IOException($"it refuses to read {register.Table} {register.Address}: exception {body[2]}");
        int bytes = register.Form == "bit" ? 1 : register.Words * 2;
        return body[1] == Function(register) && body[2] == bytes && body.Length == 3 + bytes ? body[3..] : throw new IOException($"its answer for {register.Table} {register.Address} has another size than asked for");
    }

    public static EdgeValue Value(ModbusRegister register, byte[] data)
    {
        if (register.WordsSwapped && data.Length == 4) data = [data[2], data[3], data[0], data[1]];
        double raw = register.Form switch
        {
            "bit" => data[0] & 1,
            "int16" => BinaryPrimitives.ReadInt16BigEndian(data),
            "uint16" => BinaryPrimitives.ReadUInt16BigEndian(data),
            "int32" => BinaryPrimitives.ReadInt32BigEndian(data),
            "uint32" => BinaryPrimitives.ReadUInt32BigEndian(data),
            _ => BinaryPrimitives.ReadSingleBigEndian(data),
        };
        if (register.States.Count == 0) return new(register.Metric, raw * register.Scale + register.Offset);
        return new(register.Metric, double.NaN, register.States.GetValueOrDefault(raw.ToString(System.Globalization.CultureInfo.InvariantCulture), "unknown"));
    }
}
