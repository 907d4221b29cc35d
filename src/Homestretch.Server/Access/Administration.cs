using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>What an administrator sees and does on the screen: accounts, counters, where things are kept.</summary>
internal sealed class Administration(Accounts accounts, People people, AuditLog audit, Database database, Counters counters, Floor.FloorDevices devices, ServerOptions options)
{
    public AdministrationView View(long entries, IReadOnlyList<PartyRow> parties) => new(
        [.. accounts.All(CancellationToken.None).GetAwaiter().GetResult().Select(a => new AccountRow(a.Login, a.Name, a.Role, a.Party, parties.FirstOrDefault(p => p.Party == a.Party)?.Name ?? a.Party, a.Disabled))],
        parties, counters.Rows(), typeof(Administration).Assembly.GetName().Version!.ToString(3), database.Describe, entries,
        options.OutsideBroker is { } outside ? $"outside, {outside}" : Inside());

    public async Task<LinkView> Invite(Person by, string login, string party, Role role, CancellationToken cancel)
    {
        var (path, wrong) = await people.Invite(Noted(by), login, party, role, cancel);
        return new(path, wrong is null ? [] : [wrong]);
    }

    public async Task<LinkView> Renew(Person by, string login, CancellationToken cancel) => await people.Renew(Noted(by), login, cancel) is { } path ? new(path, [])
        : new(null, [new(new("request", 0, "login"), "unknown-key", $"There is no account '{login}' that may sign in.", "Let the person in again first.")]);

    public Task<Finding?> Let(Person by, string login, bool allowed, CancellationToken cancel) => people.Let(Noted(by), by.Login, login, allowed, cancel);

    public FloorDevicesView Floor(Person by, IReadOnlyList<FloorSiteRow> sites) => new([.. devices.All(CancellationToken.None).GetAwaiter().GetResult().Where(d => d.Party == by.Party)
        .Select(d => new FloorDeviceRow(d.Id, d.Name, d.Site, sites.FirstOrDefault(s => s.Site == d.Site)?.Name ?? d.Site, d.Role, d.Until))], sites);

    public async Task<string> InviteDevice(Person by, string name, string site, Role role, CancellationToken cancel)
    {
        string code = await devices.Invite(name, site, by.Party, role, cancel);
        await Note(by, AuditAction.FloorDeviceInvited, name, $"{site}, {Words.Of(role)}");
        return code;
    }

    public async Task<bool> RevokeDevice(Person by, string id, CancellationToken cancel)
    {
        if (!await devices.Revoke(id, by.Party, cancel)) return false;
        await Note(by, AuditAction.FloorDeviceRevoked, id, "");
        return true;
    }

    /// <summary>Notes what a person closed or opened of the sea's passages.</summary>
    public async Task NotePassages(Person by, IReadOnlyList<WorldEvent> events, NodaTime.Instant now)
    {
        foreach (WorldEvent e in events.Where(static e => e.Kind.Name == PassageClosure.TableName))
        {
            bool closes = e is WorldEvent.Put { Record: PassageClosure c } && !(c.Until <= now);
            string detail = e is WorldEvent.Put { Record: PassageClosure p } ? $"from {p.From}{(p.Until is { } until ? $" until {until}" : "")}{(p.Source.Length > 0 ? $", source {p.Source}" : "")}" : "withdrawn";
            await audit.Note(by.Party, by.Login, Words.Of(closes ? AuditAction.PassageClosed : AuditAction.PassageOpened), e.Key, detail, CancellationToken.None);
        }
    }

    public async Task<Page<AuditRow>> Audit(string? text, int skip, int take, CancellationToken cancel)
    {
        var (entries, total) = await audit.Read(text, skip, take, cancel);
        return new([.. entries.Select(static e => new AuditRow(e.Number, e.At, e.Party, e.Actor, e.Action, e.Subject, e.Detail))], total, skip);
    }

    /// <summary>The newest decisions on a hub's buffers.</summary>
    public async Task<IReadOnlyList<BufferDecision>> Buffers(string hub, CancellationToken cancel)
    {
        string action = Words.Of(AuditAction.BuffersSet);
        var (entries, _) = await audit.Read($"{action} {hub} ", 0, 10, cancel);
        return [.. entries.Where(e => e.Action == action && e.Subject == hub).Select(Seeing.BufferViews.Read)];
    }

    /// <summary>Notes what a person did.</summary>
    public Task Note(Person by, AuditAction action, string subject, string detail) => audit.Note(by.Party, by.Login, Words.Of(action), subject, detail, CancellationToken.None);

    private Noting Noted(Person by) => (action, subject, detail) =>
        audit.Note(by.Party, by.Login, Words.Of(action), subject, detail.Length > 0 ? $"{detail}; on the screen" : "on the screen", CancellationToken.None);

    private string Inside() => (options.MqttPort > 0, options is { Certificate: not null, MqttTlsPort: > 0 }) switch
    {
        (true, true) => $"inside, TLS on port {options.MqttTlsPort}, plain on loopback port {options.MqttPort}",
        (true, false) => $"inside, loopback port {options.MqttPort}",
        (false, true) => $"inside, TLS on port {options.MqttTlsPort}",
        _ => "none",
    };
}
