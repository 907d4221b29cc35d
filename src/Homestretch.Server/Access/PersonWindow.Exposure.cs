using Homestretch.Server.Seeing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Exposure: the brand owner's. It is counted beside the live world, on the snapshot that was looked at.</summary>
internal sealed partial class PersonWindow
{
    public async Task<ExposureView?> Exposure(CancellationToken cancel)
    {
        if (!May(Permission.SeeExposure) || !Brand && !_planner.Empty) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return await Task.Run(() => ExposureViews.Of(world, now), cancel);
    }

    public async Task<ExposedPartyView?> Exposed(string party, CancellationToken cancel)
    {
        if (!May(Permission.SeeExposure) || !Brand) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return await Task.Run(() => ExposureViews.One(world, now, party), cancel);
    }
}
