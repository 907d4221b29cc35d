using System.Buffers;
using System.Text.Json;
using Homestretch.Disk;
using Homestretch.Edge.Forward;

namespace Homestretch.Edge;

/// <summary>What the edge counts, and the last things that went wrong. Kept on disk a few seconds behind, so that a restart does not forget.</summary>
internal sealed class EdgeCounts
{
    private const int MostFindings = 50;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private static readonly TimeSpan s_sayAgain = TimeSpan.FromMinutes(1);
    private readonly List<string> _findings = [];
    private readonly Dictionary<string, long> _said = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly Action<string> _say;
    private bool _changed;

    /// <param name="say">Writes a line for whoever watches the program.</param>
    public EdgeCounts(string folder, Action<string> say)
    {
        (_file, _say) = (Path.Combine(folder, "counts.json"), say);
        if (!File.Exists(_file)) return;
        try
        {
            using JsonDocument kept = JsonDocument.Parse(File.ReadAllBytes(_file));
            foreach (JsonProperty count in kept.RootElement.EnumerateObject()) _counts[count.Name] = count.Value.GetInt64();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            Found("The counts of the run before cannot be read; they begin at 0.");
        }
    }

    public void Add(string name, long amount = 1)
    {
        if (amount == 0) return;
        lock (_gate)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + amount;
            _changed = true;
        }
    }

    public long this[string name]
    {
        get
        {
            lock (_gate) return _counts.GetValueOrDefault(name);
        }
    }

    /// <summary>Something was refused or could not be done. The same thing again is told once, and said once a minute.</summary>
    public void Found(string what)
    {
        lock (_gate)
        {
            if (_findings.Count == 0 || _findings[^1] != what)
            {
                _findings.Remove(what);
                _findings.Add(what);
                if (_findings.Count > MostFindings)
                {
                    _said.Remove(_findings[0]);
                    _findings.RemoveAt(0);
                }
            }
            if (_said.TryGetValue(what, out long before) && TimeProvider.System.GetElapsedTime(before) < s_sayAgain) return;
            _said[what] = TimeProvider.System.GetTimestamp();
        }
        _say(what);
    }

    public void Found(IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings) Found(finding.ToString());
    }

    public (IReadOnlyDictionary<string, long> Counts, IReadOnlyList<string> Findings) All()
    {
        lock (_gate) return (new SortedDictionary<string, long>(_counts, StringComparer.Ordinal), [.. _findings]);
    }

    /// <summary>Writes them down when they have changed.</summary>
    public void Keep()
    {
        var buffer = new ArrayBufferWriter<byte>();
        lock (_gate)
        {
            if (!_changed) return;
            _changed = false;
            using var json = new Utf8JsonWriter(buffer);
            json.WriteStartObject();
            foreach (var (name, count) in _counts) json.WriteNumber(name, count);
            json.WriteEndObject();
        }
        Durable.Replace(_file, buffer.WrittenSpan);
    }
}
