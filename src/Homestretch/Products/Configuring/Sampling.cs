using System.Numerics;

namespace Homestretch.Products.Configuring;

/// <summary>Draws ranks evenly.</summary>
internal static class Sampling
{
    private static readonly ulong s_key = StableHash.Of("feature model sample");

    /// <summary>The n-th rank drawn, from 0 below the count: as many bits as the count has, again until they are below it.</summary>
    public static BigInteger Rank(BigInteger count, ulong seed, int n)
    {
        var draws = new Draws(seed);
        int bits = (int)count.GetBitLength();
        ulong key = StableHash.Mix(s_key ^ (ulong)(uint)n);
        for (int word = 0; ;)
        {
            BigInteger rank = BigInteger.Zero;
            for (int left = bits; left > 0; left -= 64)
            {
                ulong drawn = draws.Bits(key, word++);
                rank = left >= 64 ? (rank << 64) | drawn : (rank << left) | (drawn >> (64 - left));
            }
            if (rank < count) return rank;
        }
    }
}
