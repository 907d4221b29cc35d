namespace Homestretch;

/// <summary>The external key of one record, unique within its table; compared ordinally. The record's type is part of
/// the key's type, so a lot's key cannot be given where a machine's is wanted.</summary>
/// <typeparam name="TRecord">The record it names.</typeparam>
public readonly record struct Key<TRecord>(string Value) : IComparable<Key<TRecord>>
{
    public int CompareTo(Key<TRecord> other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
    public static implicit operator Key<TRecord>(string value) => new(value);
    public static bool operator <(Key<TRecord> a, Key<TRecord> b) => a.CompareTo(b) < 0;
    public static bool operator >(Key<TRecord> a, Key<TRecord> b) => a.CompareTo(b) > 0;
    public static bool operator <=(Key<TRecord> a, Key<TRecord> b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Key<TRecord> a, Key<TRecord> b) => a.CompareTo(b) >= 0;
}
