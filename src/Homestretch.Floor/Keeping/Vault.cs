using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Syncing;
using Microsoft.JSInterop;

namespace Homestretch.Floor.Keeping;

/// <summary>What the device keeps, sealed: texts by name, and the queue. What a call has returned from is on the disk.</summary>
public sealed class Vault(IJSRuntime browser)
{
    private IJSObjectReference? _store;

    public async Task Open()
    {
        _store = await browser.InvokeAsync<IJSObjectReference>("import", "./vault.js");
        await _store.InvokeVoidAsync("open");
    }

    /// <summary>What is kept under a name; null when nothing is, or when it was kept by a version that wrote it otherwise.</summary>
    public async Task<T?> Get<T>(string name, JsonTypeInfo<T> type) where T : class
    {
        if (await Store.InvokeAsync<string?>("get", name) is not { } text) return null;
        try { return JsonSerializer.Deserialize(text, type); }
        catch (JsonException) { return null; }
    }

    public ValueTask Put<T>(string name, T what, JsonTypeInfo<T> type) => Store.InvokeVoidAsync("put", name, JsonSerializer.Serialize(what, type));
    public ValueTask Drop(string name) => Store.InvokeVoidAsync("drop", name);
    public ValueTask<string> Random(int bytes) => Store.InvokeAsync<string>("random", bytes);

    /// <summary>The queue in its order, and how many entries cannot be read; those stay where they are.</summary>
    public async Task<(IReadOnlyList<Entry> Entries, int Unreadable)> Queue()
    {
        Row[] rows = await Store.InvokeAsync<Row[]>("queue");
        Entry[] entries = [.. rows.Select(static r => Entry(r)).OfType<Entry>()];
        return (entries, rows.Length - entries.Length);
    }

    /// <summary>Adds an operation and gives it with its number.</summary>
    public async Task<Entry> Append(Entry entry) => entry with { Number = await Store.InvokeAsync<long>("append", Text(entry)) };

    /// <summary>All or nothing.</summary>
    public async Task Change(IReadOnlyList<Entry> changed, IReadOnlyList<long> gone)
    {
        if (changed.Count + gone.Count > 0) await Store.InvokeVoidAsync("change", changed.Select(static e => e.Number).ToArray(), changed.Select(Text).ToArray(), gone.ToArray());
    }

    public ValueTask PutPhoto(string hash, byte[] picture) => Store.InvokeVoidAsync("putPhoto", hash, picture);

    /// <summary>A photo by its hash; null when there is none that can be read.</summary>
    public async Task<byte[]?> Photo(string hash) => await Store.InvokeAsync<byte[]?>("photo", hash) is { Length: > 0 } picture ? picture : null;

    public ValueTask<string[]> Photos() => Store.InvokeAsync<string[]>("photoNames");
    public ValueTask DropPhotos(IEnumerable<string> hashes) => Store.InvokeVoidAsync("dropPhotos", (object)hashes.ToArray());

    private IJSObjectReference Store => _store ?? throw new InvalidOperationException("The vault is not open.");

    private static string Text(Entry entry) => JsonSerializer.Serialize(entry, FloorJson.Default.Entry);

    private static Entry? Entry(Row row)
    {
        try { return JsonSerializer.Deserialize(row.Text, FloorJson.Default.Entry) is { } entry ? entry with { Number = row.Number } : null; }
        catch (JsonException) { return null; }
    }

    private sealed record Row(long Number, string Text);
}
