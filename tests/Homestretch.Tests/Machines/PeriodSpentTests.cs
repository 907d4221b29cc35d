using CsCheck;
using Homestretch.Machines;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class PeriodSpentTests
{
    private static readonly Instant s_begin = Instant.FromUtc(2026, 3, 6, 0, 0);
    private static readonly DateTimeZone s_home = DateTimeZoneProviders.Tzdb["America/New_York"];

    private static Instant At(double hours) => s_begin + Duration.FromHours(hours);

    private static HourSpent Ran(int hour, double running, double down, long good = 0, long bad = 0) =>
        new(At(hour), Duration.Zero, Duration.FromHours(running), Duration.Zero, Duration.FromHours(down), Duration.Zero, good, bad);

    [Fact]
    public void Days_are_those_of_the_site_and_what_nobody_knows_is_no_data()
    {
        // 4:00 and 6:00 UTC are 23:00 of the fifth and 1:00 of the sixth in New York
        IReadOnlyList<PeriodSpent> days = PeriodSpent.Days([Ran(4, 0.5, 0.5, 20, 5), Ran(6, 1, 0, 50)], s_home, At(0), At(9), 50);
        Assert.Equal([Instant.FromUtc(2026, 3, 5, 5, 0), Instant.FromUtc(2026, 3, 6, 5, 0)], days.Select(static d => d.Begin));
        Assert.Equal((0.5, 0.5, 0.0), (days[0].Spent.Running.TotalHours, days[0].Spent.Down.TotalHours, days[0].Spent.NoData.TotalHours));
        Assert.Equal(0.5 * 1 * 0.8, days[0].Oee.Value!.Value, 1e-9);
        Assert.Equal((1.0, 3.0, 50L), (days[1].Spent.Running.TotalHours, days[1].Spent.NoData.TotalHours, days[1].Spent.Good));
        Assert.Equal(0.25, days[1].Oee.Known!.Value.Value, 1e-9);
    }

    [Fact]
    public void A_day_on_which_clocks_go_forward_has_23_hours()
    {
        HourSpent[] hours = [.. Enumerable.Range(0, 24 * 4).Select(static h => Ran(h, 1, 0))];
        IReadOnlyList<PeriodSpent> days = PeriodSpent.Days(hours, s_home, At(0), At(24 * 4), 50);
        Assert.Equal([5.0, 24.0, 24.0, 23.0, 20.0], days.Select(static d => d.Spent.Running.TotalHours));
    }

    [Fact]
    public void An_hour_at_hand_is_no_longer_than_has_passed_of_it()
    {
        PeriodSpent hour = Assert.Single(PeriodSpent.Hours([Ran(2, 0.25, 0)], At(0), At(2.5), 50));
        Assert.Equal((0.25, 0.25), (hour.Spent.Running.TotalHours, hour.Spent.NoData.TotalHours));
        Assert.Empty(PeriodSpent.Hours([], At(0), At(24), 50));
        Assert.Empty(PeriodSpent.Hours([Ran(30, 1, 0)], At(0), At(24), 50));
    }

    [Fact]
    public void Days_add_up_to_the_hours_and_leave_no_time_out() =>
        Gen.Select(Gen.Int[0, 400], Gen.Double[0, 0.5], Gen.Double[0, 0.5], Gen.Long[0, 90]).List[1, 60].Sample(static list =>
        {
            HourSpent[] hours = [.. list.DistinctBy(static h => h.Item1).OrderBy(static h => h.Item1).Select(static h => Ran(h.Item1, h.Item2, h.Item3, h.Item4))];
            IReadOnlyList<PeriodSpent> days = PeriodSpent.Days(hours, s_home, At(0), At(500), 60), each = PeriodSpent.Hours(hours, At(0), At(500), 60);
            Assert.Equal(hours.Sum(static h => h.Good), days.Sum(static d => d.Spent.Good));
            Assert.Equal(each.Sum(static h => h.Spent.NoData.TotalHours), days.Sum(static d => d.Spent.NoData.TotalHours), 1e-6);
            Assert.Equal(500 - (hours[0].Hour - s_begin).TotalHours, days.Sum(static d => d.Spent.Passed.TotalHours), 1e-6);
            Assert.All(days, static d => Assert.Equal(s_home.AtStartOfDay(d.Begin.InZone(s_home).Date).ToInstant(), d.Begin));
        });
}
