using Homestretch.Finishing.Floor;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Devices of the floor: let in and shut out by administrators of the brand owner.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>A label to print; null when the person may not see the floor.</summary>
    public (Exchange.Printing.Sticker? Label, string Name, IReadOnlyList<Finding> Findings)? Label(Server.Floor.LabelAsk ask, string hub, Func<Snapshot, World.Unit, string?> passport) => Traces ? Look(s => Server.Floor.LabelDesk.Of(s.World, ask, hub, passport)) : null;

    /// <summary>The brand owner's people who report supply say where lots stand with customs, at sites of their own.</summary>
    public bool SetsCustoms(string site) => Brand && May(Permission.ReportSupply) && Look(s => s.World.Sites.Find(site) is { Kind: SiteKind.Hub });

    /// <summary>Firmware releases and what was asked for beyond their quotas; null when the person may not see them.</summary>
    public IReadOnlyList<ReleaseBook>? Releases() => Brand && (May(Permission.SeeExposure) || May(Permission.SeeLines)) ? Look(static s => ReleaseBook.All(s.World)) : null;

    /// <summary>Photos of a lot from the floor; null: there is no such lot, or the person does not see the floor. A supplier sees none, like everything else of the floor.</summary>
    public async Task<IReadOnlyList<LotPhoto>?> Photos(string lot, CancellationToken cancel) => Traces && Look(s => s.World.Lots.Contains(lot)) ? await _photos.OfLot(lot, cancel) : null;

    private void HearPhoto(string lot)
    {
        if (Changed is { } listeners && Traces) listeners(new LiveNote(_planner.Sequence, [], [lot], [], null));
    }

    /// <summary>A photo of the floor; null as with <see cref="Photos"/>.</summary>
    public async Task<Exchange.Pictures.Picture?> Photo(string hash, CancellationToken cancel) => Traces ? await _photos.One(hash, cancel) : null;

    public FloorDevicesView? FloorDevices() => May(Permission.Administer) ? _administration.Floor(Person, Look<IReadOnlyList<FloorSiteRow>>(static s => [.. s.World.Sites.Where(static x => x.Kind == SiteKind.Hub).Select(static x => new FloorSiteRow(x.Id, x.Name))])) : null;

    public async Task<FloorCodeView> InviteFloorDevice(string name, string site, Role role, CancellationToken cancel)
    {
        if (FloorDevices() is not { } floor) return new(null, Refused("let a device in").Findings);
        string called = name.Trim();
        if (called.Length is < 2 or > 24 || !called.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return new(null, Wrong("name", "name", $"'{called}' is no name for a device.", "Use 2 to 24 letters, digits, - and _, such as GVL-07.").Findings);
        if (floor.Sites.All(s => s.Site != site)) return new(null, Wrong("site", "unknown-key", $"There is no hub '{site}'.", "Choose a hub.").Findings);
        if (role is not (Role.Warehouse or Role.Assembler or Role.Administrator)) return new(null, Wrong("role", "role", $"A device is not for a {Words.Of(role)}.", "Choose warehouse, assembler, or administrator for both.").Findings);
        return new($"/floor/#enrol={await _administration.InviteDevice(Person, called, site, role, cancel)}", []);
    }

    public async Task<Told> RevokeFloorDevice(string id, CancellationToken cancel) => !May(Permission.Administer) ? Refused("shut a device out")
        : await _administration.RevokeDevice(Person, id, cancel) ? new(true, Clock.Version, []) : Wrong("device", "unknown-key", $"There is no device '{id}'.", "It may have been shut out already.");
}
