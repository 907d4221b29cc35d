using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

public sealed class WearCurvesTests
{
    private const int Curves = 5, Statistics = 4;
    private static readonly Draws s_draws = new(8);

    private static float[] Random(int count, ulong key) => [.. Enumerable.Range(0, count).Select(i => (float)s_draws.Normal(key, i))];

    [Fact]
    public void Lanes_tell_what_plain_loops_tell()
    {
        float[] table = Random(Curves * Statistics * WearCurves.Places, 1), turn = Random(Statistics * Statistics, 2), look = Random(Statistics, 3), told = new float[4];
        var curves = new WearCurves([.. table], [.. turn], Statistics, false);
        for (int except = -1; except < Curves; except++)
        {
            curves.Compare(look, except, told);
            float[] turned = [.. Enumerable.Range(0, Statistics).Select(s => Enumerable.Range(0, Statistics).Aggregate(0f, (sum, i) => sum + turn[s * Statistics + i] * look[i]))];
            var matched = Enumerable.Range(0, Curves).Where(c => c != except).Select(c => Enumerable.Range(0, WearCurves.Places)
                .Select(p => (Apart: Enumerable.Range(0, Statistics).Aggregate(0f, (sum, s) => table[(c * Statistics + s) * WearCurves.Places + p] - turned[s] is var d ? sum + d * d : sum), Place: p)).MinBy(static m => m.Apart)).ToArray();
            float least = matched.Min(static m => m.Apart);
            double Mean(double by) => matched.Sum(m => m.Place * WearCurves.Step * Math.Exp(-by * (m.Apart - least))) / matched.Sum(m => Math.Exp(-by * (m.Apart - least)));
            Assert.Equal(Mean(WearCurves.Sharp), told[0], 1e-4);
            Assert.Equal(Mean(WearCurves.Soft), told[1], 1e-4);
            Assert.Equal(Math.Sqrt(least), told[3], 1e-6);
        }
    }

    [Fact]
    public void A_machine_that_looks_like_one_place_of_one_curve_is_told_that_place()
    {
        float[] table = [.. Random(Curves * Statistics * WearCurves.Places, 1).Select(static x => 30 * x)], told = new float[4];
        var curves = new WearCurves([.. table], [.. Enumerable.Range(0, Statistics * Statistics).Select(static i => i % (Statistics + 1) == 0 ? 1f : 0f)], Statistics, true);
        float[] look = [.. Enumerable.Range(0, Statistics).Select(s => table[(2 * Statistics + s) * WearCurves.Places + 33])];
        curves.Compare(look, -1, told);
        Assert.Equal(66, told[0], 1e-3);
        Assert.Equal(0, told[3]);
        curves.Compare(look, 2, told);
        Assert.NotEqual(0, told[3]);
    }
}
