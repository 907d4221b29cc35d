using Homestretch.Finishing.Tracing;
using Homestretch.Server.Archiving;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Units and where things went, in the world and in the archive: the brand owner's people who see its lines; customers only for who sees orders. The world is looked at first: what leaves it is in the archive by then.</summary>
internal sealed partial class PersonWindow
{
    public async Task<UnitRecord?> Unit(string serial, CancellationToken cancel)
    {
        if (!Traces) return null;
        UnitRecord? record = UnitRecords.Of(Look(static s => s.World), serial) ?? await _archive.Find(serial, cancel);
        return record is null || May(Permission.SeeOrders) ? record : record with { Customer = "" };
    }

    public async Task<Page<UnitRow>> Units(UnitQuery query, CancellationToken cancel)
    {
        if (!Traces) return new([], 0, 0);
        bool customers = May(Permission.SeeOrders);
        UnitList list = await UnitList.Of(Look(static s => s.World), _archive, new UnitFilter(Given(query.Text), query.State, Given(query.Market), Given(query.OrderLine), customers), Given(query.Item), Given(query.Lot), query.Skip, query.Take, cancel);
        return new([.. list.Units.Select(u => Row(u, customers))], list.Total, list.From);
    }

    public async Task<(Recall? Recall, IReadOnlyList<Finding> Findings)> Recalled(RecallQuestion question, CancellationToken cancel)
    {
        if (!Traces || !May(Permission.SeeSupply)) return (null, Refused("ask for a recall").Findings);
        IReadOnlyCollection<LotTrace> lots = await _archive.Lots(cancel);
        Snapshot world = Look(static s => s.World);
        if (Recalls.Scope(world, question, lots, out IReadOnlyList<Finding> findings) is not { } scope) return (null, findings);
        Recall recall = Recalls.Of(world, scope, await _archive.Concerned(scope, cancel));
        return (May(Permission.SeeOrders) ? recall : recall with { Units = [.. recall.Units.Select(static u => u with { Customer = "" })] }, []);
    }

    public async Task<Page<FloorOperation>> Ledger(LedgerQuery query, CancellationToken cancel) => Traces ? await _ledger.Page(Look(static s => s.World), query, cancel) : new([], 0, 0);

    private bool Traces => Brand && May(Permission.SeeLines);

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;

    private static UnitRow Row(UnitTrace u, bool customers) => new(u.Serial, u.Family, u.Market, u.OrderLine, customers ? u.Customer : "", u.Hub, u.State, u.Begun, u.State == UnitState.Complete ? u.Ended : null,
        u.Parts.Count(static p => !p.Out), u.Parts.Count(static p => !p.Out && p.Lot.Length == 0));
}
