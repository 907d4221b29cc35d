using CsCheck;
using Homestretch.Exposure;
using Xunit;

namespace Homestretch.Tests.Exposure;

public sealed class FewestPartiesTests
{
    [Fact]
    public void No_smaller_set_reaches_the_threshold()
    {
        var sizes = new int[12];
        int none = 0, ended = 0;
        Gen.Int.Sample(seed =>
        {
            var e = new RandomExposure(seed, 7);
            int parties = 2 + e.Random.Next(8);
            double[][] disclosed = [.. Enumerable.Range(0, parties).Select(_ => (double[])[.. Enumerable.Range(0, 7).Select(_ => e.Random.Next(3) == 0 ? e.Level() : 0)])];
            double threshold = 0.3 + 0.5 * e.Random.NextDouble();
            int? fewest = null;
            for (int set = 0; set < 1 << parties; set++)
                if (e.Defined(ExposureCase.Together(disclosed, Members(set, parties))) >= threshold) fewest = Math.Min(fewest ?? 99, int.PopCount(set));
            IReadOnlyList<int>? found = FewestParties.Reaching(e.Graph, disclosed, threshold);
            Assert.Equal(fewest, found?.Count);
            var (within, settled) = FewestParties.Within(e.Graph, disclosed, threshold, int.MaxValue, e.Random.Next(12));
            Assert.Equal(settled ? found : null, within);       // what is ended says nothing, never something else
            if (!settled) Interlocked.Increment(ref ended);
            Interlocked.Increment(ref fewest is null ? ref none : ref sizes[fewest.Value]);
            if (found is null) return;
            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.True(e.Defined(ExposureCase.Together(disclosed, found)) >= threshold - 1e-12);
            Assert.Null(FewestParties.Reaching(e.Graph, disclosed, threshold, found.Count - 1));
        }, iter: 3000);
        Assert.InRange(ended, 100, 2900);
        Assert.True(none > 50 && sizes[1] > 50 && sizes[2] > 50 && sizes[3] > 50, $"{none} none, {string.Join(' ', sizes)}");
    }

    /// <summary>Seen one by one the two that hold the ends of a relation are worth least; together they have it all.</summary>
    [Fact]
    public void Two_who_are_worth_little_alone_are_found()
    {
        var graph = ExposureGraph.Of([1, 1, 2, 2], [new(0, 1, 20)], []);
        Assert.Equal([1, 3], FewestParties.Reaching(graph, [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]], 0.8));
    }

    [Fact]
    public void Nobody_reaches_what_never_left()
    {
        var graph = ExposureGraph.Of([1, 1], [], []);
        Assert.Null(FewestParties.Reaching(graph, [], 0.8));
        Assert.Null(FewestParties.Reaching(graph, [[1, 0], [1, 0]], 0.8));
        Assert.Empty(FewestParties.Reaching(graph, [[1, 0]], 0)!);
    }

    private static IEnumerable<int> Members(int set, int count) => Enumerable.Range(0, count).Where(p => (set >> p & 1) == 1);
}
