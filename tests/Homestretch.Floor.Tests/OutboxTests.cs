using CsCheck;
using Homestretch.Floor.Queueing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Floor.Tests;

public sealed class OutboxTests
{
    private static readonly Operation s_did = Boards.Pick("FRM-L", "L-FRM-1", "A-01", 1);

    [Fact]
    public void At_most_100_go_at_once_in_the_order_in_which_they_were_done()
    {
        Entry[] all = [.. Enumerable.Range(1, 250).Select(static n => Boards.Of(n, s_did))];
        Assert.Equal(Enumerable.Range(1, 100).Select(static n => (long)n), Outbox.Next(all, "app", Duration.Zero).Select(static e => e.Number));
    }

    [Fact]
    public void What_was_sent_under_another_name_is_not_sent_again_before_somebody_decides_and_nothing_passes_it()
    {
        Entry sent = Boards.Of(1, s_did) with { SentBy = "old" };
        IReadOnlyList<Entry> all = Outbox.With([sent, Boards.Of(2, s_did)], Outbox.Doubtful([sent, Boards.Of(2, s_did)], "new"), []);
        Assert.Equal(EntryState.Unclear, all[0].State);
        Assert.Empty(Outbox.Next(all, "new", Duration.Zero));
        Assert.Empty(Outbox.Doubtful([sent], "old"));
    }

    [Fact]
    public void A_moment_from_before_the_clock_was_known_is_corrected_once()
    {
        Entry late = Boards.Of(1, s_did) with { ClockKnown = false };
        Entry sent = Outbox.Next([late], "app", Duration.FromMinutes(3))[0];
        Assert.Equal(Boards.Noon + Duration.FromMinutes(3), sent.Did.Happened);
        Assert.Equal(sent, Outbox.Next([sent], "app", Duration.FromMinutes(9))[0]);
    }

    [Fact]
    public void Answered_operations_leave_after_seven_days_but_a_refusal_that_nobody_saw_and_all_that_waits_stay()
    {
        Instant old = Boards.Noon - Duration.FromDays(8);
        Entry[] all = [Boards.Of(1, s_did, EntryState.Accepted, old), Boards.Of(2, s_did, EntryState.Refused, old), Boards.Of(3, s_did, EntryState.Refused, old) with { Seen = true }, Boards.Of(4, s_did), Boards.Of(5, s_did, EntryState.Accepted, Boards.Noon)];
        Assert.Equal([1L, 3L], Outbox.Outlived(all, Boards.Noon));
    }

    [Fact]
    public void However_the_network_breaks_every_operation_is_done_once_and_its_first_answer_stays()
    {
        // each step sends; the hub may hear it and its answer may be lost, or both arrive, or neither
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 2].Array[1, 60]).Sample(static (count, weather) =>
        {
            IReadOnlyList<Entry> all = [.. Enumerable.Range(1, count).Select(static n => Boards.Of(n, s_did))];
            var hub = new Dictionary<long, Answer>();
            int done = 0;
            foreach (int w in weather.Append(0))
            {
                IReadOnlyList<Entry> sent = Outbox.Next(all, "app", Duration.Zero);
                all = Outbox.With(all, sent, []);
                if (w == 2) continue;
                var answers = new List<Answer>();
                foreach (Entry e in sent)
                {
                    if (!hub.TryGetValue(e.Number, out Answer? answer)) hub[e.Number] = answer = new(e.Number, done++ % 3 == 2 ? FloorAnswer.Refused : FloorAnswer.Accepted, "", "", Boards.Noon);
                    answers.Add(answer);
                }
                if (w == 0) all = Outbox.With(all, Outbox.Answered(all, answers, Boards.Noon), []);
            }
            Assert.Equal(count, done);
            Assert.All(all, e => Assert.Equal(hub[e.Number].Verdict == FloorAnswer.Accepted ? EntryState.Accepted : EntryState.Refused, e.State));
        });
    }

    [Fact]
    public void A_second_answer_changes_nothing()
    {
        Entry[] all = [Boards.Of(1, s_did, EntryState.Accepted, Boards.Noon)];
        Assert.Empty(Outbox.Answered(all, [new(1, FloorAnswer.Refused, "x", "", Boards.Noon), new(9, FloorAnswer.Accepted, "", "", Boards.Noon)], Boards.Noon));
    }
}
