using Homestretch.Finishing.Tracing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Units and where things went: the brand owner's people who see its lines; customers only for who sees orders.</summary>
internal sealed partial class PersonWindow
{
    public UnitRecord? Unit(string serial) => Traces ? Look(s => UnitRecords.Of(s.World, serial)) is { } record ? May(Permission.SeeOrders) ? record : record with { Customer = "" } : null : null;

    public (Recall? Recall, IReadOnlyList<Finding> Findings) Recalled(RecallQuestion question)
    {
        if (!Traces || !May(Permission.SeeSupply)) return (null, Refused("ask for a recall").Findings);
        var (recall, findings) = Look(s => (Recalls.Of(s.World, question, out var wrong), wrong));
        return (recall is null || May(Permission.SeeOrders) ? recall : recall with { Units = [.. recall.Units.Select(static u => u with { Customer = "" })] }, findings);
    }

    private bool Traces => Brand && May(Permission.SeeLines);
}
