using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Machines;

public sealed partial class MachinesPage : Screen
{
    private const int PageSize = 50;
    private Page<MachineRow> _page = new([], 0, 0);
    private IReadOnlyList<Party> _suppliers = [];

    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "supplier")] private string? Supplier { get; set; }
    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private int? From { get; set; }

    private string Query => Address.Query(Nav);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _suppliers = [.. Window.Records(TableKind.Named("parties")!).OfType<Party>().Where(static p => p.Kind == PartyKind.Supplier)];
    }

    private bool _priced;

    protected override void Ask()
    {
        _page = Window.Machines(new MachineFilter(Text, Supplier, State).Query(From ?? 0, PageSize));
        _priced = _page.Rows.Any(static r => r.Upkeep is not null);
    }
}
