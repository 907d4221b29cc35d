using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Web.Showing;

/// <summary>The filters of the Orders page as they stand in its URL.</summary>
internal sealed record OrderFilter(string? Text, string? State, string? Market, string? Customer, int? Class, string? Sort, bool? Desc)
{
    public OrderQuery Query(int skip, int take) => new(Text, Words.Find<PromiseState>(State ?? ""), Market, Customer, Class, Sort ?? "promise", Desc == true, skip, take);
}

/// <summary>The filters of the Supply page as they stand in its URL.</summary>
internal sealed record LotFilter(string? Text, string? Supplier, string? Item, string? State, bool? Late, string? Sort, bool? Desc)
{
    public LotQuery Query(int skip, int take) => new(Text, Supplier, Item, Words.Find<LotState>(State ?? ""), Late == true, Sort ?? "arrival", Desc == true, skip, take);
}

/// <summary>The filters of the Machines page as they stand in its URL.</summary>
internal sealed record MachineFilter(string? Text, string? Supplier, string? State)
{
    public MachineQuery Query(int skip, int take) => new(Text, Supplier, Words.Find<MachineState>(State ?? ""), skip, take);
}

/// <summary>The filters of the Units page as they stand in its URL.</summary>
internal sealed record UnitFilter(string? Text, string? State, string? Market)
{
    public UnitQuery Query(int skip, int take) => new(Text, Words.Find<UnitState>(State ?? ""), Market, null, skip, take);
}

/// <summary>Filters of the floor's ledger as the URL has them.</summary>
internal sealed record LedgerFilter(string? Site, string? Item, string? Lot, string? Bin, string? Unit, string? Act, string? Answer)
{
    public LedgerQuery Query(int skip, int take) => new(Given(Site), Given(Item), Given(Lot), Given(Unit), Given(Bin), Words.Find<FloorAct>(Act ?? ""), Words.Find<FloorAnswer>(Answer ?? ""), Skip: skip, Take: take);

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
