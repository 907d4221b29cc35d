using Google.Protobuf;
using Homestretch.Exchange.Tests.Oracle;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>Random payloads of every shape the schema allows, by seed.</summary>
internal sealed class RandomPayloads(int seed)
{
    private readonly Random random = new(seed);

    public OraclePayload Next()
    {
        var payload = new OraclePayload();
        if (Often()) payload.Timestamp = Number();
        if (Often()) payload.Seq = (ulong)random.Next(256);
        if (Rarely()) payload.Uuid = Text();
        if (Rarely()) payload.Body = Bytes();
        for (var i = random.Next(12); i > 0; i--) payload.Metrics.Add(Metric(3));
        return payload;
    }

    public OracleMetric Metric(int depth)
    {
        var metric = new OracleMetric();
        if (Often()) metric.Name = Text();
        if (Often()) metric.Alias = Number();
        if (Often()) metric.Timestamp = Number();
        if (Often()) metric.Datatype = (uint)random.Next(40);
        if (Rarely()) metric.IsHistorical = Coin();
        if (Rarely()) metric.IsTransient = Coin();
        if (Rarely()) metric.IsNull = Coin();
        if (Rarely()) metric.Metadata = MetaData();
        if (Rarely()) metric.Properties = Properties(depth - 1);
        switch (random.Next(depth > 0 ? 11 : 8))
        {
            case 1: metric.IntValue = (uint)Number(); break;
            case 2: metric.LongValue = Number(); break;
            case 3: metric.FloatValue = (float)Real(); break;
            case 4: metric.DoubleValue = Real(); break;
            case 5: metric.BooleanValue = Coin(); break;
            case 6: metric.StringValue = Text(); break;
            case 7: metric.BytesValue = Bytes(); break;
            case 8: metric.DatasetValue = DataSet(); break;
            case 9: metric.TemplateValue = Template(depth - 1); break;
            case 10: metric.ExtensionValue = new OracleExtension(); break;
        }
        return metric;
    }

    public OracleDataSet DataSet()
    {
        var columns = random.Next(5);
        var set = new OracleDataSet { NumOfColumns = (ulong)columns };
        for (var i = 0; i < columns; i++)
        {
            set.Columns.Add(Text());
            set.Types_.Add((uint)random.Next(1, 15));
        }
        for (var rows = random.Next(4); rows > 0; rows--)
        {
            var row = new OracleRow();
            for (var i = 0; i < columns; i++) row.Elements.Add(Element());
            set.Rows.Add(row);
        }
        return set;
    }

    public OraclePropertySet Properties(int depth)
    {
        var set = new OraclePropertySet();
        for (var i = random.Next(4); i > 0; i--)
        {
            set.Keys.Add(Text());
            var value = new OracleProperty { Type = (uint)random.Next(1, 15) };
            if (Rarely()) value.IsNull = Coin();
            switch (random.Next(depth > 0 ? 8 : 6))
            {
                case 0: value.IntValue = (uint)Number(); break;
                case 1: value.LongValue = Number(); break;
                case 2: value.FloatValue = (float)Real(); break;
                case 3: value.DoubleValue = Real(); break;
                case 4: value.BooleanValue = Coin(); break;
                case 5: value.StringValue = Text(); break;
                case 6: value.PropertysetValue = Properties(depth - 1); break;
                case 7: value.PropertysetsValue = new OraclePropertySetList { Propertyset = { Properties(depth - 1), Properties(depth - 1) } }; break;
            }
            set.Values.Add(value);
        }
        return set;
    }

    public OracleTemplate Template(int depth)
    {
        var template = new OracleTemplate { IsDefinition = Coin() };
        if (!template.IsDefinition) template.TemplateRef = Text();
        if (Coin()) template.Version = Text();
        for (var i = random.Next(3); i > 0; i--) template.Metrics.Add(Metric(depth - 1));
        for (var i = random.Next(3); i > 0; i--)
            template.Parameters.Add(new OracleParameter { Name = Text(), Type = (uint)random.Next(1, 15), DoubleValue = Real() });
        return template;
    }

    private OracleElement Element() => random.Next(6) switch
    {
        0 => new() { IntValue = (uint)Number() },
        1 => new() { LongValue = Number() },
        2 => new() { FloatValue = (float)Real() },
        3 => new() { DoubleValue = Real() },
        4 => new() { BooleanValue = Coin() },
        _ => new() { StringValue = Text() },
    };

    private OracleMetaData MetaData() => new() { IsMultiPart = Coin(), ContentType = Text(), Size = Number(), FileName = Text(), Description = Text() };

    private bool Coin() => random.Next(2) == 0;
    private bool Often() => random.Next(4) != 0;
    private bool Rarely() => random.Next(5) == 0;

    /// <summary>Numbers of every length on the wire, one to ten bytes.</summary>
    private ulong Number() => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private double Real() => random.Next(8) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => -0.0, _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)) };

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => random.Next(6) switch { 0 => "ü", 1 => "界", 2 => "🚲", _ => ((char)random.Next(32, 127)).ToString() }));

    private ByteString Bytes()
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
