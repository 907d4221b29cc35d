using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Today;

public sealed partial class TodayPage : Screen
{
    private const int PageSize = 40;
    private TodayView _today = default!;
    private KitGridView _grid = default!;
    private MapView _map = default!;
    private SituationsView _situations = SituationsView.None;
    private IReadOnlyList<LotRow> _lots = [];
    private IReadOnlyList<MachineRow> _machines = [];
    private IReadOnlyList<Market> _markets = [];
    private IReadOnlyList<AssemblyLine> _lines = [];
    private bool _empty;
    private int _lotsInAll;

    [SupplyParameterFromQuery(Name = "market")] private string? Market { get; set; }
    [SupplyParameterFromQuery(Name = "line")] private string? Line { get; set; }
    [SupplyParameterFromQuery(Name = "risk")] private bool? Risk { get; set; }

    /// <summary>'map' when the map takes the whole width.</summary>
    [SupplyParameterFromQuery(Name = "wide")] private string? Wide { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private int? From { get; set; }

    /// <summary>This page's address without the drawer, ready to take 'show='.</summary>
    private string Base => Address.Question(Nav) is var q && q.Contains('?', StringComparison.Ordinal) ? $"{q}&" : $"{q}?";
    private bool Kits => May(Permission.SeeOrders) || May(Permission.SeeLines);
    private string Query => Address.Query(Nav);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _markets = Records<Market>();
        _lines = Records<AssemblyLine>();
    }

    protected override bool Situated => true;

    protected override void Ask()
    {
        _today = Window.Today();
        _map = Window.Map();
        if (May(Permission.SeeOrders)) _situations = Window.Situations(new(Take: 3));
        if (Kits) _grid = Window.Kits(new KitQuery(Line: Line, Market: Market, OnlyAtRisk: Risk == true, Skip: From ?? 0, Take: PageSize));
        else if (May(Permission.SeeSupply) && !May(Permission.SeeMachines) || May(Permission.ReportSupply)) (_lots, _lotsInAll) = Due();
        else if (May(Permission.SeeMachines)) _machines = Window.Machines(new MachineQuery(Take: 15)).Rows;
        _empty = Records<Item>().Count == 0 && Records<Site>().Count == 0;
    }

    /// <summary>The next that are due; first those whose date can still be reported, for whom may do that.</summary>
    private (IReadOnlyList<LotRow> Rows, int InAll) Due()
    {
        Page<LotRow> page = Window.Lots(new LotQuery(Sort: "due", Take: 60));
        return ([.. page.Rows.OrderBy(l => May(Permission.ReportSupply) && l.State > LotState.Making).Take(30)], page.Total);
    }

    private IReadOnlyList<T> Records<T>() where T : class, IRecord<T> => [.. Window.Records(TableKind.Named(T.TableName)!).OfType<T>()];
}
