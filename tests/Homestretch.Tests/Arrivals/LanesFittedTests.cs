using System.Globalization;
using CsCheck;
using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

public sealed class LanesFittedTests
{
    private static readonly LocalDate _day = new(2026, 3, 2);

    private static Executed Row(string lane, int n, double days, bool finished = true, string group = "sea") => new(lane, group, $"{lane}-{n}", _day, days, finished);

    private static LanesFitted Fit(IEnumerable<Executed> rows, FitPolicy? policy = null) => LanesFitted.Of(rows, _day, policy)!;

    private static IEnumerable<Executed> Drawn(string lane, int count, StageTime time, ulong seed) =>
        Enumerable.Range(0, count).Select(i => Row(lane, i, Math.Round(time.Quantile(new Draws(seed).Uniform(1, i)), 1)));

    [Fact]
    public void With_much_history_a_lane_is_its_own()
    {
        var truth = StageTime.Of(40, 52);
        var lane = Fit([.. Drawn("vn", 3000, truth, 1), .. Drawn("mx", 3000, StageTime.Of(6, 9), 2)]).For("vn", "sea");
        foreach (double p in new[] { 0.1, 0.5, 0.9, 0.95, 0.99 })
            Assert.InRange(lane.Time.Quantile(p) / truth.Quantile(p), 0.96, 1.04);
        Assert.True(lane.OwnShare > new Share(0.99));
    }

    [Fact]
    public void With_little_history_it_borrows_and_with_none_it_is_its_group()
    {
        Executed[] rows = [.. Drawn("vn", 500, StageTime.Of(40, 52), 1), .. Enumerable.Range(0, 3).Select(i => Row("th", i, 20)), .. Enumerable.Range(0, 500).Select(i => Row("mx", i, 6, group: "road"))];
        var fit = Fit(rows);
        var few = fit.For("th", "sea");
        Assert.Equal(3.0 / 13, few.OwnShare.Value, 1e-9);
        Assert.InRange(few.P50, 36, 40);
        Assert.InRange(fit.For("kr", "sea").P50, 38, 41);
        Assert.InRange(fit.For("kr", "road").P50, 5.9, 6.1);
        Assert.Equal(0, fit.For("kr", "road").Count);
    }

    [Fact]
    public void A_mass_on_time_stays_a_mass()
    {
        var lane = Fit(Enumerable.Range(0, 200).Select(i => Row("vn", i, i < 140 ? 0 : i - 139))).For("vn", "sea");
        Assert.Equal(0.7, lane.OnTime.Value, 0.01);
        Assert.Equal(0, lane.Time.Quantile(0.69));
        Assert.InRange(lane.P90, 39, 43);
    }

    [Fact]
    public void Steps_still_running_count_as_longer_than_this()
    {
        var truth = StageTime.Of(40, 60);
        Executed[] all = [.. Drawn("vn", 2000, truth, 3)];
        // half of the lots are seen at 42 days only
        Executed[] cut = [.. all.Index().Select(r => r.Index % 2 == 0 || r.Item.Days <= 42 ? r.Item : r.Item with { Days = 42, Finished = false })];
        double whole = Fit(all).For("vn", "sea").P90, kept = Fit(cut).For("vn", "sea").P90, dropped = Fit(cut.Where(r => r.Finished)).For("vn", "sea").P90;
        Assert.InRange(kept / whole, 0.97, 1.03);
        Assert.True(dropped < whole * 0.97);
    }

    [Fact]
    public void Only_what_was_known_is_used_and_lines_of_one_shipment_are_one()
    {
        Executed[] rows = [Row("vn", 1, 40), Row("vn", 1, 41), Row("vn", 2, 50) with { Known = _day.PlusDays(1) }];
        Assert.Equal(1, Fit(rows).Count);
        Assert.Null(LanesFitted.Of(rows, _day.PlusDays(-1)));
    }

    [Fact]
    public void Every_fit_can_be_sampled_has_a_tail_and_does_not_depend_on_the_order_of_rows() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[-20, 90], Gen.Bool).Array[1, 60].Where(a => a.Any(x => x.Item3)).Sample(raw =>
        {
            Executed[] rows = [.. raw.Select((r, i) => Row($"lane {r.Item1}", i, r.Item2, r.Item3, $"group {r.Item1 % 2}"))];
            LanesFitted fit = Fit(rows), shuffled = Fit(rows.Reverse());
            Assert.Equal(fit.Version, shuffled.Version);
            foreach (var (lane, same) in fit.Lanes.Zip(shuffled.Lanes))
            {
                Assert.Empty(StageTimeRules.Check(lane.Time, default));
                Assert.Equal(lane.Time.Values, same.Time.Values);
                Assert.True(lane.Time.Quantile(0.9999) > lane.Time.Values[^1]);
                Assert.True(lane.P50 <= lane.P90);
            }
        });

    // out of sample on real deliveries: fit each month on what was known 30 days before it began
    [Fact]
    public void Stated_percentiles_are_kept_on_later_real_deliveries()
    {
        var (deliveries, kept, pinball, constant) = OutOfSample(2010, 2013);
        Assert.InRange(deliveries, 300, 649);
        Assert.InRange(kept, 0.87, 0.97);
        Assert.True(pinball < constant, $"pinball at P90 {pinball:0.00} against {constant:0.00} for one number for all");
    }

    private static (int Deliveries, double Kept, double Pinball, double Constant) OutOfSample(int fromYear, int toYear)
    {
        var rows = RealDeliveries();
        int n = 0;
        double kept = 0, pinball = 0, constant = 0;
        for (var month = new LocalDate(fromYear, 1, 1); month < new LocalDate(toYear, 4, 1); month = month.PlusMonths(1))
        {
            var asOf = month.PlusDays(-30);
            var fit = LanesFitted.Of(rows.Where(r => r.Scheduled <= asOf).Select(r => r.Known <= asOf
                ? new Executed(r.Lane, r.Group, r.Shipment, r.Known, r.Late)
                : new Executed(r.Lane, r.Group, r.Shipment, asOf, Period.DaysBetween(r.Scheduled, asOf), false)), asOf)!;
            double[] all = [.. rows.Where(r => r.Known <= asOf).Select(r => r.Late).Order()];
            foreach (var r in rows.Where(r => r.Scheduled >= month && r.Scheduled < month.PlusMonths(1)))
            {
                double p90 = fit.For(r.Lane, r.Group).P90, one = all[all.Length * 9 / 10];
                (n, kept) = (n + 1, kept + (r.Late <= p90 ? 1 : 0));
                (pinball, constant) = (pinball + Loss(p90, r.Late), constant + Loss(one, r.Late));
            }
        }
        return (n, kept / n, pinball / n, constant / n);

        static double Loss(double stated, double actual) => actual > stated ? 0.9 * (actual - stated) : 0.1 * (stated - actual);
    }

    private static (string Shipment, string Lane, string Group, LocalDate Scheduled, LocalDate Known, double Late)[] RealDeliveries()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Homestretch.slnx"))) folder = folder.Parent!;
        return [.. File.ReadLines(Path.Combine(folder.FullName, "tests/Homestretch.Tests/Arrivals/data/scms_deliveries.csv")).Skip(1).Select(line => line.Split(',')).Select(c =>
            (c[0], $"{c[1]}|{c[2]}|{c[3]}", $"{c[2]}|{c[3]}", Date(c[4]), Date(c[6]), (double)Period.DaysBetween(Date(c[4]), Date(c[5]))))];

        static LocalDate Date(string text) => LocalDate.FromDateOnly(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
