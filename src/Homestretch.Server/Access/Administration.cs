using Homestretch.Server.Storage;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What an administrator sees: accounts, counters, where things are kept.</summary>
internal sealed class Administration(Accounts accounts, Database database, Counters counters, ServerOptions options)
{
    public AdministrationView View(long entries) => new(
        [.. accounts.All(CancellationToken.None).GetAwaiter().GetResult().Select(static a => new AccountRow(a.Login, a.Name, a.Role, a.Party, a.Disabled))],
        counters.Rows(), typeof(Administration).Assembly.GetName().Version!.ToString(3), database.Describe, entries,
        options.OutsideBroker is { } outside ? $"outside, {outside}" : options.MqttPort > 0 ? $"inside, port {options.MqttPort}" : "none");
}
