using Homestretch.Floor.Scanning;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Floor.Screens;

/// <summary>Takes labels without showing anything.</summary>
public sealed class Takes : Screen
{
    private Func<Label, Task>? _mine;

    [Parameter] public Func<Label, Task>? OnLabel { get; set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Shift.Scans = _mine = label => OnLabel?.Invoke(label) ?? Task.CompletedTask;
    }

    public override void Dispose()
    {
        if (Shift.Scans == _mine) Shift.Scans = null;
        base.Dispose();
    }
}
