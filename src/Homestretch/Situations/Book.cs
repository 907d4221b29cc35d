using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>Keeps the situations of a world: opens one for a cause that takes promises, follows it, and ends it when it no longer does. One open situation a cause.</summary>
public static class Book
{
    /// <summary>A peak is written again when it has grown by this share: not each wobble of a forecast is history.</summary>
    private const double Grown = 0.1;

    /// <summary>What the assessments of one plan change in the book; empty when nothing does.</summary>
    /// <param name="assessments">All causes of the plan of this world, as <see cref="Detecting"/> says them.</param>
    /// <param name="now">The plan's epoch.</param>
    public static IReadOnlyList<WorldEvent> Follow(Snapshot world, Instant now, IReadOnlyList<Assessment> assessments, Watch? watch = null)
    {
        watch ??= new();
        var events = new List<WorldEvent>();
        var of = assessments.ToDictionary(static a => a.Cause.ToString(), StringComparer.Ordinal);
        var open = world.Situations.Where(static s => s.Open).ToDictionary(static s => s.Cause, StringComparer.Ordinal);
        foreach (Situation s in open.Values.OrderBy(static s => s.Id, StringComparer.Ordinal))
            if (Next(world, s, now, of.GetValueOrDefault(s.Cause), watch) is { } next) events.Add(new WorldEvent.Put(next));
        int opened = 0;
        foreach (Assessment a in assessments.Where(a => a.Tells(watch) && !open.ContainsKey(a.Cause.ToString()) && !Silenced(world, a, watch)))
            events.Add(new WorldEvent.Put(new Situation(Numbers.Next(world.Situations, "SIT", opened++), a.Lost[0].Promise.Party, a.Cause.ToString(), now, State(a), now, "", Peak(a), "", "", false)));
        return events;
    }

    /// <summary>The open situation of a cause; null when there is none.</summary>
    public static Situation? Find(Snapshot world, Cause cause) => world.Situations.FirstOrDefault(s => s.Open && s.Cause == cause.ToString());

    private static Situation? Next(Snapshot world, Situation s, Instant now, Assessment? a, Watch watch)
    {
        if (a is null || !a.GoesOn(watch))
        {
            bool mended = world.Decisions.Any(d => d.Situation == s.Key);
            return s with { State = mended ? SituationState.Mended : SituationState.Gone, Changed = now, By = "", Note = mended ? "a decision took it away" : "it went away by itself" };
        }
        SituationState state = State(a);
        bool grown = (double)Peak(a) > (1 + Grown) * (double)s.Peak;
        return state == s.State && !grown ? null : s with { State = state, Changed = state == s.State ? s.Changed : now, Peak = Math.Max(s.Peak, Peak(a)), By = state == s.State ? s.By : "" };
    }

    /// <summary>A person let the last one of this cause be, or called it useless, and it is not much worse than then.</summary>
    private static bool Silenced(Snapshot world, Assessment a, Watch watch) => world.Situations.Where(s => s.Cause == a.Cause.ToString()).OrderBy(static s => s.Changed).LastOrDefault() is { } last
        && (last.Useless || last.State == SituationState.Accepted) && a.Promises < watch.WorseAgain * (double)Math.Max(last.Peak, (decimal)watch.LeastLoss);

    private static SituationState State(Assessment a) => a.Confirmed ? SituationState.Confirmed : SituationState.Potential;
    private static decimal Peak(Assessment a) => Math.Round((decimal)a.Promises, 3);
}
