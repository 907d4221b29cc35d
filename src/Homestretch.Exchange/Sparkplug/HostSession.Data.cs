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
        var count = ReadMetrics(device.Table, payload, assumed, Marks(node), out var wrong);
        if (wrong.Cause != Cause.None) return Refused(route, wrong, now);
        SetQualities(device.Table, count);
        if (!node.IsAfterGap) node.Rebirth.Behaves(now);
        return Accepted(node, gap, count, payload, now);
    }

    // whether the readings just made are all of now and of good quality: then there is nothing to write down
    private bool areGood;

    private static ReadingMarks Marks(EdgeNode node) => node.IsAfterGap ? ReadingMarks.AfterGap : ReadingMarks.None;

    /// <summary>Why a message is refused, and by which of its metrics (-1: none). The default means that nothing is wrong.</summary>
    private readonly record struct Wrong(Cause Cause, string What, int Metric = -1);

    /// <summary>Turns the decoded metrics into readings by a birth's table and gives their number; when something is wrong nothing of them counts.</summary>
    private int ReadMetrics(MetricTable table, ReadOnlySpan<byte> payload, long assumed, ReadingMarks common, out Wrong wrong)
    {
        var metrics = decoded.Metrics;
        if (readings.Length < metrics.Length) readings = new Reading[Math.Max(metrics.Length, readings.Length * 2)];
        var into = readings;
        var (isBirth, next) = ((common & ReadingMarks.Birth) != 0, 0);
        if (!decoded.HasTimestamp) common |= ReadingMarks.TimeAssumed;
        wrong = default;
        areGood = true;
        for (var i = 0; i < metrics.Length; i++)
        {
            ref readonly var metric = ref metrics[i];
            var state = metric.HasAlias && !isBirth ? table.ByAlias(metric.Alias) : table.ByName(metric.Name.Of(payload), ref next);
            if (metric is { IsPlain: true, Field: ValueField.Double, Timestamp: <= LatestMilliseconds } && state is { Type: SparkplugType.Double })
            {
                var hasTime = metric.HasTimestamp;
                into[i].SetNumber(state, metric.Bits, hasTime ? (long)metric.Timestamp : assumed, hasTime ? common & ~ReadingMarks.TimeAssumed : common);
                continue;
            }
            wrong = ReadMetric(i, state, payload, assumed, common);
            if (wrong.Cause != Cause.None) return 0;
        }
        return metrics.Length;
    }

    /// <summary>One metric of any kind.</summary>
    private Wrong ReadMetric(int i, MetricState? state, ReadOnlySpan<byte> payload, long assumed, ReadingMarks marks)
    {
        ref readonly var metric = ref decoded.Metrics[i];
        if (state is null || metric is { HasAlias: true, HasName: true } && !metric.Name.Of(payload).SequenceEqual(state.NameUtf8)) return Unknown(metric, payload, i);
        if (!MetricValue.TryRead(metric, state.Type, payload, out var value) || metric.HasType && metric.Type != (uint)state.Type)
            return new(Cause.WrongType, $"{state.Name} was born as {state.Type} and came as {(metric.HasType ? (SparkplugType)metric.Type : state.Type)} in {metric.Field}.", i);
        if (value.Kind >= ValueKind.DataSet && FaultOf(value, payload) is var fault and not Fault.None)
            return new(Cause.BadValue, $"The {value.Kind} of {state.Name} contradicts itself: {fault}.", i);
        var milliseconds = metric.HasTimestamp ? (long)metric.Timestamp : assumed;
        if ((ulong)milliseconds > LatestMilliseconds) return new(Cause.BadTime, $"The time {metric.Timestamp} of {state.Name} lies past the year 9999.", i);
        var quality = Quality.Good;
        if (metric.HasProperties && !PropertySet.TryQuality(metric.Properties.Of(payload), out quality))
            return new(Cause.BadQuality, $"The quality of {state.Name} is none of 0, 192 and 500, or its property set is broken.", i);
        if (metric.HasTimestamp) marks &= ~ReadingMarks.TimeAssumed;
        if (metric.IsHistorical) marks |= ReadingMarks.Historical;
        if (metric.IsTransient) marks |= ReadingMarks.Transient;
        areGood &= quality == Quality.Good && !metric.IsHistorical;
        readings[i].Set(state, value, milliseconds, quality, marks);
        return default;
    }

    private void SetQualities(MetricTable table, int count)
    {
        if (areGood && table.IsAllGood) return;
        table.IsAllGood &= areGood;
        foreach (ref readonly var reading in readings.AsSpan(0, count))
            if (!reading.IsHistorical) reading.Metric.Quality = reading.Quality;
    }

    private static Wrong Unknown(in Metric metric, ReadOnlySpan<byte> payload, int number)
    {
        var name = System.Text.Encoding.UTF8.GetString(metric.Name.Of(payload));
        return metric.HasAlias ? new(Cause.UnknownAlias, $"The alias {metric.Alias} {(metric.HasName ? $"with the name {name} " : "")}is not in the last birth.", number)
            : new(Cause.UnknownName, metric.HasName ? $"The metric {name} is not in the last birth." : "A metric has neither name nor alias.", number);
    }

    private static Fault FaultOf(in MetricValue value, ReadOnlySpan<byte> payload)
    {
        Fault fault;
        if (value.Kind == ValueKind.DataSet) DataSet.Read(value.Stretch.Of(payload), out fault);
        else Template.Read(value.Stretch.Of(payload), out fault);
        return fault;
    }

    /// <summary>The table of the decoded birth; null when a rule is broken. Metrics that keep name and type keep their state.</summary>
    private MetricTable? NewTable(DeviceState device, ReadOnlySpan<byte> payload, out Wrong wrong)
    {
        var metrics = decoded.Metrics;
        var states = new MetricState[metrics.Length];
        var aliases = new ulong?[metrics.Length];
        HashSet<ulong> taken = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        var next = 0;
        wrong = default;
        for (var i = 0; i < metrics.Length; i++)
        {
            ref readonly var metric = ref metrics[i];
            var utf8 = metric.Name.Of(payload);
            if (!metric.HasName || utf8.IsEmpty) wrong = new(Cause.BadBirth, "A metric of the birth has no name.", i);
            else if (!metric.HasType || !SparkplugTypes.IsMetricType(metric.Type)) wrong = new(Cause.BadBirth, $"{System.Text.Encoding.UTF8.GetString(utf8)} has no valid type: {metric.Type}.", i);
            else if (metric.HasAlias && !taken.Add(metric.Alias)) wrong = new(Cause.BadBirth, $"The alias {metric.Alias} stands twice in the birth.", i);
            if (wrong.Cause != Cause.None) return null;
            var type = (SparkplugType)metric.Type;
            states[i] = device.Table.ByName(utf8, ref next) is { } known && known.Type == type ? known : new MetricState(device, utf8.ToArray(), type);
            aliases[i] = metric.HasAlias ? metric.Alias : null;
            if (names.Add(states[i].Name)) continue;
            wrong = new(Cause.BadBirth, $"The metric {states[i].Name} stands twice in the birth.", i);
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
