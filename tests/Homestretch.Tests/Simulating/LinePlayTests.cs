using CsCheck;
using Homestretch.Promising.Kernel;
using Homestretch.Simulating;
using Homestretch.Tests.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Simulating;

public sealed class LinePlayTests
{
    private static readonly LineCalendar s_days = new([0, 100, 200, 300, 400, 500, 600, 700, 800, 900], [60, 160, 260, 360, 460, 560, 660, 760, 860, 960]);

    private static readonly Gen<(int Planned, int Ready, int Work, bool Confirmed)[]> s_builds =
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 500], Gen.Int[1, 25], Gen.Bool).Array[1, 12];

    /// <summary>The plan's kernel runs the same builds, each sample being the truth.</summary>
    [Fact]
    public void A_line_does_what_the_kernel_says_it_would_if_the_future_were_known() =>
        Gen.Select(s_builds, Gen.Int[0, 60], Gen.Bool).Sample((builds, window, closes) =>
        {
            LineCalendar calendar = closes ? s_days : LineCalendar.AlwaysOpen;
            Assert.Equal(Kernel(builds, calendar, window), Played(builds, calendar, window, 10_000).Order());
        });

    /// <summary>The rule looks at nothing that is not known yet, so looking often changes nothing.</summary>
    [Fact]
    public void How_often_one_looks_at_a_line_does_not_change_what_it_does() =>
        Gen.Select(s_builds, Gen.Int[0, 60], Gen.Int[1, 90]).Sample((builds, window, look) =>
            Assert.Equal(Played(builds, s_days, window, 10_000), Played(builds, s_days, window, look)));

    /// <summary>The forecast of today is the one of yesterday where all went as it said: a turn that has passed holds the line for what is left of its window, not for a new one.</summary>
    [Fact]
    public void A_plan_made_anew_when_turns_have_passed_says_what_was_said_before() =>
        Gen.Select(s_builds, Gen.Int[1, 60], Gen.Int[1, 300]).Sample((builds, window, now) =>
        {
            builds = [.. builds.Select(static b => b with { Confirmed = false }).OrderBy(static b => b.Planned)];
            (int Build, int End)[] said = Kernel(builds, LineCalendar.AlwaysOpen, window);
            // who begins before now is gone; the line is free again when the last of them ends
            int free = said.Where(e => e.End - builds[e.Build].Work < now).Select(static e => e.End).Append(now).Max();
            (int Build, int End)[] left = [.. said.Where(e => e.End - builds[e.Build].Work >= now)];
            var planned = new PlannedBuilds();
            var arrivals = new Futures(8);
            foreach (var (build, _) in left)
            {
                arrivals.Append([.. Enumerable.Repeat(Math.Max(0, builds[build].Ready - now), 8)]);
                planned.Add(new(0, Math.Max(0, builds[build].Planned - now), builds[build].Work, Tie: builds[build].Planned, Passed: Math.Max(0, now - builds[build].Planned)), [arrivals.Count - 1]);
            }
            Evaluation anew = Evaluation.Run(planned, arrivals, new Futures(8), [new(LineCalendar.AlwaysOpen, window, free - now)]);
            Assert.Equal(left, left.Select((e, i) => (e.Build, anew.EndsOf(i)[0] + now)));
        });

    [Fact]
    public void A_kit_that_is_not_whole_gives_way_within_the_window_and_then_for_good()
    {
        (int, int, int, bool)[] builds = [(0, 500, 10, false), (10, 0, 10, false), (20, 25, 10, false)];
        Assert.Equal([(1, 10), (2, 35), (0, 510)], Played(builds, LineCalendar.AlwaysOpen, 100, 10_000));
        Assert.Equal([(0, 510), (1, 520), (2, 530)], Played(builds, LineCalendar.AlwaysOpen, 0, 10_000));
    }

    private static (int Build, int End)[] Kernel((int Planned, int Ready, int Work, bool Confirmed)[] builds, LineCalendar calendar, int window)
    {
        var planned = new PlannedBuilds();
        var arrivals = new Futures(8);
        foreach (var (start, ready, work, confirmed) in builds)
        {
            arrivals.Append([.. Enumerable.Repeat(ready, 8)]);
            planned.Add(new(0, start, work, Confirmed: confirmed), [arrivals.Count - 1]);
        }
        Evaluation evaluation = Evaluation.Run(planned, arrivals, new Futures(8), [new(calendar, window)]);
        return [.. builds.Select((_, b) => (b, evaluation.EndsOf(b)[0])).Where(static e => e.Item2 < Futures.Never)];
    }

    private static (int Build, int End)[] Played((int Planned, int Ready, int Work, bool Confirmed)[] builds, LineCalendar calendar, int window, int look)
    {
        var line = new LinePlay(calendar, window, 0);
        List<WaitingBuild> waiting = [.. builds.Select(static (b, i) => new WaitingBuild($"{i}", b.Planned, b.Ready, b.Work, b.Confirmed)).OrderBy(static b => b.PlannedStart)];
        var done = new List<(int, int)>();
        for (int until = look; until < 11_000 && waiting.Count > 0; until += look)
        {
            foreach (var (build, _, end) in line.Play(waiting, until))
            {
                done.Add((int.Parse(build.Build, System.Globalization.CultureInfo.InvariantCulture), end));
                waiting.Remove(build);
            }
        }
        return [.. done];
    }
}
