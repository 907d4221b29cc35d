using Homestretch.Arrivals.History;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using NodaTime;

namespace Homestretch.Server.Tests.Training;

/// <summary>Small forecasts of delays that say the same of all.</summary>
internal static class DelayFiles
{
    /// <param name="median">Days; 0: a file without trees.</param>
    public static byte[] Make(int median)
    {
        DelayModel model = Says(new LocalDate(2026, 1, 1), median == 0 ? null : [.. DelayCurve.Knots.Select((_, k) => (double)(median + k - 1))]);
        return DelayModelFile.Write(model, DelayModelFile.CardOf(model, "made for a test"));
    }

    /// <param name="asOf">Day until which it has seen everything.</param>
    /// <param name="days">At the knots; null: no trees.</param>
    public static DelayModel Says(LocalDate asOf, double[]? days)
    {
        Forest Same(ForestOutput output, double value) => Forest.Of(new(DeliveryFeatures.Names, output, [new([], [value])]), new("test")).Forest!;
        DelayForests? forests = days is null ? null : new(Same(ForestOutput.Chance, 0), [.. days.Select(d => Same(ForestOutput.Value, d))]);
        return new(forests, DelayModel.FirstLevels, new(asOf, new LocalDate(2024, 1, 1), new LocalDate(2025, 12, 31), 400, 300, 100, null));
    }
}
