using NodaTime;

namespace Homestretch.Floor.Queueing;

/// <summary>The queue of a device as it stands: the source of truth of what was done here. Each function gives the entries that changed; what is on the disk follows.</summary>
public static class Outbox
{
    /// <summary>Most operations that go in one message.</summary>
    public const int Most = 100;

    /// <summary>How long an answered operation stays on the device.</summary>
    public static readonly Duration Kept = Duration.FromDays(7);

    /// <summary>Rule of what a person left out: the hub never did it, and never refused it by a rule of its own.</summary>
    public const string LeftOutRule = "left-out";

    /// <summary>The next to send, in the order in which they were done. Nothing goes past one that is unclear or that the hub does not take: what came later may build on it.</summary>
    /// <param name="most">How many go at once.</param>
    /// <param name="clock">Added to moments that were recorded before the server's clock was known.</param>
    public static IReadOnlyList<Entry> Next(IReadOnlyList<Entry> all, string install, Duration clock, int most = Most) =>
        [.. all.TakeWhile(static e => e.State != EntryState.Unclear && e.Fault.Length == 0).Where(static e => e.State == EntryState.Waiting).Take(most)
            .Select(e => e with { SentBy = install, ClockKnown = true, Did = e.ClockKnown ? e.Did : e.Did with { Happened = e.Did.Happened + clock } })];

    /// <summary>Entries that the hub answered. Answers to others, or to some that have an answer, change nothing.</summary>
    public static IReadOnlyList<Entry> Answered(IReadOnlyList<Entry> all, IEnumerable<Answer> answers, Instant now)
    {
        var byNumber = all.Where(static e => e.State == EntryState.Waiting).ToDictionary(static e => e.Number);
        return [.. answers.Where(a => byNumber.ContainsKey(a.Number)).Select(a => byNumber[a.Number] with { State = a.Verdict == World.FloorAnswer.Accepted ? EntryState.Accepted : EntryState.Refused, Rule = a.Rule, Said = a.Said, Heard = a.Heard, Answered = now })];
    }

    /// <summary>Which of some operations is at fault when the hub took none of them: those that it names by their place, or the only one there is. When it names none, half as many are tried next, so that a fault among 100 is found in 7 more tries.</summary>
    /// <param name="named">Places from 1, each with what is wrong there.</param>
    /// <param name="why">What the hub said of all.</param>
    /// <returns>Entries with their fault, and how many go at once from now on.</returns>
    public static (IReadOnlyList<Entry> Faulty, int Most) Blamed(IReadOnlyList<Entry> sent, IReadOnlyList<(int Place, string Why)> named, string why)
    {
        Entry[] faulty = [.. named.Where(n => n.Place >= 1 && n.Place <= sent.Count).DistinctBy(static n => n.Place).Select(n => sent[n.Place - 1] with { Fault = n.Why.Length > 0 ? n.Why : why })];
        if (faulty.Length == 0 && sent.Count == 1) faulty = [sent[0] with { Fault = why }];
        return faulty.Length > 0 ? (faulty, Most) : ([], (sent.Count + 1) / 2);
    }

    /// <summary>An operation at fault that a person leaves out: kept with all it says, as refused, until somebody has seen it.</summary>
    public static Entry LeftOut(Entry faulty, Instant now) => faulty with { State = EntryState.Refused, Rule = LeftOutRule, Said = faulty.Fault, Fault = "", Answered = now, Seen = false };

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
