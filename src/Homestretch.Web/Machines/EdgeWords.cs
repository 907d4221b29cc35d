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
