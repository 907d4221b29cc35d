using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>How a host treats its edge nodes.</summary>
/// <param name="Limits">Limits of one payload.</param>
/// <param name="MaxNodes">Most edge nodes we keep in memory. When they are reached, one that was never born makes room for the next.</param>
/// <param name="MaxDevicesPerNode">Most devices of one edge node.</param>
/// <param name="ReorderTimeout">How long a message that came too early waits for the missing ones; zero: not at all (specification
/// chapter 5, reordering). Waiting messages of one node are at most <paramref name="MaxWaiting"/>.</param>
/// <param name="RebirthSpread">First rebirth requests of many nodes are spread over this time, each node at its own fixed moment.</param>
/// <param name="RebirthBackOff">Time after which an unanswered request is repeated; doubles up to <paramref name="RebirthBackOffLimit"/> until the node is
/// born again or dies.</param>
public sealed record HostPolicy(
    PayloadLimits Limits, int MaxNodes, int MaxDevicesPerNode, Duration ReorderTimeout, int MaxWaiting, Duration RebirthSpread, Duration RebirthBackOff,
    Duration RebirthBackOffLimit)
{
    public static HostPolicy Default { get; } = new(PayloadLimits.Default, 10_000, 1_000, Duration.Zero, 32, Duration.FromMilliseconds(250),
        Duration.FromSeconds(5), Duration.FromMinutes(5));
}

/// <summary>Why a message was not taken as it stood, or why a birth was asked for.</summary>
public enum Cause : byte
{
    None,
    /// <summary>The topic is not one of Sparkplug B 3.0.</summary>
    Topic,
    /// <summary>The payload's bytes are not a Sparkplug payload.</summary>
    Malformed,
    /// <summary>Data or a device's message before its node's birth.</summary>
    NodeUnborn,
    /// <summary>Data of a device before its own birth.</summary>
    DeviceUnborn,
    /// <summary>An alias the last birth does not have.</summary>
    UnknownAlias,
    /// <summary>A metric name the last birth does not have.</summary>
    UnknownName,
    /// <summary>A value that does not fit the type its birth declared, or a wrong type in a birth.</summary>
    WrongType,
    /// <summary>A sequence number further on than expected: messages are missing.</summary>
    Gap,
    /// <summary>A sequence number we have had already.</summary>
    Repeated,
    /// <summary>No sequence number, or one outside 0..255.</summary>
    BadSequence,
    /// <summary>A birth that breaks a rule: no bdSeq, a metric without name or type, a name or alias twice.</summary>
    BadBirth,
    /// <summary>A death certificate without bdSeq.</summary>
    BadDeath,
    /// <summary>A death certificate of an earlier session.</summary>
    EarlierDeath,
    /// <summary>A timestamp past the year 9999.</summary>
    BadTime,
    /// <summary>A quality that is none of the three.</summary>
    BadQuality,
    /// <summary>A data set or template that contradicts itself.</summary>
    BadValue,
    /// <summary>More nodes or devices than the policy keeps.</summary>
    TooMany,
    /// <summary>A kind of message that a host does not take: commands and STATE.</summary>
    NotForHosts,
}

/// <summary>What a session has counted since it began. Plain numbers: read them from the thread that runs the session.</summary>
public sealed class HostCounters
{
    private readonly long[] byCause = new long[Enum.GetValues<Cause>().Length];
    private readonly long[] rebirthsByCause = new long[Enum.GetValues<Cause>().Length];

    public long Messages { get; internal set; }
    public long Accepted { get; internal set; }
    public long Readings { get; internal set; }

    /// <summary>Messages missing by sequence number: known to be sent and never seen.</summary>
    public long Lost { get; internal set; }

    /// <summary>Early messages that found their place when the missing ones came.</summary>
    public long Reordered { get; internal set; }

    public long RebirthsRequested { get; internal set; }

    /// <summary>Messages not taken, or taken with a mark, by cause.</summary>
    public long Of(Cause cause) => byCause[(int)cause];

    /// <summary>Rebirths requested, by cause.</summary>
    public long RebirthsFor(Cause cause) => rebirthsByCause[(int)cause];

    internal void Count(Cause cause) => byCause[(int)cause]++;

    internal void CountRebirth(Cause cause)
    {
        RebirthsRequested++;
        rebirthsByCause[(int)cause]++;
    }
}
