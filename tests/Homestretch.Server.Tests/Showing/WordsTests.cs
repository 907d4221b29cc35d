using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Showing;

/// <summary>How figures and days read on the screens.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData(9.96, "+10 d")]
    [InlineData(-9.94, "−9.9 d")]
    [InlineData(0.04, "0 d")]
    [InlineData(4000, "out of sight")]
    public void A_move_of_ten_days_has_no_decimal_however_it_was_rounded(double days, string said) => Assert.Equal(said, When.Days(days));

    [Fact]
    public void What_is_not_known_is_said_and_nearly_all_is_not_all()
    {
        Assert.Equal("unknown", Wording.Percent(null));
        Assert.Equal(">99 %", Wording.Percent(0.9999));
        Assert.Equal("<1 %", Wording.Percent(0.0001));
    }

    [Theory]
    [InlineData(24, 8)]
    [InlineData(24 * 40, 6)]
    public void Words_of_a_time_axis_are_not_cut_by_its_right_edge(int hours, int most)
    {
        Instant from = Instant.FromUtc(2026, 11, 26, 18, 34);
        var scale = new Scale(from, from + Duration.FromHours(hours));
        IReadOnlyList<Instant> ticks = scale.WholeTicks(DateTimeZone.Utc, most);
        Assert.InRange(ticks.Count, 2, most + 1);
        Assert.All(ticks, t => Assert.InRange(scale.Percent(t), 0, 100 - 50.0 / most));
    }
}
