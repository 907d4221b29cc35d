namespace Homestretch.Exchange.Sparkplug;

/// <summary>One property of a metric: a scalar, a set or a list of sets, or null.</summary>
/// <param name="Type">Type number as sent; null when the sender left it out.</param>
public sealed record Property(string Key, SparkplugType? Type, bool IsNull, Scalar Value, PropertySet? Set = null, IReadOnlyList<PropertySet>? Sets = null);

/// <summary>Properties of a metric (specification chapter 6, PropertySet): as many keys as values.</summary>
public sealed record PropertySet(IReadOnlyList<Property> Properties)
{
    /// <summary>Key of the one property the specification itself names.</summary>
    public const string QualityKey = "Quality";

    /// <summary>Reads the bytes of a property set. Null with a fault when they are not one.</summary>
    public static PropertySet? Read(ReadOnlySpan<byte> bytes, out Fault fault)
    {
        fault = Schema.Check(bytes, Schema.PropertySet, PayloadLimits.Default.MaxDepth, out _);
        return fault == Fault.None ? ReadChecked(bytes, ref fault) : null;
    }

    /// <summary>The quality named in a property set: Good when none is. False when it is none of 0, 192 and 500, or not an int_value of type 3, or
    /// when the set has not as many values as keys. Allocates nothing: some senders give every value a quality.</summary>
    /// <param name="bytes">A metric's property set, as the payload was read.</param>
    public static bool TryQuality(ReadOnlySpan<byte> bytes, out Quality quality)
    {
        quality = Quality.Good;
        var (keys, values, at) = (0, 0, -1);
        var reader = new FieldReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1 && reader.Content.SequenceEqual("Quality"u8)) at = keys;
            if (reader.Field == 1) keys++;
            if (reader.Field == 2) values++;
        }
        if (keys != values || at < 0) return keys == values;
        reader = new FieldReader(bytes);
        while (reader.Next())
            if (reader.Field == 2 && at-- == 0) return IsQuality(reader.Content, out quality);
        return false;
    }

    private static bool IsQuality(ReadOnlySpan<byte> property, out Quality quality)
    {
        ulong? type = null, code = null;
        var isNull = false;
        var reader = new FieldReader(property);
        while (reader.Next())
        {
            if (reader.Field == 1) type = reader.Number;
            else if (reader.Field == 2) isNull = reader.Number != 0;
            else code = reader.Field == 3 ? (uint)reader.Number : null;
        }
        quality = (Quality)(code ?? 0);
        return type == (ulong)SparkplugType.Int32 && !isNull && code is 0 or 192 or 500;
    }

    /// <summary>The encoded property set that says this quality.</summary>
    public static byte[] OfQuality(Quality quality) =>
        new PropertySet([new Property(QualityKey, SparkplugType.Int32, false, Scalar.Of((int)quality))]).ToBytes();

    /// <summary>The bytes of this property set.</summary>
    public byte[] ToBytes()
    {
        var writer = new FieldWriter();
        foreach (var property in Properties) writer.Text(1, property.Key);
        foreach (var property in Properties) writer.Block(2, ValueBytes(property));
        return writer.ToArray();
    }

    private static byte[] ValueBytes(Property property)
    {
        var writer = new FieldWriter();
        if (property.Type is { } type) writer.Number(1, (ulong)type);
        if (property.IsNull) writer.Number(2, 1);
        writer.Scalar(3, property.Value);
        if (property.Set is { } set) writer.Block(9, set.ToBytes());
        if (property.Sets is { } sets)
        {
            var list = new FieldWriter();
            foreach (var one in sets) list.Block(1, one.ToBytes());
            writer.Block(10, list.ToArray());
        }
        return writer.ToArray();
    }

    private static PropertySet? ReadChecked(ReadOnlySpan<byte> bytes, ref Fault fault)
    {
        List<string> keys = [];
        List<Property> properties = [];
        var reader = new FieldReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1) keys.Add(reader.Text);
            if (reader.Field == 2) properties.Add(ReadProperty(reader.Content, ref fault));
        }
        if (fault == Fault.None && keys.Count != properties.Count) fault = Fault.KeysAndValues;
        return fault == Fault.None ? new PropertySet([.. properties.Select((p, i) => p with { Key = keys[i] })]) : null;
    }

    private static Property ReadProperty(ReadOnlySpan<byte> bytes, ref Fault fault)
    {
        var property = new Property("", null, false, default);
        var reader = new FieldReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                if (reader.Number is 0 or > 34 || !SparkplugTypes.IsBasic((uint)reader.Number) && reader.Number is not (20 or 21)) fault = Fault.BadType;
                else property = property with { Type = (SparkplugType)reader.Number };
            }
            else if (reader.Field == 2) property = property with { IsNull = reader.Number != 0 };
            else if (reader.Field is >= 3 and <= 8) property = property with { Value = Scalar.From(reader, 3), Set = null, Sets = null };
            else if (reader.Field == 9) property = property with { Value = default, Set = ReadChecked(reader.Content, ref fault), Sets = null };
            else if (reader.Field == 10) property = property with { Value = default, Set = null, Sets = ReadList(reader.Content, ref fault) };
        }
        return property;
    }

    private static List<PropertySet> ReadList(ReadOnlySpan<byte> bytes, ref Fault fault)
    {
        List<PropertySet> sets = [];
        var reader = new FieldReader(bytes);
        while (reader.Next())
            if (reader.Field == 1 && ReadChecked(reader.Content, ref fault) is { } set) sets.Add(set);
        return sets;
    }
}
