namespace Homestretch.World;

/// <summary>Reads nothing but the keys of other tables that a record names; a batch of a hundred thousand changes asks for each.</summary>
internal sealed class NamedKeys : KeptFields
{
    private readonly List<(string Column, string Table, string Key)> _all = new(4);

    /// <summary>Every reference met: column, table referred to, key.</summary>
    public IReadOnlyList<(string Column, string Table, string Key)> All => _all;

    public override Key<R> Ref<R>(string column, Key<R>? value, string doc) => Refer(column, value) ?? new Key<R>("");
    public override Key<R>? OptionalRef<R>(string column, Key<R>? value, string doc) => Refer(column, value);

    private Key<R>? Refer<R>(string column, Key<R>? value) where R : class, IRecord<R>
    {
        if (value is { Value.Length: > 0 } key) _all.Add((column, R.TableName, key.Value));
        return value;
    }
}
