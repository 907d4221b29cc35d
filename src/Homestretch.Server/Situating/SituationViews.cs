using System.Globalization;
using Homestretch.Server.Seeing;
using Homestretch.Situations;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>Situations as people read them.</summary>
internal static class SituationViews
{
    private static readonly Duration s_back = Duration.FromDays(90);

    public static SituationsView List(Sight sight, SituationBoard board, bool follows, SituationQuery q)
    {
        var rows = sight.World.Situations.Where(s => s.Open != q.Over).Select(s => Row(sight, board, s)).Where(r => Sight.Matches(q.Text, r.Situation, r.Cause, r.Title, r.Owner, r.Note, r.Best)).ToList();
        Page<SituationRow> page = Sight.PageOf([.. q.Over ? rows.OrderByDescending(static r => r.Changed).ThenByDescending(static r => r.Situation, StringComparer.Ordinal) : Weightiest(rows, sight.Now)], q.Skip, q.Take);
        return new(page.Rows, page.Total, page.From, board.Now?.Epoch, Alarms.Of(sight.World, sight.Now, s_back), follows, sight.World.Promises.Count > 0);
    }

    /// <summary>What to decide first: the weightiest, of these what takes most.</summary>
    public static IOrderedEnumerable<SituationRow> Weightiest(IEnumerable<SituationRow> rows, Instant now) => rows.OrderByDescending(static r => r.Severity).ThenByDescending(static r => r.Promises)
        .ThenBy(r => r.PointOfNoReturn is { } last && last > now ? last : Instant.MaxValue).ThenBy(static r => r.Situation, StringComparer.Ordinal);

    public static SituationRow Row(Sight sight, SituationBoard board, Situation s)
    {
        Cause? cause = Cause.Parse(s.Cause);
        Assessment? a = s.Open ? board.Now?.Of(s) : null;
        FoundRemedies? found = s.Open ? board.For(s.Id) : null;
        Instant? last = found?.PointOfNoReturn;
        PricedRemedy? best = found?.Remedies is [var first, ..] ? first : null;
        return new(s.Id, s.Cause, cause?.Kind ?? CauseKind.Order, cause?.Key ?? s.Cause, cause is { } c ? CauseWords.Title(sight, c) : s.Cause, s.State, !s.Open ? null : a is null ? Severity.Minor : Weighing.Of(a, last, sight.Now), s.Opened, s.Changed, s.Owner,
            a?.Promises, (double)s.Peak, a?.AtRisk ?? 0, a?.Lost.Count ?? 0, a?.Customers ?? 0, a?.ShortOfThisAlone ?? 0, sight.Money && a is not null ? a.Money : [], last, found?.Remedies.Count, best?.Remedy.What ?? "", best?.Promises, s.Open && (found is null || found.Ended is null), s.By, s.Note, s.Useless);
    }

    public static SituationView? One(Sight sight, SituationBoard board, bool follows, string key)
    {
        if (sight.World.Situations.Find(key) is not { } s) return null;
        Assessment? a = s.Open ? board.Now?.Of(s) : null;
        FoundRemedies? found = s.Open ? board.For(s.Id) : null;
        double Elsewhere(LostPromise l) => Math.Max(0, l.Promise.Confidence.Value - l.Kept - l.Share);
        return new(Row(sight, board, s), a is null ? [] : Why(sight, a, found), a is null ? [] : [.. Signs.Of(sight.Plan, a.Cause).Select(x => new SignView(x.Kind, x.Subject, SignText.Of(sight.World, x, sight.Zone), x.At, x.Hours))], a is null ? [] : ChainViews.Of(sight, a),
            [.. (a?.Lost ?? []).Select(l => new LostView(l.OrderLine.Value, sight.NameOf(l.Customer), l.Class, l.Promise.Date, l.Promise.Confidence.Value, l.Kept, l.Share, Elsewhere(l), l.AtRisk, l.DaysLate, l.Supply, l.OnlyThis))],
            [.. (found?.Remedies ?? []).Select(r => RemedyViews.Of(sight, found!, r))], found?.Priced ?? 0, found?.Complete ?? false, found?.Epoch,
            [.. DecisionViews.Of(sight, board, sight.World.Decisions.Where(d => d.Situation == s.Key))], [.. sight.World.Decisions.Where(d => d.Situation == s.Key).SelectMany(d => DecisionViews.TasksOf(sight.World, d.Id)).Select(t => DecisionViews.Row(sight, t, mine: false, inside: true))], follows);
    }

    private static List<string> Why(Sight sight, Assessment a, FoundRemedies? found)
    {
        LostPromise worst = a.Lost[0];
        var why = new List<string>
        {
            $"{Wording.Count(a.Lost.Count, "promise")} lost {Said(a.Promises)} to this since they were given: of each, its confidence then less the share of futures that keep it now; what several causes take is parted among them, so that nothing is counted twice.",
            $"Most of {worst.OrderLine}: given at {Wording.Percent(worst.Promise.Confidence.Value)} for {sight.Said.Day(worst.Promise.Date)}, kept in {Wording.Percent(worst.Kept)} of {sight.Plan.Policy.Samples} futures now; {Wording.Percent(worst.Share)} of it is lost to this.",
            a.AtRisk > 0 ? $"Confirmed: {Wording.Count(a.AtRisk, "promise")} {(a.AtRisk == 1 ? "is" : "are")} at risk, kept in fewer than {Wording.Percent(sight.Plan.Policy.RiskBelow)} of futures, and this takes at least a twentieth of each." : "Potential: it takes half a promise or more in all, but puts no single one at risk.",
        };
        if (a.ShortOfThisAlone > 0) why.Add($"{Wording.Count(a.ShortOfThisAlone, "kit")} {(a.ShortOfThisAlone == 1 ? "lacks" : "lack")} only this: all other parts together are at the bench by the planned start in at least 90 % of futures, what comes by this is not.");
        if (found is { Ended: not null }) why.Add(found.PointOfNoReturn is { } last ? $"It can be mended until {sight.Said.DayTime(last)}: the last moment at which a remedy that was found can begin and still takes a promise out of risk, or wins half a promise."
            : "No remedy that was found takes a promise out of risk or wins half a promise.");
        return why;
    }

    private static string Said(double promises) => promises.ToString("0.00", CultureInfo.InvariantCulture);
}
