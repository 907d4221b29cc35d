namespace Homestretch.Exchange.Sparkplug;

/// <summary>A parameter of a template.</summary>
public sealed record TemplateParameter(string Name, SparkplugType Type, Scalar Value);

/// <summary>A metric inside a template: its wire form with its bytes, to be read like any other metric.</summary>
public sealed record TemplateMember(string? Name, Metric Metric, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The member's value under a type; stretches point into <see cref="Bytes"/>.</summary>
    public bool TryValue(SparkplugType type, out MetricValue value) => MetricValue.TryRead(Metric, type, Bytes.Span, out value);
}

/// <summary>A user-defined type or an instance of one (specification chapter 6, Template).</summary>
/// <param name="Reference">Name of the definition an instance follows; null in a definition.</param>
public sealed record Template(
    string? Version, string? Reference, bool IsDefinition, IReadOnlyList<TemplateMember> Members, IReadOnlyList<TemplateParameter> Parameters)
{
    /// <summary>Reads the bytes of a template value. Null with a fault when they are not one.</summary>
    public static Template? Read(ReadOnlySpan<byte> bytes, out Fault fault)
    {
        fault = Schema.Check(bytes, Schema.Template, PayloadLimits.Default.MaxDepth, out _);
        if (fault != Fault.None) return null;
        string? version = null, reference = null;
        bool? isDefinition = null;
        List<TemplateMember> members = [];
        List<TemplateParameter> parameters = [];
        var reader = new FieldReader(bytes);
        while (reader.Next() && fault == Fault.None)
        {
            if (reader.Field == 1) version = reader.Text;
            if (reader.Field == 2) members.Add(ReadMember(reader.Content, out fault));
            if (reader.Field == 3) parameters.Add(ReadParameter(reader.Content, out fault));
            if (reader.Field == 4) reference = reader.Text;
            if (reader.Field == 5) isDefinition = reader.Number != 0;
        }
        if (fault == Fault.None && (isDefinition ?? reference is null) != (reference is null)) fault = Fault.BadType;
        return fault == Fault.None ? new Template(version, reference, isDefinition ?? reference is null, members, parameters) : null;
    }

    /// <summary>The bytes of a template value.</summary>
    public static byte[] ToBytes(string? version, string? reference, ReadOnlySpan<OutgoingMetric> members, IEnumerable<TemplateParameter> parameters)
    {
        var writer = new FieldWriter().Text(1, version);
        foreach (ref readonly var member in members) writer.Block(2, PayloadWriter.Encoded(member));
        foreach (var parameter in parameters)
            writer.Block(3, new FieldWriter().Text(1, parameter.Name).Number(2, (ulong)parameter.Type).Scalar(3, parameter.Value).ToArray());
        return writer.Text(4, reference).Number(5, reference is null ? 1UL : 0).ToArray();
    }

    private static TemplateMember ReadMember(ReadOnlySpan<byte> bytes, out Fault fault)
    {
        Metric metric = default;
        var position = 0;
        fault = metric.Read(ref Wire.Start(bytes), ref position, bytes.Length, PayloadLimits.Default);
        var name = metric.HasName && fault == Fault.None ? System.Text.Encoding.UTF8.GetString(metric.Name.Of(bytes)) : null;
        return new TemplateMember(name, metric, bytes.ToArray());
    }

    private static TemplateParameter ReadParameter(ReadOnlySpan<byte> bytes, out Fault fault)
    {
        var (name, type, value) = ((string?)null, 0UL, default(Scalar));
        var reader = new FieldReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1) name = reader.Text;
            if (reader.Field == 2) type = reader.Number;
            if (reader.Field is >= 3 and <= 9) value = Scalar.From(reader, 3);
        }
        fault = name is null || type > 34 || !SparkplugTypes.IsBasic((uint)type) ? Fault.BadType : Fault.None;
        return new TemplateParameter(name ?? "", (SparkplugType)(byte)type, value);
    }
}
