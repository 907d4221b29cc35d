namespace Homestretch.Exchange.Sparkplug;

/// <summary>Data types of Sparkplug B 3.0, by their number on the wire (specification chapter 6, datatype details).</summary>
public enum SparkplugType : byte
{
    Unknown = 0,
    Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4,
    UInt8 = 5, UInt16 = 6, UInt32 = 7, UInt64 = 8,
    Float = 9, Double = 10, Boolean = 11, String = 12,
    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    DateTime = 13,
    Text = 14, Uuid = 15, DataSet = 16, Bytes = 17, File = 18, Template = 19,
    /// <summary>A property's type only, never a metric's.</summary>
    PropertySet = 20,
    /// <summary>A property's type only, never a metric's.</summary>
    PropertySetList = 21,
    Int8Array = 22, Int16Array = 23, Int32Array = 24, Int64Array = 25,
    UInt8Array = 26, UInt16Array = 27, UInt32Array = 28, UInt64Array = 29,
    FloatArray = 30, DoubleArray = 31, BooleanArray = 32, StringArray = 33, DateTimeArray = 34,
}

/// <summary>Which field of the metric's value union stood on the wire.</summary>
public enum ValueField : byte { None, Int, Long, Float, Double, Boolean, String, Bytes, DataSet, Template, Extension }

/// <summary>Quality of a value (property 'Quality'; specification chapter 6, quality codes).</summary>
public enum Quality { Bad = 0, Good = 192, Stale = 500 }

public static class SparkplugTypes
{
    /// <summary>True for the basic types, the only ones a data set column or a template parameter may have.</summary>
    public static bool IsBasic(uint type) => type is >= (uint)SparkplugType.Int8 and <= (uint)SparkplugType.Text;

    /// <summary>True for a type that a metric may have.</summary>
    public static bool IsMetricType(uint type) => type is >= 1 and <= 34 and not (20 or 21);

    public static bool IsArray(SparkplugType type) => type is >= SparkplugType.Int8Array and <= SparkplugType.DateTimeArray;

    /// <summary>The field of the value union in which a value of this type travels.</summary>
    public static ValueField FieldOf(SparkplugType type) => type switch
    {
        SparkplugType.Int8 or SparkplugType.Int16 or SparkplugType.Int32 => ValueField.Int,
        SparkplugType.UInt8 or SparkplugType.UInt16 or SparkplugType.UInt32 => ValueField.Int,
        SparkplugType.Int64 or SparkplugType.UInt64 or SparkplugType.DateTime => ValueField.Long,
        SparkplugType.Float => ValueField.Float,
        SparkplugType.Double => ValueField.Double,
        SparkplugType.Boolean => ValueField.Boolean,
        SparkplugType.String or SparkplugType.Text or SparkplugType.Uuid => ValueField.String,
        SparkplugType.DataSet => ValueField.DataSet,
        SparkplugType.Template => ValueField.Template,
        SparkplugType.Bytes or SparkplugType.File => ValueField.Bytes,
        _ => IsArray(type) ? ValueField.Bytes : ValueField.None,
    };
}
