using Homestretch.Exchange.Sparkplug;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

public sealed class ValueTests
{
    // the specification's own example vectors, chapter 6, array types
    [Theory]
    [InlineData(SparkplugType.Int8Array, "E97B", new double[] { -23, 123 })]
    [InlineData(SparkplugType.Int16Array, "D08A3075", new double[] { -30000, 30000 })]
    [InlineData(SparkplugType.Int32Array, "FFFFFFFFFAAFCB12", new double[] { -1, 315338746 })]
    [InlineData(SparkplugType.UInt8Array, "17FA", new double[] { 23, 250 })]
    [InlineData(SparkplugType.UInt16Array, "1E0088CC", new double[] { 30, 52360 })]
    [InlineData(SparkplugType.UInt32Array, "3400000049FB55C4", new double[] { 52, 3293969225 })]
    [InlineData(SparkplugType.FloatArray, "A4709D3F98AEB242", new double[] { 1.23f, 89.341f })]
    [InlineData(SparkplugType.DoubleArray, "D7A205685BB528408E171C6F4CF78F40", new double[] { 12.354213, 1022.9123213 })]
    [InlineData(SparkplugType.DateTimeArray, "C7D0907524010000B8BAB89781010000", new double[] { 1256102875335, 1656107875000 })]
    public void Packed_arrays_read_as_the_specification_says(SparkplugType type, string hex, double[] expected)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Equal(expected.Length, PackedArray.Count(type, bytes));
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(i => PackedArray.Element(type, bytes, i).Number));
        Assert.Equal(bytes, PackedArray.Of(type, [.. Enumerable.Range(0, expected.Length).Select(i => PackedArray.Element(type, bytes, i))]));
    }

    [Fact]
    public void Long_integers_keep_every_bit_in_arrays()
    {
        var signed = Convert.FromHexString("CE0672AC189CBAC4C4BA9C18AC7206CE");
        Assert.Equal([-4270929666821191986, -3601064768563266876], [PackedArray.Element(SparkplugType.Int64Array, signed, 0).Integer, PackedArray.Element(SparkplugType.Int64Array, signed, 1).Integer]);
        var unsigned = Convert.FromHexString("3400000000000000D99E02D1B27637E4");
        Assert.Equal(16444743074749521625UL, PackedArray.Element(SparkplugType.UInt64Array, unsigned, 1).Unsigned);
    }

    [Fact]
    public void Booleans_are_packed_most_significant_bit_first_after_their_count()
    {
        bool[] expected = [false, false, true, true, false, true, false, false, true, true, false, true];
        var bytes = PackedArray.Of(SparkplugType.BooleanArray, [.. expected.Select(MetricValue.Of)]);
        Assert.Equal("0C00000034D0", Convert.ToHexString(bytes));
        Assert.Equal(expected, Enumerable.Range(0, 12).Select(i => PackedArray.Element(SparkplugType.BooleanArray, bytes, i).Boolean));
    }

    [Fact]
    public void Strings_end_with_a_zero_byte_each()
    {
        var bytes = PackedArray.OfStrings(["ABC", "hello", ""]);
        Assert.Equal("4142430068656C6C6F0000", Convert.ToHexString(bytes));
        Assert.Equal(["ABC", "hello", ""], PackedArray.Strings(bytes));
    }

    [Theory]
    [InlineData(SparkplugType.Int32Array, "FFFFFF")]
    [InlineData(SparkplugType.BooleanArray, "0C00000034")]
    [InlineData(SparkplugType.BooleanArray, "FFFFFFFF00")]
    [InlineData(SparkplugType.StringArray, "4142")]
    [InlineData(SparkplugType.StringArray, "FF00")]
    public void Bytes_that_are_no_whole_array_are_refused(SparkplugType type, string hex) => Assert.Equal(-1, PackedArray.Count(type, Convert.FromHexString(hex)));

    [Theory]
    [InlineData(SparkplugType.Int8, 0xFFFFFFE9UL, SparkplugType.UInt32, -23)]
    [InlineData(SparkplugType.Int8, 0xE9UL, SparkplugType.UInt32, -23)]
    [InlineData(SparkplugType.Int8, 0xFFFFFFFFFFFFFFE9UL, SparkplugType.UInt64, -23)]
    [InlineData(SparkplugType.Int16, 0xFFFF8AD0UL, SparkplugType.UInt32, -30000)]
    [InlineData(SparkplugType.Int32, 0xFFFFFFFFUL, SparkplugType.UInt32, -1)]
    [InlineData(SparkplugType.Int32, 0xFFFFFFFFFFFFFFFFUL, SparkplugType.UInt64, -1)]
    [InlineData(SparkplugType.UInt8, 250UL, SparkplugType.UInt64, 250)]
    [InlineData(SparkplugType.UInt32, 0xFFFFFFFFUL, SparkplugType.UInt64, 4294967295)]
    public void Integers_are_taken_from_both_fields_and_both_ways_of_signing(SparkplugType type, ulong wire, SparkplugType carrier, double expected) =>
        Assert.Equal(expected, Read(carrier, wire, type)!.Value.Number);

    [Theory]
    [InlineData(SparkplugType.UInt8, 256UL)]
    [InlineData(SparkplugType.UInt16, 65536UL)]
    [InlineData(SparkplugType.Int8, 256UL)]
    [InlineData(SparkplugType.Boolean, 1UL)]
    [InlineData(SparkplugType.String, 1UL)]
    [InlineData(SparkplugType.Double, 1UL)]
    public void Values_out_of_range_or_of_another_kind_are_refused(SparkplugType type, ulong wire) => Assert.Null(Read(SparkplugType.UInt32, wire, type));

    [Fact]
    public void Every_type_written_is_read_back()
    {
        var (payload, content) = (new Payload(), "ab"u8.ToArray());
        for (var type = SparkplugType.Int8; type <= SparkplugType.Template; type++)
        {
            var bytes = PayloadWriter.Write(1, [new OutgoingMetric("m", 9, type, MetricValue.Of(1UL), Bytes: type >= SparkplugType.DataSet ? [] : content)], 3);
            Assert.True(payload.Read(bytes, out _));
            Assert.True(MetricValue.TryRead(payload.Metrics[0], type, bytes, out var value), type.ToString());
            Assert.NotEqual(ValueKind.Null, value.Kind);
            Assert.Equal((uint)type, payload.Metrics[0].Type);
        }
    }

    [Fact]
    public void A_null_has_no_value_on_the_wire_and_is_a_value_of_its_own()
    {
        var (payload, bytes) = (new Payload(), PayloadWriter.Write(1, [new("m", 9, SparkplugType.Double, MetricValue.Null)], 3));
        Assert.True(payload.Read(bytes, out _));
        Assert.True(payload.Metrics[0].IsNull && payload.Metrics[0].Field == ValueField.None);
        Assert.True(MetricValue.TryRead(payload.Metrics[0], SparkplugType.Double, bytes, out var value));
        Assert.Equal((ValueKind.Null, double.NaN), (value.Kind, value.Number));
    }

    [Theory]
    [InlineData(0, Quality.Bad)]
    [InlineData(192, Quality.Good)]
    [InlineData(500, Quality.Stale)]
    public void Quality_is_an_int32_property_of_three_values(int code, Quality expected)
    {
        Assert.Equal(PropertySet.OfQuality(expected), Quality(SparkplugType.Int32, code));
        Assert.True(PropertySet.TryQuality(Quality(SparkplugType.Int32, code), out var quality));
        Assert.Equal(expected, quality);
        Assert.False(PropertySet.TryQuality(Quality(SparkplugType.Int32, code + 1), out _));
        Assert.False(PropertySet.TryQuality(Quality(SparkplugType.Int64, code), out _));

        static byte[] Quality(SparkplugType type, int code) => new PropertySet([new("Quality", type, false, Scalar.Of(code))]).ToBytes();
    }

    [Fact]
    public void A_property_set_has_as_many_values_as_keys()
    {
        var whole = new PropertySet([new("a", SparkplugType.Double, false, Scalar.Of(1.5)), new("b", SparkplugType.String, true, default)]).ToBytes();
        Assert.Equal(["a", "b"], PropertySet.Read(whole, out _)!.Properties.Select(p => p.Key));
        Assert.Null(PropertySet.Read([.. whole, 0x0A, 0x01, (byte)'c'], out var fault));
        Assert.Equal(Fault.KeysAndValues, fault);
        Assert.Null(PropertySet.Read(new PropertySet([new("a", SparkplugType.Bytes, false, default)]).ToBytes(), out fault));
        Assert.Equal(Fault.BadType, fault);
    }

    [Fact]
    public void A_data_set_has_one_name_and_one_basic_type_per_column_and_full_rows()
    {
        DataSet good = new(["a", "b"], [SparkplugType.Int32, SparkplugType.String], [[Scalar.Of(1), Scalar.Of("x")]]);
        Assert.Equal(good.Rows[0], DataSet.Read(good.ToBytes(), out _)!.Rows[0]);
        Assert.Equal(Fault.ColumnsAndTypes, FaultOf(good with { Types = [SparkplugType.Int32], Rows = [] }));
        Assert.Equal(Fault.RowWidth, FaultOf(good with { Rows = [[Scalar.Of(1)]] }));
        Assert.Equal(Fault.BadType, FaultOf(good with { Types = [SparkplugType.Int32, SparkplugType.Template] }));

        static Fault FaultOf(DataSet set) => DataSet.Read(set.ToBytes(), out var fault) is null ? fault : Fault.None;
    }

    [Fact]
    public void A_template_definition_has_no_reference_and_an_instance_has_one()
    {
        OutgoingMetric[] members = [new("Speed", null, SparkplugType.Double, MetricValue.Of(3.5))];
        TemplateParameter[] parameters = [new("Axis", SparkplugType.Int32, Scalar.Of(2))];
        var definition = Template.Read(Template.ToBytes("1", null, members, parameters), out _)!;
        Assert.True(definition is { IsDefinition: true, Reference: null, Version: "1" });
        var instance = Template.Read(Template.ToBytes("1", "Motor", members, parameters), out _)!;
        Assert.True(instance is { IsDefinition: false, Reference: "Motor" });
        Assert.True(instance.Members[0].TryValue(SparkplugType.Double, out var speed) && speed.Number == 3.5);
        Assert.Equal(parameters[0], instance.Parameters[0]);
        byte[] both = [.. Template.ToBytes("1", "Motor", [], []), 0x28, 0x01];
        Assert.Null(Template.Read(both, out _));
        Assert.Null(Template.Read([0x1A, 0x02, 0x10, 0x03], out var nameless));
        Assert.Equal(Fault.BadType, nameless);
    }

    private static MetricValue? Read(SparkplugType carrier, ulong wire, SparkplugType type)
    {
        var bytes = PayloadWriter.Write(1, [new("m", 9, carrier, MetricValue.Of(wire))], 3);
        var payload = new Payload();
        Assert.True(payload.Read(bytes, out _));
        return MetricValue.TryRead(payload.Metrics[0], type, bytes, out var value) ? value : null;
    }
}
