using Homestretch.Machines;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class ShiftClockTests
{
    private static readonly DateTimeZone s_zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];      // UTC+7
    private static Instant At(int day, int hour, int minute = 0) => s_zone.AtStrictly(new LocalDateTime(2026, 3, day, hour, minute)).ToInstant();

    [Theory]
    [InlineData(3, 23, 3, 22), InlineData(4, 2, 3, 22), InlineData(4, 6, 4, 6), InlineData(4, 13, 4, 6), InlineData(4, 14, 4, 14)]
    public void Without_shifts_of_its_own_a_plant_has_three_and_the_night_belongs_to_the_day_it_began(int day, int hour, int onDay, int from)
    {
        var clock = new ShiftClock([], s_zone);
        Assert.Equal(At(onDay, from), clock.BeginOf(At(day, hour)));
        Assert.Equal(new LocalDate(2026, 3, onDay), clock.DayOf(At(day, hour)));
    }

    [Fact]
    public void Its_own_shifts_count_and_time_between_them_begins_where_the_last_ended()
    {
        // 2 March 2026 is a Monday
        var clock = new ShiftClock([new Shift("P", IsoDayOfWeek.Monday, new(20, 0), new(4, 0), "S"), new Shift("P", IsoDayOfWeek.Tuesday, new(8, 0), new(16, 0), "S")], s_zone);
        Assert.Equal(At(2, 20), clock.BeginOf(At(3, 3, 59)));
        Assert.Equal(new LocalDate(2026, 3, 2), clock.DayOf(At(3, 3, 59)));
        Assert.Equal(At(3, 4), clock.BeginOf(At(3, 5)));
        Assert.Equal(At(3, 8), clock.BeginOf(At(3, 8)));
    }

    [Fact]
    public void Hours_of_a_night_are_added_up_under_the_day_on_which_it_began()
    {
        HourSpent[] hours = [.. Enumerable.Range(0, 24).Select(h => new HourSpent(At(3, 12) + Duration.FromHours(h), Duration.Zero, Duration.FromHours(1), Duration.Zero, Duration.Zero, Duration.Zero, 10, 0))];
        var periods = PeriodSpent.Shifts(hours, new ShiftClock([], s_zone), At(3, 12), At(4, 12), 10);
        Assert.Equal([(At(3, 6), 2L), (At(3, 14), 8L), (At(3, 22), 8L), (At(4, 6), 6L)], periods.Select(static p => (p.Begin, p.Spent.Good / 10)));
    }
}
