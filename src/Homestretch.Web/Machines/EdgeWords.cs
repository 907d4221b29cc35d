using Homestretch.Web.Window;

namespace Homestretch.Web.Machines;

/// <summary>How edges and their contracts read.</summary>
internal static class EdgeWords
{
    public static (string Text, string Glyph, string Tone) Heard(EdgeRow edge) => edge.Online ? ("heard", "way", "sure") : edge.LastContact is null ? ("never heard", "unknown", "unknown") : ("not heard", "late", "late");

    public static (string Text, string Glyph, string Tone) Of(ContractState state) => state switch
    {
        ContractState.None => ("none", "unknown", "unknown"),
        ContractState.Proposed => ("waits for the supplier", "waiting", "risk"),
        ContractState.InForce => ("in force", "stock", "sure"),
        ContractState.Revoked => ("revoked", "late", "late"),
    };

    public static string Records(long count) => $"{Showing.Wording.Number(count)} record{(count == 1 ? "" : "s")}";

    /// <summary>A stream's name, and what tells it from others of its kind: how late it leaves, and the log it comes from.</summary>
    public static (string Name, string More) Stream(string stream)
    {
        string[] parts = stream.Split('@', 2), kind = parts[0].Split('+', 2);
        string name = kind[0] switch { "event" => "states and counters", "summary" => "summaries", "raw" => "measured values", _ => stream };
        return (name, string.Join(", ", new[] { kind.Length > 1 ? $"{kind[1]} s late" : "", parts.Length > 1 ? $"log {parts[1]}" : "" }.Where(static m => m.Length > 0)));
    }

    /// <summary>How coarse and how late a field leaves.</summary>
    public static string Terms(ContractFieldRow f)
    {
        List<string> terms = [];
        if (f.EverySeconds > 0) terms.Add($"one in {Seconds(f.EverySeconds)}");
        if (f.Step > 0) terms.Add(FormattableString.Invariant($"in steps of {f.Step}"));
        if (f.DelaySeconds > 0) terms.Add($"{Seconds(f.DelaySeconds)} late");
        return terms.Count == 0 ? "each value, as measured" : string.Join(", ", terms);
    }

    private static string Seconds(double s) => s >= 3600 && s % 3600 == 0 ? FormattableString.Invariant($"{s / 3600} h") : s >= 60 && s % 60 == 0 ? FormattableString.Invariant($"{s / 60} min") : FormattableString.Invariant($"{s} s");
}
