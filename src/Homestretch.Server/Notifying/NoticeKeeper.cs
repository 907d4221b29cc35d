using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Keeps what people should know of. Whoever finds notices gives all that stand at each change; the keeper tells what is new, what changed and what is over, hands on what nobody
/// takes, decides who hears what, and puts the messages into the outbox together with the note that they were told: both or neither.</summary>
internal sealed partial class NoticeKeeper(NoticeTables tables, Listeners listeners, Posting posting, Database database, Planner planner, HubClock clock, AuditLog audit, Outbox outbox, Counters counters, ILogger<NoticeKeeper> log) : BackgroundService
{
    /// <summary>How long notices are kept after they are over.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (IReadOnlyList<Notice> Standing, bool Owners)> _given = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Key, string? Owner)> _owned = [];
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<Heard> _heard = [];
    private readonly TaskCompletionSource<IReadOnlyList<Notice>> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlyList<(string Source, Notice Notice)> _notices = [];

    /// <summary>What was known when this server started, once it is read.</summary>
    public Task<IReadOnlyList<Notice>> Known => _known.Task;

    /// <summary>What stands, and what was over in the last days; newest last.</summary>
    public IReadOnlyList<Notice> Notices => [.. _notices.Select(static n => n.Notice)];

    /// <summary>Raised on the keeper's thread when anything changed: handlers only note it.</summary>
    public event Action? Changed;

    /// <summary>Takes all notices of a source that stand now; those of it that are missing are over.</summary>
    /// <param name="source">Who finds them, always in the same word.</param>
    /// <param name="owners">The source itself knows who has taken each; otherwise people take them here.</param>
    public void Take(string source, IReadOnlyList<Notice> standing, bool owners = false)
    {
        _given[source] = (standing, owners);
        Wake();
    }

    /// <summary>Gives a notice an owner, or takes it away.</summary>
    public void Own(string key, string? owner)
    {
        _owned.Enqueue((key, owner));
        Wake();
    }

    /// <summary>Says that people, devices or webhooks are others than before.</summary>
    public void Wake() => _woken.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        Instant forgot = clock.Now;
        _notices = await tables.Notices(clock.Now - Kept, stoppingToken);
        _heard.AddRange(await tables.Heard(clock.Now - Kept, stoppingToken));
        _known.SetResult(Notices);
        while (true)
        {
            try
            {
                await Step(Standing.Ticks(clock.Now), stoppingToken);
                if (clock.Now - forgot >= Duration.FromHours(6)) await Forget(forgot = clock.Now, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is DbException or IOException or InvalidOperationException)
            {
                LogFailed(e); // nothing of the step was kept: the next one does it again
            }
            await Rest(stoppingToken);
        }
    }

    private async Task Rest(CancellationToken stop)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
        wait.CancelAfter(s_look);
        try
        {
            await _woken.Reader.ReadAsync(wait.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // time has passed: something may be due
        }
    }

    /// <summary>One look at all: what changed is kept and what is due is told, in one transaction.</summary>
    private async Task Step(Instant now, CancellationToken stop)
    {
        (string Key, string? Owner)[] owned = [.. _owned];
        var (notices, changes) = Standing.Merge(_notices, _given.ToDictionary(static g => g.Key, static g => g.Value, StringComparer.Ordinal), owned, now);
        IReadOnlyList<Subscription> who = await listeners.All(stop);
        List<(string Source, Notice Notice)> after = [.. notices];
        foreach (var (notice, to) in HandingOn.Due(after.Select(static n => n.Notice), HandingOn.Standard, now))
        {
            int at = after.FindIndex(n => n.Notice.Key == notice.Key && n.Notice.Created == notice.Created);
            after[at] = (after[at].Source, notice with { HandedTo = [.. notice.HandedTo, to], Changed = now });
            changes.RemoveAll(c => c.Notice.Key == notice.Key && c.What == NoticeEvent.Changed);
            changes.Add((after[at].Source, after[at].Notice, NoticeEvent.HandedOn));
        }
        IReadOnlyList<Dispatch> due = Dispatching.Due([.. after.Select(static n => n.Notice)], who, _heard, now);
        if (changes.Count + due.Count > 0) await Keep(changes, due, who, now, stop);
        _notices = after;
        for (int i = 0; i < owned.Length; i++) _owned.TryDequeue(out var _);
        if (changes.Count > 0) Changed?.Invoke();
    }

    private async Task Keep(List<(string Source, Notice Notice, NoticeEvent? What)> changes, IReadOnlyList<Dispatch> due, IReadOnlyList<Subscription> who, Instant now, CancellationToken stop)
    {
        var heard = new List<Heard>();
        var posted = new List<Posted>();
        foreach (Dispatch dispatch in due)
        {
            string id = Secrets.New();
            posted.AddRange(await posting.Of(id, dispatch, who.First(p => p.Login == dispatch.Login), now, stop));
            heard.AddRange(dispatch.Items.Select(i => new Heard(dispatch.Login, dispatch.Channel, i.Notice.Key, i.Notice.Created, i.News, i.Notice.Severity, now, id)));
            if (dispatch.Items.Count == 0 || dispatch.Channel == NoticeChannel.Digest) heard.Add(new(dispatch.Login, dispatch.Channel, "", now, News.Opened, NoticeSeverity.Information, now, id));
        }
        foreach (var (_, notice, what) in changes)
        {
            if (what is { } happened) posted.AddRange(await posting.Of(happened, notice, now, stop));
        }
        await using (DbConnection connection = await database.Connect(stop))
        await using (DbTransaction transaction = await connection.BeginTransactionAsync(stop))
        {
            foreach (var (source, notice, _) in changes) await NoticeTables.Put(connection, transaction, source, notice, stop);
            foreach (Heard h in heard) await NoticeTables.Put(connection, transaction, h, stop);
            foreach (Posted p in posted) await OutboxTables.Put(connection, transaction, p, stop);
            await transaction.CommitAsync(CancellationToken.None);
        }
        _heard.AddRange(heard);
        if (posted.Count > 0) outbox.Wake();
        foreach (var (_, notice, _) in changes.Where(static c => c.What == NoticeEvent.HandedOn))
            await audit.Note(notice.Party, "", Words.Of(AuditAction.NoticeHandedOn), notice.Key, $"to {Words.Of(notice.HandedTo[^1])}: nobody had taken it", CancellationToken.None);
        foreach (Dispatch d in due.Where(static d => d.Items.Count > 0))
        {
            counters.Add(Counted.NoticesTold, d.Items.Count, Words.Of(d.Channel));
            await audit.Note("", "", Words.Of(AuditAction.NoticeTold), d.Login, $"by {Words.Of(d.Channel)}: {string.Join(", ", d.Items.Select(static i => $"{i.Notice.Key} {Words.Of(i.News)}"))}", CancellationToken.None);
        }
    }

    private async Task Forget(Instant now, CancellationToken stop)
    {
        await tables.Forget(now - Kept, stop);
        _notices = [.. _notices.Where(n => n.Notice.Stands || n.Notice.Ended > now - Kept)];
        HashSet<(string, Instant)> known = [.. _notices.Select(static n => (n.Notice.Key, n.Notice.Created))];
        _heard.RemoveAll(h => h.At < now - Kept && !known.Contains((h.Key, h.Created)));
    }

    [LoggerMessage(72, LogLevel.Error, "Notices could not be kept; nobody was told, the next look tries again")]
    private partial void LogFailed(Exception e);
}
