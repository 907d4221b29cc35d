namespace Homestretch.Promising;

/// <summary>Keys of records by a key that they name, each list in ordinal order.</summary>
internal sealed class NamedBy
{
    private readonly Dictionary<string, string[]> _by;

    public NamedBy() => _by = new(StringComparer.Ordinal);

    /// <summary>A copy that goes its own way from here.</summary>
    public NamedBy(NamedBy other) => _by = new(other._by, StringComparer.Ordinal);

    /// <summary>Who names it; empty when nobody does.</summary>
    public string[] this[string name] => _by.GetValueOrDefault(name, []);

    public void Set(string name, string key, bool on)
    {
        string[] keys = this[name];
        int at = Array.BinarySearch(keys, key, StringComparer.Ordinal);
        if (on && at < 0) _by[name] = [.. keys.AsSpan(0, ~at), key, .. keys.AsSpan(~at)];
        else if (!on && at >= 0 && keys.Length == 1) _by.Remove(name);
        else if (!on && at >= 0) _by[name] = [.. keys.AsSpan(0, at), .. keys.AsSpan(at + 1)];
    }
}
