using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>What the suppliers of the demonstration let their edges send to Meridian: each its own choice, signed by both sides.</summary>
internal static class Contracts
{
    private const double TenMinutes = 600, Hour = 3600, Day = 86400;
    private static readonly string[] s_always = ["State", "Reason", "Lot", "Produced", "Rate"];

    /// <summary>The contract of a supplier.</summary>
    /// <param name="now">It holds from the day before.</param>
    public static DataContract Of(string supplier, IReadOnlyList<Plants.Equipment> machines, Instant now) => new(supplier, Cast.Brand, "ready dates of lots and maintenance in time",
        now.InUtc().Date.PlusDays(-1).AtMidnight().InUtc().ToInstant(), null, [.. machines.SelectMany(m => FieldsOf(supplier, m.Key, PartModels.Of(m.Wear) is not null))]);

    /// <summary>When a value is told and what is summed up, by the supplier's own settings; times are simulated ones.</summary>
    public static object Report => new
    {
        heartbeat_seconds = Hour,
        summaries = new[] { new { metric = "Vibration", every_seconds = Hour } },
        metrics = new[] { new { metric = "Vibration", deadband = 0.02 }, new { metric = "Temperature", deadband = 0.2 }, new { metric = "Current", deadband = 0.2 }, new { metric = "Rate", deadband = 0.05 } },
    };

    private static IEnumerable<ContractField> FieldsOf(string supplier, string machine, bool judged)
    {
        foreach (string metric in s_always) yield return new(machine, metric);
        // what it spoils is told the day after
        yield return new(machine, "Rejected", DelaySeconds: supplier == "YUANLIN" ? Day : 0);
        if (judged)
        {
            yield return new(machine, "RemainingP10", TenMinutes, 0.5);
            yield return new(machine, "RemainingP50", TenMinutes, 0.5);
        }
        // makers of boards tell what they make and nothing of their machines
        if (supplier is "LINGDING" or "TAIHU") yield break;
        // the winder's vibration stays where it is: what leaves is the mean and the most of each hour, and the verdict
        if (supplier == "BUKK") foreach (string feature in (string[])["Vibration.Mean", "Vibration.Most"]) yield return new(machine, feature, Step: 0.01);
        else yield return new(machine, "Vibration", TenMinutes, 0.01);
        yield return new(machine, "Temperature", TenMinutes, 0.1);
        yield return new(machine, "Current", TenMinutes, 0.1);
        yield return new(machine, "RunningHours", Hour, 0.1);
    }
}
