namespace Homestretch.Solvers.Tests;

/// <summary>LightGBM's own prediction from a model text: what the core's evaluator must equal.</summary>
internal static unsafe class NativePrediction
{
    public static double[] Of(string model, float[] rows, int columns, int kind, bool zeroIsMissing)
    {
        NativeBoosting.Done(NativeBoosting.Load(model, out _, out nint booster));
        double[] results = new double[rows.Length / columns];
        fixed (float* values = rows)
        fixed (double* to = results)
            NativeBoosting.Done(NativeBoosting.Predict(booster, values, NativeBoosting.Float32, results.Length, columns, 1, kind, 0, -1, $"num_threads=1 zero_as_missing={(zeroIsMissing ? "true" : "false")}", out _, to));
        _ = NativeBoosting.FreeBooster(booster);
        return results;
    }
}
