using Homestretch.Server.Access;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Passports;

/// <summary>Addresses and links of passports for the screens; each link that is given or ended is in the audit log.</summary>
internal sealed class PassportSight(PassportDesk desk, PassportLinks links, ServerOptions options, AuditLog audit)
{
    /// <summary>Address of a unit's public part; null when passports are not turned on.</summary>
    public string? Address(string family, string serial) => desk.Address(family, serial);

    /// <summary>Links to restricted parts of a unit's passport that work today, the newest first.</summary>
    public async Task<IReadOnlyList<PassportLink>> Of(Person person, string serial, CancellationToken cancel) => [.. (await links.All(person.Party, cancel)).Where(l => l.Serial == serial)];

    /// <summary>Address of a new link, told this once.</summary>
    public async Task<string> Give(Person by, string serial, PassportTier tier, string to, int days, CancellationToken cancel)
    {
        var (secret, link) = await links.Issue(serial, tier, to, by.Party, by.Login, Duration.FromDays(days), cancel);
        await audit.Note(by.Party, by.Login, Words.Of(AuditAction.PassportShared), serial, $"{Words.Of(tier)} by link {link.Id} to {to} for {days} days", CancellationToken.None);
        return $"{options.Origin}/p/access/{secret}";
    }

    public async Task<bool> End(Person by, string id, CancellationToken cancel)
    {
        if (await links.Revoke(id, by.Party, cancel) is not { } link) return false;
        await audit.Note(by.Party, by.Login, Words.Of(AuditAction.PassportUnshared), link.Serial, $"link {link.Id} to {link.To}", CancellationToken.None);
        return true;
    }
}
