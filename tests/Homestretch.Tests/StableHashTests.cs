using CsCheck;
using Xunit;

namespace Homestretch.Tests;

public sealed class StableHashTests
{
    // computed by an independent script from the documented algorithm
    [Fact]
    public void The_documented_vectors_hold()
    {
        Assert.Equal(0xf52a15e9a9b5e89bUL, StableHash.Of());
        Assert.Equal(0x62a78a2cef37ae88UL, StableHash.Of("lot", "acme", "L-1"));
        Assert.Equal(0xe7631bcda8f8c975UL, StableHash.Of("site", "é", "東京"));
        Assert.Equal(0xbc03141dd057a84eUL, StableHash.Join(StableHash.Of("a"), 202603));
    }

    [Fact]
    public void The_borders_between_words_count()
    {
        Assert.Equal(0x1068baea7cd83191UL, StableHash.Of("a", "bc"));
        Assert.NotEqual(StableHash.Of("a", "bc"), StableHash.Of("ab", "c"));
        Assert.NotEqual(StableHash.Of("a", ""), StableHash.Of("a"));
    }

    [Fact]
    public void Numbered_keys_do_not_collide_and_fill_all_bits_evenly()
    {
        var seen = new HashSet<ulong>();
        var ones = new int[64];
        for (int i = 0; i < 50_000; i++)
        {
            ulong hash = StableHash.Of("lot", "acme", $"L-{i:000000}");
            Assert.True(seen.Add(hash));
            for (int b = 0; b < 64; b++) ones[b] += (int)(hash >> b & 1);
        }
        Assert.All(ones, n => Assert.InRange(n, 25_000 - 560, 25_000 + 560));   // five standard deviations
    }

    [Fact]
    public void One_changed_input_bit_moves_about_half_of_the_output() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 63]).Array[500].Sample(pairs =>
        {
            double flipped = 0;
            foreach (var (z, bit) in pairs)
                flipped += System.Numerics.BitOperations.PopCount(StableHash.Mix(z) ^ StableHash.Mix(z ^ 1UL << bit));
            Assert.InRange(flipped / pairs.Length, 30, 34);
        }, iter: 20);

    [Fact]
    public void Joining_is_not_symmetric() =>
        Gen.Select(Gen.ULong, Gen.ULong).Where((a, b) => a != b)
            .Sample((a, b) => StableHash.Join(a, b) != StableHash.Join(b, a));
}
