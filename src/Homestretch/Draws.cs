namespace Homestretch;

/// <summary>Random draws by key: the same (seed, key, sample) gives the same number whatever else is drawn, in any
/// order and on any number of threads. So all lots and orders live in the same futures, and one can be redrawn alone.</summary>
/// <param name="Seed">Names one set of futures; kept in the plan's identity.</param>
/// <remarks>Counter-based: state k = Mix(Mix(Seed + g) xor key), bits = Mix(k + (sample + 1) g), g = 2^64 / golden ratio:
/// the SplitMix64 sequence of Steele, Lea and Flood (2014), started at a point chosen by seed and key. Two keys' runs of S samples overlap
/// with a chance of about 2 S / 2^64, so n keys with n^2 S / 2^64: about one in 70,000 for a million keys and 256 samples.</remarks>
public readonly record struct Draws(ulong Seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 even random bits.</summary>
    /// <param name="key">What is drawn: a <see cref="StableHash"/>.</param>
    /// <param name="sample">Which future, from 0.</param>
    public ulong Bits(ulong key, int sample) => unchecked(StableHash.Mix(State(key) + (ulong)(sample + 1) * Golden));

    /// <summary>A uniform number in (0, 1), never 0 or 1: (n + 1/2) / 2^52.</summary>
    public double Uniform(ulong key, int sample) => ToUniform(Bits(key, sample));

    /// <summary>A standard normal number, |x| below 8.3; within 1e-9 of the exact quantile of <see cref="Uniform"/>.</summary>
    public double Normal(ulong key, int sample) => NormalTable.Quantile(Uniform(key, sample));

    /// <summary>Standard normals of samples 0, 1, ...: the same numbers as <see cref="Normal"/>, faster.</summary>
    public void Normals(ulong key, Span<double> normals) => Normals(key, 0, normals);

    /// <summary>The same from sample <paramref name="first"/> on.</summary>
    public void Normals(ulong key, int first, Span<double> normals)
    {
        ulong counter = unchecked(State(key) + (ulong)first * Golden);
        for (int s = 0; s < normals.Length; s++)
        {
            counter = unchecked(counter + Golden);
            normals[s] = NormalTable.Quantile(ToUniform(StableHash.Mix(counter)));
        }
    }

    private ulong State(ulong key) => StableHash.Mix(StableHash.Mix(unchecked(Seed + Golden)) ^ key);

    private static double ToUniform(ulong bits) => ((long)(bits >> 12) + 0.5) * (1.0 / (1L << 52));
}
