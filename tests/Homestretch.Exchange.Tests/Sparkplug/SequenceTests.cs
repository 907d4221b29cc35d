using CsCheck;
using Homestretch.Exchange.Sparkplug;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>Sequence, reordering and rebirth: what holds for every loss and every order.</summary>
public sealed class SequenceTests
{
    private static readonly HostPolicy AtOnce = HostPolicy.Default with { RebirthSpread = Duration.Zero };
    private static readonly HostPolicy Reordering = AtOnce with { ReorderTimeout = Duration.FromSeconds(2) };

    [Fact]
    public void Sequence_numbers_wrap_at_255_without_a_loss()
    {
        var edge = new Edge().Born();
        for (var i = 1; i <= 1_000; i++) Assert.Equal(Verdict.Accepted, edge.Send(edge.Produce(i)));
        Assert.Equal((0, 0), (edge.Host.Counters.Lost, edge.Rebirths.Count));
    }

    [Fact]
    public void Every_lost_message_is_counted_once() =>
        Gen.Bool.Array[1, 400].Where(sent => sent[^1] && !HasLongRun(sent)).Sample(sent =>
        {
            var edge = new Edge().Born();
            for (var i = 0; i < sent.Length; i++)
            {
                var message = edge.Produce(i + 1);
                if (sent[i]) edge.Send(message);
            }
            Assert.Equal(sent.Count(s => !s), edge.Host.Counters.Lost);
            Assert.Equal(2 + sent.Count(s => s), edge.Host.Counters.Accepted);
        }, iter: 200, seed: "0000000000001");

    [Fact]
    public void Within_the_reorder_time_any_order_of_a_few_messages_reads_as_sent() =>
        Gen.Shuffle(Enumerable.Range(0, 6).ToArray()).Sample(order =>
        {
            var edge = new Edge(Reordering).Born();
            var messages = Enumerable.Range(1, 6).Select(i => edge.Produce(i)).ToArray();
            List<double> seen = [];
            foreach (var i in order)
            {
                Collect(edge.Host.Apply(messages[i].Topic, messages[i].Payload, edge.Now));
                while (edge.Host.Next(edge.Now, out var outcome)) Collect(outcome);
            }
            Assert.Equal([1, 2, 3, 4, 5, 6], seen);
            Assert.Equal((0, 0), (edge.Host.Counters.Lost, edge.Host.Counters.RebirthsRequested));

            void Collect(Outcome outcome)
            {
                foreach (var reading in outcome.Readings) seen.Add(reading.Value.Number);
            }
        }, iter: 200, seed: "0000000000001");

    [Fact]
    public void When_the_reorder_time_runs_out_the_waiting_are_taken_marked_and_a_birth_is_asked_for()
    {
        var edge = new Edge(Reordering).Born();
        edge.Produce(1);
        Assert.Equal(Verdict.Waiting, edge.Send(edge.Produce(2)));
        edge.Wait(Duration.FromSeconds(1.9));
        Assert.Empty(edge.Rebirths);
        edge.Wait(Duration.FromSeconds(0.2));
        Assert.Equal([Cause.Gap], edge.Rebirths);
        Assert.Equal((2, ReadingMarks.AfterGap), (edge.LastReadings[0].Number, edge.LastReadings[0].Marks));
        Assert.Equal(1, edge.Host.Counters.Lost);
        Assert.False(edge.Host.Next(edge.Now, out _));
    }

    [Fact]
    public void The_waiting_are_bounded()
    {
        var edge = new Edge(Reordering with { MaxWaiting = 4 }).Born();
        edge.Produce(0);
        for (var i = 1; i <= 5; i++) edge.Send(edge.Produce(i));
        Assert.Equal((1, 7), (edge.Host.Counters.Lost, edge.Host.Counters.Accepted));
    }

    [Fact]
    public void Rebirths_are_asked_for_with_doubling_pauses_until_the_node_is_born()
    {
        var edge = new Edge();
        var start = edge.Now;
        List<double> asked = [];
        while (edge.Now < start + Duration.FromMinutes(2))
        {
            edge.Send("spBv1.0/VN1/NDATA/edge", PayloadWriter.Write(1, [], 9));
            if (edge.Rebirths.Count > asked.Count) asked.Add((edge.Now - start).TotalSeconds);
            edge.Wait(Duration.FromSeconds(1));
            if (edge.Rebirths.Count > asked.Count) asked.Add((edge.Now - start).TotalSeconds);
        }
        Assert.Equal([0, 5, 15, 35, 75], asked.Select(second => Math.Round(second)));
        Assert.Equal(5, edge.Host.Counters.RebirthsFor(Cause.NodeUnborn));
    }

