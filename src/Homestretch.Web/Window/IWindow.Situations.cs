namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Situations, the weightiest first; nothing for who may not see orders or is not the brand owner.</summary>
    SituationsView Situations(SituationQuery query);

    /// <summary>One situation with its chain, remedies and decisions; its remedies are looked for before others'. Null: there is none, or it is not this person's to see.</summary>
    SituationView? Situation(string situation);

    /// <summary>Takes a remedy, with the reason: what it changes, what is expected of it and the work it asks for are told at once, or nothing is.</summary>
    Task<Told> Decide(string situation, string remedy, string reason, CancellationToken cancel);

    /// <summary>Takes a situation as this person's to mend, or gives it back.</summary>
    Task<Told> Own(string situation, bool take, CancellationToken cancel);

    /// <summary>Lets a situation be: it stays silent until it grows much worse.</summary>
    Task<Told> LetBe(string situation, string reason, CancellationToken cancel);

    /// <summary>Says that a situation should not have been shown, and why: it counts as a false alarm.</summary>
    Task<Told> CallUseless(string situation, string reason, CancellationToken cancel);

    /// <summary>Decisions, the newest first, and how each kind of remedy has done.</summary>
    DecisionsView Decisions(int skip, int take);

    /// <summary>Work that decisions ask for, what is due first: all of it for who sees orders, else what the person's own party was given.</summary>
    Page<TaskRow> Tasks(bool over, int skip, int take);

    /// <summary>Says that a task was done, or refuses it, or takes it on.</summary>
    Task<Told> AnswerTask(string task, TaskAnswer answer, CancellationToken cancel);

    /// <summary>What may be decided without asking.</summary>
    IReadOnlyList<RuleRow> StandingRules();

    Task<Told> MakeRule(RuleOrder order, CancellationToken cancel);

    /// <summary>Withdraws a rule: it lapses now. What it took stays.</summary>
    Task<Told> WithdrawRule(string rule, CancellationToken cancel);
}
