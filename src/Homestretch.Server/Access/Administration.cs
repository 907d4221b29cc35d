using Homestretch.Server.Storage;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What an administrator sees: accounts, counters, where things are kept.</summary>
internal sealed class Administration(Accounts accounts, AuditLog audit, Database database, Counters counters, ServerOptions options)
{
    public AdministrationView View(long entries) => new(
        [.. accounts.All(CancellationToken.None).GetAwaiter().GetResult().Select(static a => new AccountRow(a.Login, a.Name, a.Role, a.Party, a.Disabled))],
        counters.Rows(), typeof(Administration).Assembly.GetName().Version!.ToString(3), database.Describe, entries,
        options.OutsideBroker is { } outside ? $"outside, {outside}" : Inside());

    public async Task<Page<AuditRow>> Audit(string? text, int skip, int take, CancellationToken cancel)
    {
        var (entries, total) = await audit.Read(text, skip, take, cancel);
        return new([.. entries.Select(static e => new AuditRow(e.Number, e.At, e.Party, e.Actor, e.Action, e.Subject, e.Detail))], total, skip);
    }

    private string Inside() => (options.MqttPort > 0, options is { Certificate: not null, MqttTlsPort: > 0 }) switch
    {
        (true, true) => $"inside, TLS on port {options.MqttTlsPort}, plain on loopback port {options.MqttPort}",
        (true, false) => $"inside, loopback port {options.MqttPort}",
        (false, true) => $"inside, TLS on port {options.MqttTlsPort}",
        _ => "none",
    };
}
