namespace Homestretch.World;

/// <summary>The option taken for each feature of a variant, in ordinal order of features. Text form:
/// <c>battery=500Wh; frame=L</c>.</summary>
public sealed class Choices : IEquatable<Choices>
{
    private readonly (string Feature, string Option)[] _taken;
    private readonly string _text;

    public static Choices None { get; } = new([]);

    public Choices(IEnumerable<(string Feature, string Option)> taken)
    {
        _taken = [.. taken];
        Array.Sort(_taken, static (a, b) => string.CompareOrdinal(a.Feature, b.Feature));
        _text = string.Join("; ", _taken.Select(static c => $"{c.Feature}={c.Option}"));
    }

    public IReadOnlyList<(string Feature, string Option)> Taken => _taken;

    /// <summary>The option taken for a feature; empty when none was.</summary>
    public string this[string feature]
    {
        get
        {
            foreach (var (f, option) in _taken)
            {
                if (f == feature) return option;
            }
            return "";
        }
    }

    /// <summary>The same with another option of one feature.</summary>
    public Choices With(string feature, string option) => new([.. _taken.Where(c => c.Feature != feature), (feature, option)]);

    public static (Choices? Value, string? Wrong, string? Cure) Parse(string text)
    {
        var taken = new List<(string, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[0].Length == 0 || sides[1].Length == 0)
                return (null, $"'{part}' is no choice.", "Write feature=option, with ';' between choices.");
            if (!seen.Add(sides[0]))
                return (null, $"The feature '{sides[0]}' is chosen twice.", "Keep one option for each feature.");
            taken.Add((sides[0], sides[1]));
        }
        return (new Choices(taken), null, null);
    }

    public bool Equals(Choices? other) => other is not null && _text == other._text;
    public override bool Equals(object? obj) => Equals(obj as Choices);
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => _text;
}
