using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Notifying;
using Homestretch.Server.Seeing;
using Homestretch.Situations;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using Situation = Homestretch.World.Situation;

namespace Homestretch.Server.Situating;

/// <summary>Each open situation as one notice to who plans. Its owner is the situation's owner; its deadline is the point of no return of the remedies that were found.</summary>
internal sealed partial class SituationNotices(SituationBoard board, NoticeKeeper keeper, Slices slices, LiveWorld live, Planner planner, HubClock clock, ServerOptions options, TimeProvider time, ILogger<SituationNotices> log) : BackgroundService
{
    private const string Source = "promises", Prefix = "situation:";
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500), s_rest = TimeSpan.FromSeconds(2);
    private static readonly Role[] s_roles = [Role.Planner];
    private int _changed = 1;

    /// <summary>The situation that a notice is about; null: it is about something else.</summary>
    public static string? SituationOf(string notice) => notice.StartsWith(Prefix, StringComparison.Ordinal) ? notice[Prefix.Length..] : null;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        board.Changed += Hear;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        board.Changed -= Hear;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        await keeper.Known.WaitAsync(stoppingToken);
        if (!options.Situations) keeper.Take(Source, [], owners: true);    // what stood while they were looked for is over
        using var look = new PeriodicTimer(s_look, time);
        (Table<Situation>? Situations, Instant Soon, long At) last = default;
        while (options.Situations && await look.WaitForNextTickAsync(stoppingToken))
        {
            Table<Situation> situations = live.Seen.Situations;
            if (board.Now is not { } assessed) continue;    // until the first look what is known stays
            if (ReferenceEquals(last.Situations, situations) && clock.Now < last.Soon && (Volatile.Read(ref _changed) == 0 || time.GetElapsedTime(last.At) < s_rest)) continue;
            try
            {
                Volatile.Write(ref _changed, 0);
                if (live.World.Parties.FirstOrDefault(static p => p.Kind == PartyKind.Brand) is { } brand) keeper.Take(Source, slices.Look(brand.Key, money: false, s => All(s, assessed)), owners: true);
                last = (situations, clock.Now + Duration.FromHours(1), time.GetTimestamp());
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                last = default;
                LogFailed(e);
            }
        }
    }

    private void Hear() => Volatile.Write(ref _changed, 1);

    /// <summary>No party but the brand owner learns of a situation.</summary>
    private Notice[] All(Sight sight, Assessed assessed)
    {
        var said = keeper.Notices.Where(static n => n.Stands && SituationOf(n.Key) is not null).ToDictionary(static n => n.Key, StringComparer.Ordinal);
        return [.. sight.World.Situations.Where(s => s.Open && sight.World.Parties.Find(s.Party) is { Kind: PartyKind.Brand })
            .Select(s => Of(sight, s, assessed.Of(s), board.For(s.Id), said.GetValueOrDefault(Prefix + s.Id))).OfType<Notice>()];
    }

    /// <param name="a">What it takes; null: not reckoned, and what was said of it stands.</param>
    /// <param name="found">Until a search has ended, what was known of the deadline stands.</param>
    /// <param name="was">The notice as it stands; null: there is none yet.</param>
    internal static Notice? Of(Sight sight, Situation s, Assessment? a, FoundRemedies? found, Notice? was)
    {
        string? owner = s.Owner.Length > 0 ? s.Owner : null;
        if (a is null) return was is null ? null : was with { Owner = owner };
        Instant? deadline = found is { Ended: not null, BrokenOff: false } ? found.PointOfNoReturn : was?.Deadline;
        string title = a.AtRisk == 0 ? CauseWords.Title(sight, a.Cause) : $"{CauseWords.Title(sight, a.Cause)}: {Wording.Count(a.AtRisk, "promise")} at risk";
        return new(Prefix + s.Id, NoticeKind.Promise, Weight(a, deadline, sight.Now), s.Party.Value, s_roles, owner, title, Text(sight, a), $"/situations/{Uri.EscapeDataString(s.Id)}", sight.Now, sight.Now, deadline,
            a.DaysLate is { } days ? Math.Round(days, 1) : null, Math.Round(a.Promises, 2));
    }

    internal static NoticeSeverity Weight(Assessment a, Instant? deadline, Instant now) => Weighing.Of(a, deadline, now) switch { Severity.Minor => NoticeSeverity.Information, Severity.Serious => NoticeSeverity.Warning, Severity.Critical => NoticeSeverity.Critical };

    /// <summary>What its room says of it, without amounts of money: it may go to a chat.</summary>
    private static string Text(Sight sight, Assessment a)
    {
        IReadOnlyList<ChainLink> chain = ChainViews.Of(sight, a);
        ChainLink promises = chain.First(static c => c.Place == ChainPlace.Promises), customers = chain.First(static c => c.Place == ChainPlace.Customers);
        LostPromise worst = a.Lost[0];
        return string.Join(' ', chain.Where(c => IsTold(c, a.Cause)).Select(static c => $"{c.Title}: {c.Text.TrimEnd('.')}.")
            .Prepend($"{promises.Title} to {customers.Title}: {promises.Text}.").Append($"Most is lost of {worst.OrderLine} to {sight.NameOf(worst.Customer)}, promised for {sight.Said.Day(worst.Promise.Date)}: it is kept with a chance of {Wording.Percent(worst.Kept)}."));
    }

    /// <summary>Where the chain says more of the cause than the title does.</summary>
    private static bool IsTold(ChainLink link, Cause cause) => link.Text.Length > 0 && (link.Place is ChainPlace.Machine or ChainPlace.Passage or ChainPlace.Part or ChainPlace.Document || (link.Place == ChainPlace.Way && cause.Kind != CauseKind.Delivery));

    [LoggerMessage(84, LogLevel.Error, "Notices of situations could not be made; those known stay, the next look tries again")]
    private partial void LogFailed(Exception e);
}
