using Homestretch.Exchange.Sparkplug;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>Broken messages to a session with a born node: none throws, none costs much, and none that is refused leaves a trace beyond
/// the counters.</summary>
public sealed class SessionFuzzTests
{
    private const int Rounds = 100_000;

    [Fact]
    public void A_malformed_message_leaves_the_session_as_it_was()
    {
        var edge = new Edge().Born();
        var mutations = new Mutations(31, Messages(edge));
        string[] topics = ["spBv1.0/VN1/DDATA/edge/weld", "spBv1.0/VN1/DBIRTH/edge/weld", "spBv1.0/VN1/NDATA/edge", "spBv1.0/VN1/NBIRTH/edge", "spBv1.0/VN1/NDEATH/edge", "spBv1.0/VN1/DDEATH/edge/weld"];
        var (random, payload, malformed) = (new Random(32), new Payload(), 0);
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = mutations.Next();
            var isWhole = payload.Read(bytes, out var fault);
            mutations.Learn(bytes, payload, fault);
            var before = Trace(edge.Host);
            var outcome = edge.Host.Apply(topics[random.Next(topics.Length)], bytes, edge.Now);
            if (isWhole) continue;
            malformed++;
            Assert.Equal((Verdict.Refused, Cause.Malformed, 0, 0), (outcome.Verdict, outcome.Cause, outcome.Readings.Length, outcome.Changes.Length));
            Assert.Equal(before, Trace(edge.Host));
        }
        Assert.True(malformed > Rounds / 4 && edge.Host.Counters.Of(Cause.Malformed) == malformed, $"{malformed} malformed");
    }

    [Fact]
    public void A_refused_message_of_any_cause_gives_no_readings_and_leaves_metrics_and_births()
    {
        var edge = new Edge().Born();
        var mutations = new Mutations(33, Messages(edge));
        var (payload, byCause) = (new Payload(), new Dictionary<Cause, int>());
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = mutations.Next();
            payload.Read(bytes, out var fault);
            mutations.Learn(bytes, payload, fault);
            var before = Metrics(edge.Host);
            var outcome = edge.Host.Apply("spBv1.0/VN1/DDATA/edge/weld", bytes, edge.Now);
            if (outcome.Verdict != Verdict.Refused) continue;
            byCause[outcome.Cause] = byCause.GetValueOrDefault(outcome.Cause) + 1;
            Assert.Equal(0, outcome.Readings.Length);
            Assert.NotEmpty(outcome.Finding!.Cure);
            Assert.Equal(before, Metrics(edge.Host));
        }
        Assert.All([Cause.Malformed, Cause.UnknownAlias, Cause.UnknownName, Cause.WrongType, Cause.BadSequence, Cause.Repeated, Cause.BadTime],
            cause => Assert.True(byCause.ContainsKey(cause), $"{cause} was not met; {string.Join(", ", byCause)}"));
    }

    // the runtime may allocate on our thread while it compiles; what reading allocates it allocates each time
    [Fact]
    public void Reading_broken_payloads_allocates_nothing() => Assert.Contains(0, Enumerable.Range(0, 3).Select(static _ => Allocated()));

    private static long Allocated()
    {
        var (mutations, payload, limits) = (new Mutations(34), new Payload(), new PayloadLimits(MaxMetrics: 64));
        var allocated = 0L;
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = mutations.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            payload.Read(bytes, limits, out var fault);
            if (i > 100) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            mutations.Learn(bytes, payload, fault);
        }
        return allocated;
    }

    [Fact]
    public void A_refusal_costs_no_more_than_its_words_and_a_payload_of_a_million_metrics_no_more_than_the_limit()
    {
        var edge = new Edge().Born();
        var mutations = new Mutations(35, Messages(edge));
        var (payload, most) = (new Payload(), 0L);
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = mutations.Next();
            payload.Read(bytes, out var fault);
            mutations.Learn(bytes, payload, fault);
            var before = GC.GetAllocatedBytesForCurrentThread();
            edge.Host.Apply("spBv1.0/VN1/DDATA/edge/weld", bytes, edge.Now);
            if (i > 100) most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.InRange(most, 1, 64 * 1024);

        byte[] million = [.. Enumerable.Repeat<byte[]>([0x12, 0x00], 1_000_000).SelectMany(b => b)];
        var start = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Cause.Malformed, edge.Host.Apply("spBv1.0/VN1/DDATA/edge/weld", million, edge.Now).Cause);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 1, 3L * PayloadLimits.Default.MaxMetrics * System.Runtime.CompilerServices.Unsafe.SizeOf<Metric>());
    }

    private static IEnumerable<byte[]> Messages(Edge edge)
    {
        foreach (var birth in edge.Session.Births(edge.Now)) yield return birth.Payload;
        yield return edge.Will.Payload;
        for (var i = 0; i < 100; i++)
        {
            edge.Rate.Set(MetricValue.Of(i * 0.5), edge.Now, i % 3 == 0 ? Quality.Bad : Quality.Good);
            if (i % 2 == 0) edge.State.Set($"State {i}", edge.Now);
            yield return edge.Produce(i + 1).Payload;
        }
    }

    private static string Trace(HostSession session)
    {
        var node = session.Nodes.Single();
        var c = session.Counters;
        return $"{node.ExpectedSequence} {node.IsAfterGap} {node.BirthDeathSequence} {node.Waiting.Count} {node.DevicesAwaitBirth} {node.Rebirth.Due} {c.Accepted} {c.Readings} {c.Lost} {c.RebirthsRequested} {Metrics(session)}";
    }

    private static string Metrics(HostSession session)
    {
        var node = session.Nodes.Single();
        return string.Join(' ', node.Devices.Prepend(node.Self).Select(d => $"{d.Name} {d.IsOnline} {d.Since} " + string.Join(' ', d.Metrics.Select(m => $"{m.Alias}{m.Type}{m.Quality}"))));
    }
}
