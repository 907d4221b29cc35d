using System.Globalization;

namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>Limits and axes as text: measure, perhaps a colon and a country or party, and for a limit '=' and a number.</summary>
public static class LimitWords
{
    /// <summary>The limit, or null with a finding.</summary>
    public static Limit? Limit(string text, List<Finding> findings)
    {
        int at = text.LastIndexOf('=');
        if (at < 0 || !double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            findings.Add(new(new("limits"), "limit", $"'{text}' is no limit.", "Write a measure, '=' and a number, such as country-share:CN=0.6."));
            return null;
        }
        return Axis(text[..at], findings) is { } axis ? new(axis.Measure, value, axis.Subject) : null;
    }

    /// <summary>A limit as text that <see cref="Limit"/> reads.</summary>
    public static string Of(Limit limit) => string.Create(CultureInfo.InvariantCulture, $"{limit.Name}{(limit.Subject is null ? "" : $":{limit.Subject}")}={limit.Value:R}");

    /// <summary>The axis, or null with a finding.</summary>
    public static Axis? Axis(string text, List<Finding> findings)
    {
        int at = text.IndexOf(':', StringComparison.Ordinal);
        string name = (at < 0 ? text : text[..at]).Trim(), subject = at < 0 ? "" : text[(at + 1)..].Trim();
        foreach (Measure m in Enum.GetValues<Measure>())
            if (Limits.Limit.NameOf(m) == name) return new(m, subject.Length > 0 ? subject : null);
        findings.Add(new(new("limits"), "measure", $"'{name}' is no measure.", $"Use {string.Join(", ", Enum.GetValues<Measure>().Select(Limits.Limit.NameOf))}."));
        return null;
    }
}
