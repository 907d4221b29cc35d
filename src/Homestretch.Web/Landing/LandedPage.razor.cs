using System.Globalization;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;
using NodaTime.Text;

namespace Homestretch.Web.Landing;

/// <summary>Landed cost of an item, planned by every way to buy it, and of lots that came.</summary>
public sealed partial class LandedPage : Screen
{
    private LandedChoices? _choices;
    private LandedItem _item = new("", "", []);
    private LandedView? _view;
    private IReadOnlyList<LandedLotRow> _lots = [];
    private LandedLot? _lot;
    private string _wrong = "";

    [SupplyParameterFromQuery(Name = "item")] private string? Item { get; set; }
    [SupplyParameterFromQuery(Name = "supplier")] private string? Supplier { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }
    [SupplyParameterFromQuery(Name = "on")] private string? On { get; set; }
    [SupplyParameterFromQuery(Name = "quantity")] private string? Quantity { get; set; }
    [SupplyParameterFromQuery(Name = "lot")] private string? Lot { get; set; }

    private string _entered => On ?? (_view is { } v ? LocalDatePattern.Iso.Format(v.Entered) : "");

    /// <summary>No table of it moves with what machines report.</summary>
    protected override bool Concerns(LiveNote note) => note.Machines.Count == 0 && note.Lots.Count > 0;

    protected override void Ask()
    {
        _choices = Window.LandedChoices();
        if (_choices is not { Items.Count: > 0 } choices) return;
        LandedItem item = choices.Items.FirstOrDefault(i => i.Item == Item) ?? choices.Items[0];
        if (item.Item != _item.Item) (_view, _lot) = (null, null);
        _item = item;
    }

    /// <summary>Another item: who sells it and its lots are others.</summary>
    private void Other(object? item) => Nav.NavigateTo(Nav.GetUriWithQueryParameters(new Dictionary<string, object?> { ["item"] = item?.ToString(), ["supplier"] = null, ["lot"] = null }), replace: true);

    protected override async Task AskAway()
    {
        if (!RendererInfo.IsInteractive || _choices is not { Items.Count: > 0 }) return;
        _wrong = "";
        if (Asked() is not { } query) return;
        string item = _item.Item;
        LandedView? view = await Window.LandedCost(query, Left);
        LandedLot? lot = Lot is { Length: > 0 } of ? await Window.LandedLot(of, Left) : null;
        if (item == _item.Item) (_view, _lot, _lots) = (view, lot, Window.LandedLots(item) ?? []);
    }

    /// <summary>The question as the address has it; null with what is wrong with it.</summary>
    private LandedQuery? Asked()
    {
        ParseResult<NodaTime.LocalDate>? day = string.IsNullOrEmpty(On) ? null : LocalDatePattern.Iso.Parse(On);
        decimal units = 0;
        if (day is { Success: false }) _wrong = $"'{On}' is no day. Choose one.";
        else if (!string.IsNullOrEmpty(Quantity) && !(decimal.TryParse(Quantity, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out units) && units is > 0 and <= 1_000_000_000)) _wrong = $"'{Quantity}' is no number of units. Give more than 0.";
        return _wrong.Length > 0 ? null : new(_item.Item, Full(Supplier), Full(To), day?.Value, units > 0 ? units : null);

        static string? Full(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }

    private string SupplierName(string key) => _item.Suppliers.FirstOrDefault(s => s.Key == key)?.Name ?? key;

    private static int Samples(LandedView view) => view.Sources.SelectMany(static s => s.Components).Where(static c => c.Sample).Select(static c => c.Row).Distinct().Count();
}
