using System.Text;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using Xunit;

namespace Homestretch.Edge.Tests.Listen;

/// <summary>The forms of a JSON network message that OPC 10000-14 (7.2.5) and its encodings of values (OPC 10000-6, 5.4) allow.</summary>
public sealed class OpcUaTests
{
    private static readonly InputSettings.OpcUa s_settings = new("ua", new("h", 1, "", ""), "t", new Dictionary<string, string> { ["Welder"] = "M1", ["7"] = "M2" }, [("Temperature", "Temp"), ("State", "Mode")]);

    [Theory]
    [InlineData("raw value", """{"MessageType":"ua-data","Messages":[{"DataSetWriterName":"Welder","Payload":{"Temp":36.6}}]}""", "M1 Temperature 36.6")]
    [InlineData("data value", """{"Messages":[{"DataSetWriterName":"Welder","Payload":{"Temp":{"Value":36.6}}}]}""", "M1 Temperature 36.6")]
    [InlineData("reversible variant", """{"Messages":[{"DataSetWriterId":7,"Payload":{"Temp":{"Type":11,"Body":36.6},"Mode":{"Type":12,"Body":"Down"}}}]}""", "M2 Temperature 36.6, M2 State Down")]
    [InlineData("variant in a data value", """{"Messages":[{"DataSetWriterId":"7","Payload":{"Temp":{"Value":{"Type":11,"Body":36.6},"Status":{"Code":0}}}}]}""", "M2 Temperature 36.6")]
    [InlineData("bad status", """{"Messages":[{"DataSetWriterId":7,"Payload":{"Temp":{"Value":36.6,"Status":{"Code":2147483648,"Symbol":"Bad"}}}}]}""", "M2 Temperature NaN")]
    [InlineData("uncertain status", """{"Messages":[{"DataSetWriterId":7,"Payload":{"Temp":{"Value":36.6,"Status":1073741824}}}]}""", "M2 Temperature 36.6")]
    [InlineData("single dataset without network header", """{"DataSetWriterName":"Welder","Payload":{"Mode":"Running"}}""", "M1 State Running")]
    [InlineData("several writers", """[{"DataSetWriterName":"Welder","Payload":{"Temp":1}},{"DataSetWriterId":7,"Payload":{"Temp":true}}]""", "M1 Temperature 1, M2 Temperature 1")]
    [InlineData("keep alive", """{"Messages":[{"DataSetWriterName":"Welder","MessageType":"ua-keepalive"}]}""", "")]
    [InlineData("meta data", """{"MessageType":"ua-metadata","MetaData":{}}""", "")]
    public void Each_form_is_read(string form, string json, string expected)
    {
        List<Observation> read = OpcUaInput.Read(Encoding.UTF8.GetBytes(json), s_settings, out string wrong);
        Assert.True(wrong.Length == 0, form);
        Assert.Equal(expected, string.Join(", ", read.SelectMany(static o => o.Values.Select(v => FormattableString.Invariant($"{o.Machine} {v.Metric} {v.Text ?? v.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}")))));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("""{"Messages":[{"DataSetWriterName":"Other","Payload":{"Temp":1}}]}""", "not mapped")]
    [InlineData("""{"Messages":[1,2]}""", "not mapped")]
    [InlineData("null", "not mapped")]
    public void What_is_none_is_said(string json, string says)
    {
        Assert.Empty(OpcUaInput.Read(Encoding.UTF8.GetBytes(json), s_settings, out string wrong));
        Assert.Contains(says, wrong);
    }
}
