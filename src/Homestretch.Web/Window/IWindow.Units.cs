using Homestretch.Finishing.Tracing;
using Homestretch.World;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Units that were begun, newest first; empty for who is not of the brand owner or may not see lines.</summary>
    Task<Page<UnitRow>> Units(UnitQuery query, CancellationToken cancel);

    /// <summary>As-built record of a serial number; null when there is no such unit or it is not this person's to see.</summary>
    Task<UnitRecord?> Unit(string serial, CancellationToken cancel);

    /// <summary>What may be claimed of a unit; null when there is none, or for who may not see lines and money.</summary>
    Task<UnitClaims?> UnitClaims(string serial, UnitGiven given, CancellationToken cancel);

    /// <summary>What a recall concerns and where it is; null with the reasons when it cannot be told.</summary>
    Task<(Recall? Recall, IReadOnlyList<Finding> Findings)> Recalled(RecallQuestion question, CancellationToken cancel);
}
