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

    public async Task<UnitPassport?> UnitPassport(string serial, CancellationToken cancel)
    {
        if (await Unit(serial, cancel) is not { } unit) return null;
        if (_passports.Address(unit.Family, serial) is not { } address) return new(null, unit.State == UnitState.Complete, [], SharesPassports, []);
        Passport passport = PassportWriting.Of(Look(static s => s.World), unit);
        return new(address, unit.State == UnitState.Complete, [.. passport.Batteries.SelectMany(static b => b.Missing).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], SharesPassports,
            SharesPassports ? [.. (await _passports.Of(Person, serial, cancel)).Select(static l => new PassportLinkRow(l.Id, l.Tier, l.To, l.By, l.Made, l.Until))] : []);
    }

    public async Task<PassportLinkView> SharePassport(string serial, PassportTier tier, string to, int days, CancellationToken cancel)
    {
        if (!SharesPassports) return new(null, Refused("give links to restricted parts of passports").Findings);
        string whom = string.Join(' ', to.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Passports.PassportLinks.Wrong(tier, whom, days) is { } wrong) return new(null, [wrong]);
        if (await Unit(serial, cancel) is not { State: UnitState.Complete } unit || _passports.Address(unit.Family, serial) is null) return new(null, Wrong("serial", "unknown-key", $"There is no unit '{serial}' with a passport.", "It has one when it is complete, and passports are turned on.").Findings);
        return new(await _passports.Give(Person, serial, tier, whom, days, cancel), []);
    }

    public async Task<Told> EndPassportLink(string id, CancellationToken cancel) => !SharesPassports ? Refused("end links to passports")
        : await _passports.End(Person, id, cancel) ? new(true, Clock.Version, []) : Wrong("link", "unknown-key", $"There is no link '{id}' that works.", "It may have ended already.");

    /// <summary>May give somebody outside a link to a restricted part, and take it back.</summary>
    public bool SharesPassports => Traces && May(Permission.SeeExposure);
}
