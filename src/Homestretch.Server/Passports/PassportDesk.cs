using Homestretch.Finishing.Passports;
using Homestretch.Finishing.Tracing;
using Homestretch.Server.Archiving;
using Homestretch.Server.Live;
using Homestretch.World;

namespace Homestretch.Server.Passports;

/// <summary>Passports of finished units, for doors where nobody signs in, and the addresses that lead to them.</summary>
internal sealed class PassportDesk(LiveWorld live, UnitArchive archive, PassportIds ids, ServerOptions options)
{
    /// <summary>The passport of a finished unit; null when there is none or passports are not turned on.</summary>
    /// <param name="gtin">Number that its family must have; null: any.</param>
    public async Task<Passport?> Of(string? serial, string? gtin, CancellationToken cancel)
    {
        if (!options.Passports || string.IsNullOrEmpty(serial)) return null;
        Snapshot world = live.World;
        if ((UnitRecords.Of(world, serial) ?? await archive.Find(serial, cancel)) is not { State: UnitState.Complete } record) return null;
        return gtin is null || (world.Items.Find(record.Family)?.Gtin is { Length: > 0 } own && Gtin.Wrong(gtin) is null && Gtin.Filled(own) == Gtin.Filled(gtin)) ? PassportWriting.Of(world, record) : null;
    }

    public string? Serial(string id) => options.Passports ? ids.Serial(id) : null;

    /// <summary>Address of a unit's passport: by its GTIN as a GS1 Digital Link where its family has one, else by an identifier that nobody can guess. Null when passports are not turned on.</summary>
    public string? Address(string family, string serial) => !options.Passports ? null
        : live.World.Items.Find(family)?.Gtin is { Length: > 0 } gtin ? $"{options.Origin}/01/{Gtin.Filled(gtin)}/21/{Uri.EscapeDataString(serial)}" : $"{options.Origin}/p/{ids.Of(serial)}";

    /// <summary>The address that a unit's label leads to because its market asks for a passport; null: it leads to the unit's page.</summary>
    public string? Labelled(Snapshot world, Unit unit) => options.Passports && PassportWriting.AskedFor(world, unit) is not null ? Address(unit.Family.Value, unit.Id) : null;
}
