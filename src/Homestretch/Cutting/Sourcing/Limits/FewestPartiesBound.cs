using Homestretch.Cutting.Kernel;
using Homestretch.Exposure;

namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>A limit of how few parties outside could reconstruct the product together.</summary>
internal sealed class FewestPartiesBound : Bounded
{
    /// <summary>Sets of parties that are looked at to tell the fewest of a design; a limit looks at those that are smaller than it asks for, and at all of these.</summary>
    private const long SetsToTell = 200_000;

    private readonly ExposureGraph _graph;
    private readonly Told[] _told;      // what each party is told under a choice

    private FewestPartiesBound(Limit limit, ExposureGraph graph, Told[] told) : base(limit) => (_graph, _told) = (graph, told);

    public static FewestPartiesBound Of(SourcingProblem p, Limit limit, StageKnowHow know, IReadOnlyList<string> parties) => new(limit, know.Graph, [.. parties.Select(party => Told.Party(p, know, party))]);

    /// <summary>So many may be fewer than the limit asks for.</summary>
    private int Fewer => (int)Math.Min(_told.Length, Math.Ceiling(Limit.Value) - 1);

    /// <summary>The fewest under a choice, one more than there are when even all could not; null: not found within what may be looked at.</summary>
    public int? Fewest(int[] options) => FewestParties.Within(_graph, Under(options), ExposureReport.Reached, int.MaxValue, SetsToTell) is (var fewest, true) ? fewest?.Count ?? _told.Length + 1 : null;

    public override double Missed(int[] options) => Short(Under(options));

    /// <summary>Who is told no more than in any case is needed in no smaller a number.</summary>
    public override double LeastMissed(StagesLeft left) => Short([.. _told.Select(t => t.InAnyCase(left))]);

    private double[][] Under(int[] options) => [.. _told.Select(t => t.Of(options))];

    private double Short(double[][] disclosed) => FewestParties.Reaching(_graph, disclosed, ExposureReport.Reached, Fewer) is { } fewest ? (Limit.Value - fewest.Count) / Limit.Value : 0;
}
