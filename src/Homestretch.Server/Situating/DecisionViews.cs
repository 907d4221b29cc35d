using Homestretch.Server.Seeing;
using Homestretch.Situations;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>Decisions with what came of them, the work they ask for, and standing rules.</summary>
internal static class DecisionViews
{
    private const int LongestReason = 300;

    public static DecisionsView Page(Sight sight, SituationBoard board, int skip, int take)
    {
        Page<Decision> page = Sight.PageOf([.. sight.World.Decisions.OrderByDescending(static d => d.At).ThenByDescending(static d => d.Id, StringComparer.Ordinal)], skip, take);
        return new([.. Of(sight, board, page.Rows)], page.Total, page.From, board.Now?.Scores ?? []);
    }

    public static IEnumerable<DecisionRow> Of(Sight sight, SituationBoard board, IEnumerable<Decision> decisions) => decisions.OrderByDescending(static d => d.At).ThenByDescending(static d => d.Id, StringComparer.Ordinal).Select(d =>
    {
        Outcome? o = board.Now?.Outcomes.FirstOrDefault(x => x.Decision.Key == d.Key);
        WorkTask[] tasks = [.. TasksOf(sight.World, d.Id)];
        string title = d.Situation is { } s && sight.World.Situations.Find(s) is { } known && Cause.Parse(known.Cause) is { } cause ? CauseWords.Title(sight, cause) : "";
        return new DecisionRow(d.Id, d.Situation?.Value ?? "", title, d.Remedy, d.What, (double)d.PromisesBefore, (double)d.PromisesAfter, sight.Shown(d.Cost), d.Cost is not null, d.At, d.By, d.Reason, d.Rule?.Value ?? "", o?.Known ?? 0, o?.Open ?? sight.World.Expectations.StartingWith($"{d.Id}|").Count(),
            o?.Without ?? 0, o?.Expected ?? 0, o?.Kept ?? 0, tasks.Count(static t => t.State == TaskState.Open), tasks.Length);
    });

    public static IEnumerable<WorkTask> TasksOf(Snapshot world, string decision) => world.Tasks.Where(t => t.Decision == decision).OrderBy(static t => t.Due).ThenBy(static t => t.Id, StringComparer.Ordinal);

    /// <param name="all">Everybody's, not the party's own alone.</param>
    /// <param name="mine">Whether this person may answer a task.</param>
    public static Page<TaskRow> Tasks(Sight sight, Key<Party> party, bool all, bool over, Func<WorkTask, bool> mine, int skip, int take)
    {
        var rows = sight.World.Tasks.Where(t => (all || (t.Party == party && mine(t))) && t.State == TaskState.Open != over);
        return Sight.PageOf([.. (over ? rows.OrderByDescending(static t => t.Due) : rows.OrderBy(static t => t.Due)).ThenBy(static t => t.Id, StringComparer.Ordinal).Select(t => Row(sight, t, mine(t), all))], skip, take);
    }

    /// <param name="inside">It is shown to the brand owner's people, who see why.</param>
    public static TaskRow Row(Sight sight, WorkTask t, bool mine, bool inside) => new(t.Id, t.Party.Value, sight.NameOf(t.Party), inside ? t.Decision : "", inside && sight.World.Decisions.Find(t.Decision)?.Situation is { } s ? s.Value : "", t.Kind, t.Owner, t.Subject, t.Text,
        t.Due, t.State, t.Answer, mine);

    public static IReadOnlyList<RuleRow> Rules(Sight sight) => [.. sight.World.StandingRules.Select(r => (Rule: r, Holds: sight.Now >= r.From && !(sight.Now >= r.Until))).OrderByDescending(static r => r.Holds).ThenByDescending(static r => r.Rule.From).Select(r => new RuleRow(r.Rule.Id, r.Rule.Remedy, r.Rule.MostClass,
        sight.Shown(r.Rule.PerWeek), r.Rule.LeastPromises, r.Rule.From, r.Rule.Until, r.Rule.By, r.Rule.Reason, r.Rule.PerWeek is { } limit ? sight.Shown(new Money(Standing.Spent(sight.World, sight.Now, r.Rule), limit.Currency)) : null,
        sight.World.Decisions.Count(d => d.Rule == r.Rule.Key), r.Holds))];

    /// <summary>The rule that an order stands for, or what is wrong with it.</summary>
    public static (StandingRule? Rule, IReadOnlyList<Finding> Wrong) Meant(Sight sight, RuleOrder order, Key<Party> party, string by)
    {
        var wrong = new List<Finding>();
        void Bad(string column, string rule, string what, string cure) => wrong.Add(new(new("request", 0, column), rule, what, cure));
        if (Reason(order.Reason) is { } reason) wrong.Add(reason);
        if (order.Remedy.OnlySays()) Bad("remedy", "not-by-rule", "What customers are told or asked is not decided by a rule.", "Choose another remedy.");
        if (order.PerWeek is < 0 or > 1_000_000_000) Bad("per_week", "amount", $"A limit of {order.PerWeek} a week.", "Give 0 or more, or leave it out: then the rule may take only what costs nothing.");
        if (order.PerWeek is not null && order.Currency is not { Length: 3 }) Bad("currency", "currency", "The limit has no currency.", "Write it in three letters, such as USD.");
        if (order.MostClass is < 1 or > 99) Bad("most_class", "class", $"{order.MostClass} is no customer class.", "Give 1 or more, or leave it out for all classes.");
        if (order.LeastPromises <= 0) Bad("least_promises", "least-promises", $"A least gain of {order.LeastPromises} promises.", "Give a gain above 0.");
        if (order.Until <= sight.Now) Bad("until", "past", "The rule would have lapsed already.", "Choose a later end, or none.");
        return wrong.Count > 0 ? (null, wrong) : (new(Standing.NextKey(sight.World), party, order.Remedy, order.MostClass, order.PerWeek is { } most ? new Money((long)decimal.Round(most * 100), order.Currency!.ToUpperInvariant()) : null, order.LeastPromises,
            sight.Now, order.Until, by, order.Reason.Trim()), []);
    }

    /// <summary>What is wrong with a reason; null: nothing.</summary>
    public static Finding? Reason(string reason) => string.IsNullOrWhiteSpace(reason) ? new(new("request", 0, "reason"), "missing", "There is no reason.", "Say why, for those who ask later.")
        : reason.Length > LongestReason ? new(new("request", 0, "reason"), "too-long", $"The reason has {reason.Length} characters.", $"Use at most {LongestReason}.") : null;
}
