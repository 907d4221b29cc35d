namespace Homestretch.Cli.Demo;

/// <summary>Draws for the demonstration company, each named by a key: the same seed and key give the same number, in any
/// order, so a record added to the company redraws no other.</summary>
internal readonly record struct Draw(int Seed)
{
    /// <summary>Uniform in (0, 1).</summary>
    public double At(string key) => new Draws((ulong)(uint)Seed).Uniform(StableHash.Of("demo", key), 0);

    /// <summary>Standard normal score.</summary>
    public double Normal(string key) => new Draws((ulong)(uint)Seed).Normal(StableHash.Of("demo", key), 0);

    public bool Chance(string key, double share) => At(key) < share;

    /// <summary>Whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Whole(string key, int from, int to) => from + (int)(At(key) * (to - from + 1));

    public double Between(string key, double from, double to) => from + At(key) * (to - from);

    public T Of<T>(string key, IReadOnlyList<T> choices) => choices[Whole(key, 0, choices.Count - 1)];

    /// <summary>One of several, by weight.</summary>
    public T Of<T>(string key, IReadOnlyList<(T Choice, int Weight)> choices)
    {
        int left = Whole(key, 0, choices.Sum(static c => c.Weight) - 1);
        foreach (var (choice, weight) in choices)
        {
            if ((left -= weight) < 0) return choice;
        }
        return choices[^1].Choice;
    }
}

/// <summary>Lognormal times stated by their P50 and P90.</summary>
internal static class Lognormal
{
    /// <summary>The time at the normal score <paramref name="z"/>, in the unit of the quantiles.</summary>
    /// <remarks>Example: P50 10, P90 20, z = 1.2815... gives 20.</remarks>
    public static double At(double p50, double p90, double z) => p50 <= 0 ? 0 : p50 * Math.Exp(z * Math.Log(p90 / p50) / Normal.Z90);
}
