using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

public sealed partial class HostSession
{
    private Outcome Data(Route route, ReadOnlySpan<byte> payload, long assumed, Cause gap, Instant now)
    {
        var node = route.Node;
        if (node.DevicesAwaitBirth) CloseBirths(node, assumed);
        var device = route.Device ?? node.Find(route.Topic.Device);
        if (device is not { IsOnline: true }) return Refused(route, Cause.DeviceUnborn, now, $"Data of {node.Address}/{route.Topic.Device} came before the device's birth.");
        var (cause, count) = ReadMetrics(device.Table, payload, assumed, Marks(node), out var wrong);
        if (cause != Cause.None) return Refused(route, cause, now, wrong);
        SetQualities(count);
        if (!node.IsAfterGap) node.Rebirth.Behaves(now);
        return Accepted(node, gap, count, payload, now);
    }

    private static ReadingMarks Marks(EdgeNode node) => node.IsAfterGap ? ReadingMarks.AfterGap : ReadingMarks.None;

    /// <summary>Turns the decoded metrics into readings by a birth's table; on a cause nothing of them counts.</summary>
    private (Cause, int Count) ReadMetrics(MetricTable table, ReadOnlySpan<byte> payload, long assumed, ReadingMarks common, out string wrong)
    {
        var metrics = decoded.Metrics;
        if (readings.Length < metrics.Length) readings = new Reading[Math.Max(metrics.Length, readings.Length * 2)];
        if (!decoded.HasTimestamp) common |= ReadingMarks.TimeAssumed;
        var isBirth = (common & ReadingMarks.Birth) != 0;
        wrong = "";
        for (var i = 0; i < metrics.Length; i++)
        {
            ref readonly var metric = ref metrics[i];
            var state = metric.HasAlias && !isBirth ? table.ByAlias(metric.Alias) : table.ByName(metric.Name.Of(payload));
            if (state is null || metric.HasAlias && metric.HasName && !isBirth && !metric.Name.Of(payload).SequenceEqual(state.NameUtf8))
                return (metric.HasAlias ? Cause.UnknownAlias : Cause.UnknownName, Unknown(metric, payload, out wrong));
            if (!MetricValue.TryRead(metric, state.Type, payload, out var value) || metric.HasType && metric.Type != (uint)state.Type)
                return (Cause.WrongType, Wrong($"{state.Name} was born as {state.Type} and came as {metric.Field} of type {metric.Type}.", out wrong));
            var milliseconds = metric.HasTimestamp ? (long)metric.Timestamp : assumed;
            if ((ulong)milliseconds > LatestMilliseconds) return (Cause.BadTime, Wrong($"The time {metric.Timestamp} of {state.Name} lies past the year 9999.", out wrong));
            var quality = Quality.Good;
            if (metric.HasProperties && !PropertySet.TryQuality(metric.Properties.Of(payload), out quality))
                return (Cause.BadQuality, Wrong($"The quality of {state.Name} is none of 0, 192 and 500, or its property set is broken.", out wrong));
            var marks = common;
            if (metric.HasTimestamp) marks &= ~ReadingMarks.TimeAssumed;
            if (metric.IsHistorical) marks |= ReadingMarks.Historical;
            if (metric.IsTransient) marks |= ReadingMarks.Transient;
            readings[i] = new Reading(state, value, milliseconds, quality, marks);
        }
        return (Cause.None, metrics.Length);
    }

    private void SetQualities(int count)
    {
        foreach (ref readonly var reading in readings.AsSpan(0, count))
            if (!reading.IsHistorical) reading.Metric.Quality = reading.Quality;
    }

    private static int Wrong(string what, out string wrong)
    {
        wrong = what;
        return 0;
    }

    private static int Unknown(in Metric metric, ReadOnlySpan<byte> payload, out string wrong)
    {
        var name = System.Text.Encoding.UTF8.GetString(metric.Name.Of(payload));
        return Wrong(metric.HasAlias ? $"The alias {metric.Alias} {(metric.HasName ? $"with the name {name} " : "")}is not in the last birth." : $"The metric {name} is not in the last birth.", out wrong);
    }

    /// <summary>The table of the decoded birth; null when a rule is broken. Metrics that keep name and type keep their state.</summary>
    private MetricTable? NewTable(DeviceState device, ReadOnlySpan<byte> payload, out string wrong)
    {
        var metrics = decoded.Metrics;
        var states = new MetricState[metrics.Length];
        var aliases = new ulong?[metrics.Length];
        HashSet<ulong> taken = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        wrong = "";
        for (var i = 0; i < metrics.Length; i++)
        {
            ref readonly var metric = ref metrics[i];
            var utf8 = metric.Name.Of(payload);
            if (!metric.HasName || utf8.IsEmpty) wrong = $"Metric {i} of the birth has no name.";
            else if (!metric.HasType || !SparkplugTypes.IsMetricType(metric.Type)) wrong = $"Metric {i} of the birth has no valid type.";
            else if (metric.HasAlias && !taken.Add(metric.Alias)) wrong = $"The alias {metric.Alias} stands twice in the birth.";
            if (wrong.Length > 0) return null;
            var type = (SparkplugType)metric.Type;
            states[i] = device.Table.ByName(utf8) is { } known && known.Type == type ? known : new MetricState(device, utf8.ToArray(), type);
            aliases[i] = metric.HasAlias ? metric.Alias : null;
            if (names.Add(states[i].Name)) continue;
            wrong = $"The metric {states[i].Name} stands twice in the birth.";
            return null;
        }
        return new MetricTable(states, aliases);
    }

    /// <summary>The decoded certificate's bdSeq; null when it has none that is a whole number.</summary>
    private ulong? BdSeq(ReadOnlySpan<byte> payload)
    {
        foreach (ref readonly var metric in decoded.Metrics)
            if (metric.Field is ValueField.Int or ValueField.Long && metric.Name.Of(payload).SequenceEqual("bdSeq"u8)) return metric.Bits;
        return null;
    }
}
