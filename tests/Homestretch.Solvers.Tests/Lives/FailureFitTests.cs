using Homestretch.Machines.Health;
using Homestretch.Solvers.Lives;
using Xunit;

namespace Homestretch.Solvers.Tests.Lives;

public sealed class FailureFitTests
{
    private static readonly FailureFitOptions s_options = new(48, 24, Trees: 60);
    private static readonly FailureFitted s_fitted = FailureFit.Fit(Fleet(40, 1), s_options);

    /// <summary>One part wears out; in its last four days it heats up and reports errors, and one failure in four gives no sign.</summary>
    private static List<MachineLog> Fleet(int machines, ulong seed)
    {
        var logs = new List<MachineLog>();
        for (int m = 0; m < machines; m++)
        {
            var draws = new Draws(seed);
            ulong key = StableHash.Of("machine", $"{m}");
            var lines = new List<LogLine>();
            int drawn = 0;
            double end = 0;
            bool signed = true;
            for (double hour = 0; hour < 200 * 24; hour += 8)
            {
                if (hour >= end)
                {
                    if (hour > 0) lines.Add(new(hour, LogKind.Failure, "bearing", float.NaN));
                    (end, signed) = (hour + 24 * (10 + 60 * draws.Uniform(key, drawn++)), draws.Uniform(key, drawn++) > 0.25);
                }
                double sign = signed ? Math.Clamp(1 - (end - hour) / 96, 0, 1) : 0;
                lines.Add(new(hour + 1, LogKind.Sensor, "heat", (float)(60 + 8 * sign + draws.Normal(key, drawn++))));
                if (draws.Uniform(key, drawn++) < 0.03 + 0.4 * sign) lines.Add(new(hour + 2, LogKind.Error, "hot", float.NaN));
            }
            logs.Add(new($"m{m}", [.. lines], 200 * 24));
        }
        return logs;
    }

    [Fact]
    public void Stated_chances_hold_on_machines_that_no_one_has_seen()
    {
        FailureScore score = FailureScore.Of(FailureFit.Judged(s_fitted.Model, Fleet(60, 2), s_options));
        Assert.InRange(score.Auc, 0.8, 0.99);
        Assert.True(score.Brier < 0.75 * score.BaseBrier);
        Assert.InRange(score.Auc - s_fitted.HeldOut.Auc, -0.04, 0.04);
        Assert.All(score.Curve.Where(static c => c.Judgements > 300), static c => Assert.InRange(c.Stated, c.Failed - 0.04, c.Failed + 0.04));
    }

    [Fact]
    public void A_track_says_what_its_log_says()
    {
        MachineLog log = Fleet(1, 3)[0];
        FailureTrack track = s_fitted.Model.Track();
        Assert.Null(s_fitted.Model.Judge(track, 0));
        double now = log.Lines[0].Hours + 168;
        foreach (LogLine line in log.Lines.Where(l => l.Hours <= now)) track.Add(line);
        Assert.Equal(FailureFit.Judged(s_fitted.Model, [log], s_options)[0].Chance, s_fitted.Model.Judge(track, now)!.Value);
    }

    [Fact]
    public void The_same_logs_and_seed_give_the_same_chances()
    {
        FailureFitted again = FailureFit.Fit(Fleet(40, 1), s_options, TestContext.Current.CancellationToken);
        Assert.Equal(s_fitted.Model.Held, again.Model.Held);
        Assert.Equal(s_fitted.HeldOut.Brier, again.HeldOut.Brier);
    }

    [Fact]
    public void Too_few_machines_or_failures_are_findings()
    {
        Assert.Contains(FailureFit.Check(Fleet(3, 1), new("l")), static f => f.Rule == "failure-machines");
        Assert.Contains(FailureFit.Check([.. Fleet(20, 1).Select(static l => l with { Lines = [.. l.Lines.Where(static x => x.Kind != LogKind.Failure)] })], new("l")), static f => f.Rule == "failure-few");
    }
}
