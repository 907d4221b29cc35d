using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>How much of an item each level of disclosure tells, and what making and assembling tell without any document.</summary>
public static class ExposureLevels
{
    /// <summary>d of each level in order: sealed, envelope, drawing, package, process.</summary>
    public static IReadOnlyList<double> Disclosed { get; } = [0, 0.2, 0.5, 0.8, 1];

    /// <summary>Who makes an item has at least its drawing.</summary>
    public const DisclosureLevel Making = DisclosureLevel.Drawing;

    /// <summary>Who receives an item to assemble it into another has at least its envelope.</summary>
    public const DisclosureLevel Assembling = DisclosureLevel.Envelope;

    public static double Of(DisclosureLevel level) => Disclosed[(int)level];
}
