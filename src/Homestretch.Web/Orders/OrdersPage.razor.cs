using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Orders;

public sealed partial class OrdersPage : Screen
{
    private const int PageSize = 50;
    private Page<OrderRow> _page = new([], 0, 0);
    private IReadOnlyList<Market> _markets = [];

    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }
    [SupplyParameterFromQuery(Name = "market")] private string? Market { get; set; }
    [SupplyParameterFromQuery(Name = "customer")] private string? Customer { get; set; }
    [SupplyParameterFromQuery(Name = "class")] private int? Class { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] private string? SortBy { get; set; }
    [SupplyParameterFromQuery(Name = "desc")] private bool? Desc { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private int? From { get; set; }

    private string By => SortBy ?? "promise";
    private string Query => Address.Query(Nav);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _markets = [.. Window.Records(TableKind.Named("markets")!).OfType<Market>()];
    }

    protected override void Ask() =>
        _page = Window.Orders(new OrderFilter(Text, State, Market, Customer, Class, SortBy, Desc).Query(From ?? 0, PageSize));
}
