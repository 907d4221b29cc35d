using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

public sealed partial class HostSession
{
    private Outcome Wait(Route route, ReadOnlySpan<byte> payload, int sequence, Instant now)
    {
        route.Node.Waiting.Add(new WaitingMessage(route, payload.ToArray(), sequence, now));
        SetTimer(route.Node, route.Node.Waiting.Count > policy.MaxWaiting ? now : now + policy.ReorderTimeout);
        return new Outcome { Verdict = Verdict.Waiting, Cause = Cause.Gap, Changes = ChangesOut() };
    }

    /// <summary>Takes the node's next waiting message when its turn has come, or when the missing ones have not come in time.</summary>
    private bool TakeWaiting(EdgeNode node, Instant now, out Outcome outcome)
    {
        outcome = default;
        if (node.Waiting.Count == 0) return false;
        var (next, nearest) = (0, int.MaxValue);
        for (var i = 0; i < node.Waiting.Count; i++)
        {
            var ahead = (node.Waiting[i].Sequence - node.ExpectedSequence) & 255;
            if (ahead >= 128) ahead = 0;
            if (ahead < nearest) (next, nearest) = (i, ahead);
        }
        var late = node.Waiting.Count > policy.MaxWaiting || node.Waiting[0].Since + policy.ReorderTimeout <= now;
        if (nearest != 0 && !late) return false;
        var message = node.Waiting[next];
        node.Waiting.RemoveAt(next);
        if (nearest == 0) Counters.Reordered++;
        outcome = Take(message.Route, message.Payload, now, mayWait: false);
        return true;
    }

    /// <summary>Asks for a birth where one can mend the cause.</summary>
    private void WantRebirth(EdgeNode node, Cause cause, Instant now)
    {
        if (cause is not (Cause.NodeUnborn or Cause.DeviceUnborn or Cause.UnknownAlias or Cause.UnknownName or Cause.WrongType or Cause.Gap or Cause.Repeated
            or Cause.BadSequence)) return;
        node.Rebirth.Want(node, cause, now, policy);
        SetTimer(node, node.Rebirth.Due!.Value);
    }

    private RebirthRequest SendRebirth(EdgeNode node, Instant now)
    {
        var cause = node.Rebirth.Cause;
        node.Rebirth.Sent(now, policy);
        Counters.CountRebirth(cause);
        return new RebirthRequest(node, cause);
    }

    private void SetTimer(EdgeNode node, Instant due)
    {
        if (!withTimers.Contains(node)) withTimers.Add(node);
        nextDue = Instant.Min(nextDue, due);
    }

    private Instant DueOf(EdgeNode node) => Instant.Min(
        node.Rebirth.Due ?? Instant.MaxValue, node.Waiting.Count > 0 ? node.Waiting[0].Since + policy.ReorderTimeout : Instant.MaxValue);

    private static string RuleOf(Cause cause) => cause switch
    {
        Cause.NodeUnborn or Cause.DeviceUnborn => "birth-before-data",
        Cause.UnknownAlias or Cause.UnknownName => "metric-in-birth",
        Cause.WrongType => "metric-type",
        Cause.Gap or Cause.Repeated or Cause.BadSequence => "sequence",
        Cause.BadBirth => "birth",
        Cause.BadDeath => "death",
        Cause.BadTime => "timestamp",
        Cause.BadQuality => "quality",
        _ => "limit",
    };

    private static string CureOf(Cause cause) => cause switch
    {
        Cause.NodeUnborn or Cause.DeviceUnborn or Cause.UnknownAlias or Cause.UnknownName => "A birth is asked for; if this repeats, let the edge node publish every metric in its birth.",
        Cause.WrongType => "A birth is asked for; if this repeats, let the edge node keep to the type of its birth.",
        Cause.Gap or Cause.Repeated or Cause.BadSequence => "A birth is asked for; look for lost messages between edge node and broker, or two nodes of one name.",
        Cause.BadBirth => "Give every metric one name and a type, every alias once, and the node's birth a bdSeq.",
        Cause.BadDeath => "Let the edge node put its bdSeq into its will message.",
        Cause.BadTime => "Send milliseconds since 1970-01-01 UTC.",
        Cause.BadQuality => "Send quality as an Int32 property with 0, 192 or 500.",
        _ => "Raise the limit in the host's policy, or look for a sender that makes up names.",
    };
}
