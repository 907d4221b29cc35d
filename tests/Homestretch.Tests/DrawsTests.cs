using CsCheck;
using Xunit;

namespace Homestretch.Tests;

public sealed class DrawsTests
{
    private const int N = 100_000;
    private static readonly Draws _draws = new(20260301);

    [Fact]
    public void The_documented_vectors_hold()
    {
        Assert.Equal(0x568a9b0b1a2c05ecUL, new Draws(0).Bits(0, 0));
        Assert.Equal(0xeb3aa0ce549fec8cUL, new Draws(1).Bits(2, 3));
        Assert.Equal(0x38dbebcdc7fcfec6UL, new Draws(42).Bits(StableHash.Of("lot", "acme", "L-1"), 255));
    }

    [Fact]
    public void A_run_of_normals_is_the_same_numbers_one_by_one() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[1, 70]).Sample((seed, key, n) =>
        {
            var run = new double[n];
            new Draws(seed).Normals(key, run);
            for (int s = 0; s < n; s++) Assert.Equal(new Draws(seed).Normal(key, s), run[s]);
        });

    [Fact]
    public void Uniforms_never_touch_zero_or_one() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 1 << 20])
            .Sample((seed, key, s) => new Draws(seed).Uniform(key, s) is > 0 and < 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Uniforms_are_uniform_along_samples_and_across_keys(bool alongSamples)
    {
        var counts = new int[1000];
        for (int i = 0; i < N; i++) counts[(int)(1000 * (alongSamples ? _draws.Uniform(7, i) : _draws.Uniform((ulong)i, 7)))]++;
        double expected = N / 1000.0, chiSquare = counts.Aggregate(0.0, (sum, n) => sum + (n - expected) * (n - expected) / expected);
        Assert.InRange(chiSquare, 999 - 5 * Math.Sqrt(2 * 999), 999 + 5 * Math.Sqrt(2 * 999));
    }

    [Theory]
    [InlineData(0, 1)]      // next sample
    [InlineData(0, 2)]
    [InlineData(0, 17)]
    [InlineData(1, 0)]      // next key, same sample
    [InlineData(1, 1)]
    [InlineData(256, -1)]
    public void Neighbours_are_uncorrelated(int keyStep, int sampleStep)
    {
        double sum = 0, sumOfSquares = 0;
        for (int i = 0; i < N; i++)
        {
            ulong key = (ulong)(i / 300);
            int s = 20 + i % 300;
            double x = _draws.Normal(key, s), y = _draws.Normal(key + (ulong)keyStep, s + sampleStep);
            sum += x * y;
            sumOfSquares += (x * x - 1) * (y * y - 1) / 2;
        }
        double five = 5 / Math.Sqrt(N);
        Assert.InRange(sum / N, -five, five);
        Assert.InRange(sumOfSquares / N, -five, five);
    }

    [Fact]
    public void Seeds_one_apart_are_uncorrelated()
    {
        double sum = 0;
        for (int s = 0; s < N; s++) sum += new Draws(1).Normal(9, s) * new Draws(2).Normal(9, s);
        Assert.InRange(sum / N, -5 / Math.Sqrt(N), 5 / Math.Sqrt(N));
    }

    [Fact]
    public void Normals_have_the_moments_of_the_normal_distribution()
    {
        var moments = new double[5];
        for (int s = 0; s < N; s++)
        {
            double x = _draws.Normal(3, s);
            for (int m = 1; m <= 4; m++) moments[m] += Math.Pow(x, m) / N;
        }
        double sd = 5 / Math.Sqrt(N);               // times the sd of x^m: 1, sqrt 2, sqrt 15, sqrt 96
        Assert.InRange(moments[1], -sd, sd);
        Assert.InRange(moments[2], 1 - sd * Math.Sqrt(2), 1 + sd * Math.Sqrt(2));
        Assert.InRange(moments[3], -sd * Math.Sqrt(15), sd * Math.Sqrt(15));
        Assert.InRange(moments[4], 3 - sd * Math.Sqrt(96), 3 + sd * Math.Sqrt(96));
    }

    [Fact]
    public void Normals_pass_Kolmogorov_and_Smirnov_for_most_keys()
    {
        int refused = 0;
        for (ulong key = 0; key < 200; key++)
        {
            var x = new double[500];
            _draws.Normals(key, x);
            Array.Sort(x);
            double distance = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double p = Normal.Cdf(x[i]);
                distance = Math.Max(distance, Math.Max((i + 1.0) / x.Length - p, p - (double)i / x.Length));
            }
            if (distance * Math.Sqrt(x.Length) > 1.358) refused++;      // 5 % point
        }
        Assert.InRange(refused, 1, 25);                                 // binomial(200, 0.05), mean 10, sd 3.1
    }
}
