using System.Globalization;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Release lists: for the brand owner's people whose role lets them re-plan.</summary>
internal sealed partial class PersonWindow
{
    private bool Clears => May(Permission.Replan) && (Brand || _planner.Empty);

    public async Task<ClearView?> ClearToBuild(ClearQuery query, CancellationToken cancel) => Clears ? await _clearing.Of(query, cancel) : null;

    public async Task<ClearEffect?> ClearWould(string list, CancellationToken cancel) => Clears ? await _clearing.Would(list, cancel) : null;

    public async Task<Told> AcceptClear(string list, CancellationToken cancel)
    {
        if (!Clears) return Refused("release builds");
        var (view, events, wrong) = await _clearing.Take(list, cancel);
        if (wrong is not null) return new(false, Clock.Version, [wrong]);
        Told told = await Tell(events, cancel, list);
        if (told.Accepted) _clearing.Taken(list);
        return await Noted(told, AuditAction.ReleaseListAccepted, list, string.Create(CultureInfo.InvariantCulture, $"{view!.Kits} kits until {view.Until}, {events.Count} records"));
    }
}
