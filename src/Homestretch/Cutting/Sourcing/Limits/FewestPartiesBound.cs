using Homestretch.Cutting.Kernel;
using Homestretch.Exposure;

namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>A limit of how few parties outside could reconstruct the product together.</summary>
/// <param name="graph">What there is to know.</param>
/// <param name="told">What each party is told under a choice.</param>
internal sealed class FewestPartiesBound(Limit limit, ExposureGraph graph, IReadOnlyList<Told> told) : Bounded(limit)
{
    /// <summary>So many may be fewer than the limit asks for.</summary>
    private int Fewer => (int)Math.Min(told.Count, Math.Ceiling(Limit.Value) - 1);

    public override double Of(int[] options) => Fewest([.. told.Select(t => t.Of(options))], told.Count);
    public override double Missed(int[] options) => Short(Fewest([.. told.Select(t => t.Of(options))], Fewer));

    /// <summary>Who is told no more than in any case is needed in no smaller a number.</summary>
    public override double LeastMissed(StagesLeft left) => Short(Fewest([.. told.Select(t => t.InAnyCase(left))], Fewer));

    private double Short(double fewest) => fewest > Fewer ? 0 : (Limit.Value - fewest) / Limit.Value;

    private double Fewest(double[][] disclosed, int most) => FewestParties.Reaching(graph, disclosed, ExposureReport.Reached, most)?.Count ?? told.Count + 1;
}
