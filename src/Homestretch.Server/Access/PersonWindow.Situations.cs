using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.Server.Situating;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Situations: seen by the brand owner's people who see orders, decided by whom the role lets decide; work is seen by the party that was given it.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>What a situation takes comes from the whole order book; no other party learns of it.</summary>
    private bool Situated => May(Permission.SeeOrders) && Brand;

    public SituationsView Situations(SituationQuery query) => Situated ? Look(s => SituationViews.List(s, _situations.Board, _situations.Follows, query)) : SituationsView.None;

    public SituationView? Situation(string situation)
    {
        if (!Situated) return null;
        _situations.Ask(situation);
        return Look(s => SituationViews.One(s, _situations.Board, _situations.Follows, situation));
    }

    public async Task<Told> Decide(string situation, string remedy, string reason, CancellationToken cancel)
    {
        if (Deciding("decide on situations", reason) is { } refused) return refused;
        string what = Look(_ => _situations.Board.For(situation)?.Find(remedy)?.Remedy.What ?? "");
        var (answer, decision) = await _situations.Decide(Person, situation, remedy, reason, cancel);
        return await Noted(Said(answer, decision), AuditAction.SituationDecided, situation, $"{decision}, {what}; {reason.Trim()}");
    }

    public async Task<Told> Own(string situation, bool take, CancellationToken cancel) => Deciding("take situations") is { } refused ? refused
        : await Noted(Said(await _situations.Own(Person, situation, take, cancel), situation), AuditAction.SituationOwned, situation, take ? "taken" : "given back");

    public async Task<Told> LetBe(string situation, string reason, CancellationToken cancel) => Deciding("let situations be", reason) is { } refused ? refused
        : await Noted(Said(await _situations.End(Person, situation, reason, false, cancel), situation), AuditAction.SituationLetBe, situation, reason.Trim());

    public async Task<Told> CallUseless(string situation, string reason, CancellationToken cancel) => Deciding("judge situations", reason) is { } refused ? refused
        : await Noted(Said(await _situations.End(Person, situation, reason, true, cancel), situation), AuditAction.SituationUseless, situation, reason.Trim());

    public DecisionsView Decisions(int skip, int take) => Situated ? Look(s => DecisionViews.Page(s, _situations.Board, skip, take)) : DecisionsView.None;

    public Page<TaskRow> Tasks(bool over, int skip, int take) => Situated || Working ? Look(s => DecisionViews.Tasks(s, Party, Situated, over, MayAnswer, skip, take)) : Empty.Page<TaskRow>();

    public async Task<Told> AnswerTask(string task, TaskAnswer answer, CancellationToken cancel)
    {
        if (Answerable(task, out WorkTask known) is { } wrong) return wrong;
        if (answer.State == TaskState.Refused && string.IsNullOrWhiteSpace(answer.Answer)) return Wrong("answer", "missing", "A task is refused with a reason.", "Say why it cannot be done.");
        if (answer.Answer.Length > 500) return Wrong("answer", "too-long", $"The answer has {answer.Answer.Length} characters.", "Use at most 500.");
        return await Noted(await Tell(Look(s => Homestretch.Situations.Answering.Of(s.World, known with { State = answer.State, Answer = answer.Answer.Trim(), Owner = Person.Login })), cancel, task), AuditAction.TaskAnswered, task, $"{Words.Of(answer.State)}{(answer.Answer.Length > 0 ? $": {answer.Answer.Trim()}" : "")}");
    }

    /// <summary>Takes open work on, or gives it back.</summary>
    private async Task<Told> OwnTask(string task, bool take, CancellationToken cancel) => Answerable(task, out WorkTask known) is { } wrong ? wrong
        : await Noted(await Tell([new WorldEvent.Put(known with { Owner = take ? Person.Login : "" })], cancel, task), AuditAction.TaskAnswered, task, take ? "taken" : "given back");

    /// <summary>Why this person may not answer a task; null: they may.</summary>
    private Told? Answerable(string task, out WorkTask known)
    {
        known = Look(s => s.World.Tasks.Find(task))!;
        return known is null || !(Situated || known.Party == Party) ? Wrong("task", "unknown-key", $"There is no task '{task}'.", "Check the number.")
            : !MayAnswer(known) ? Refused("answer this task")
            : known.State != TaskState.Open ? Wrong("state", "not-open", $"Task {task} is {Words.Of(known.State)}.", "Nothing is left to be said of it.") : null;
    }

    public IReadOnlyList<RuleRow> StandingRules() => Situated ? Look(DecisionViews.Rules) : [];

    public async Task<Told> MakeRule(RuleOrder order, CancellationToken cancel)
    {
        if (!Situated || !May(Permission.Decide)) return Refused("make standing rules");
        var (rule, wrong) = Look(s => DecisionViews.Meant(s, order, Party, Person.Login));
        if (rule is null) return new(false, Clock.Version, wrong);
        return await Noted(await Tell([new WorldEvent.Put(rule)], cancel, rule.Id), AuditAction.RuleMade, rule.Id, $"{Words.Of(rule.Remedy)}, {(rule.PerWeek is { } most ? $"up to {most} a week" : "at no cost")}{(rule.MostClass is { } c ? $", class {c} and better" : "")}; {rule.Reason}");
    }

    public async Task<Told> WithdrawRule(string rule, CancellationToken cancel)
    {
        if (!Situated || !May(Permission.Decide)) return Refused("withdraw standing rules");
        if (Look(s => s.World.StandingRules.Find(rule)) is not { } known) return Wrong("rule", "unknown-key", $"There is no rule '{rule}'.", "Check the number.");
        NodaTime.Instant now = NodaTime.Instant.Max(known.From, _clock.Now);
        if (known.Until <= now) return Wrong("rule", "not-open", $"Rule {rule} has lapsed already.", "Nothing is left to withdraw.");
        return await Noted(await Tell([new WorldEvent.Put(known with { Until = now })], cancel, rule), AuditAction.RuleWithdrawn, rule, known.Reason);
    }

    /// <summary>Whose role does the work that decisions ask for.</summary>
    private bool Working => May(Permission.ReportSupply) || May(Permission.Service) || May(Permission.Decide);

    /// <summary>Own work is answered by whom it concerns; what customers are told, by who sees orders. Who decides may answer for everybody.</summary>
    private bool MayAnswer(WorkTask task) => (May(Permission.Decide) && Situated) || (task.Party == Party && (task.Kind is TaskKind.CustomerNotice or TaskKind.CustomerQuestion ? May(Permission.SeeOrders) : Working));

    private Told? Deciding(string what, string? reason = null) => !Situated || !May(Permission.Decide) ? Refused(what)
        : reason is not null && DecisionViews.Reason(reason) is { } wrong ? new(false, Clock.Version, [wrong]) : null;

    private static Told Said(Answer answer, string? key) => new(answer.Accepted, answer.Version, answer.Findings, key);

    private void HearSituations()
    {
        if (Changed is { } listeners && Situated) listeners(new LiveNote(_planner.Sequence, [], [], [], null) { Situations = true });
    }
}
