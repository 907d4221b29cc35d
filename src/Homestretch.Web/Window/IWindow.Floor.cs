namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Firmware releases by order line, and what was asked for beyond their quotas; null for who sees neither the brand owner's lines nor exposure.</summary>
    IReadOnlyList<Finishing.Floor.ReleaseBook>? Releases();

    /// <summary>Devices of the floor that may come in, and sites that can have one; null for who may not administer.</summary>
    FloorDevicesView? FloorDevices();

    /// <summary>Photos that were taken of a lot on the floor, oldest first; null for who does not see the floor, and where there is no such lot.</summary>
    Task<IReadOnlyList<LotPhoto>?> Photos(string lot, CancellationToken cancel);

    /// <summary>A code by which one device can be enrolled within half an hour.</summary>
    /// <param name="role">Warehouse, assembler, or administrator for both.</param>
    Task<FloorCodeView> InviteFloorDevice(string name, string site, Role role, CancellationToken cancel);

    /// <summary>Shuts a device out at once; what it has queued stays on it.</summary>
    Task<Told> RevokeFloorDevice(string id, CancellationToken cancel);
}

/// <summary>A photo of a lot, with the operation that it belongs to.</summary>
/// <param name="Hash">SHA-256 of what is kept; empty: it has not come from the device yet.</param>
/// <param name="To">Bin that the goods went into.</param>
public sealed record LotPhoto(string Hash, NodaTime.Instant Taken, string Device, World.FloorAct Act, decimal? Quantity, string To, string Reason);

public sealed record FloorDevicesView(IReadOnlyList<FloorDeviceRow> Devices, IReadOnlyList<FloorSiteRow> Sites);

/// <param name="Id">Names it without its secret.</param>
public sealed record FloorDeviceRow(string Id, string Name, string Site, string SiteName, Role Role, NodaTime.Instant Until);

public sealed record FloorSiteRow(string Site, string Name);

/// <summary>How a device is enrolled, told once.</summary>
/// <param name="Path">Path on this server that the device opens; null when it was refused.</param>
public sealed record FloorCodeView(string? Path, IReadOnlyList<Finding> Findings);
