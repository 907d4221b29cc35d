using Homestretch.Arrivals.History;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals.History;

public sealed class DelayReportTests
{
    private static readonly LocalDate s_day = new(2026, 3, 2);

    private static Delivery Line(string line, int scheduled, int? delay, string shipment = "", string site = "F") => new(line, shipment, "", "", "", "", site, "UK", "sea", "", "", "", "", "", null, null, null, null,
        s_day.PlusDays(scheduled), delay is { } d ? s_day.PlusDays(scheduled + d) : null, delay is { } k ? s_day.PlusDays(scheduled + k) : null, s_day.PlusDays(scheduled - 30));

    private static StatedDelay Says(Delivery d, double late, params int[] days) => new(d.Line, d.AsOf, DelaySource.Trees, StatedDelay.LogOdds(late), new(late), days);

    [Fact]
    public void Scores_count_every_line_and_know_shipments_apart()
    {
        Delivery[] lines = [Line("a", 0, 10, "S"), Line("b", 0, 10, "S"), Line("c", 0, 0), Line("d", 0, -4)];
        DelayScores s = DelayScores.Of([(lines[0], Says(lines[0], 0.8, 0, 5, 10, 20)), (lines[1], Says(lines[1], 0.2, 0, 0, 0, 0)), (lines[2], Says(lines[2], 0.4, 0, 0, 0, 0)), (lines[3], Says(lines[3], 0.1, -4, 0, 0, 0))]);
        Assert.Equal((4, 3, 0.5), (s.Lines, s.Shipments, s.LateShare));
        Assert.Equal(0.75, s.Auc);
        Assert.Equal(1, s.AucByShipment);
        Assert.Equal((0.04 + 0.64 + 0.16 + 0.01) / 4, s.Brier, 1e-12);
        Assert.Equal(20 / 4.0, s.MeanAbsolute);
        Assert.Equal(0.75, s.Levels[2].Coverage); // P90: 10 holds 10, 0 holds not
        Assert.Equal((0 + 9 + 0 + 0.1 * 4) / 4, s.Levels[2].Pinball, 1e-12);
    }

    [Fact]
    public void Baselines_know_what_was_known_on_the_day_and_no_more()
    {
        // of three earlier deliveries of the lane one is known a day too late; another lane is for everything only
        var book = new DeliveryBook([Line("a", -60, 2), Line("b", -50, 6), Line("c", -31, 2) with { Delivered = s_day.PlusDays(-29), Known = s_day.PlusDays(-29) }, Line("d", -60, 0, site: "G"), Line("x", 0, 1)]);
        var baselines = new DelayBaselines(book);
        int x = book.Deliveries.Index().Single(static d => d.Item.Line == "x").Index;
        Assert.Equal([2, 6, 6, 6], baselines.OwnHistory(x).Days);
        Assert.Equal(1, baselines.OwnHistory(x).Late.Value);
        Assert.Equal([2, 6, 6, 6], baselines.Constant(x).Days);
        Assert.Equal(2 / 3.0, baselines.Constant(x).Late.Value, 1e-12);
        Assert.Equal([0, 0, 0, 0], baselines.Schedule(x).Days);
        Assert.Equal(baselines.Constant(x).Score, baselines.Schedule(x).Score);
    }

    [Fact]
    public void The_report_tells_the_model_beside_baselines_by_lane_and_leaves_out_what_is_open()
    {
        var book = new DeliveryBook([Line("a", -60, 2), Line("b", 0, 4), Line("c", 1, 0, site: "G"), Line("d", 2, null)]);
        var stated = Enumerable.Range(1, 3).ToDictionary(static i => i, i => Says(book.Deliveries[i], 0.3, 0, 1, 4, 9));
        DelayReport report = DelayReport.Of(book, stated);
        Assert.Equal(1, report.Open);
        Assert.Equal(["model", "own history", "trust the schedule", "one number for all"], report.Overall.Select(static j => j.Name));
        Assert.All(report.Overall, static j => Assert.Equal(2, j.Scores.Lines));
        Assert.Equal(["F > UK > sea", "G > UK > sea"], report.Lanes.Select(static l => l.Lane));
        Assert.Equal(1, report.Overall[0].Scores.Levels[2].Coverage);
    }

    [Fact]
    public void With_little_history_a_lane_states_what_its_mode_and_everything_know()
    {
        var book = new DeliveryBook([.. Enumerable.Range(0, 40).Select(static i => Line($"a{i}", -100 + i, i % 4 == 0 ? 8 : 0)), Line("x", 0, null), Line("y", 0, null, site: "new")]);
        PooledDelay pooled = PooledDelay.Of(book, s_day.PlusDays(-30));
        StatedDelay own = pooled.State(Line("x", 0, null)), borrowed = pooled.State(Line("y", 0, null, site: "new"));
        Assert.InRange(own.Late.Value, 0.2, 0.3);
        Assert.InRange(borrowed.Late.Value, 0.2, 0.3);
        Assert.Equal((0, 8), (own.Days[0], own.Days[2]));
        Assert.Equal(DelaySource.Pooled, own.Source);
        Assert.Equal([0, 0, 0, 0], PooledDelay.Of(new([]), s_day).State(Line("x", 0, null)).Days);
    }
}
