using Homestretch.Finishing.Tracing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Units and where things went: the brand owner's people who see its lines; customers only for who sees orders.</summary>
internal sealed partial class PersonWindow
{
    public UnitRecord? Unit(string serial) => Traces ? Look(s => UnitRecords.Of(s.World, serial)) is { } record ? May(Permission.SeeOrders) ? record : record with { Customer = "" } : null : null;

    public Page<UnitRow> Units(UnitQuery query)
    {
        if (!Traces) return new([], 0, 0);
        bool customers = May(Permission.SeeOrders);
        return Look(s =>
        {
            Unit[] found = [.. s.World.Units.Where(u => Fits(s.World, u, query, customers)).OrderByDescending(static u => u.Begun).ThenByDescending(static u => u.Id, StringComparer.Ordinal)];
            int from = Math.Clamp(query.Skip, 0, found.Length);
            return new Page<UnitRow>([.. found.Skip(from).Take(query.Take).Select(u => Row(s.World, u, customers))], found.Length, from);
        });
    }

    private static bool Fits(Snapshot world, Unit unit, UnitQuery query, bool customers)
    {
        if (query.State is { } state && unit.State != state) return false;
        if (query.Market is { Length: > 0 } market && unit.Market.Value != market) return false;
        Key<OrderLine> line = world.Builds[unit.Build].OrderLine;
        if (query.OrderLine is { Length: > 0 } of && line.Value != of) return false;
        return query.Text?.Trim() is not { Length: > 0 } text || Has(unit.Id, text) || Has(line.Value, text) || (customers && Has(world.OrderLines[line].Customer.Value, text));
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static UnitRow Row(Snapshot world, Unit unit, bool customers)
    {
        Build build = world.Builds[unit.Build];
        OrderLine order = world.OrderLines[build.OrderLine];
        UnitPart[] parts = [.. world.UnitParts.StartingWith($"{unit.Id}|").Where(static p => p.TakenOut is null)];
        return new(unit.Id, unit.Family.Value, unit.Market.Value, order.Id, customers ? order.Customer.Value : "", world.AssemblyLines[build.Line].Site.Value, unit.State, unit.Begun, unit.Completed, parts.Length, parts.Count(static p => p.LotNumber.Length == 0));
    }

    public (Recall? Recall, IReadOnlyList<Finding> Findings) Recalled(RecallQuestion question)
    {
        if (!Traces || !May(Permission.SeeSupply)) return (null, Refused("ask for a recall").Findings);
        var (recall, findings) = Look(s => (Recalls.Of(s.World, question, out var wrong), wrong));
        return (recall is null || May(Permission.SeeOrders) ? recall : recall with { Units = [.. recall.Units.Select(static u => u with { Customer = "" })] }, findings);
    }

    private bool Traces => Brand && May(Permission.SeeLines);
}
