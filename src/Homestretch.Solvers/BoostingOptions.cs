using System.Globalization;
using System.Text;

namespace Homestretch.Solvers;

/// <summary>What a boosted model minimises.</summary>
public enum BoostingGoal
{
    /// <summary>Squared errors: the mean.</summary>
    Mean,

    /// <summary>Absolute errors: the median, by LightGBM's renewal of leaves.</summary>
    Median,

    /// <summary>Pinball loss: the quantile at <see cref="BoostingOptions.Level"/>.</summary>
    Quantile,

    /// <summary>Log loss of labels 1 and 0: a chance.</summary>
    Chance,
}

/// <summary>How trees are grown. The same rows and options give the same model text, byte for byte, on one kind of machine:
/// one thread, fixed seed, deterministic sums.</summary>
/// <param name="Level">In (0, 1); for <see cref="BoostingGoal.Quantile"/> only.</param>
/// <param name="Trees">How many.</param>
/// <param name="Rate">Share of each tree's correction that is taken (shrinkage).</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="Depth">Most splits from root to leaf; 0 without limit.</param>
/// <param name="LeastRows">Fewest rows in a leaf.</param>
/// <param name="LeastHessian">Smallest sum of second derivatives in a leaf.</param>
/// <param name="RowShare">Share of rows that a tree sees, drawn anew for every <paramref name="RowsEvery"/> trees.</param>
/// <param name="FeatureShare">Share of features that a tree may use.</param>
/// <param name="NodeFeatureShare">Share of a tree's features that a node may use.</param>
/// <param name="L1">Pull of leaves to 0, absolute.</param>
/// <param name="L2">Pull of leaves to 0, squared.</param>
/// <param name="LeastGain">Smallest gain of a split.</param>
/// <param name="Bins">Most values a feature is cut into.</param>
/// <param name="Smoothing">Pull of a leaf to its parent, in rows (path_smooth).</param>
/// <param name="RandomSplits">One threshold drawn a feature and node (extra trees).</param>
/// <param name="ZeroIsMissing">0 counts as unknown.</param>
/// <param name="Rising">One a feature: 1 never falls with it, -1 never rises, 0 free; null: all free. Not for
/// <see cref="BoostingGoal.Quantile"/> and <see cref="BoostingGoal.Median"/>: their leaves are renewed after they are grown.</param>
/// <param name="Seed">Of the draws of rows and features.</param>
public sealed record BoostingOptions(BoostingGoal Goal, double Level = 0.5, int Trees = 100, double Rate = 0.1, int Leaves = 31, int Depth = 0, int LeastRows = 20, double LeastHessian = 1e-3,
    double RowShare = 1, int RowsEvery = 1, double FeatureShare = 1, double NodeFeatureShare = 1, double L1 = 0, double L2 = 0, double LeastGain = 0, int Bins = 255,
    double Smoothing = 0, bool RandomSplits = false, bool ZeroIsMissing = false, IReadOnlyList<int>? Rising = null, int Seed = 1)
{
    /// <summary>The options in LightGBM's words (docs/Parameters.rst).</summary>
    internal string Text()
    {
        var text = new StringBuilder("num_threads=1 deterministic=true force_row_wise=true verbosity=-1 feature_pre_filter=false");
        void Add(string name, object value) => text.Append(' ').Append(name).Append('=').Append(string.Create(CultureInfo.InvariantCulture, $"{value}"));
        Add("objective", Goal switch { BoostingGoal.Mean => "regression", BoostingGoal.Median => "regression_l1", BoostingGoal.Quantile => "quantile", BoostingGoal.Chance => "binary" });
        if (Goal == BoostingGoal.Quantile) Add("alpha", Level);
        Add("learning_rate", Rate);
        Add("num_leaves", Leaves);
        Add("max_depth", Depth == 0 ? -1 : Depth);
        Add("min_data_in_leaf", LeastRows);
        Add("min_sum_hessian_in_leaf", LeastHessian);
        if (RowShare < 1)
        {
            Add("bagging_fraction", RowShare);
            Add("bagging_freq", RowsEvery);
        }
        Add("feature_fraction", FeatureShare);
        Add("feature_fraction_bynode", NodeFeatureShare);
        Add("lambda_l1", L1);
        Add("lambda_l2", L2);
        Add("min_gain_to_split", LeastGain);
        Add("max_bin", Bins);
        Add("path_smooth", Smoothing);
        Add("extra_trees", RandomSplits ? "true" : "false");
        Add("zero_as_missing", ZeroIsMissing ? "true" : "false");
        if (Rising is not null)
        {
            Add("monotone_constraints", string.Join(',', Rising));
            Add("monotone_constraints_method", "basic"); // the others let a chance fall where values are missing
        }
        Add("seed", Seed);
        return text.ToString();
    }

    /// <summary>Throws when a number lies outside its range.</summary>
    internal void Check(int features)
    {
        void Must(bool holds, string name, object value)
        {
            if (!holds) throw new ArgumentOutOfRangeException(name, value, "Outside its range.");
        }
        Must(Level is > 0 and < 1, nameof(Level), Level);
        Must(Trees is >= 1 and <= 100_000, nameof(Trees), Trees);
        Must(Rate is > 0 and <= 1, nameof(Rate), Rate);
        Must(Leaves is >= 2 and <= 131_072, nameof(Leaves), Leaves);
        Must(Depth >= 0, nameof(Depth), Depth);
        Must(LeastRows >= 1, nameof(LeastRows), LeastRows);
        Must(RowShare is > 0 and <= 1, nameof(RowShare), RowShare);
        Must(RowsEvery >= 1, nameof(RowsEvery), RowsEvery);
        Must(FeatureShare is > 0 and <= 1, nameof(FeatureShare), FeatureShare);
        Must(NodeFeatureShare is > 0 and <= 1, nameof(NodeFeatureShare), NodeFeatureShare);
        Must(Bins is >= 2 and <= 65_535, nameof(Bins), Bins);
        if (Rising is not null && Goal is (BoostingGoal.Quantile or BoostingGoal.Median)) throw new ArgumentException($"A {Goal} cannot be held rising.", nameof(features));
        if (Rising is not null && Rising.Count != features) throw new ArgumentException($"{features} features and {Rising.Count} directions that may not turn.", nameof(features));
    }
}
