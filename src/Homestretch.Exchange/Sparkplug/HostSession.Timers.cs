using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

public sealed partial class HostSession
{
    private readonly List<EdgeNode> withTimers = [];
    private Instant nextDue = Instant.MaxValue;
    private int looked;

    /// <summary>Gives what has become due: a waiting message whose turn came, a rebirth to ask for. False when nothing is.</summary>
    public bool Next(Instant now, out Outcome outcome)
    {
        outcome = default;
        while (now >= nextDue)
        {
            for (; looked < withTimers.Count; looked++)
                if (TakeDue(withTimers[looked], now, out outcome)) return true;
            looked = 0;
            nextDue = Instant.MaxValue;
            withTimers.RemoveAll(node => !(node.HasTimer = node.Waiting.Count > 0 || node.Rebirth.Due is not null));
            foreach (var node in withTimers) nextDue = Instant.Min(nextDue, DueOf(node));
        }
        return false;
    }

    private bool TakeDue(EdgeNode node, Instant now, out Outcome outcome)
    {
        if (TakeWaiting(node, now, out outcome)) return true;
        if (!(node.Rebirth.Due <= now)) return false;
        outcome = new Outcome { Verdict = Verdict.Due, Rebirth = SendRebirth(node, now) };
        return true;
    }

    private Outcome Wait(Route route, ReadOnlySpan<byte> payload, int sequence, Instant now)
    {
        route.Node.Waiting.Add(new WaitingMessage(route, payload.ToArray(), sequence, now));
        SetTimer(route.Node, DueOf(route.Node));
        return new Outcome { Verdict = Verdict.Waiting, Cause = Cause.Gap, Changes = ChangesOut() };
    }

    // a loop, because a lambda would cost every message its closure
    private static bool IsWaiting(EdgeNode node, int sequence)
    {
        foreach (var waiting in node.Waiting)
            if (waiting.Sequence == sequence) return true;
        return false;
    }

    /// <summary>A birth, a death or a lost connection ends the session that the waiting belong to.</summary>
    private void DropWaiting(EdgeNode node)
    {
        Counters.Lost += node.Waiting.Count;
        node.Waiting.Clear();
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
            if (ahead >= 128) ahead = -1;
            if (ahead < nearest) (next, nearest) = (i, ahead);
        }
        if (nearest > 0 && !IsLate(node, now)) return false;
        var message = node.Waiting[next];
        node.Waiting.RemoveAt(next);
        if (nearest == 0) Counters.Reordered++;
        outcome = Take(message.Route, message.Payload, now, mayWait: false);
        return true;
    }

    private bool IsLate(EdgeNode node, Instant now) => node.Waiting.Count > policy.MaxWaiting || node.Waiting[0].Since + policy.ReorderTimeout <= now;

    private static bool CanMend(Cause cause) => cause is Cause.NodeUnborn or Cause.DeviceUnborn or Cause.UnknownAlias or Cause.UnknownName or Cause.WrongType
        or Cause.Gap or Cause.Repeated or Cause.BadSequence;

    private void WantRebirth(EdgeNode node, Cause cause, Instant now)
    {
        node.Rebirth.Want(node, cause, now, policy);
        SetTimer(node, node.Rebirth.Due!.Value);
    }

    private RebirthRequest SendRebirth(EdgeNode node, Instant now)
    {
        var cause = node.Rebirth.Cause;
        node.Rebirth.Sent(now, policy);
        Counters.CountRebirth(cause);
        SetTimer(node, node.Rebirth.Due!.Value);
        return new RebirthRequest(node, cause);
    }

    private void SetTimer(EdgeNode node, Instant due)
    {
        if (!node.HasTimer) withTimers.Add(node);
        node.HasTimer = true;
        nextDue = Instant.Min(nextDue, due);
    }

    private Instant DueOf(EdgeNode node) => Instant.Min(node.Rebirth.Due ?? Instant.MaxValue,
        node.Waiting.Count == 0 ? Instant.MaxValue : node.Waiting.Count > policy.MaxWaiting ? Instant.MinValue : node.Waiting[0].Since + policy.ReorderTimeout);

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
        Cause.BadValue => "value",
        _ => "limit",
    };

    private static string CureOf(Cause cause) => cause switch
    {
        Cause.NodeUnborn or Cause.DeviceUnborn or Cause.UnknownAlias or Cause.UnknownName => "A birth is asked for; if this repeats, let the edge node publish every metric in its birth.",
        Cause.WrongType => "A birth is asked for; if this repeats, let the edge node keep to the type of its birth.",
        Cause.Gap or Cause.Repeated or Cause.BadSequence => "A birth is asked for; look for lost messages between edge node and broker, or two nodes of one name.",
        Cause.BadBirth => "Give every metric one name and a type, every alias once, and the node's birth a bdSeq.",
        Cause.BadDeath => "Let the edge node put its bdSeq into its will message.",
        Cause.BadValue => "Give each column of a data set one name, one basic type and one element a row; give a template its reference or call it a definition.",
        Cause.BadTime => "Send milliseconds since 1970-01-01 UTC.",
        Cause.BadQuality => "Send quality as an Int32 property with 0, 192 or 500.",
        _ => "Raise the limit in the host's policy, or look for a sender that makes up names.",
    };
}
