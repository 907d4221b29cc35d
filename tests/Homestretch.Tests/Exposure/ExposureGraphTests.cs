using CsCheck;
using Homestretch.Exposure;
using Xunit;

namespace Homestretch.Tests.Exposure;

public sealed class ExposureGraphTests
{
    [Fact]
    public void The_sparse_form_is_the_definition() => Gen.Int.Sample(seed =>
    {
        var e = new RandomExposure(seed, 2 + (seed & 7));
        for (int n = 0; n < 20; n++)
        {
            double[] d = e.Disclosed(), known = new double[e.Count];
            double r = e.Graph.Reconstructed(d, known);
            Assert.Equal(e.Defined(d), r, 1e-12);
            Assert.InRange(r, 0, 1 + 1e-12);
            for (int i = 0; i < e.Count; i++) Assert.Equal(e.K(d, i), known[i], 1e-12);
        }
        Assert.Equal(0, e.Graph.Reconstructed(new double[e.Count]));
        Assert.Equal(1, e.Graph.Reconstructed([.. Enumerable.Repeat(1.0, e.Count)]), 1e-12);
    }, iter: 300);

    [Fact]
    public void More_told_is_never_less_known() => Gen.Int.Sample(seed =>
    {
        var e = new RandomExposure(seed, 6);
        double[] d = e.Disclosed();
        double before = e.Graph.Reconstructed(d);
        for (int i = 0; i < e.Count; i++)
        {
            double was = d[i];
            foreach (double more in ExposureLevels.Disclosed.Where(x => x > was))
            {
                d[i] = more;
                Assert.True(e.Graph.Reconstructed(d) >= before - 1e-12);
            }
            d[i] = was;
        }
    }, iter: 300);

    [Fact]
    public void A_coalition_knows_at_least_what_each_member_knows() => Gen.Int.Sample(seed =>
    {
        var e = new RandomExposure(seed, 6);
        double[][] members = [e.Disclosed(), e.Disclosed(), e.Disclosed()];
        double together = e.Graph.Reconstructed(ExposureCase.Together(members, [0, 1, 2]));
        foreach (double[] one in members) Assert.True(together >= e.Graph.Reconstructed(one) - 1e-12);
    }, iter: 300);

    /// <summary>What two know already is worth once; a relation whose ends they hold apart is worth nothing until they meet.</summary>
    [Fact]
    public void A_union_may_be_worth_less_than_the_sum_and_more()
    {
        var same = ExposureGraph.Of([1, 1], [], []);
        Assert.Equal(0.5, same.Reconstructed([1, 0]));
        Assert.Equal(0.5, same.Reconstructed(ExposureCase.Together([[1, 0], [1, 0]], [0, 1])));
        var tied = ExposureGraph.Of([1, 1], [new(0, 1, 2)], []);
        Assert.Equal(0.25 + 0.25, tied.Reconstructed([1, 0]) + tied.Reconstructed([0, 1]));
        Assert.Equal(1, tied.Reconstructed(ExposureCase.Together([[1, 0], [0, 1]], [0, 1])));
    }

    [Fact]
    public void Weights_count_by_their_shares()
    {
        ExposureGraph a = ExposureGraph.Of([3, 1], [new(1, 0, 4)], []), b = ExposureGraph.Of([30, 10], [new(0, 1, 40)], []);
        Assert.Equal((8, 80), (a.Total, b.Total));
        Assert.Equal(a.Reconstructed([0.5, 0.2]), b.Reconstructed([0.5, 0.2]), 1e-15);
        Assert.Equal((3 * 0.5 + 1 * 0.2 + 4 * 0.1) / 8, a.Reconstructed([0.5, 0.2]), 1e-15);
        Assert.Equal(0, ExposureGraph.Of([0, 0], [], []).Reconstructed([1, 1]));
        Assert.Throws<ArgumentException>(static () => ExposureGraph.Of([1, -1], [], []));
        Assert.Throws<ArgumentException>(static () => ExposureGraph.Of([1, 1], [new(1, 1, 1)], []));
        Assert.Throws<ArgumentException>(static () => ExposureGraph.Of([1, 1], [], [new(0, 1, 1.5)]));
    }

    [Theory]
    [InlineData(12, 1_000_000)]
    [InlineData(100, 200_000)]
    public void So_many_updates_leave_no_trace(int items, int updates)
    {
        var e = new RandomExposure(items, items, items > 50 ? 0.05 : 0.3);
        double[] d = e.Disclosed(), first = [.. d];
        var state = new ExposureState(e.Graph, d);
        double begin = state.Reconstructed;
        state.If(0, 1);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < items; i++) state.If(i, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        for (int n = 0; n < updates; n++)
        {
            int i = e.Random.Next(items);
            double then = state.Set(i, d[i] = e.Level());
            if (n % 20_000 == 0) Assert.Equal(e.Defined(d), then, 1e-12);
        }
        Assert.Equal(e.Defined(d), state.Reconstructed, 1e-12);
        for (int i = 0; i < items; i++) Assert.Equal(e.K(d, i), state.Known(i), 1e-12);
        // made anew it is the same to the last bit, and so is the way back
        Assert.Equal(new ExposureState(e.Graph, d).Reconstructed, state.Reconstructed);
        for (int i = 0; i < items; i++) state.Set(i, first[i]);
        Assert.Equal(begin, state.Reconstructed);
    }

    [Fact]
    public void What_is_known_for_certain_can_be_forgotten_again()
    {
        // from item 1 item 0 is inferred for certain: a factor of exactly 0
        var graph = ExposureGraph.Of([1, 1, 1], [new(0, 2, 1)], [new(0, 1, 1), new(0, 2, 0.3)]);
        var state = new ExposureState(graph, [0.2, 0, 0.5]);
        double before = state.Reconstructed, known = state.Known(0);
        state.Set(1, 1);
        Assert.Equal(1, state.Known(0));
        Assert.Equal(before, state.Set(1, 0));
        Assert.Equal(known, state.Known(0));
        Assert.True(state.If(1, 1) > before);
        Assert.Equal((before, 0), (state.Reconstructed, state.Disclosed(1)));
    }
}
