using System.Collections.Concurrent;
using Homestretch.Finishing.Floor;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Notifying;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Floor;

/// <summary>Tells devices of the floor what comes next by a notification, a moment after each change. A card is worth nothing when the next one is there, so it stands in no outbox: what a push service does not take is made anew at a later look.</summary>
internal sealed partial class CardKeeper(CardTables tables, FloorDevices devices, FloorDesk desk, Roads roads, Planner planner, HubClock clock, AuditLog audit, Counters counters, TimeProvider time, ILogger<CardKeeper> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1), s_anyway = TimeSpan.FromSeconds(30);

    /// <summary>An app that is looked at asks every 10 seconds; two that are lost on their way do not matter.</summary>
    private static readonly Duration s_open = Duration.FromSeconds(25);

    private readonly ConcurrentDictionary<string, Instant> _looks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CardMemory> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FloorState> _states = new(StringComparer.Ordinal);
    private int _happened = 1;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        planner.Happened += Hear;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        planner.Happened -= Hear;
        return base.StopAsync(cancellationToken);
    }

    /// <summary>A device's app asked for the board, with somebody before it or not.</summary>
    public void Looks(string device, bool open)
    {
        if (open) _looks[device] = clock.Real;
        else _looks.TryRemove(device, out _);
    }

    /// <summary>Says that devices are others than before.</summary>
    public void Renew() => Volatile.Write(ref _happened, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_look, time);
        long looked = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Interlocked.Exchange(ref _happened, 0) == 0 && looked != 0 && time.GetElapsedTime(looked) < s_anyway) continue;
                looked = time.GetTimestamp();
                await Look(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    private void Hear(Change change, long received) => Volatile.Write(ref _happened, 1);

    private async Task Look(CancellationToken cancel)
    {
        IReadOnlyList<CardReceiver> receivers = await tables.All(cancel);
        Dictionary<string, FloorDevice> may = receivers.Count == 0 ? [] : (await devices.All(cancel)).ToDictionary(static d => d.Id, StringComparer.Ordinal);
        foreach (CardReceiver gone in receivers.Where(r => !may.ContainsKey(r.Device))) await tables.Remove(gone.Device, null, cancel);
        (CardReceiver To, FloorDevice Device)[] all = [.. receivers.Where(r => may.ContainsKey(r.Device)).Select(r => (r, may[r.Device]))];
        foreach (string forgotten in _known.Keys.Except(all.Select(static x => x.To.Device))) _known.TryRemove(forgotten, out _);
        foreach (string left in _states.Keys.Except(all.Select(static x => x.Device.Site)).ToArray()) _states.Remove(left);
        foreach (var site in all.GroupBy(static x => x.Device.Site, StringComparer.Ordinal))
        {
            FloorState state = desk.State(site.Key);
            IReadOnlyList<FloorNews> news = _states.TryGetValue(site.Key, out FloorState? before) ? state.Since(before) : [];
            _states[site.Key] = state;
            await Parallel.ForEachAsync(site, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (x, stop) => await Consider(x.To, x.Device, state.Board, news, stop));
        }
    }

    private async Task Consider(CardReceiver to, FloorDevice device, FloorBoard board, IReadOnlyList<FloorNews> news, CancellationToken cancel)
    {
        bool stores = device.Role != Role.Assembler, builds = device.Role != Role.Warehouse;
        NextAction next = Spoken(NextAction.Of(board, stores, builds), board, to.Language);
        string card = CardPacing.Text(next);
        Instant now = clock.Real;
        CardMemory before = _known.TryGetValue(to.Device, out CardMemory? known) && to.Told.Length > 0 ? known : CardMemory.Of(to.Told) with { Failures = known?.Failures ?? 0, NotBefore = known?.NotBefore ?? Instant.MinValue };
        var (memory, send) = CardPacing.Due(before.Hearing(news.Where(n => n.IsFor(device.Install, stores))), card, _looks.TryGetValue(to.Device, out Instant at) && now - at < s_open, now);
        _known[to.Device] = memory;
        if (!send) return;
        bool calm = memory.News.Count == 0;
        Notifying.Tried tried = await roads.Push(Posted.New(Secrets.New()[..24], Posted.Push, to.Device, device.Party, calm ? PushPayload.Calm : PushPayload.Urgent, "next", CardPacing.Bytes(next, memory.News), now), to.At, CardPacing.Lives, now, cancel);
        counters.Add(Counted.MessagesSent, value: tried.Arrived ? "card-arrived" : "card-failed");
        if (tried.Arrived)
        {
            _known[to.Device] = memory with { Told = card, News = [], Sent = [.. memory.Sent, (now, calm)], Failures = 0 };
            await tables.Told(to.Device, to.At.Endpoint, card, cancel);
            return;
        }
        LogNotTaken(device.Name, tried.Said);
        if (tried.Gone)
        {
            if (await tables.Remove(to.Device, to.At.Endpoint, cancel)) await audit.Note(device.Party, device.Name, Words.Of(AuditAction.DeviceRemoved), device.Name, "its push service knows it no more", CancellationToken.None);
            return;
        }
        Duration wait = Outbox.Wait(memory.Failures + 1, Random.Shared.NextDouble());
        _known[to.Device] = memory with { Failures = memory.Failures + 1, NotBefore = now + (tried.Retry is { } asked ? Duration.Max(wait, asked) : wait) };
    }

    /// <summary>With the step's title in a language, where it is translated.</summary>
    private static NextAction Spoken(NextAction next, FloorBoard board, string language) => next.Step is { } step
        && board.Texts?.FirstOrDefault(t => t.Family == next.Family && t.Step == step.Step && Same(t.Language, language)) is { Title.Length: > 0 } text && !Same(step.Language, language) ? next with { Text = text.Title } : next;

    private static bool Same(string one, string other) => one.Split('-')[0].Equals(other.Split('-')[0], StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(78, LogLevel.Error, "What comes next could not be found for devices of the floor; the next look tries again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(79, LogLevel.Warning, "A card for {Device} was not taken: {Said}")]
    private partial void LogNotTaken(string device, string said);
}
