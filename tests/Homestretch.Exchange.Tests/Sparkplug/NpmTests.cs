using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Homestretch.Exchange.Sparkplug;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>Our codec against npm's sparkplug-payload 1.0.3, both ways. It knows no arrays, and sends and reads UInt32 in
/// long_value where the specification says int_value: what it sends we take, what we send it cannot be asked to read.</summary>
public sealed class NpmTests(NpmPeer peer) : IClassFixture<NpmPeer>
{
    private static readonly SparkplugType[] Types =
    [
        SparkplugType.Int8, SparkplugType.Int16, SparkplugType.Int32, SparkplugType.Int64, SparkplugType.UInt8, SparkplugType.UInt16, SparkplugType.UInt32,
        SparkplugType.UInt64, SparkplugType.Float, SparkplugType.Double, SparkplugType.Boolean, SparkplugType.String, SparkplugType.DateTime, SparkplugType.Text,
        SparkplugType.Uuid, SparkplugType.Bytes, SparkplugType.File,
    ];

    [Fact]
    public void What_the_peer_writes_we_read_as_it_was_meant()
    {
        var (random, payload) = (new Random(21), new Payload());
        for (var i = 0; i < 2_000; i++)
        {
            var metrics = Enumerable.Range(0, random.Next(1, 12)).Select(n => Sample(random, n)).ToArray();
            var request = new JsonObject { ["timestamp"] = "1700000000000", ["seq"] = $"{i & 255}", ["metrics"] = new JsonArray([.. metrics.Select(m => m.ToJson())]) };
            var bytes = Convert.FromBase64String((string)peer.Ask(new JsonObject { ["encode"] = request })["bytes"]!);
            Assert.True(payload.Read(bytes, out var fault), fault.ToString());
            Assert.Equal((1_700_000_000_000UL, (ulong)(i & 255), metrics.Length), (payload.Timestamp, payload.Sequence, payload.Metrics.Length));
            for (var m = 0; m < metrics.Length; m++)
            {
                var ours = payload.Metrics[m];
                Assert.Equal((metrics[m].Name, metrics[m].Alias, (uint)metrics[m].Type, metrics[m].Historical), (Encoding.UTF8.GetString(ours.Name.Of(bytes)), ours.Alias, ours.Type, ours.IsHistorical));
                Assert.True(MetricValue.TryRead(ours, metrics[m].Type, bytes, out var value));
                Assert.Equal(metrics[m].Text, TextOf(metrics[m].Type, value, bytes));
            }
        }
    }

    [Fact]
    public void What_we_write_the_peer_reads_as_it_was_meant()
    {
        var random = new Random(22);
        for (var i = 0; i < 2_000; i++)
        {
            var metrics = Enumerable.Range(0, random.Next(1, 12)).Select(n => Sample(random, n)).Where(m => m.Type != SparkplugType.UInt32).ToArray();
            var bytes = PayloadWriter.Write(1_700_000_000_000, [.. metrics.Select(m => m.ToOutgoing())], i & 255);
            var read = peer.Ask(new JsonObject { ["decode"] = Convert.ToBase64String(bytes) });
            Assert.Equal(("1700000000000", $"{i & 255}"), ((string?)read["timestamp"], (string?)read["seq"]));
            var theirs = read["metrics"]!.AsArray();
            Assert.Equal(metrics.Length, theirs.Count);
            for (var m = 0; m < metrics.Length; m++)
            {
                var (ours, their) = (metrics[m], theirs[m]!);
                Assert.Equal((ours.Name, $"{ours.Alias}", NameOf(ours.Type), ours.Historical), ((string?)their["name"], (string?)their["alias"], (string?)their["type"], (bool)their["historical"]!));
                Assert.Equal(ours.Text, their["value"] is JsonValue v ? v.TryGetValue<bool>(out var b) ? (b ? "true" : "false") : (string?)v : null);
            }
        }
    }

    [Fact]
    public void Data_sets_go_both_ways()
    {
        DataSet set = new(["n", "text"], [SparkplugType.Double, SparkplugType.String], [[Scalar.Of(1.5), Scalar.Of("ü")], [Scalar.Of(-2.5), Scalar.Of("")]]);
        var bytes = PayloadWriter.Write(1, [new("set", 1, SparkplugType.DataSet, PayloadWriter.Content, 1, Bytes: set.ToBytes())], 0);
        var theirs = peer.Ask(new JsonObject { ["decode"] = Convert.ToBase64String(bytes) })["metrics"]![0]!;
        var back = new JsonObject { ["timestamp"] = "1", ["seq"] = "0", ["metrics"] = new JsonArray(Metric("set", 1, "DataSet", theirs["value"]!.DeepClone())) };
        var again = Convert.FromBase64String((string)peer.Ask(new JsonObject { ["encode"] = back })["bytes"]!);
        var payload = new Payload();
        Assert.True(payload.Read(again, out _));
        var read = DataSet.Read(payload.Metrics[0].Bytes.Of(again), out _)!;
        Assert.Equal(set.Columns, read.Columns);
        Assert.Equal(set.Types, read.Types);
        Assert.Equal(set.Rows.SelectMany(r => r), read.Rows.SelectMany(r => r));
    }

