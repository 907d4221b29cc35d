using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>How a claim stands. Unknown is no yes and no no: something that it hangs on is missing.</summary>
public enum ClaimState { Holds, Fails, NeedsReview, Unknown, DoesNotApply }

/// <summary>What a unit's content says of one rule of origin, with all that made it.</summary>
/// <param name="Key">Stable word for programs.</param>
/// <param name="Answer">The figure or the origin found; empty: none.</param>
/// <param name="Share">The share in question, exact; null: none.</param>
/// <param name="Required">Percent that it is held against; null: none.</param>
/// <param name="Formula">How the share is counted.</param>
/// <param name="Inputs">Amounts that went into it.</param>
/// <param name="Why">The outcome in words and figures.</param>
/// <param name="Missing">What must be known before it can be told.</param>
/// <param name="Undetermined">What is undetermined and was taken for what helps least.</param>
/// <param name="Rules">Rows of origin_rules that were used.</param>
/// <param name="Notes">What else must hold, which figures do not show.</param>
/// <param name="SignedBy">Who reviews and signs; empty: nobody need, or nobody is named.</param>
public sealed record Claim(string Key, string Title, ClaimState State, string Answer, Ratio? Share, decimal? Required, string Formula, IReadOnlyList<ClaimInput> Inputs, string Why,
    IReadOnlyList<string> Missing, IReadOnlyList<string> Undetermined, IReadOnlyList<OriginRule> Rules, IReadOnlyList<string> Notes, string SignedBy);

/// <summary>An amount that went into a claim.</summary>
/// <param name="Name">What it is, with the symbol of the formula.</param>
public sealed record ClaimInput(string Name, Money Amount);
