using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Tests.Lives;

/// <summary>A made-up fleet whose wear is known: it grows exponentially, faster in some units, and shows in two of four sensors; one sensor is noise, one
/// never changes. With several conditions each shifts and stretches every sensor.</summary>
internal static class WearingFleet
{
    public static FailureHistory Make(int units, ulong seed, int conditions = 1)
    {
        var draws = new Draws(seed);
        var histories = new List<UnitHistory>();
        for (int u = 0; u < units; u++)
        {
            string name = $"unit{u}";
            ulong key = StableHash.Of("unit", name);
            double rate = 0.03 * Math.Exp(0.3 * draws.Normal(key, 0)), begin = 0.05 + 0.05 * draws.Uniform(key, 1);
            int life = (int)(Math.Log(1 / begin) / rate);
            var values = new List<float>();
            for (int r = 1; r <= life; r++)
            {
                int at = r;
                double Noise(int s) => draws.Normal(StableHash.Join(key, (ulong)s), at);
                double wear = begin * Math.Exp(rate * r);
                int condition = (int)(draws.Bits(StableHash.Join(key, 99), r) % (ulong)conditions);
                double stretch = 1 + 0.5 * condition, shift = 100 * condition;
                values.Add((float)(20 * condition + 0.01 * Noise(1)));
                values.AddRange([(float)(shift + stretch * (10 + 5 * wear + 0.3 * Noise(2))), (float)(shift - stretch * (8 * wear + 0.6 * Noise(3))), (float)Noise(4), 7]);
            }
            histories.Add(new(name, [.. Enumerable.Range(1, life).Select(static r => (double)r)], [.. values]));
        }
        return new(new(["setting"], ["heat", "flow", "noise", "fixed"]), [.. histories]);
    }
}
