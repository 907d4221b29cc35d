using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Homestretch.Web.Frame;

/// <summary>A place of the main bar, marked also where one of its sides has an address of its own.</summary>
public sealed class PlaceLink : NavLink
{
    /// <summary>Addresses that belong to it, such as '/studies'.</summary>
    [Parameter] public IReadOnlyList<string> Also { get; set; } = [];

    [Inject] private NavigationManager Nav { get; set; } = default!;

    protected override bool ShouldMatch(string uriAbsolute)
    {
        if (base.ShouldMatch(uriAbsolute)) return true;
        string path = $"/{Nav.ToBaseRelativePath(uriAbsolute)}".Split('?', '#')[0];
        return Also.Any(a => path == a || path.StartsWith($"{a}/", StringComparison.Ordinal));
    }
}
