using CsCheck;
using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;
using Xunit;

namespace Homestretch.Tests.Cutting;

/// <summary>The least of many root curves, against looking at each.</summary>
public sealed class EnvelopeTests
{
    [Fact]
    public void At_each_place_it_is_the_least_of_all_curves_that_have_begun() => Gen.Select(Gen.Double[0, 3], Gen.Double[0, 10].Array[1, 60], Gen.Bool.Array[60]).Sample((weight, heights, gaps) =>
    {
        var envelope = new Envelope(heights.Length);
        var known = new List<(int Source, double Height)>();
        int place = -30;
        foreach (var (height, gap) in heights.Zip(gaps))
        {
            envelope.Add(place, height, weight);
            known.Add((place, height));
            for (int k = gap ? 4 : 1; k > 0; k--, place++)
                Assert.Equal(known.Min(c => c.Height + weight * Math.Sqrt(place - c.Source)), envelope.Least(place, weight), 9);
        }
    }, iter: 5_000);
}
