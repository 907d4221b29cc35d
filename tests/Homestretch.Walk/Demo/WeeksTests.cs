using Homestretch.Cli.Demo;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Finishing.Tracing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

/// <summary>The demonstration played for a quarter of a year: it must still be a company that one believes.</summary>
public sealed class WeeksTests
{
    [Fact]
    public void After_one_five_and_twelve_weeks_the_company_lives_keeps_most_promises_and_leaves_nothing_lying_about()
    {
        var play = new Weeks(Instant.FromUtc(2026, 11, 24, 9, 0), DemoCompany.DefaultSeed);
        Week[] weeks = [.. Enumerable.Range(1, 12).Select(_ => play.Next())];
        foreach (Week week in weeks) TestContext.Current.SendDiagnosticMessage(week.Row(Array.IndexOf(weeks, week) + 1));

        Assert.Empty(play.Refused);
        Assert.All(weeks, static w => Assert.Empty(w.Stuck));
        Assert.All(weeks, static w => Assert.True(w is { Arrived: > 10, Bought: > 5, Made: > 10, Shipped: > 10, Received: > 5, Undated: 0 }));
        Assert.InRange(weeks.Sum(static w => w.Done), 12 * 30, 12 * 60);
        Assert.InRange(weeks.Sum(static w => w.Kept) / (double)weeks.Sum(static w => w.Done), 0.85, 0.99);
        Assert.All(weeks, static w => Assert.InRange(w.Open, 180, 400));
        Assert.InRange(weeks.Average(static w => (w.AtRisk + w.Broken) / (double)w.Open), 0.05, 0.3);
        Assert.All(weeks, static w => Assert.InRange(w.Broken / (double)w.Open, 0, 0.25));
        Assert.All(weeks, static w => Assert.InRange(w.Overdue / (double)w.Open, 0, 0.06));
        Assert.All(weeks, w => Assert.InRange(w.StockPieces, 0.5 * weeks[0].StockPieces, 1.7 * weeks[0].StockPieces));
        AsBuilt(play.World, play.Now);
        // what is done stays on record, and grows by the week, not faster
        Assert.InRange(weeks[^1].Records - weeks[5].Records, 0, 1.3 * (weeks[5].Records - weeks[0].Records) * 6 / 5);
    }

    /// <summary>The first unit of every build of the last two weeks is there, of parts whose lots are known, each step done within its limits.</summary>
    private static void AsBuilt(Snapshot world, Instant now)
    {
        HashSet<string> Since(Func<Build, Instant> moment) => [.. world.Builds.Where(b => b.Status == OrderStatus.Completed && moment(b) >= now - Duration.FromDays(14)).Select(static b => b.Id)];
        HashSet<string> told = [.. world.Units.Select(static u => u.Build.Value)];
        Assert.Subset(told, Since(static b => b.Start));      // the first unit is done before its build is
        Assert.Subset(Since(static b => b.End), told);
        Assert.InRange(world.Units.Count, 40, 120);
        foreach (Unit unit in world.Units)
        {
            UnitRecord record = UnitRecords.Of(world, unit.Id)!;
            Assert.True(record is { State: UnitState.Complete, Firmware: not null, Parts.Count: >= 16 and <= 24, Steps.Count: >= 12 and <= 15 }, $"{record}");
            Assert.All(record.Parts, static p => Assert.NotEqual("", p.Lot));
            Assert.All(record.Steps, s => Assert.True(s.Passed && world.WorkSteps.Find($"{unit.Family}|{s.Step}")!.Tolerances.Broken(s.Values).Count == 0, $"{s}"));
        }
    }
}
