using Homestretch.Floor.Speaking;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Floor.Screens;

/// <summary>What every screen has: the shift, its language, and the way to others.</summary>
public abstract class Screen : ComponentBase, IDisposable
{
    [Inject] public required Shift Shift { get; set; }
    [Inject] public required NavigationManager Way { get; set; }

    protected Tongue Speak => Shift.Speak;

    protected override void OnInitialized() => Shift.Changed += Again;

    protected void Go(string where) => Way.NavigateTo(where);
    protected static string With(string page, string name, string value) => $"{page}?{name}={Uri.EscapeDataString(value)}";

    public virtual void Dispose()
    {
        Shift.Changed -= Again;
        GC.SuppressFinalize(this);
    }

    private void Again() => InvokeAsync(StateHasChanged);
}
