using Homestretch.Arrivals.History;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using NodaTime;

namespace Homestretch.Server.Tests.Training;

/// <summary>Small files of forecasts of delays that say the same of all.</summary>
internal static class DelayFiles
{
    /// <param name="median">Days; 0: a file without trees.</param>
    public static byte[] Make(int median)
    {
        Forest Same(ForestOutput output, double value) => Forest.Of(new(DeliveryFeatures.Names, output, [new([], [value])]), new("test")).Forest!;
        DelayForests? forests = median == 0 ? null : new(Same(ForestOutput.Chance, 0), [.. DelayCurve.Knots.Select((_, k) => Same(ForestOutput.Value, median + k - 1))]);
        var model = new DelayModel(forests, DelayModel.FirstLevels, new(new LocalDate(2026, 1, 1), new LocalDate(2024, 1, 1), new LocalDate(2025, 12, 31), 400, 300, 100, null));
        return DelayModelFile.Write(model, DelayModelFile.CardOf(model, "made for a test"));
    }
}
