using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class ChoicesTests
{
    [Fact]
    public void Choices_are_a_set_whatever_their_order()
    {
        Choices a = Choices.Parse("frame=L; battery=500Wh").Value!, b = Choices.Parse(" battery = 500Wh ;frame=L;").Value!;
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal("battery=500Wh; frame=L", a.ToString());
        Assert.Equal(("L", ""), (a["frame"], a["rack"]));
    }

    [Theory]
    [InlineData("frame", "'frame' is no choice.")]
    [InlineData("frame=", "'frame=' is no choice.")]
    [InlineData("=L", "'=L' is no choice.")]
    [InlineData("a=b=c", "'a=b=c' is no choice.")]
    [InlineData("frame=L; frame=M", "The feature 'frame' is chosen twice.")]
    public void A_broken_choice_says_which(string text, string wrong)
    {
        var (value, what, cure) = Choices.Parse(text);
        Assert.Null(value);
        Assert.Equal(wrong, what);
        Assert.NotEqual("", cure);
    }

    [Fact]
    public void No_choice_is_the_empty_text()
    {
        Assert.Equal(Choices.None, Choices.Parse("").Value);
        Assert.Equal("", Choices.None.ToString());
    }

    [Fact]
    public void Words_are_kebab_case_and_found_in_any_case()
    {
        Assert.Equal(["sub-assembly", "family", "raw-material"], Words.Of<ItemKind>());
        Assert.Equal("no-data", Words.Of(MachineState.NoData));
        Assert.Equal(ItemKind.SubAssembly, Words.Find<ItemKind>("Sub-Assembly"));
        Assert.Null(Words.Find<ItemKind>("SubAssembly"));
        Assert.Null(Words.Find<ItemKind>("0"));
    }

    [Fact]
    public void A_week_has_seven_days_and_none_is_no_day()
    {
        Assert.Equal(7, Words.Of<IsoDayOfWeek>().Count);
        Assert.Null(Words.Find<IsoDayOfWeek>("none"));
    }
}
