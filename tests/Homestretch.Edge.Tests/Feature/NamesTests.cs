using Homestretch.Edge.Feature;
using Homestretch.Exchange.Edges;
using Xunit;

namespace Homestretch.Edge.Tests.Feature;

public sealed class NamesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-names-").FullName;
    private readonly List<string> _said = [];
    private readonly EdgeCounts _counts;
    private readonly Names _names;

    public NamesTests()
    {
        _counts = new(_folder, _said.Add);
        _names = new(new(Machines: 3, Metrics: 4, InAll: 9, Longest: 10, LongestText: 5), _counts);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_machine_that_invents_names_keeps_its_first_ones_and_others_lose_nothing()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Assert.Equal(i < 4 ? ["A" + i] : [], Taken("M1", "A" + i));
            Assert.Equal(["A1", "A2"], i < 4 ? ["A1", "A2"] : Taken("M1", "A1", "Z" + i, "A2"));
        }
        Assert.Equal(["State", "Vibration"], Taken("M2", "State", "Vibration"));
        Assert.Equal("M1 has told more than 4 metrics: further names of it are not taken; the first ones go on.", Assert.Single(_said));
        Assert.True(_counts["names not taken"] > 1_900);
    }

    [Fact]
    public void Machines_and_names_of_all_together_have_a_limit_too()
    {
        Assert.All((string[])["M1", "M2"], m => Assert.Equal(["A", "B", "C", "D"], Taken(m, "A", "B", "C", "D")));
        Assert.Equal(["A"], Taken("M3", "A", "B"));
        Assert.Contains("All machines together have told more than 9 metrics", _said.Single());
        Assert.Empty(Taken("M4", "A"));
        Assert.Contains("More than 3 machines", _said[1]);
        Assert.Equal(["A"], Taken("M2", "A"));
    }

    [Fact]
    public void Names_and_texts_that_no_contract_can_list_are_not_taken()
    {
        Assert.Equal(["State"], Taken("M1", "State", new string('x', 11)));
        Assert.Empty(Taken(new string('m', 40), "State"));
        Assert.Equal(["B"], _names.Take("M1", [new("A", double.NaN, "longer"), new("B", double.NaN, "short")]).Select(static v => v.Metric));
        Assert.Equal(3, _said.Count);
    }

    private string[] Taken(string machine, params string[] metrics) => [.. _names.Take(machine, [.. metrics.Select(static m => new EdgeValue(m, 1))]).Select(static v => v.Metric)];
}
