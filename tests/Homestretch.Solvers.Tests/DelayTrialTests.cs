using Homestretch.Arrivals.History;
using NodaTime;
using Xunit;

namespace Homestretch.Solvers.Tests;

public sealed class DelayTrialTests
{
    private static readonly List<Delivery> s_made = MadeDeliveries.Of(800, 900, 1);
    private static readonly LocalDate s_split = MadeDeliveries.Begin.PlusDays(700);

    private static readonly Lazy<DelayTrial> s_trial = new(static () => Run(s_made));

    private static DelayTrial Run(IEnumerable<Delivery> all, int refit = 180) =>
        DelayTrial.Run([.. all.Where(static d => d.Scheduled < s_split)], [.. all.Where(static d => d.Scheduled >= s_split)], refit, TestContext.Current.CancellationToken);

    [Fact]
    public void What_has_a_rule_is_learned_and_stated_percentiles_hold()
    {
        DelayTrial trial = s_trial.Value;
        DelayScores model = trial.Report.Overall[0].Scores, constant = trial.Report.Overall[3].Scores;
        Assert.True(model.Auc > 0.62, $"area {model.Auc:0.000}");
        Assert.Equal(0.5, constant.Auc);
        Assert.True(model.Brier < constant.Brier && model.Levels[2].Pinball < constant.Levels[2].Pinball);
        Assert.InRange(model.Levels[2].Coverage, 0.84, 0.96);
        Assert.Equal(model.Lines, trial.Report.StatedByTrees);
        Assert.True(trial.Trainings > 2);
    }

    [Fact]
    public void Nothing_known_later_changes_what_was_stated()
    {
        LocalDate day = MadeDeliveries.Begin.PlusDays(790);
        Delivery[] other = [.. s_made.Where(d => d.AsOf <= day || d.Line.Length % 2 == 0).Select(d => d.Known > day
            ? d with { Delivered = LocalDate.Max(day.PlusDays(1), d.Scheduled.PlusDays(30)), Known = LocalDate.Max(day.PlusDays(1), d.Scheduled.PlusDays(30)) } : d)];
        var first = s_trial.Value.Lines.Where(l => l.Stated.AsOf <= day).ToDictionary(static l => l.Stated.Line, static l => l.Stated);
        var second = Run(other).Lines.Where(l => l.Stated.AsOf <= day).ToDictionary(static l => l.Stated.Line, static l => l.Stated);
        Assert.True(first.Count > 100);
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        foreach (var (line, stated) in first)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(stated.Score), BitConverter.DoubleToInt64Bits(second[line].Score));
            Assert.Equal(stated.Days, second[line].Days);
        }
    }

    [Fact]
    public void Lines_of_a_shipment_in_the_test_file_are_not_learned_from()
    {
        Delivery[] train = [.. s_made.Where(static d => d.Scheduled < s_split)], test = [.. s_made.Where(static d => d.Scheduled >= s_split)];
        Delivery[] leaky = [.. train, .. test.Take(50).Select(static (d, i) => d with { Line = $"again {i}" }), test[60]];
        DelayTrial clean = s_trial.Value, tried = DelayTrial.Run(leaky, test, 180, TestContext.Current.CancellationToken);
        Assert.Equal(51, tried.Dropped);
        Assert.Equal(clean.Lines.Select(static l => l.Stated.Score), tried.Lines.Select(static l => l.Stated.Score));
    }

    [Fact]
    public void With_little_history_lanes_are_pooled_and_it_says_so()
    {
        DelayTrial trial = Run(MadeDeliveries.Of(150, 900, 2));
        Assert.Equal((0, 0), (trial.Trainings, trial.Report.StatedByTrees));
        Assert.All(trial.Lines, static l => Assert.Equal(DelaySource.Pooled, l.Stated.Source));
        Assert.True(trial.Report.Overall[0].Scores.Auc > 0.5);
    }

    [Fact]
    public void A_model_tells_its_window_and_how_it_did_on_lines_it_had_not_seen()
    {
        var walk = new DelayWalk(new DeliveryBook(s_made));
        LocalDate asOf = MadeDeliveries.Begin.PlusDays(800);
        walk.Go(asOf.PlusDays(-DelayWalk.WarmUpDays), asOf, 180, TestContext.Current.CancellationToken);
        DelayModel model = walk.Model(asOf, TestContext.Current.CancellationToken);
        Assert.Empty(model.Check(new("model")));
        Assert.True(model.Card.To < asOf && model.Card.From == s_made[0].Scheduled);
        Assert.True(model.Card.OutOfSample!.Auc > 0.6 && model.Card.OutOfSample.Lines > 200);
        Assert.NotEqual(DelayModel.FirstLevels, model.Levels);
        Assert.NotNull(model.Forests);
    }
}
