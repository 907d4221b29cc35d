using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>When one node is asked for a birth: spread at first, then again with doubling pauses until it answers, since a request
/// travels at QoS 0 and may be lost.</summary>
internal sealed class RebirthTimer
{
    private Instant? last;
    private Duration pause = Duration.Zero;

    /// <summary>The moment the open request is due, for the first time or again; null when none is open.</summary>
    public Instant? Due { get; private set; }

    public Cause Cause { get; private set; }

    /// <summary>Opens a request unless one is open.</summary>
    public void Want(EdgeNode node, Cause cause, Instant now, HostPolicy policy)
    {
        if (Due is not null) return;
        Cause = cause;
        Due = last is { } sent ? Instant.Max(now, sent + pause) : now + Spread(node, policy.RebirthSpread);
    }

    /// <summary>The request was sent; it stays open and is due again after a pause.</summary>
    public void Sent(Instant now, HostPolicy policy)
    {
        pause = pause == Duration.Zero ? policy.RebirthBackOff : Duration.Min(pause + pause, policy.RebirthBackOffLimit);
        (last, Due) = (now, now + pause);
    }

    /// <summary>The node was born or died: nothing is wanted any more. The pause stays against a node that is born wrong again and
    /// again, until it has behaved for as long as the pause.</summary>
    public void Close() => Due = null;

    /// <summary>Right data came: forget past requests once they are old enough.</summary>
    public void Behaves(Instant now)
    {
        if (last is { } sent && Due is null && now - sent > pause) (last, pause) = (null, Duration.Zero);
    }

    private static Duration Spread(EdgeNode node, Duration spread)
    {
        var hash = 2166136261u;
        foreach (var c in node.Address) hash = (hash ^ c) * 16777619;
        return Duration.FromTicks(spread.BclCompatibleTicks * (long)(hash >> 16) / 65536);
    }
}
