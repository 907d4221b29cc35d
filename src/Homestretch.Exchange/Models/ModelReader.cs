using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Homestretch.Exchange.Models;

/// <summary>Reads a JSON object of a model file; what is missing or wrong becomes a finding and a harmless value, never an exception.</summary>
internal sealed class ModelReader : IDisposable
{
    private const int MostNumbers = 8 << 20, Enough = 20;
    private readonly JsonDocument? _document;
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly string _source;
    private readonly List<Finding> _findings;

    private ModelReader(JsonDocument? document, JsonElement of, string path, string source, List<Finding> findings) =>
        (_document, _object, _path, _source, _findings) = (document, of, path, source, findings);

    /// <summary>Nothing was wrong so far.</summary>
    public bool Sound => _findings.Count == 0;

    /// <summary>Where the file came from, for findings of others.</summary>
    public Place Place => new(_source, 0, _path);

    public static ModelReader? Open(ReadOnlySpan<byte> json, string source, List<Finding> findings)
    {
        try
        {
            var document = JsonDocument.Parse(json.ToArray());
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new(document, document.RootElement, "", source, findings);
            document.Dispose();
        }
        catch (JsonException)
        {
        }
        findings.Add(new(new(source), "model-json", "A part of the file is no JSON object.", "Take the original file."));
        return null;
    }

    public void Dispose() => _document?.Dispose();

    public void Fault(string rule, string what)
    {
        if (_findings.Count < Enough) _findings.Add(new(Place, rule, what, "The file is damaged or not what it says: take the original or fit the model again."));
    }

    public void Add(IEnumerable<Finding> findings) => _findings.AddRange(findings.Take(Math.Max(0, Enough - _findings.Count)));

    public string Text(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } found) return found.GetString()!;
        Fault("model-field", $"'{name}' is missing or no text.");
        return "";
    }

    public double Number(string name, double least, double most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out double value) && value >= least && value <= most) return value;
        Fault("model-field", $"'{name}' is missing or no number from {least} to {most}.");
        return least;
    }

    public int Whole(string name, int least, int most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out int value) && value >= least && value <= most) return value;
        Fault("model-field", $"'{name}' is missing or no whole number from {least} to {most}.");
        return least;
    }

    public bool Flag(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } found) return found.GetBoolean();
        Fault("model-field", $"'{name}' is missing or neither true nor false.");
        return false;
    }

    public ImmutableArray<string> Texts(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Array } found && found.EnumerateArray().All(static e => e.ValueKind == JsonValueKind.String)) return [.. found.EnumerateArray().Select(static e => e.GetString()!)];
        Fault("model-field", $"'{name}' is missing or no list of texts.");
        return [];
    }

    /// <summary>Finite numbers; a list of the wrong length is a finding.</summary>
    /// <param name="count">-1: any.</param>
    public ImmutableArray<double> Numbers(string name, int count = -1)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Array } found && found.EnumerateArray().All(static e => e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out double d) && double.IsFinite(d)))
        {
            ImmutableArray<double> values = [.. found.EnumerateArray().Select(static e => e.GetDouble())];
            if (count < 0 || values.Length == count) return values;
            Fault("model-length", $"'{name}' has {values.Length} numbers, not {count}.");
        }
        else
        {
            Fault("model-field", $"'{name}' is missing or no list of finite numbers.");
        }
        return [.. new double[Math.Max(0, count)]];
    }

    /// <summary>Finite 32-bit numbers, written as the base 64 of their bytes, low byte first.</summary>
    public ImmutableArray<float> Floats(string name, int count = -1)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } found && found.TryGetBytesFromBase64(out byte[]? bytes) && bytes.Length % 4 == 0 && bytes.Length / 4 <= MostNumbers)
        {
            float[] values = new float[bytes.Length / 4];
            for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i));
            if (!Array.TrueForAll(values, float.IsFinite)) Fault("model-number", $"'{name}' holds what is no finite number.");
            else if (count < 0 || values.Length == count) return [.. values];
            else Fault("model-length", $"'{name}' has {values.Length} numbers, not {count}.");
        }
        else
        {
            Fault("model-field", $"'{name}' is missing or not the base 64 of 32-bit numbers.");
        }
        return [.. new float[Math.Clamp(count, 0, MostNumbers)]];
    }

    public ImmutableArray<ModelFigure> Figures(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } found && found.EnumerateObject().All(static p => p.Value.ValueKind == JsonValueKind.Number))
            return [.. found.EnumerateObject().Select(static p => new ModelFigure(p.Name, p.Value.GetDouble()))];
        Fault("model-field", $"'{name}' is missing or no set of numbers.");
        return [];
    }

    /// <summary>An object inside this one; an empty one after a finding.</summary>
    public ModelReader Inside(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } found) return new(null, found, Path(name), _source, _findings);
        Fault("model-field", $"'{name}' is missing or no object.");
        return new(null, default, Path(name), _source, _findings);
    }

    /// <summary>A list of objects inside this one.</summary>
    public IReadOnlyList<ModelReader> Each(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Array } found && found.EnumerateArray().All(static e => e.ValueKind == JsonValueKind.Object))
            return [.. found.EnumerateArray().Select((e, i) => new ModelReader(null, e, $"{Path(name)}[{i}]", _source, _findings))];
        Fault("model-field", $"'{name}' is missing or no list of objects.");
        return [];
    }

    private string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private JsonElement? Find(string name) => _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out JsonElement found) ? found : null;
}
