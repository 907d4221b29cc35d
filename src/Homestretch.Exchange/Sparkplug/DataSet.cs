namespace Homestretch.Exchange.Sparkplug;

/// <summary>A table of values (specification chapter 6, DataSet). Every row has one element per column.</summary>
public sealed record DataSet(IReadOnlyList<string> Columns, IReadOnlyList<SparkplugType> Types, IReadOnlyList<IReadOnlyList<Scalar>> Rows)
{
    /// <summary>Reads the bytes of a data set value. Null with a fault when they are not one.</summary>
    public static DataSet? Read(ReadOnlySpan<byte> bytes, out Fault fault)
    {
        fault = Schema.Check(bytes, Schema.DataSet, PayloadLimits.Default.MaxDepth, out _);
        if (fault != Fault.None) return null;
        List<string> columns = [];
        List<SparkplugType> types = [];
        List<IReadOnlyList<Scalar>> rows = [];
        ulong? stated = null;
        var allBasic = true;
        var reader = new FieldReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1) stated = reader.Number;
            if (reader.Field == 2) columns.Add(reader.Text);
            if (reader.Field == 3) allBasic &= AddTypes(reader, types);
            if (reader.Field == 4) rows.Add(ReadRow(reader.Content));
        }
        fault = !allBasic ? Fault.BadType
            : columns.Count != types.Count || (ulong)columns.Count != (stated ?? (ulong)columns.Count) ? Fault.ColumnsAndTypes
            : rows.Any(row => row.Count != columns.Count) ? Fault.RowWidth
            : Fault.None;
        return fault == Fault.None ? new DataSet(columns, types, rows) : null;
    }

    /// <summary>The bytes of a data set value.</summary>
    public byte[] ToBytes()
    {
        var writer = new FieldWriter().Number(1, (ulong)Columns.Count);
        foreach (var column in Columns) writer.Text(2, column);
        foreach (var type in Types) writer.Number(3, (ulong)type);
        foreach (var row in Rows)
        {
            var elements = new FieldWriter();
            foreach (var element in row) elements.Block(1, new FieldWriter().Scalar(1, element).ToArray());
            writer.Block(4, elements.ToArray());
        }
        return writer.ToArray();
    }

    private static bool AddTypes(in FieldReader reader, List<SparkplugType> types)
    {
        if (!reader.HasContent)
        {
            types.Add((SparkplugType)(byte)reader.Number);
            return SparkplugTypes.IsBasic((uint)reader.Number);
        }
        var basic = true;
        ref var start = ref Wire.Start(reader.Content);
        for (var at = 0; at < reader.Content.Length && Wire.Varint(ref start, reader.Content.Length, ref at, out var type);)
        {
            types.Add((SparkplugType)(byte)type);
            basic &= SparkplugTypes.IsBasic((uint)type);
        }
        return basic;
    }

    private static List<Scalar> ReadRow(ReadOnlySpan<byte> bytes)
    {
        List<Scalar> row = [];
        var reader = new FieldReader(bytes);
        while (reader.Next())
            if (reader.Field == 1) row.Add(ReadElement(reader.Content));
        return row;
    }

    private static Scalar ReadElement(ReadOnlySpan<byte> bytes)
    {
        Scalar element = default;
        var reader = new FieldReader(bytes);
        while (reader.Next())
            if (reader.Field <= 7) element = Scalar.From(reader, 1);
        return element;
    }
}
