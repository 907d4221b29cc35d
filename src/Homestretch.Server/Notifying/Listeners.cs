using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Who there is to tell: people who may sign in, with what they chose and how many devices they added. Asked again when somebody chose, and now and then.</summary>
internal sealed class Listeners(Accounts accounts, SubscriptionTables tables, LiveWorld live, HubClock clock)
{
    private static readonly Duration s_old = Duration.FromSeconds(15);
    private readonly Lock _gate = new();
    private Known? _known;
    private long _asked;

    /// <summary>Says that they are others than before; what is being read meanwhile is not kept.</summary>
    public void Renew()
    {
        lock (_gate) (_known, _asked) = (null, _asked + 1);
    }

    public async Task<IReadOnlyList<Subscription>> All(CancellationToken cancel) => (await Fresh(cancel)).People;

    public async Task<IReadOnlyList<PushDevice>> DevicesOf(string login, CancellationToken cancel) => [.. (await Fresh(cancel)).Devices.Where(d => d.Login == login)];

    /// <summary>What holds for a person, chosen or not.</summary>
    public async Task<Subscription?> Of(string login, CancellationToken cancel) => (await All(cancel)).FirstOrDefault(p => p.Login == login);

    private async Task<Known> Fresh(CancellationToken cancel)
    {
        long asked;
        lock (_gate)
        {
            if (_known is { } known && clock.Real - known.At < s_old && ReferenceEquals(known.Sites, live.Seen.Sites)) return known;
            asked = _asked;
        }
        IReadOnlyDictionary<string, (NotifyChoice Choice, Instant Since)> choices = await tables.Choices(cancel);
        IReadOnlyList<PushDevice> devices = await tables.Devices(cancel);
        Instant now = clock.Now;
        object sites = live.Seen.Sites;
        Subscription[] all = [.. (await accounts.All(cancel)).Where(static a => !a.Disabled).Select(a => choices.TryGetValue(a.Login, out var chosen)
            ? new Subscription(a.Login, a.Role, a.Party, chosen.Choice, chosen.Since, devices.Count(d => d.Login == a.Login)) : new(a.Login, a.Role, a.Party, Subscription.Standard(live.ZoneOf(a.Party, clock.Now).Id), now, 0))];
        var fresh = new Known(all, devices, clock.Real, sites);
        lock (_gate) if (asked == _asked) _known = fresh;
        return fresh;
    }

    /// <param name="Sites">Those that gave people who chose no zone theirs.</param>
    private sealed record Known(IReadOnlyList<Subscription> People, IReadOnlyList<PushDevice> Devices, Instant At, object Sites);
}
