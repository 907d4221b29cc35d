using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>What one party could reconstruct.</summary>
/// <param name="Reconstructed">R, its share of the product.</param>
/// <param name="Known">K of each item.</param>
public sealed record PartyExposure(int Holder, double Reconstructed, IReadOnlyList<double> Known);

/// <summary>What a coalition could reconstruct.</summary>
/// <param name="Reconstructed">R of what its members have together.</param>
/// <param name="Best">The most that any one of them could alone.</param>
/// <param name="Sum">What they could each, added up: a union may be worth less (they know the same) or more (they know both ends of a relation).</param>
public sealed record CoalitionExposure(Coalition Of, double Reconstructed, double Best, double Sum);

/// <summary>Exposure as it stands.</summary>
/// <param name="Parties">Most exposed first.</param>
/// <param name="Coalitions">In their own order.</param>
/// <param name="Outside">R of all outside parties together.</param>
/// <param name="Fewest">The fewest parties whose union reaches the threshold; null: all together do not.</param>
/// <param name="Threshold">Share of the product from which on it counts as reconstructed.</param>
public sealed record ExposureReport(IReadOnlyList<PartyExposure> Parties, IReadOnlyList<CoalitionExposure> Coalitions, double Outside, IReadOnlyList<int>? Fewest, double Threshold)
{
    public const double Reached = 0.8;

    /// <summary>False: the search for the fewest was ended before it was through, and says nothing.</summary>
    public bool Settled { get; init; } = true;

    /// <summary>The keystone H: the share of the product that never leaves home.</summary>
    public double Home => 1 - Outside;

    /// <param name="sets">Sets of parties that the search for the fewest looks at, at most.</param>
    public static ExposureReport Of(ExposureCase given, double threshold = Reached, long sets = long.MaxValue)
    {
        double[][] disclosed = given.Disclosed();
        PartyExposure[] parties = [.. disclosed.Select((d, p) => Party(given, d, p))];
        CoalitionExposure[] coalitions = [.. Coalition.Of(given).Select(c => new CoalitionExposure(c, given.Graph.Reconstructed(ExposureCase.Together(disclosed, c.Members)), c.Members.Max(p => parties[p].Reconstructed), c.Members.Sum(p => parties[p].Reconstructed)))];
        double outside = disclosed.Length == 0 ? 0 : given.Graph.Reconstructed(ExposureCase.Together(disclosed, Enumerable.Range(0, disclosed.Length)));
        var (fewest, settled) = FewestParties.Within(given.Graph, disclosed, threshold, int.MaxValue, sets);
        return new([.. parties.OrderByDescending(static p => p.Reconstructed).ThenBy(static p => p.Holder)], coalitions, outside, fewest, threshold) { Settled = settled };
    }

    private static PartyExposure Party(ExposureCase given, double[] disclosed, int place)
    {
        double[] known = new double[given.Items.Count];
        return new(place, given.Graph.Reconstructed(disclosed, known), known);
    }
}

/// <summary>What one more level of an item at one party would change.</summary>
/// <param name="Party">By how much R of the party would grow.</param>
/// <param name="Owner">The same for all that its owner controls.</param>
/// <param name="Country">The same for the parties of a country it is in, where that grows most.</param>
/// <param name="Outside">The same for all outside parties together.</param>
public sealed record Marginal(int Item, int Holder, DisclosureLevel Level, double Party, double Owner, double Country, double Outside)
{
    /// <summary>Every level above the present one of every item at one party.</summary>
    public static IReadOnlyList<Marginal> Of(ExposureCase given, int holder)
    {
        double[][] disclosed = given.Disclosed();
        Coalition[] coalitions = [.. Coalition.Of(given).Where(c => c.Members.Contains(holder))];
        var own = new ExposureState(given.Graph, disclosed[holder]);
        var all = new ExposureState(given.Graph, ExposureCase.Together(disclosed, Enumerable.Range(0, disclosed.Length)));
        ExposureState? owner = coalitions.FirstOrDefault(static c => c.Kind == CoalitionKind.Owner) is { } o ? State(o) : null;
        ExposureState[] countries = [.. coalitions.Where(static c => c.Kind == CoalitionKind.Country).Select(State)];
        var marginals = new List<Marginal>();
        for (int i = 0; i < given.Items.Count; i++)
        {
            foreach (DisclosureLevel level in Enum.GetValues<DisclosureLevel>())
            {
                double d = ExposureLevels.Of(level);
                if (d <= disclosed[holder][i]) continue;
                double mine = Gain(own, i, d);
                marginals.Add(new(i, holder, level, mine, owner is null ? mine : Gain(owner, i, d), countries.Max(c => Gain(c, i, d)), Gain(all, i, d)));
            }
        }
        return marginals;

        ExposureState State(Coalition c) => new(given.Graph, ExposureCase.Together(disclosed, c.Members));
    }

    private static double Gain(ExposureState state, int item, double d) => d <= state.Disclosed(item) ? 0 : state.If(item, d) - state.Reconstructed;
}
