using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Supply;

public sealed partial class SupplyPage : Screen
{
    private const int PageSize = 50;
    private Page<LotRow> _page = new([], 0, 0);
    private IReadOnlyList<Party> _suppliers = [];

    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "supplier")] private string? Supplier { get; set; }
    [SupplyParameterFromQuery(Name = "item")] private string? Item { get; set; }
    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }
    [SupplyParameterFromQuery(Name = "late")] private bool? Late { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] private string? SortBy { get; set; }
    [SupplyParameterFromQuery(Name = "desc")] private bool? Desc { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private int? From { get; set; }

    private string By => SortBy ?? "arrival";
    private string Query => Address.Query(Nav);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _suppliers = [.. Window.Records(TableKind.Named("parties")!).OfType<Party>().Where(static p => p.Kind == PartyKind.Supplier)];
    }

    protected override void Ask() =>
        _page = Window.Lots(new LotFilter(Text, Supplier, Item, State, Late, SortBy, Desc).Query(From ?? 0, PageSize));

    internal static (string Text, string Glyph, string Tone) Standing(LotRow row) =>
        row.Overdue ? ($"{Wording.Of(row.State).Text}, overdue", "late", "late") : Wording.Of(row.State);
}
