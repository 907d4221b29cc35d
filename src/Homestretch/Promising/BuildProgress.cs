using Homestretch.Products;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What is recorded of the units of a begun build: how much of its work is done, whatever the time is at which somebody asks.</summary>
/// <remarks>With w the working seconds of one unit, of a build of Q units there are left at a moment a, not before the last record,
///   Q w - sum over units of done(u, a),
/// where done is w of a unit that is complete, 0 of one that was given up, and of one in work the shares of its passed steps and, of the step that comes next, the open time of the
/// line since the unit's last record, at most that step's share: nobody knows more before it is recorded. A rest, and a call for help after which no step was recorded, stop that
/// time. The steps that a unit takes share w as their usual minutes, where a pace says them of each (<see cref="WorkPace"/>), else alike. Seen from t before the last record, the open time up to that comes on top. Examples: docs/formulas/promising.md.</remarks>
/// <param name="Done">Working seconds that are done, without those of <paramref name="AtWork"/>.</param>
/// <param name="Told">The last record.</param>
/// <param name="AtWork">Of each unit that is worked on: working seconds left of its step, and when they are over if nothing stops it.</param>
internal sealed record BuildProgress(int Done, Instant Told, IReadOnlyList<(Instant Over, int Seconds)> AtWork)
{
    /// <summary>Open time is laid out for so long from a unit's last record on.</summary>
    private static readonly Duration s_ahead = Duration.FromDays(60);

    /// <summary>Working seconds left at t of a build that takes so many in all; at least one.</summary>
    /// <param name="calendar">Of its line, from t on.</param>
    public int Remaining(int workSeconds, LineCalendar calendar, Instant t)
    {
        int from = calendar.ToWork(Math.Max(0, Seconds.Of(Told, t)));
        long left = (long)workSeconds - Done;
        foreach (var (over, seconds) in AtWork) left += Math.Clamp(calendar.ToWork(Math.Max(0, Seconds.Of(over, t))) - from, 0, seconds) - seconds;
        return (int)Math.Clamp(from + Math.Max(0, left), 1, Seconds.Far / 100);
    }

    /// <param name="units">All that are recorded of the build, one or more.</param>
    public static BuildProgress Of(Snapshot world, Links links, OrderLine order, Build build, Routing way, Unit[] units)
    {
        decimal whole = Math.Min(way.MinutesPerUnit * 60, Seconds.Far / 100), done = 0;
        Instant told = units.Max(static u => u.Begun);
        var atWork = new List<(Instant, int)>();
        IReadOnlyDictionary<string, decimal>? usual = world.WorkPaces.Find(way.Id)?.StepMinutes();
        foreach (Unit unit in units)
        {
            if (unit.State == UnitState.Complete)
            {
                (done, told) = (done + whole, Instant.Max(told, unit.Completed ?? told));
                continue;
            }
            var (spent, since, last) = Spent(world, links, build, unit);
            told = Instant.Max(told, last);
            if (unit.State == UnitState.Scrapped) continue;
            WorkStep[] steps = [.. UnitSteps.Of(world, unit, build, order)];
            int[] shares = Shares((int)whole, usual, steps);
            bool[] passed = [.. steps.Select(s => Passed(world, unit, s))];
            int next = Array.IndexOf(passed, false), step = steps.Length == 0 ? (int)whole : next < 0 ? 0 : shares[next], left = Math.Max(0, step - spent.Seconds);
            done += shares.Where((_, i) => passed[i]).Sum() + step - left;
            if (since is { } on && left > 0) atWork.Add((spent.Over(on, left), left));
        }
        return new((int)Math.Clamp(Math.Floor(done), -Seconds.Far, Seconds.Far), told, atWork);
    }

    /// <summary>Whole seconds of each step of a unit, by the minutes that they usually take, or alike where those are not known of each; together they are the unit's.</summary>
    private static int[] Shares(int whole, IReadOnlyDictionary<string, decimal>? usual, WorkStep[] steps)
    {
        bool known = usual is not null && steps.All(s => usual.GetValueOrDefault(s.Step) > 0);
        decimal all = known ? steps.Sum(s => usual![s.Step]) : steps.Length, sum = 0;
        int[] shares = new int[steps.Length];
        for (int i = 0, before = 0; i < shares.Length; i++)
        {
            int until = (int)(whole * (sum += known ? usual![steps[i].Step] : 1) / all);
            (shares[i], before) = (until - before, until);
        }
        return shares;
    }

    /// <summary>Whether a step is done: it came out right when it was done last, and what it fitted was not taken out since.</summary>
    private static bool Passed(Snapshot world, Unit unit, WorkStep step)
    {
        if (UnitSteps.Last(world, unit, step) is not { Passed: YesNo.Yes } last) return false;
        if (step is not { Kind: WorkKind.Fit, Item: { } item }) return true;
        UnitPart[] fitted = [.. world.UnitParts.StartingWith($"{unit.Key}|").Where(p => p.Item == item)];
        return fitted.Any(static p => p.TakenOut is null) || !fitted.Any(p => p.TakenOut >= last.Done);
    }

    /// <summary>Open time since a unit's last step, rests and a call for help left out; since when it runs, null: it stands; and the last record.</summary>
    private static (Worked Spent, Instant? Since, Instant Last) Spent(Snapshot world, Links links, Build build, Unit unit)
    {
        Instant step = world.UnitSteps.StartingWith($"{unit.Key}|").Select(static s => s.Done)
            .Concat(world.UnitParts.StartingWith($"{unit.Key}|").Select(static p => p.TakenOut ?? p.Fitted)).Append(unit.Begun).Max();
        AssemblyLine line = world.AssemblyLines[build.Line];
        var spent = new Worked(LineTimes.Of(world, line.Calendar, line.Site, step, s_ahead), step);
        Instant? since = step;
        Instant last = step;
        foreach (FloorOperation rest in links.Rests(world, unit.Key).Where(r => r.Happened >= step))
        {
            last = rest.Happened;
            if (rest.Act == FloorAct.Pause && since is { } ran) (spent, since) = (spent.And(ran, last), null);
            else if (rest.Act == FloorAct.Resume) since ??= last;
        }
        if (unit.State == UnitState.Paused) return (spent, null, last);     // it rests; where no record says since when, nothing is counted
        since ??= last;
        if (links.Calls(world, unit.Key).Where(c => c.Due >= step).Select(static c => (Instant?)c.Due).Min() is not { } called) return (spent, since, last);
        return (spent.And(since.Value, called), null, Instant.Max(last, called));
    }

    /// <summary>Open time of a line, counted from a moment on.</summary>
    private readonly record struct Worked(LineCalendar Calendar, Instant Zero, int Seconds = 0)
    {
        public Worked And(Instant from, Instant to) => this with { Seconds = Seconds + Math.Max(0, At(to) - At(from)) };

        /// <summary>When so much open time from a moment on is over.</summary>
        public Instant Over(Instant from, int seconds) => Zero + Duration.FromSeconds(Calendar.EndToCalendar((int)Math.Min(Calendar.Horizon, (long)At(from) + seconds)));

        private int At(Instant at) => Calendar.ToWork(Math.Max(0, Promising.Seconds.Of(at, Zero)));
    }
}
