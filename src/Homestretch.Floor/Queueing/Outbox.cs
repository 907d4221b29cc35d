using NodaTime;

namespace Homestretch.Floor.Queueing;

/// <summary>The queue of a device as it stands: the source of truth of what was done here. Each function gives the entries that changed; what is on the disk follows.</summary>
public static class Outbox
{
    /// <summary>Most operations that go in one message.</summary>
    public const int Most = 100;

    /// <summary>How long an answered operation stays on the device.</summary>
    public static readonly Duration Kept = Duration.FromDays(7);

    /// <summary>The next to send, in the order in which they were done. Nothing goes past one that is unclear: what came later may build on it.</summary>
    /// <param name="clock">Added to moments that were recorded before the server's clock was known.</param>
    public static IReadOnlyList<Entry> Next(IReadOnlyList<Entry> all, string install, Duration clock) =>
        [.. all.TakeWhile(static e => e.State != EntryState.Unclear).Where(static e => e.State == EntryState.Waiting).Take(Most)
            .Select(e => e with { SentBy = install, ClockKnown = true, Did = e.ClockKnown ? e.Did : e.Did with { Happened = e.Did.Happened + clock } })];

    /// <summary>Entries that the hub answered. Answers to others, or to some that have an answer, change nothing.</summary>
    public static IReadOnlyList<Entry> Answered(IReadOnlyList<Entry> all, IEnumerable<Answer> answers, Instant now)
    {
        var byNumber = all.Where(static e => e.State == EntryState.Waiting).ToDictionary(static e => e.Number);
        return [.. answers.Where(a => byNumber.ContainsKey(a.Number)).Select(a => byNumber[a.Number] with { State = a.Verdict == World.FloorAnswer.Accepted ? EntryState.Accepted : EntryState.Refused, Rule = a.Rule, Said = a.Said, Heard = a.Heard, Answered = now })];
    }

    /// <summary>Entries that were sent under another name and not answered: under the new one's name the hub would do them a second time.</summary>
    public static IReadOnlyList<Entry> Doubtful(IReadOnlyList<Entry> all, string install) =>
        [.. all.Where(e => e.State == EntryState.Waiting && e.SentBy.Length > 0 && e.SentBy != install).Select(static e => e with { State = EntryState.Unclear })];

    /// <summary>Numbers of entries that leave the device: answered 7 days ago, and seen when refused.</summary>
    public static IReadOnlyList<long> Outlived(IReadOnlyList<Entry> all, Instant now) => [.. all.Where(e => !e.Open && e.Answered is { } at && now - at >= Kept).Select(static e => e.Number)];

    /// <summary>A queue with some entries changed and some gone, in the order of their numbers.</summary>
    public static IReadOnlyList<Entry> With(IReadOnlyList<Entry> all, IReadOnlyList<Entry> changed, IReadOnlyList<long> gone)
    {
        var byNumber = changed.ToDictionary(static e => e.Number);
        return [.. all.Where(e => !gone.Contains(e.Number)).Select(e => byNumber.GetValueOrDefault(e.Number, e)).Concat(changed.Where(c => all.All(e => e.Number != c.Number))).OrderBy(static e => e.Number)];
    }
}
