using Homestretch.Exchange.Sparkplug;
using Homestretch.World;

namespace Homestretch.Server;

/// <summary>Something the server counts; Prometheus shows it from the start, with 0.</summary>
/// <param name="Name">Without the leading homestretch and the trailing total.</param>
/// <param name="Doc">As Prometheus and docs/operating/metrics.md say it.</param>
/// <param name="Label">What the count is divided by; empty: by nothing.</param>
/// <param name="Values">The label's values.</param>
internal sealed record Counted(string Name, string Doc, string Label = "", params string[] Values)
{
    private static readonly string[] s_causes = [.. Enum.GetValues<Cause>().Where(static c => c != Cause.None).Select(static c => Words.Of(c))];

    public static readonly Counted
        EdgeRefused = new("edge_refused", "Transmissions and documents of edges refused: not what the contract lists, or not readable; they change nothing"),
        MessagesSent = new("messages_sent", "Tries to send a message out to people and programs, by road and what came of it", "outcome", "push-arrived", "push-failed", "mail-arrived", "mail-failed", "webhook-arrived", "webhook-failed", "card-arrived", "card-failed"),
        MqttMessagesRefused = new("mqtt_messages_refused", "MQTT messages refused: not on a topic of the client's own edge node"),
        MqttReconnects = new("mqtt_reconnects", "Connections to the outside broker that were lost or refused"),
        MqttRejected = new("mqtt_rejected", "MQTT clients rejected at connection"),
        MqttSubscriptionsRefused = new("mqtt_subscriptions_refused", "MQTT subscriptions refused: not the client's own commands or the host's state"),
        NoticesTold = new("notices_told", "Notices told to a person, by channel", "channel", "push", "mail", "digest"),
        OrderLinesMoved = new("order_lines_moved", "Forecasts of order lines that a change moved"),
        PlanFailures = new("plan_failures", "Steps that the plan could not take, by which", "step", "change", "place", "epoch"),
        PlannerChanges = new("planner_changes", "Batches of changes told to the planner, by what came of them", "outcome", "accepted", "refused", "failed"),
        SparkplugMessages = new("sparkplug_messages", "Sparkplug messages received"),
        SparkplugMetrics = new("sparkplug_metrics", "Metric values accepted"),
        SparkplugRebirths = new("sparkplug_rebirths", "Rebirths asked of edge nodes, by cause", "cause", s_causes),
        SparkplugRefused = new("sparkplug_refused", "Sparkplug messages refused, by cause; they change nothing", "cause", s_causes),
        TelemetryRefused = new("telemetry_refused", "Changes of a machine that the world refused"),
        TelemetryRepeated = new("telemetry_repeated", "Messages that an edge sent again; they change nothing"),
        TelemetryUnknownDevice = new("telemetry_unknown_device", "Metric values of devices that no machine of the world names; not kept"),
        TwinsFailed = new("twins_failed", "Rounds of one machine that its twin could not fold; history has them");

    public static IReadOnlyList<Counted> All { get; } =
    [
        EdgeRefused, MessagesSent, MqttMessagesRefused, MqttReconnects, MqttRejected, MqttSubscriptionsRefused, NoticesTold, OrderLinesMoved, PlanFailures, PlannerChanges, SparkplugMessages, SparkplugMetrics, SparkplugRebirths,
        SparkplugRefused, TelemetryRefused, TelemetryRepeated, TelemetryUnknownDevice, TwinsFailed,
    ];
}
