using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Models;

/// <summary>A model's body being read: values by name, with a finding for each that is missing or of another kind.</summary>
public sealed class ModelReading
{
    private readonly JsonElement _at;
    private readonly List<Finding> _findings;
    private readonly string _path;

    internal ModelReading(Place place, JsonElement body) : this(place, body, [], "body")
    {
    }

    private ModelReading(Place place, JsonElement at, List<Finding> findings, string path) => (Place, _at, _findings, _path) = (place, at, findings, path);

    public Place Place { get; }
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Whether there is a value other than null.</summary>
    public bool Has(string name) => _at.ValueKind == JsonValueKind.Object && _at.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public double Number(string name) => Get(name) is { } e ? Number(e, name) : Fault<double>(name, "a number");

    public int Count(string name) => Get(name) is { ValueKind: JsonValueKind.Number } e && e.TryGetInt32(out int n) ? n : Fault<int>(name, "a whole number");

    public string Text(string name) => Get(name) is { ValueKind: JsonValueKind.String } e ? e.GetString()! : Fault<string>(name, "text") ?? "";

    public bool Flag(string name) => Get(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } e ? e.GetBoolean() : Fault<bool>(name, "true or false");

    public LocalDate Day(string name) => LocalDatePattern.Iso.Parse(Text(name)) is { Success: true, Value: var day } ? day : Fault<LocalDate>(name, "a day");

    public ModelReading? Object(string name) => Get(name) is { ValueKind: JsonValueKind.Object } e ? new(Place, e, _findings, $"{_path}.{name}") : Fault<ModelReading>(name, "an object");

    public IReadOnlyList<ModelReading> Objects(string name) =>
        [.. Array(name).Select((e, i) => new ModelReading(Place, e, _findings, $"{_path}.{name}[{i}]"))];

    public double[] Numbers(string name) => [.. Array(name).Select(e => Number(e, name))];

    public int[] Counts(string name) => [.. Array(name).Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out int n) ? n : Fault<int>(name, "whole numbers"))];

    public string[] Texts(string name) => [.. Array(name).Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : Fault<string>(name, "texts") ?? "")];

    /// <summary>Adds findings of a check of what was read.</summary>
    public void Add(IEnumerable<Finding> findings) => _findings.AddRange(findings);

    private JsonElement.ArrayEnumerator Array(string name) => Get(name) is { ValueKind: JsonValueKind.Array } e ? e.EnumerateArray() : Fault<JsonElement.ArrayEnumerator>(name, "a list");

    private double Number(JsonElement e, string name) => e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out double n) ? n
        : e.ValueKind == JsonValueKind.String && e.GetString() is "inf" or "-inf" ? e.GetString() == "inf" ? double.PositiveInfinity : double.NegativeInfinity : Fault<double>(name, "a number");

    private JsonElement? Get(string name) => _at.ValueKind == JsonValueKind.Object && _at.TryGetProperty(name, out JsonElement value) ? value : null;

    private T? Fault<T>(string name, string wanted)
    {
        // one damaged list is one finding, not a thousand
        if (_findings.Count == 0 || _findings[^1].Place.Column != $"{_path}.{name}")
            _findings.Add(new(Place with { Column = $"{_path}.{name}" }, "model-value", $"'{name}' is missing or is not {wanted}.", "Take the original file, or fit the model again with this program."));
        return default;
    }
}
