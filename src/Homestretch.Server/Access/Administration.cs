using Homestretch.Server.Storage;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What an administrator sees: accounts, counters, where things are kept.</summary>
internal sealed class Administration(Accounts accounts, Database database, Counters counters, ServerOptions options)
{
    public AdministrationView View(long entries) => new(
        [.. accounts.All(CancellationToken.None).GetAwaiter().GetResult().Select(static a => new AccountRow(a.Login, a.Name, a.Role, a.Party, a.Disabled))],
        counters.Rows(), typeof(Administration).Assembly.GetName().Version!.ToString(3), database.Describe, entries,
        options.OutsideBroker is { } outside ? $"outside, {outside}" : Inside());

    private string Inside() => (options.MqttPort > 0, options is { Certificate: not null, MqttTlsPort: > 0 }) switch
    {
        (true, true) => $"inside, TLS on port {options.MqttTlsPort}, plain on loopback port {options.MqttPort}",
        (true, false) => $"inside, loopback port {options.MqttPort}",
        (false, true) => $"inside, TLS on port {options.MqttTlsPort}",
        _ => "none",
    };
}
