using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Situations;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>What people do with situations; each act is noted in the audit log by the window it came through.</summary>
internal sealed class SituationSight(SituationDesk desk, SituationBoard board, HubClock clock, TimeProvider time, ServerOptions options)
{
    public SituationBoard Board => board;

    /// <summary>Situations are looked for.</summary>
    public bool Follows => options.Situations;

    /// <summary>Somebody looks at one.</summary>
    public void Ask(string situation) => board.Ask(situation, time.GetTimestamp());

    public Task<(Answer Answer, string? Decision)> Decide(Person by, string situation, string remedy, string reason, CancellationToken cancel) => desk.Decide(situation, remedy, by.Party, by.Login, reason.Trim(), null, cancel);

    public Task<Answer> Own(Person by, string situation, bool take, CancellationToken cancel) => desk.Change(situation, by.Login, (s, _) => s with { Owner = take ? by.Login : "", By = by.Login }, cancel);

    public Task<Answer> End(Person by, string situation, string reason, bool useless, CancellationToken cancel) => desk.Change(situation, by.Login, (s, now) => s with
    {
        State = SituationState.Accepted, Changed = Instant.Max(s.Opened, clock.Now), By = by.Login, Note = reason.Trim(), Useless = s.Useless || useless, Peak = now is null ? s.Peak : Math.Max(0.001m, Math.Round((decimal)now.Promises, 3)),
    }, cancel);
}
