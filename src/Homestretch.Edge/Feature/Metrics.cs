using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Sparkplug;

namespace Homestretch.Edge.Feature;

/// <summary>Names of metrics as the hub's history keeps them, and what kind of data each is.</summary>
internal static class Metrics
{
    public const string State = "State", Reason = "Reason";

    private static readonly HashSet<string> s_events = new(StringComparer.Ordinal)
    {
        State, Reason, "Run", Kept(MachineMetricNames.Lot), Kept(MachineMetricNames.Produced), Kept(MachineMetricNames.Rejected), Kept(MachineMetricNames.Rate),
        Kept(MachineMetricNames.RemainingP10), Kept(MachineMetricNames.RemainingP50),
    };

    /// <summary>A name without its folder and spaces.</summary>
    public static string Kept(string name) => name[(name.LastIndexOf('/') + 1)..].Replace(" ", "", StringComparison.Ordinal);

    public static RecordClass ClassOf(in EdgeValue value) =>
        value.Text is not null || s_events.Contains(value.Metric) ? RecordClass.Event : value.Metric.Contains('.', StringComparison.Ordinal) ? RecordClass.Summary : RecordClass.Raw;
}
