using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Homestretch.Web.Today;

public sealed partial class GlobeMap
{
    private ElementReference _canvas;
    private IJSObjectReference? _map;
    private bool _failed;

    [Inject] private IJSRuntime Script { get; set; } = default!;
    [Parameter, EditorRequired] public MapView Map { get; set; } = default!;

    /// <summary>The page's address, ready to take 'show='.</summary>
    [Parameter, EditorRequired] public string Base { get; set; } = "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./_content/Homestretch.Web/lanemap.js");
            _map = await module.InvokeAsync<IJSObjectReference?>("open", _canvas, Drawn());
            _failed = _map is null;
            if (_failed) StateHasChanged();
        }
        else if (_map is not null)
        {
            await _map.InvokeVoidAsync("show", Drawn());
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_map is null) return;
            await _map.InvokeVoidAsync("close");
            await _map.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
    }

    private string Place(string site) => Map.Sites.FirstOrDefault(s => s.Site == site)?.Name ?? site;

    private object Drawn()
    {
        Chart chart = Chart.Of(Map);
        return new
        {
            chart.Crossed,
            Sites = chart.Sites.Select(static s => new { s.Site.Name, Hub = s.Site.Kind == SiteKind.Hub, s.X, s.Y }),
            Lanes = Map.Lanes.Select(chart.Bow),
            Lots = chart.Dots.Select(d => new { d.X, d.Y, Band = MapKey.Band(d.Lot), Label = $"{d.Lot.Lot}, {d.Lot.Group}", Href = $"{Base}show=lot:{Uri.EscapeDataString(d.Lot.Lot)}" }),
        };
    }
}
