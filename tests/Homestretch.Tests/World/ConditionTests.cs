using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class ConditionTests
{
    private static readonly Choices s_bike = Choices.Parse("battery=500Wh; rack=none").Value!;

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("market=UK", true)]
    [InlineData("market=US", false)]
    [InlineData("battery=500Wh", true)]
    [InlineData("battery = 500Wh&rack=none", true)]
    [InlineData("battery=400Wh | rack=none & market=UK", true)]
    [InlineData("(battery=400Wh | rack=none) & market=US", false)]
    [InlineData("!market=US", true)]
    [InlineData("!!market=US", false)]
    [InlineData("!(market=UK & rack=none)", false)]
    [InlineData("colour=red", false)]
    [InlineData("!colour=red", true)]
    [InlineData("market=UK & !(battery=500Wh | rack=none)", false)]
    public void A_condition_holds_as_it_reads(string text, bool holds) =>
        Assert.Equal(holds, Condition.Parse(text).Value!.Holds("UK", s_bike));

    [Theory]
    [InlineData("market", 7, "'=' after the feature")]
    [InlineData("market=", 8, "an option after '='")]
    [InlineData("=UK", 1, "a feature name")]
    [InlineData("market=UK &", 12, "a feature name")]
    [InlineData("market=UK market=US", 11, "'&', '|' or the end")]
    [InlineData("(market=UK", 11, "')'")]
    [InlineData("market=UK)", 10, "'&', '|' or the end")]
    [InlineData("market=UK && rack=none", 12, "a feature name")]
    [InlineData("market==UK", 8, "an option after '='")]
    [InlineData("!", 2, "a feature name")]
    public void A_broken_condition_says_where_and_what_was_expected(string text, int character, string expected)
    {
        var (value, wrong, cure) = Condition.Parse(text);
        Assert.Null(value);
        Assert.Equal($"The condition '{text}' breaks off at character {character}.", wrong);
        Assert.Equal($"Expected {expected}.", cure);
    }

    [Fact]
    public void The_text_of_a_condition_reads_back_as_the_same_tree()
    {
        var records = new RandomRecords(new Random(1));
        for (int n = 0; n < 3000; n++)
        {
            Condition condition = records.Condition(5);
            Assert.Equal(condition, Condition.Parse(condition.ToString()!).Value);
        }
    }

    [Fact]
    public void Random_formulas_agree_with_their_truth_table()
    {
        var records = new RandomRecords(new Random(2));
        for (int n = 0; n < 500; n++)
        {
            Condition condition = records.Condition(5);
            for (int world = 0; world < 16; world++)
            {
                string Taken(int bit) => (world >> bit & 1) == 0 ? "x" : "y";
                var choices = new Choices([("a", Taken(0)), ("b", Taken(1)), ("c", Taken(2))]);
                Assert.Equal(Naive(condition, (feature, option) => option == feature switch { "a" => Taken(0), "b" => Taken(1), "c" => Taken(2), _ => Taken(3) }),
                    condition.Holds(Taken(3), choices));
            }
        }
    }

    [Theory]
    [InlineData(100_000, "!", "a=1", "")]
    [InlineData(100_000, "(", "a=1", ")")]
    [InlineData(100_000, "a=1 & ", "a=1", "")]
    [InlineData(100_000, "a=1 | ", "a=1", "")]
    public void No_text_exhausts_the_stack(int times, string before, string middle, string after)
    {
        string text = string.Concat(Enumerable.Repeat(before, times)) + middle + string.Concat(Enumerable.Repeat(after, times));
        Assert.Null(Condition.Parse(text).Value);
    }

    [Fact]
    public void Names_stand_in_order_of_appearance() =>
        Assert.Equal([("market", "UK"), ("b", "1"), ("a", "2")], Condition.Parse("market=UK & !(b=1 | a=2)").Value!.Names);

    private static bool Naive(Condition condition, Func<string, string, bool> taken) => condition switch
    {
        Condition.Is i => taken(i.Feature, i.Option),
        Condition.Not n => !Naive(n.Inner, taken),
        Condition.Both b => Naive(b.Left, taken) & Naive(b.Right, taken),
        Condition.Either e => Naive(e.Left, taken) | Naive(e.Right, taken),
        _ => true,
    };
}