    private static JsonObject Metric(string name, ulong alias, string type, JsonNode? value, bool historical = false) =>
        new() { ["name"] = name, ["alias"] = $"{alias}", ["timestamp"] = "1700000000000", ["type"] = type, ["historical"] = historical, ["value"] = value };

    /// <summary>A value in the peer's text form: decimal, hexadecimal IEEE bits of a double, text, base64, true or false; null.</summary>
    private sealed record Sent(string Name, ulong Alias, SparkplugType Type, MetricValue Value, byte[] Content, bool Historical, string? Text)
    {
        public JsonObject ToJson() => Metric(Name, Alias, NameOf(Type), Text is null ? null : Type == SparkplugType.Boolean ? Value.Boolean : Text, Historical);
        public OutgoingMetric ToOutgoing() => new(Name, Alias, Type, Value, 1_700_000_000_000, IsHistorical: Historical, Bytes: Content);
    }

    private static Sent Sample(Random random, int n)
    {
        var type = Types[random.Next(Types.Length)];
        var bits = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        var (value, content) = (MetricValue.Null, Array.Empty<byte>());
        switch (SparkplugTypes.FieldOf(type))
        {
            case ValueField.Float: value = MetricValue.Of((double)(float)(random.NextDouble() * 1e6)); break;
            case ValueField.Double: value = MetricValue.Of(BitConverter.UInt64BitsToDouble(bits) is var d && double.IsNaN(d) ? 0.5 : d); break;
            case ValueField.Boolean: value = MetricValue.Of((bits & 1) != 0); break;
            case ValueField.Int or ValueField.Long: value = Fit(type, bits); break;
            case ValueField.String: (value, content) = (PayloadWriter.Content, Encoding.UTF8.GetBytes($"täxt 界 {bits}")); break;
            default: (value, content) = (PayloadWriter.Content, BitConverter.GetBytes(bits)); break;
        }
        if (random.Next(12) == 0) (value, content) = (MetricValue.Null, []);
        var text = value.Kind == ValueKind.Null ? null : content.Length == 0 ? Plain(type, value) : SparkplugTypes.FieldOf(type) == ValueField.String ? Encoding.UTF8.GetString(content) : Convert.ToBase64String(content);
        return new Sent($"m/{n}", bits & 0xFFFF | 1, type, value, content, (bits & 2) != 0, text);
    }

    private static MetricValue Fit(SparkplugType type, ulong bits) => type switch
    {
        SparkplugType.Int8 => MetricValue.Of((long)(sbyte)bits),
        SparkplugType.Int16 => MetricValue.Of((long)(short)bits),
        SparkplugType.Int32 => MetricValue.Of((long)(int)bits),
        SparkplugType.Int64 => MetricValue.Of((long)bits),
        SparkplugType.UInt8 => MetricValue.Of((ulong)(byte)bits),
        SparkplugType.UInt16 => MetricValue.Of((ulong)(ushort)bits),
        SparkplugType.UInt32 => MetricValue.Of((ulong)(uint)bits),
        SparkplugType.DateTime => MetricValue.Of(bits >> 1),
        _ => MetricValue.Of(bits),
    };

    private static string? TextOf(SparkplugType type, MetricValue value, ReadOnlySpan<byte> bytes) => value.Kind switch
    {
        ValueKind.Null => null,
        ValueKind.Text => value.Text(bytes),
        ValueKind.Bytes => Convert.ToBase64String(value.Stretch.Of(bytes)),
        _ => Plain(type, value),
    };

    private static string Plain(SparkplugType type, MetricValue value) => value.Kind switch
    {
        ValueKind.Boolean => value.Boolean ? "true" : "false",
        ValueKind.Number => BitConverter.DoubleToUInt64Bits(value.Number).ToString("x16", CultureInfo.InvariantCulture),
        ValueKind.Integer => $"{value.Integer}",
        _ => $"{value.Unsigned}",
    };

    private static string NameOf(SparkplugType type) => type == SparkplugType.Uuid ? "UUID" : type.ToString();
}
