using System.Text;

namespace Homestretch.Solvers;

/// <summary>Gradient boosting of trees by LightGBM (Ke et al., NIPS 2017), trained here and nowhere else; models are
/// evaluated by <see cref="Homestretch.Learning.Forest"/>, which needs no library.</summary>
public static class Boosting
{
    /// <summary>The library keeps settings for the whole process: one training at a time.</summary>
    private static readonly Lock s_one = new();

    /// <summary>Grows a model; its text is read by <see cref="LightGbmText"/>.</summary>
    /// <param name="stop">Looked at after each tree.</param>
    /// <exception cref="ArgumentException">Rows or options do not fit each other.</exception>
    public static unsafe string Train(BoostingRows rows, BoostingOptions options, CancellationToken stop = default)
    {
        rows.Check();
        options.Check(rows.Features.Count);
        if (options.Goal == BoostingGoal.Chance && Array.FindIndex(rows.Labels, static y => y is not (0 or 1)) is >= 0 and var row)
            throw new ArgumentException($"The label of row {row} is {rows.Labels[row]}, and a chance is learned from 0 and 1.", nameof(rows));
        string parameters = options.Text();
        lock (s_one)
        {
            nint dataset = 0, booster = 0;
            try
            {
                fixed (float* values = rows.Values, labels = rows.Labels, weights = rows.Weights)
                {
                    NativeBoosting.Done(NativeBoosting.CreateDataset(values, NativeBoosting.Float32, rows.Count, rows.Features.Count, 1, parameters, 0, out dataset));
                    NativeBoosting.Done(NativeBoosting.SetField(dataset, "label", labels, rows.Count, NativeBoosting.Float32));
                    if (rows.Weights is not null) NativeBoosting.Done(NativeBoosting.SetField(dataset, "weight", weights, rows.Count, NativeBoosting.Float32));
                }
                Name(dataset, rows.Features);
                NativeBoosting.Done(NativeBoosting.CreateBooster(dataset, parameters, out booster));
                for (int tree = 0, finished = 0; tree < options.Trees && finished == 0; tree++)
                {
                    stop.ThrowIfCancellationRequested();
                    NativeBoosting.Done(NativeBoosting.Update(booster, out finished));
                }
                return NativeBoosting.TextOf(booster);
            }
            finally
            {
                if (booster != 0) _ = NativeBoosting.FreeBooster(booster);
                if (dataset != 0) _ = NativeBoosting.FreeDataset(dataset);
            }
        }
    }

    private static unsafe void Name(nint dataset, IReadOnlyList<string> names)
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Join('\0', names) + '\0');
        byte*[] each = new byte*[names.Count];
        fixed (byte* at = text)
        fixed (byte** pointers = each)
        {
            for (int i = 0, offset = 0; i < names.Count; offset += names[i].Length + 1, i++) pointers[i] = at + offset;
            NativeBoosting.Done(NativeBoosting.SetNames(dataset, pointers, names.Count));
        }
    }
}
