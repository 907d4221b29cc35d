namespace Homestretch.Solvers;

/// <summary>Rows to learn from.</summary>
/// <param name="Features">Names of the features: letters, digits, '_', '.' and '-', each once.</param>
/// <param name="Values">Row after row, one value a feature; NaN where unknown.</param>
/// <param name="Labels">One a row: the value to predict, or 1 and 0 for yes and no.</param>
/// <param name="Weights">One a row, above 0; null: all weigh the same.</param>
public sealed record BoostingRows(IReadOnlyList<string> Features, float[] Values, float[] Labels, float[]? Weights = null)
{
    public int Count => Labels.Length;

    /// <summary>Throws when the arrays do not fit each other or hold what nothing can be learned from.</summary>
    internal void Check()
    {
        if (Count == 0) throw new ArgumentException("There are no rows to learn from.", nameof(Labels));
        if (Values.Length != (long)Count * Features.Count)
            throw new ArgumentException($"{Count} rows of {Features.Count} features need {(long)Count * Features.Count} values; there are {Values.Length}.", nameof(Values));
        if (Weights is not null && Weights.Length != Count) throw new ArgumentException($"{Count} rows and {Weights.Length} weights.", nameof(Weights));
        if (Array.FindIndex(Labels, static y => !float.IsFinite(y)) is >= 0 and var row) throw new ArgumentException($"The label of row {row} is {Labels[row]}.", nameof(Labels));
        if (Weights is not null && Array.FindIndex(Weights, static w => !(w > 0) || !float.IsFinite(w)) is >= 0 and var at) throw new ArgumentException($"The weight of row {at} is {Weights[at]}.", nameof(Weights));
        foreach (string name in Features)
        {
            if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')) throw new ArgumentException($"'{name}' is no name for a feature.", nameof(Features));
        }
        if (Features.Distinct(StringComparer.Ordinal).Count() != Features.Count) throw new ArgumentException("Two features have the same name.", nameof(Features));
    }
}