    [Fact]
    public void A_request_that_was_lost_is_repeated_without_any_message_until_the_node_is_born_or_dies()
    {
        var edge = new Edge().Born();
        edge.Produce(1);
        edge.Send(edge.Produce(2));
        for (var second = 0; second < 20; second++) edge.Wait(Duration.FromSeconds(1));
        Assert.Equal([Cause.Gap, Cause.Gap, Cause.Gap], edge.Rebirths);
        foreach (var birth in edge.Session.Births(edge.Now)) edge.Send(birth);
        edge.Wait(Duration.FromHours(1));
        Assert.Equal(3, edge.Rebirths.Count);

        edge.Produce(3);
        edge.Send(edge.Produce(4));
        edge.Send(edge.Will);
        edge.Wait(Duration.FromHours(1));
        Assert.Equal(4, edge.Rebirths.Count);
    }

    [Fact]
    public void A_node_that_behaves_for_the_length_of_its_pause_is_asked_at_once_the_next_time()
    {
        var edge = new Edge().Born();
        for (var round = 0; round < 2; round++)
        {
            edge.Produce(1);
            edge.Send(edge.Produce(2));
            Assert.Equal(round + 1, edge.Rebirths.Count);
            foreach (var birth in edge.Session.Births(edge.Now)) edge.Send(birth);
            edge.Wait(Duration.FromSeconds(6));
            Assert.Equal(Verdict.Accepted, edge.Send(edge.Produce(3)));
        }
    }

    [Fact]
    public void A_node_that_dies_unborn_is_asked_no_more()
    {
        var edge = new Edge();
        var will = edge.Session.Connect(edge.Now);
        edge.Send("spBv1.0/VN1/NDATA/edge", PayloadWriter.Write(1, [], 9));
        Assert.Equal(Verdict.Ignored, edge.Send(will));
        edge.Wait(Duration.FromHours(1));
        Assert.Equal([Cause.NodeUnborn], edge.Rebirths);
    }

    [Fact]
    public void First_requests_to_many_nodes_are_spread_over_time_and_each_is_sent_once()
    {
        var host = new HostSession(HostPolicy.Default with { RebirthSpread = Duration.FromSeconds(10), RebirthBackOff = Duration.FromHours(1) });
        var now = Instant.FromUnixTimeSeconds(1_700_000_000);
        for (var i = 0; i < 1_000; i++) host.Apply($"spBv1.0/g/NDATA/node {i * 7919}", PayloadWriter.Write(1, [], 9), now);
        List<int> perSecond = [];
        for (var second = 0; second <= 11; second++, now += Duration.FromSeconds(1))
        {
            var sent = 0;
            while (host.Next(now, out var outcome)) sent += outcome.Rebirth is null ? 0 : 1;
            perSecond.Add(sent);
        }
        Assert.Equal(1_000, perSecond.Sum());
        Assert.All(perSecond.Skip(1).Take(9), n => Assert.InRange(n, 40, 200));
    }

    [Fact]
    public void The_same_messages_at_the_same_times_give_the_same_outcomes()
    {
        Assert.Equal(Run(), Run());

        static string Run()
        {
            var (random, edge, log) = (new Random(5), new Edge(Reordering), new List<string>());
            edge.Born();
            for (var i = 0; i < 2_000; i++)
            {
                edge.Wait(Duration.FromMilliseconds(random.Next(400)));
                var message = edge.Produce(i + 1);
                if (random.Next(10) > 0) log.Add($"{edge.Send(message)}");
                if (random.Next(100) == 0) foreach (var birth in edge.Session.Births(edge.Now)) edge.Send(birth);
                log.Add($"{edge.Rebirths.Count} {edge.Host.Counters.Lost} {edge.LastReadings.Count}");
            }
            return string.Join('\n', log);
        }
    }

    private static bool HasLongRun(bool[] sent) => string.Concat(sent.Select(s => s ? 'x' : '-')).Contains(new string('-', 120), StringComparison.Ordinal);
}
