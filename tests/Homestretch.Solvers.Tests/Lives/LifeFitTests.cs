using Homestretch.Machines.Health;
using Homestretch.Solvers.Lives;
using Xunit;

namespace Homestretch.Solvers.Tests.Lives;

public sealed class LifeFitTests
{
    private static readonly FailureHistory s_fleet = WearingFleet.Make(40, 5, 3);
    private static readonly LifeFitOptions s_quick = new(60, Networks: 2, Trees: 80);
    private static readonly LifeFitted s_fitted = LifeFit.Fit(s_fleet, s_quick);

    private static IEnumerable<LifeOutcome> Judged(LifeModel model, FailureHistory fleet)
    {
        foreach (UnitHistory unit in fleet.Units)
        {
            HealthTrack track = model.Track();
            for (int r = 0; r < unit.Count; r++)
            {
                track.Add(unit.Cycles[r], unit.Reading(r));
                if (r > 15 && r % 7 == 0) yield return new(unit.Unit, model.Judge(track)!, unit.Left(r));
            }
        }
    }

    [Fact]
    public void Conditions_are_found_and_only_what_wear_moves_is_used()
    {
        Assert.Equal(3, s_fitted.Model.Conditions.Count);
        Assert.Equal([0, 1], s_fitted.Model.Conditions.Sensors.Order());
        Assert.Equal(1, LifeFit.Fit(WearingFleet.Make(12, 5), new(60, Folds: 3, Networks: 1, Trees: 5), stop: TestContext.Current.CancellationToken).Model.Conditions.Count);
    }

    [Fact]
    public void Stated_intervals_hold_on_a_fleet_that_no_one_has_seen()
    {
        LifeScore score = LifeScore.Of([.. Judged(s_fitted.Model, WearingFleet.Make(80, 77, 3))]);
        Assert.InRange(score.Coverage, 0.84, 0.96);
        Assert.InRange(s_fitted.HeldOut.Coverage, 0.84, 0.96);
        Assert.InRange(score.Below[3], 0.35, 0.65);
        Assert.InRange(score.Rmse / s_fitted.HeldOut.Rmse, 0.7, 1.3);
    }

    [Fact]
    public void It_knows_more_than_the_mean_life_of_its_fleet()
    {
        FailureHistory unseen = WearingFleet.Make(40, 78, 3);
        double mean = s_fleet.Units.Average(static u => u.Cycles[^1]);
        double plain = Math.Sqrt(unseen.Units.SelectMany(u => Enumerable.Range(16, u.Count - 16).Select(r => Math.Clamp(mean - u.Cycles[r], 0, 60) - Math.Min(60, u.Left(r)))).Average(static d => d * d));
        Assert.True(LifeScore.Of([.. Judged(s_fitted.Model, unseen)]).Rmse < 0.6 * plain);
    }

    [Fact]
    public void The_same_fleet_options_and_seed_say_the_same_bits()
    {
        LifeFitted again = LifeFit.Fit(s_fleet, s_quick, stop: TestContext.Current.CancellationToken);
        FailureHistory unseen = WearingFleet.Make(3, 9, 3);
        Assert.Equal(s_fitted.HeldOut.Rmse, again.HeldOut.Rmse);
        Assert.Equal(Judged(s_fitted.Model, unseen).Select(static o => BitConverter.DoubleToInt64Bits(o.Said.Expected)), Judged(again.Model, unseen).Select(static o => BitConverter.DoubleToInt64Bits(o.Said.Expected)));
        Assert.Equal(Judged(s_fitted.Model, unseen).Select(static o => o.Said.Low), Judged(again.Model, unseen).Select(static o => o.Said.Low));
    }

    [Fact]
    public void Every_unit_is_held_out_and_judged_at_every_cut()
    {
        Assert.Equal(s_fleet.Units.Length, s_fitted.HeldOut.Units);
        Assert.Equal(20 * s_fleet.Units.Length, s_fitted.HeldOut.Judgements);
    }

    [Fact]
    public void Too_few_or_too_short_units_are_findings()
    {
        Assert.Contains(LifeFit.Check(WearingFleet.Make(5, 1), new("fleet.csv")), static f => f.Rule == "life-units");
        FailureHistory fleet = WearingFleet.Make(12, 1);
        Assert.Contains(LifeFit.Check(fleet with { Units = [.. fleet.Units.Select(static (u, i) => i == 3 ? u.First(20) : u)] }, new("fleet.csv")), static f => f.Rule == "life-short" && f.What.Contains("unit3", StringComparison.Ordinal));
        Assert.Empty(LifeFit.Check(fleet, new("fleet.csv")));
    }
}
