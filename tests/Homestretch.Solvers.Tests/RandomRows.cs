namespace Homestretch.Solvers.Tests;

/// <summary>Rows with unknown, zero and far values, and a label that depends on some of them.</summary>
internal static class RandomRows
{
    public static readonly string[] Names = ["age", "load", "heat", "kind", "noise"];

    public static BoostingRows Make(int count, ulong seed, bool chance)
    {
        var draws = new Draws(seed);
        float[] values = Values(count, seed), labels = new float[count], weights = new float[count];
        for (int r = 0; r < count; r++)
        {
            var x = values.AsSpan(r * Names.Length, Names.Length);
            double y = 3 * (float.IsNaN(x[0]) ? 0.5 : Math.Tanh(x[0])) + (x[3] > 2 ? x[1] : -x[2]) + draws.Normal(99, r);
            labels[r] = chance ? double.IsNaN(y) || y > 0 ? 1 : 0 : double.IsNaN(y) ? 0 : (float)Math.Clamp(y, -50, 50);
            weights[r] = (float)(0.5 + draws.Uniform(98, r));
        }
        return new(Names, values, labels, weights);
    }

    public static float[] Values(int count, ulong seed)
    {
        var draws = new Draws(seed);
        float[] values = new float[count * Names.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int feature = i % Names.Length;
            double u = draws.Uniform(7, i), x = draws.Normal(8, i);
            values[i] = u < 0.15 ? float.NaN : u < 0.3 ? 0 : u < 0.31 ? float.PositiveInfinity : u < 0.32 ? 1e30f : u < 0.33 ? -0f : u < 0.34 ? 1e-36f : feature == 3 ? (int)(5 * draws.Uniform(9, i)) : (float)x;
        }
        return values;
    }
}
