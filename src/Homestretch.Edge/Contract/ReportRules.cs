using Homestretch.Exchange.Edges;

namespace Homestretch.Edge.Contract;

/// <summary>When a value of a metric is told.</summary>
/// <param name="Deadband">A number is told when it differs from the one told last by more than this; texts when they differ.</param>
/// <param name="LeastSeconds">Not before so long after the one told last; 0: at once.</param>
internal sealed record MetricRule(string Metric, double Deadband, double LeastSeconds);

/// <summary>Features of a metric over windows.</summary>
internal sealed record SummaryRule(string Metric, double EverySeconds);

/// <summary>Report by exception: what is told of what is heard. The hub may send another one as a signed configuration, within the contract.</summary>
/// <param name="HeartbeatSeconds">A value is told again after so long, changed or not.</param>
internal sealed record ReportRules(double HeartbeatSeconds, IReadOnlyList<MetricRule> Metrics, IReadOnlyList<SummaryRule> Summaries)
{
    public static ReportRules Default { get; } = new(600, [], []);

    public MetricRule? Of(string metric)
    {
        foreach (MetricRule rule in Metrics)
        {
            if (rule.Metric == metric) return rule;
        }
        return null;
    }

    /// <summary>Reads rules; what is wrong is added to the findings of the part.</summary>
    public static ReportRules Read(JsonPart part)
    {
        double heartbeat = part.Number("heartbeat_seconds", 1, 86_400, 600);
        var metrics = new List<MetricRule>();
        foreach (JsonPart m in part.Parts("metrics", false))
        {
            var rule = new MetricRule(m.Text("metric", most: 100), m.Number("deadband", 0, 1e12, 0), m.Number("least_seconds", 0, 86_400, 0));
            m.End();
            if (metrics.Any(x => x.Metric == rule.Metric)) m.Wrong("metric", "twice", $"{rule.Metric} has two rules.", "Leave one of them.");
            metrics.Add(rule);
        }
        var summaries = new List<SummaryRule>();
        foreach (JsonPart s in part.Parts("summaries", false))
        {
            summaries.Add(new(s.Text("metric", most: 90), s.Number("every_seconds", 1, 86_400, 60)));
            s.End();
        }
        part.End();
        return new(heartbeat, metrics, summaries);
    }
}
