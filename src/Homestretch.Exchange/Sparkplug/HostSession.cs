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
    private readonly Dictionary<string, EdgeNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Route> routes = new(StringComparer.Ordinal);
    private readonly Payload decoded = new();
    private readonly List<EdgeNode> withTimers = [];
    private readonly List<StatusChange> changes = [];
    private Reading[] readings = new Reading[64];
    private StatusChange[] changesOut = [];
    private Instant nextDue = Instant.MaxValue;

    public HostSession(HostPolicy policy) => this.policy = policy;

    public HostCounters Counters { get; } = new();

    public IReadOnlyCollection<EdgeNode> Nodes => nodes.Values;

    /// <summary>The node (device empty) or device at an address; null when never heard of.</summary>
    public DeviceState? Find(string group, string node, string device = "") => nodes.GetValueOrDefault($"{group}/{node}")?.Find(device);

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

    /// <summary>Gives what has become due: a waiting message whose turn came, a rebirth to ask for. False when nothing is.</summary>
    public bool Next(Instant now, out Outcome outcome)
    {
        outcome = default;
        if (withTimers.Count == 0 || now < nextDue) return false;
        for (var i = 0; i < withTimers.Count; i++)
        {
            var node = withTimers[i];
            if (TakeWaiting(node, now, out outcome)) return true;
            if (node.Rebirth.Due <= now)
            {
                outcome = new Outcome { Verdict = Verdict.Due, Rebirth = SendRebirth(node, now) };
                return true;
            }
        }
        withTimers.RemoveAll(node => node.Waiting.Count == 0 && node.Rebirth.Due is null);
        nextDue = Instant.MaxValue;
        foreach (var node in withTimers) nextDue = Instant.Min(nextDue, DueOf(node));
        return false;
    }

    private Outcome Take(Route route, ReadOnlySpan<byte> payload, Instant now, bool mayWait)
    {
        changes.Clear();
        if (!decoded.Read(payload, policy.Limits, out var fault)) return Refused(Cause.Malformed, fault.ToFinding(route.Text));
        var assumed = decoded.HasTimestamp ? decoded.Timestamp : (ulong)now.ToUnixTimeMilliseconds();
        if (assumed > LatestMilliseconds) return Refused(route, Cause.BadTime, now, $"The payload's time {assumed} lies past the year 9999.");
        return route.Kind switch
        {
            MessageKind.NodeBirth => NodeBirth(route, payload, (long)assumed, now),
            MessageKind.NodeDeath => NodeDeath(route, payload, now),
            _ => route.Node.Self.IsOnline
                ? InSequence(route, payload, (long)assumed, now, mayWait)
                : Refused(route, Cause.NodeUnborn, now, $"{route.Topic.Kind} of {route.Node.Address} came before the node's birth."),
        };
    }

    private Outcome InSequence(Route route, ReadOnlySpan<byte> payload, long assumed, Instant now, bool mayWait)
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
            if (ahead >= 128 || node.Waiting.Exists(waiting => waiting.Sequence == sequence)) return Refused(route, Cause.Repeated, now, $"Sequence number {sequence} came where {node.ExpectedSequence} was next: it is old or repeated.");
            if (mayWait && policy.ReorderTimeout > Duration.Zero) return Wait(route, payload, sequence, now);
            cause = Cause.Gap;
            Missed(node, ahead, now);
        }
        node.ExpectedSequence = (sequence + 1) & 255;
        var outcome = route.Kind switch
        {
            MessageKind.DeviceBirth => DeviceBirth(route, payload, assumed, cause, now),
            MessageKind.DeviceDeath => DeviceDeath(route, payload, assumed, cause, now),
            _ => Data(route, payload, assumed, cause, now),
        };
        if (node.Waiting.Count > 0) nextDue = now;
        return outcome;
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

    private Outcome Refused(Route route, Cause cause, Instant now, string what)
    {
        Counters.Count(cause);
        WantRebirth(route.Node, cause, now);
        return new Outcome
        {
            Verdict = Verdict.Refused, Cause = cause, Changes = ChangesOut(), Finding = new Finding(new Place(route.Text), RuleOf(cause), what, CureOf(cause)),
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

    private Route? NewRoute(string text, out Cause cause, out Finding? finding)
    {
        cause = Cause.Topic;
        var topic = Topic.Read(text, out finding);
        if (topic is null) return null;
        if (topic.Kind is MessageKind.State or MessageKind.NodeCommand or MessageKind.DeviceCommand)
        {
            cause = Cause.NotForHosts;
            return null;
        }
        var address = $"{topic.Group}/{topic.Node}";
        if (!nodes.TryGetValue(address, out var node))
        {
            if (nodes.Count >= policy.MaxNodes)
            {
                cause = Cause.TooMany;
                finding = new Finding(new Place(text), RuleOf(cause), $"There are {nodes.Count} edge nodes already.", CureOf(cause));
                return null;
            }
            node = new EdgeNode(topic.Group, topic.Node);
            nodes.Add(address, node);
        }
        var route = new Route(topic.Kind, node, node.Find(topic.Device), topic, text);
        if (route.Device is not null) routes.Add(text, route);
        return route;
    }
}
