using Homestretch.Web.Showing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Homestretch.Web.Frame;

/// <summary>The one drawer: whatever the URL's 'show' names, on every screen. Closing takes it out of the URL.</summary>
public sealed partial class DetailDrawer
{
    private ElementReference _dialog;
    private IJSObjectReference? _tower;
    private DotNetObjectReference<DetailDrawer>? _self;
    private (string Kind, string Key, string Part)? _open;

    [Inject] private NavigationManager Nav { get; set; } = default!;
    [Inject] private IJSRuntime Script { get; set; } = default!;

    protected override void OnInitialized()
    {
        _open = Address.Opened(Nav);
        Nav.LocationChanged += Moved;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _tower = await Script.InvokeAsync<IJSObjectReference>("import", "./_content/Homestretch.Web/tower.js");
            _self = DotNetObjectReference.Create(this);
        }
        if (_tower is not null && firstRender) await _tower.InvokeVoidAsync("live");
        if (_tower is not null) await _tower.InvokeVoidAsync("drawer", _dialog, _open is { } open ? $"{open.Kind}:{open.Key}" : "", _self);
    }

    [JSInvokable]
    public void Close() => Nav.NavigateTo(Address.Question(Nav));

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _open = Address.Opened(Nav);
        _ = InvokeAsync(StateHasChanged);
    }

    public async ValueTask DisposeAsync()
    {
        Nav.LocationChanged -= Moved;
        _self?.Dispose();
        try { if (_tower is not null) await _tower.DisposeAsync(); }
        catch (JSDisconnectedException) { }
    }
}
