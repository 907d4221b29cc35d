using System.Collections;

namespace Homestretch.World;

/// <summary>An immutable table of records in ordinal order of their keys. A change copies one page and the spine of
/// page references, so a new snapshot of a million rows costs microseconds and shares everything else.</summary>
/// <remarks>Keys are kept beside their records: a composite one is text put together at every question, and a search asks twenty times.</remarks>
public sealed class Table<T> : IReadOnlyCollection<T> where T : class, IRecord<T>
{
    private const int PageSize = 256;
    private readonly (string Id, T Record)[][] _pages;

    public static Table<T> Empty { get; } = new([], 0);

    private Table((string, T)[][] pages, int count) => (_pages, Count) = (pages, count);

    public int Count { get; }

    /// <summary>The table of these records; of two with one key the later wins.</summary>
    public static Table<T> Of(IEnumerable<T> records)
    {
        (string Id, T Record, int I)[] keyed = [.. records.Select(static (r, i) => (r.Id, r, i))];
        Array.Sort(keyed, static (a, b) => string.CompareOrdinal(a.Id, b.Id) is var c && c != 0 ? c : a.I.CompareTo(b.I));
        var kept = new List<(string Id, T Record)>(keyed.Length);
        foreach (var (id, record, _) in keyed)
        {
            if (kept.Count > 0 && kept[^1].Id == id) kept[^1] = (id, record);
            else kept.Add((id, record));
        }
        return new([.. kept.Chunk(PageSize)], kept.Count);
    }

    public T? Find(string id)
    {
        int p = PageOf(id);
        if (p < 0) return null;
        int i = IndexIn(_pages[p], id);
        return i >= 0 ? _pages[p][i].Record : null;
    }

    public T? Find(Key<T> key) => key.Value is null ? null : Find(key.Value);
    public T? Find(Key<T>? key) => key is { } k ? Find(k) : null;

    /// <summary>The record with this key, which must exist because references were checked when the world was made.</summary>
    public T this[Key<T> key] => Find(key)
        ?? throw new KeyNotFoundException($"{T.TableName} has no '{key}'.\nMaybe the record was taken from another snapshot.");

    public bool Contains(string id) => Find(id) is not null;

    public Table<T> With(T record)
    {
        string id = record.Id;
        int p = PageOf(id);
        if (p < 0)
            return _pages.Length == 0 ? new([[(id, record)]], 1) : Replace(0, [(id, record), .. _pages[0]], Count + 1);
        (string, T)[] page = _pages[p];
        int i = IndexIn(page, id);
        if (i < 0) return Replace(p, [.. page.AsSpan(0, ~i), (id, record), .. page.AsSpan(~i)], Count + 1);
        (string, T)[] copy = [.. page];
        copy[i] = (id, record);
        return Replace(p, copy, Count);
    }

    public Table<T> Without(string id)
    {
        int p = PageOf(id);
        int i = p < 0 ? -1 : IndexIn(_pages[p], id);
        if (i < 0) return this;
        (string, T)[] page = _pages[p];
        return Replace(p, [.. page.AsSpan(0, i), .. page.AsSpan(i + 1)], Count - 1);
    }

    /// <summary>The table with many changes in one stroke: a record to put, or null to withdraw the key. Keys ascend
    /// ordinally, each once. Few changes share all other pages; many are merged in one pass.</summary>
    internal Table<T> WithAll(IReadOnlyList<(string Id, T? Record)> changes)
    {
        if ((long)changes.Count * (PageSize + _pages.Length) < Count)
        {
            Table<T> table = this;
            foreach (var (id, record) in changes) table = record is null ? table.Without(id) : table.With(record);
            return table;
        }
        var merged = new List<(string, T)>(Count + changes.Count);
        int c = 0;
        foreach (var kept in _pages.SelectMany(static p => p))
        {
            int order = 1;
            while (c < changes.Count && (order = string.CompareOrdinal(changes[c].Id, kept.Id)) <= 0)
            {
                if (changes[c].Record is { } put) merged.Add((changes[c].Id, put));
                c++;
                if (order == 0) break;
            }
            if (order != 0) merged.Add(kept);
        }
        for (; c < changes.Count; c++)
        {
            if (changes[c].Record is { } put) merged.Add((changes[c].Id, put));
        }
        return new([.. merged.Chunk(PageSize)], merged.Count);
    }

    /// <summary>Records whose key begins with <paramref name="prefix"/>, in key order.</summary>
    public IEnumerable<T> StartingWith(string prefix)
    {
        int p = Math.Max(0, PageOf(prefix));
        if (p == _pages.Length) yield break;
        int first = IndexIn(_pages[p], prefix);
        for (int i = first < 0 ? ~first : first; p < _pages.Length; p++, i = 0)
        {
            for ((string Id, T Record)[] page = _pages[p]; i < page.Length; i++)
            {
                if (!page[i].Id.StartsWith(prefix, StringComparison.Ordinal)) yield break;
                yield return page[i].Record;
            }
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        foreach ((string, T Record)[] page in _pages)
        {
            foreach (var (_, record) in page) yield return record;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Table<T> Replace(int p, (string, T)[] page, int count)
    {
        (string, T)[][] halves = page.Length switch
        {
            0 => [],
            > 2 * PageSize => [page[..PageSize], page[PageSize..]],
            _ => [page],
        };
        return new([.. _pages.AsSpan(0, p), .. halves, .. _pages.AsSpan(p + 1)], count);
    }

    /// <summary>The page that holds or would hold the key; -1 when it sorts before all.</summary>
    private int PageOf(string id)
    {
        int low = 0, high = _pages.Length;
        while (low < high)
        {
            int mid = (low + high) >>> 1;
            if (string.CompareOrdinal(_pages[mid][0].Id, id) <= 0) low = mid + 1; else high = mid;
        }
        return low - 1;
    }

    private static int IndexIn((string Id, T Record)[] page, string id)
    {
        int low = 0, high = page.Length - 1;
        while (low <= high)
        {
            int mid = (low + high) >>> 1;
            int order = string.CompareOrdinal(page[mid].Id, id);
            if (order == 0) return mid;
            if (order < 0) low = mid + 1; else high = mid - 1;
        }
        return ~low;
    }
}
