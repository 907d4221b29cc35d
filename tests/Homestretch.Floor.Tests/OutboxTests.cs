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
    public void What_the_hub_names_is_at_fault_and_nothing_goes_past_it_until_a_person_leaves_it_out()
    {
        IReadOnlyList<Entry> all = [.. Enumerable.Range(1, 5).Select(static n => Boards.Of(n, s_did))];
        var (faulty, most) = Outbox.Blamed(Outbox.Next(all, "app", Duration.Zero), [(3, "Too long."), (9, "No such place."), (3, "Again.")], "Refused");
        Assert.Equal((3L, "Too long.", Outbox.Most), (Assert.Single(faulty).Number, faulty[0].Fault, most));
        all = Outbox.With(all, faulty, []);
        Assert.Equal([1L, 2L], Outbox.Next(all, "app", Duration.Zero).Select(static e => e.Number));
        Entry left = Outbox.LeftOut(all[2], Boards.Noon);
        Assert.Equal((EntryState.Refused, Outbox.LeftOutRule, "Too long.", true), (left.State, left.Rule, left.Said, left.Open));
        Assert.Equal(s_did, left.Did);
        Assert.Equal([1L, 2L, 4L, 5L], Outbox.Next(Outbox.With(all, [left], []), "app", Duration.Zero).Select(static e => e.Number));
        Assert.Empty(Outbox.Outlived([left], Boards.Noon + Duration.FromDays(30)));
        Assert.Equal([3L], Outbox.Outlived([left with { Seen = true }], Boards.Noon + Duration.FromDays(30)));
    }

    [Fact]
    public void A_hub_that_does_not_say_which_is_asked_with_half_as_many_until_it_is_found_and_all_others_are_done_once() => Gen.Select(Gen.Int[1, 150], Gen.Int[1, 150].HashSet[0, 4]).Sample(static (count, bad) =>
    {
        IReadOnlyList<Entry> all = [.. Enumerable.Range(1, count).Select(static n => Boards.Of(n, s_did))];
        var done = new List<long>();
        int most = Outbox.Most, tries = 0, found = 0;
        while (all.Any(static e => e.State == EntryState.Waiting))
        {
            while (Outbox.Next(all, "app", Duration.Zero, most) is { Count: > 0 } next)
            {
                tries++;
                if (!next.Any(e => bad.Contains((int)e.Number)))
                {
                    done.AddRange(next.Select(static e => e.Number));
                    all = Outbox.With(all, Outbox.Answered(all, next.Select(static e => new Answer(e.Number, FloorAnswer.Accepted, "", "", Boards.Noon)), Boards.Noon), []);
                    continue;
                }
                (IReadOnlyList<Entry> faulty, most) = Outbox.Blamed(next, [], "Refused");
                all = Outbox.With(all, faulty, []);
            }
            foreach (Entry e in all.Where(static e => e.Fault.Length > 0).ToArray())
            {
                Assert.Contains((int)e.Number, bad);
                found++;
                all = Outbox.With(all, [Outbox.LeftOut(e, Boards.Noon)], []);
            }
        }
        Assert.Equal(bad.Count(b => b <= count), found);
        Assert.Equal(Enumerable.Range(1, count).Where(n => !bad.Contains(n)).Select(static n => (long)n), done);
        // 7 halvings and, on the way there, at most as many halves that are taken, for each; and what goes through whole
        Assert.InRange(tries, 0, found * 15 + 3);
    });

    [Fact]
    public void A_second_answer_changes_nothing()
    {
        Entry[] all = [Boards.Of(1, s_did, EntryState.Accepted, Boards.Noon)];
        Assert.Empty(Outbox.Answered(all, [new(1, FloorAnswer.Refused, "x", "", Boards.Noon), new(9, FloorAnswer.Accepted, "", "", Boards.Noon)], Boards.Noon));
    }
}
