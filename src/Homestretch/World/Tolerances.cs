using System.Globalization;

namespace Homestretch.World;

/// <summary>What is measured in a step of work and between which limits. Text form: <c>torque=22..26 Nm; insulation=2.. MOhm</c>, each limit with or without its ends, in order.</summary>
public sealed record Tolerances(IReadOnlyList<Tolerance> All)
{
    public static Tolerances None { get; } = new([]);

    public bool Equals(Tolerances? other) => other is not null && All.SequenceEqual(other.All);
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
    public override string ToString() => string.Join("; ", All);

    /// <summary>Reads limits, or says which one cannot be read.</summary>
    public static (Tolerances? Value, string? Wrong, string? Cure) Parse(string text)
    {
        var all = new List<Tolerance>();
        foreach (string part in Listed.Of(text))
        {
            if (Tolerance.Of(part) is not { } limit) return (null, $"The tolerance '{part}' cannot be read.", "Write name=low..high unit, such as torque=22..26 Nm.");
            if (all.Any(l => l.Name == limit.Name)) return (null, $"'{limit.Name}' is given two tolerances.", "Name each measurement once.");
            all.Add(limit);
        }
        return (all.Count == 0 ? None : new(all), null, null);
    }

    /// <summary>What measured values break.</summary>
    /// <param name="values">As <c>torque=24.1; insulation=5</c>.</param>
    /// <returns>Sentences; empty when everything was measured and is within its limits.</returns>
    public IReadOnlyList<string> Broken(string values)
    {
        var given = Listed.Of(values).Select(static v => v.Split('=', 2, StringSplitOptions.TrimEntries)).Where(static v => v.Length == 2).GroupBy(static v => v[0], StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Last()[1], StringComparer.Ordinal);
        return [.. All.Select(l => l.Broken(given.GetValueOrDefault(l.Name))).OfType<string>()];
    }
}

/// <summary>One measurement: at least <paramref name="Low"/>, at most <paramref name="High"/>; null: no limit on that side.</summary>
public sealed record Tolerance(string Name, decimal? Low, decimal? High, string Unit)
{
    private string Range => string.Create(CultureInfo.InvariantCulture, $"{Low}..{High}{(Unit.Length > 0 ? " " : "")}{Unit}");

    public override string ToString() => $"{Name}={Range}";

    /// <summary>Why a measured value does not do; null when it does.</summary>
    internal string? Broken(string? value) => value is null ? $"{Name} was not measured ({Range})."
        : !decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n) ? $"{Name} of '{value}' is no number ({Range})."
        : n < Low || n > High ? string.Create(CultureInfo.InvariantCulture, $"{Name} of {n} {Unit} is not within {Range}.") : null;

    internal static Tolerance? Of(string text)
    {
        string[] sides = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (sides.Length != 2 || sides[0].Length == 0) return null;
        string[] measured = sides[1].Split(' ', 2, StringSplitOptions.TrimEntries);
        string[] ends = measured[0].Split("..");
        return ends.Length == 2 && End(ends[0], out decimal? low) && End(ends[1], out decimal? high) && (low is not null || high is not null) && !(low > high)
            ? new(sides[0], low, high, measured.Length > 1 ? measured[1] : "") : null;
    }

    private static bool End(string text, out decimal? end)
    {
        end = null;
        if (text.Length == 0) return true;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n)) return false;
        end = n;
        return true;
    }
}
