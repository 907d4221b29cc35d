using Homestretch.Finishing.Passports;
using Homestretch.Finishing.Tracing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Passports as the brand owner's people see them: whole for who sees its lines; links for outsiders from who guards what others may learn.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>The whole passport of a unit; null when there is none that the person sees.</summary>
    public async Task<Passport?> Passport(string serial, CancellationToken cancel)
    {
        if (!Traces) return null;
        Snapshot world = Look(static s => s.World);
        return (UnitRecords.Of(world, serial) ?? await _archive.Find(serial, cancel)) is { } record ? PassportWriting.Of(world, record) : null;
    }

    /// <summary>May give somebody outside a link to a restricted part, and take it back.</summary>
    public bool SharesPassports => Traces && May(Permission.SeeExposure);
}
