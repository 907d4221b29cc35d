using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Today;

public sealed partial class TodayPage : Screen
{
    private const int PageSize = 60;
    private TodayView _today = default!;
    private KitGridView _grid = default!;
    private MapView _map = default!;
    private IReadOnlyList<Market> _markets = [];
    private IReadOnlyList<AssemblyLine> _lines = [];

    [SupplyParameterFromQuery(Name = "market")] private string? Market { get; set; }
    [SupplyParameterFromQuery(Name = "line")] private string? Line { get; set; }
    [SupplyParameterFromQuery(Name = "risk")] private bool? Risk { get; set; }

    /// <summary>'map' when the map takes the whole width.</summary>
    [SupplyParameterFromQuery(Name = "wide")] private string? Wide { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private int? From { get; set; }

    /// <summary>This page's address without the drawer, ready to take 'show='.</summary>
    private string Base => Address.Question(Nav) is var q && q.Contains('?', StringComparison.Ordinal) ? $"{q}&" : $"{q}?";
    private string Query => Address.Query(Nav);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _markets = [.. Window.Records(TableKind.Named("markets")!).OfType<Market>()];
        _lines = [.. Window.Records(TableKind.Named("assembly_lines")!).OfType<AssemblyLine>()];
    }

    protected override void Ask()
    {
        _today = Window.Today();
        _grid = Window.Kits(new KitQuery(Line: Line, Market: Market, OnlyAtRisk: Risk == true, Skip: From ?? 0, Take: PageSize));
        _map = Window.Map();
    }
}
