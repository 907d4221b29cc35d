using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>Follows the plan in force: opens, confirms and ends situations, looks for remedies, one search at a time, first for the situation that somebody looks at, and takes what standing rules allow. Each look and each
/// search is followed by a rest, so that it takes a small share of one core.</summary>
internal sealed partial class SituationKeeper(SituationDesk desk, SituationBoard board, LiveWorld live, Planner planner, HubClock clock, AuditLog audit, Counters counters, TimeProvider time, ILogger<SituationKeeper> log) : BackgroundService
{
    /// <summary>Situations whose remedies are looked for unasked, those that take most first.</summary>
    private const int Unasked = 20;

    /// <summary>A look rests for so many times what it took; a search for as long as it took.</summary>
    private const int Rest = 5;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250), s_mostRest = TimeSpan.FromSeconds(20), s_again = TimeSpan.FromMinutes(1), s_againAsked = TimeSpan.FromSeconds(5), s_interest = TimeSpan.FromMinutes(2);

    /// <summary>Remedies begin at set moments: after so long they are looked for anew.</summary>
    private static readonly Duration s_old = Duration.FromHours(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        using var look = new PeriodicTimer(s_look, time);
        (long Ended, TimeSpan Pause) looked = default, searched = default;
        while (await look.WaitForNextTickAsync(stop))
        {
            try
            {
                if (desk.Moved && (looked.Ended == 0 || time.GetElapsedTime(looked.Ended) >= looked.Pause))
                {
                    long began = time.GetTimestamp();
                    await desk.Look(stop);
                    looked = (time.GetTimestamp(), TimeSpan.FromTicks(Math.Min(Rest * time.GetElapsedTime(began).Ticks, s_mostRest.Ticks)));
                }
                if (Next(time.GetElapsedTime(searched.Ended) >= searched.Pause) is { } next)
                {
                    long began = time.GetTimestamp();
                    await desk.Search(next, stop);
                    searched = (time.GetTimestamp(), TimeSpan.FromTicks(Math.Min(time.GetElapsedTime(began).Ticks, s_mostRest.Ticks)));
                    await ByRule(next, stop);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogFailed(e);
                counters.Add(Counted.PlanFailures, value: "situations");
                looked = (time.GetTimestamp(), s_mostRest);
            }
        }
    }

    /// <summary>The open situation whose remedies are looked for next: what somebody looks at, then what takes most; null: none is due.</summary>
    private Situation? Next(bool rested)
    {
        if (board.Now is not { } now) return null;
        var open = live.World.Situations.Where(static s => s.Open).Select(s => (Situation: s, Assessment: now.Of(s))).Where(static s => s.Assessment is not null).ToList();
        return open.Where(s => IsAsked(s.Situation) && IsDue(s.Situation, s.Assessment!, s_againAsked)).OrderByDescending(s => board.Asked(s.Situation.Id)).Select(static s => s.Situation).FirstOrDefault()
            ?? (rested ? open.OrderByDescending(static s => s.Assessment!.Confirmed).ThenByDescending(static s => s.Assessment!.Promises).Take(Unasked).Where(s => IsDue(s.Situation, s.Assessment!, s_again)).Select(static s => s.Situation).FirstOrDefault() : null);
    }

    private bool IsAsked(Situation s) => board.Asked(s.Id) is { } at && time.GetElapsedTime(at) < s_interest;

    private bool IsDue(Situation s, Assessment assessment, TimeSpan again)
    {
        if (board.For(s.Id) is not { } found || found.BrokenOff || found.Ended is not { } ended) return true;
        if (time.GetElapsedTime(ended) < again) return false;
        return Math.Abs(found.Assessment.Promises - assessment.Promises) > 0.05 + 0.05 * assessment.Promises || board.Now!.Epoch - found.Epoch >= s_old || found.Remedies.Any(r => !Deciding.Holds(found.World, live.World, r.Remedy)) || Agreed(found);
    }

    /// <summary>Whether a customer whom it hurts has agreed to another option since remedies were looked for.</summary>
    private bool Agreed(FoundRemedies found) => !ReferenceEquals(found.World.OptionOffers, live.World.OptionOffers) && live.World.OptionOffers.Where(o => o.State == OfferState.Agreed && found.World.OptionOffers.Find(o.Key) != o)
        .Any(o => found.Assessment.Lost.Any(l => l.OrderLine == o.OrderLine));

    /// <summary>Takes the first remedy that a standing rule allows; what is left of the situation is looked at again.</summary>
    private async Task ByRule(Situation situation, CancellationToken stop)
    {
        if (live.World.StandingRules.Count == 0 || board.For(situation.Id) is not { Ended: not null } found) return;
        Instant now = clock.Now;
        foreach (PricedRemedy remedy in found.Remedies.Where(r => r.Remedy.ActBy > now))
        {
            if (Standing.Allows(live.World, now, remedy) is not { } rule) continue;
            var (answer, decision) = await desk.Decide(situation.Id, FoundRemedies.KeyOf(remedy), rule.Party, $"rule {rule.Id}", rule.Reason, rule, stop);
            if (decision is null)
            {
                LogRefused(rule.Id, answer.Findings[0].ToString());
                return;
            }
            LogDecided(rule.Id, decision, situation.Id);
            await audit.Note(rule.Party.Value, $"rule {rule.Id}", Words.Of(AuditAction.SituationDecided), situation.Id, $"{decision}, {remedy.Remedy.What}; {rule.Reason}", CancellationToken.None);
            return;
        }
    }

    [LoggerMessage(81, LogLevel.Error, "Situations could not be followed; those known stay, the next look tries again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(82, LogLevel.Information, "Standing rule {Rule} took decision {Decision} on situation {Situation}")]
    private partial void LogDecided(string rule, string decision, string situation);

    [LoggerMessage(83, LogLevel.Warning, "Standing rule {Rule} could not take its remedy: {Reason}")]
    private partial void LogRefused(string rule, string reason);
}
