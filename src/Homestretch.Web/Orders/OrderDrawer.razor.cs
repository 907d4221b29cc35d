using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Orders;

/// <summary>Why an order line has its date: distribution, gate, chain of parts, promises and pins.</summary>
public sealed partial class OrderDrawer : Screen
{
    private OrderView? _order;
    private IReadOnlyList<UnitRow> _units = [];
    private string _unitsOf = "";
    private Trace _trace;

    [Parameter, EditorRequired] public string Key { get; set; } = "";

    /// <summary>Item whose chain is unfolded first; empty: the gate.</summary>
    [Parameter] public string Part { get; set; } = "";

    protected override void Ask()
    {
        _order = Window.Order(Key);
        if (_order?.Row is { } row) _trace = Trail.See(row.OrderLine, $"{row.State} {row.Promised} {row.Forecast} {row.GateItem} {Wording.Percent(row.KeptShare)}", Version);
    }

    protected override async Task AskAway()
    {
        string of = Key;
        IReadOnlyList<UnitRow> units = (await Window.Units(new(OrderLine: of, Take: 200), Left)).Rows;
        (_units, _unitsOf) = (units, of);
    }

    /// <summary>The part asked for first, then by how often it is last. One item may come from several lots, and one lot may be drawn on twice:
    /// each peg has a place of its own.</summary>
    private IEnumerable<(KitPartView Part, (string Item, string Supply, int Turn) Place)> Chains(OrderView order) => order.Parts.GroupBy(static p => (p.Item, p.Cell.Supply))
        .SelectMany(static g => g.Select((p, turn) => (Part: p, Place: (g.Key.Item, g.Key.Supply, turn)))).OrderByDescending(p => p.Part.Item == Part).ThenByDescending(static p => p.Part.GateShare);

    protected override bool Concerns(LiveNote note) => note.OrderLines.Count == 0 || note.OrderLines.Contains(Key);

    private async Task Release(Pin pin)
    {
        Notices.Say(await Window.Release(pin.Key.Value, default), $"The pin on {pin.Target} is released.");
        Refresh();
    }
}
