using Homestretch.World;

namespace Homestretch.Finishing.Origin.Labels;

/// <summary>What may be done with a label's text. What needs a signature may not be used before somebody has reviewed and signed it; unknown may not be used.</summary>
public enum LabelState { Allowed, Refused, NeedsSignature, Unknown }

/// <summary>Whether a unit may carry a text, with the reason in words and figures.</summary>
/// <param name="Reading">How the text was understood; null: it was not.</param>
/// <param name="Share">The domestic share that was looked at; null: none.</param>
/// <param name="SignedBy">Who reviews and signs; empty: nobody need, or nobody is named.</param>
/// <param name="Missing">What must be known before it can be told.</param>
/// <param name="Undetermined">What is undetermined and was taken for foreign.</param>
/// <param name="Rules">Rows of origin_rules that were used.</param>
public sealed record LabelAnswer(string Text, LabelReading? Reading, LabelState State, string Why, Ratio? Share, string SignedBy, IReadOnlyList<string> Missing, IReadOnlyList<string> Undetermined, IReadOnlyList<OriginRule> Rules);
