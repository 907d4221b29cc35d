using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>A Sparkplug host application's memory of its edge nodes: a fold over messages. The same messages at the same times
/// give the same outcomes; it has no clock, socket or thread, and one thread runs it. A message is taken whole or not at all.</summary>
/// <remarks>Ordinary data messages allocate nothing. After each <see cref="Apply"/> call <see cref="Next"/> until it says false,
/// and call it now and then when no messages come.
/// Aliases are looked up per device, which also serves senders that number each device from zero.</remarks>
public sealed partial class HostSession
{
    private readonly HostPolicy policy;
    private readonly Payload decoded = new();
    private readonly List<StatusChange> changes = [];
    private Reading[] readings = new Reading[64];
    private StatusChange[] changesOut = [];

    public HostSession(HostPolicy policy) => this.policy = policy;

    public HostCounters Counters { get; } = new();

    /// <summary>Takes one MQTT message.</summary>
    /// <param name="payload">Kept by reference in the outcome only.</param>
    /// <param name="now">The host's time of receipt.</param>
    public Outcome Apply(string topic, ReadOnlySpan<byte> payload, Instant now)
    {
        Counters.Messages++;
        if (!routes.TryGetValue(topic, out var route))
        {
            route = NewRoute(topic, out var cause, out var finding);
            if (route is null) return cause == Cause.NotForHosts ? Ignored(cause) : Refused(cause, finding!);
        }
        return Take(route, payload, now, mayWait: true);
    }

    /// <summary>The connection to the MQTT server is gone: every node and device is offline and its metrics stale until it is born
    /// again, because its messages pass us by (specification chapter 5, host session establishment).</summary>
    public Outcome ConnectionLost(Instant now)
    {
        changes.Clear();
        foreach (var node in nodes.Values) TakeOffline(node, now, StatusReason.ConnectionLost, StatusReason.ConnectionLost);
        return new Outcome { Verdict = Verdict.Due, Changes = ChangesOut() };
    }

    private Outcome Take(Route route, ReadOnlySpan<byte> payload, Instant now, bool mayWait)
    {
        changes.Clear();
        if (!decoded.Read(payload, policy.Limits, out var fault)) return Refused(Cause.Malformed, fault.ToFinding(route.Text));
        return route.Kind switch
        {
            MessageKind.NodeBirth => NodeBirth(route, payload, now),
            MessageKind.NodeDeath => NodeDeath(route, payload, now),
            _ => route.Node.Self.IsOnline
                ? InSequence(route, payload, now, mayWait)
                : Refused(route, Cause.NodeUnborn, now, $"{route.Topic.Kind} of {route.Node.Address} came before the node's birth."),
        };
    }

    private Outcome InSequence(Route route, ReadOnlySpan<byte> payload, Instant now, bool mayWait)
    {
        var node = route.Node;
        // encoders that leave out default values leave out the sequence number 0
        if (decoded.Sequence > 255 || !decoded.HasSequence && node.ExpectedSequence != 0)
            return Refused(route, Cause.BadSequence, now, decoded.HasSequence ? $"The sequence number {decoded.Sequence} is not in 0..255." : "The sequence number is missing.");
        var sequence = (int)decoded.Sequence;
        var ahead = (sequence - node.ExpectedSequence) & 255;
        var cause = Cause.None;
        if (ahead != 0)
        {
            if (ahead >= 128 || IsWaiting(node, sequence))
            {
                node.IsAfterGap = true;
                return Refused(route, Cause.Repeated, now, $"Sequence number {sequence} came where {node.ExpectedSequence} was next: it is old or repeated.");
            }
            if (mayWait && policy.ReorderTimeout > Duration.Zero) return Wait(route, payload, sequence, now);
            cause = Cause.Gap;
            Missed(node, ahead, now);
        }
        node.ExpectedSequence = (sequence + 1) & 255;
        if (IsPastTime(now, out var assumed)) return Refused(route, Cause.BadTime, now, $"The payload's time {decoded.Timestamp} lies past the year 9999.");
        var outcome = route.Kind switch
        {
            MessageKind.DeviceBirth => DeviceBirth(route, payload, assumed, cause, now),
            MessageKind.DeviceDeath => DeviceDeath(route, payload, assumed, cause, now),
            _ => Data(route, payload, assumed, cause, now),
        };
        if (node.Waiting.Count > 0) nextDue = now;
        return outcome;
    }

    /// <summary>The time of the decoded payload, the host's when it has none; true when it is one that cannot be.</summary>
    private bool IsPastTime(Instant now, out long assumed)
    {
        assumed = decoded.HasTimestamp ? (long)decoded.Timestamp : now.ToUnixTimeMilliseconds();
        return (ulong)assumed > LatestMilliseconds;
    }

    /// <summary>Counts missing messages and asks for a birth; what comes until then is marked.</summary>
    private void Missed(EdgeNode node, int messages, Instant now)
    {
        Counters.Lost += messages;
        Counters.Count(Cause.Gap);
        node.IsAfterGap = true;
        WantRebirth(node, Cause.Gap, now);
    }

    private Outcome Accepted(EdgeNode node, Cause cause, int count, ReadOnlySpan<byte> payload, Instant now)
    {
        Counters.Accepted++;
        Counters.Readings += count;
        return new Outcome
        {
            Verdict = Verdict.Accepted, Cause = cause, Readings = readings.AsSpan(0, count), Changes = ChangesOut(), Payload = payload,
            Rebirth = node.Rebirth.Due <= now ? SendRebirth(node, now) : null,
        };
    }

    private Outcome Refused(Cause cause, Finding finding)
    {
        Counters.Count(cause);
        return new Outcome { Verdict = Verdict.Refused, Cause = cause, Finding = finding, Changes = ChangesOut() };
    }

    private Outcome Refused(Route route, Wrong wrong, Instant now) => Refused(route, wrong.Cause, now, wrong.What, wrong.Metric);

    /// <param name="metric">0-based number of the metric that is wrong; -1 when it is the message.</param>
    private Outcome Refused(Route route, Cause cause, Instant now, string what, int metric = -1)
    {
        Counters.Count(cause);
        if (CanMend(cause)) WantRebirth(route.Node, cause, now);
        var place = new Place(route.Text, 0, metric < 0 ? "" : $"metric {metric}");
        return new Outcome
        {
            Verdict = Verdict.Refused, Cause = cause, Changes = ChangesOut(), Finding = new Finding(place, RuleOf(cause), what, CureOf(cause)),
            Rebirth = route.Node.Rebirth.Due <= now ? SendRebirth(route.Node, now) : null,
        };
    }

    private Outcome Ignored(Cause cause)
    {
        Counters.Count(cause);
        return new Outcome { Verdict = Verdict.Ignored, Cause = cause };
    }

    private ReadOnlySpan<StatusChange> ChangesOut()
    {
        if (changes.Count == 0) return default;
        if (changesOut.Length < changes.Count) changesOut = new StatusChange[Math.Max(16, changes.Count * 2)];
        changes.CopyTo(changesOut);
        return changesOut.AsSpan(0, changes.Count);
    }
}
