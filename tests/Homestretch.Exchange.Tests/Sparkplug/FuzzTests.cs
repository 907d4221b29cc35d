using System.Runtime.InteropServices;
using Google.Protobuf;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Exchange.Tests.Oracle;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>Broken payloads: nothing thrown, nothing read past the end, nothing taken that the generated parser refuses.
/// More rounds by command: SPARKPLUG_FUZZ=10000000 in the environment.</summary>
public sealed class FuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SPARKPLUG_FUZZ"), out var rounds) ? rounds : 300_000;

    [Fact]
    public void Broken_payloads_are_findings_and_what_we_take_the_generated_parser_takes_alike()
    {
        var mutations = new Mutations(11);
        var payload = new Payload();
        var (taken, refused) = (0, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = mutations.Next();
            var isWhole = payload.Read(bytes, out var fault);
            mutations.Learn(bytes, payload, fault);
            if (isWhole)
            {
                taken++;
                OracleTests.AssertSame(OraclePayload.Parser.ParseFrom(bytes), payload, bytes);
                ReadDeep(payload, bytes);
            }
            else
            {
                refused++;
                Assert.InRange(fault.Offset, 0, bytes.Length);
                Assert.NotEmpty(fault.ToFinding("t").What);
                Assert.Equal(0, payload.Metrics.Length);
                if (!IsOurOwnRule(fault.Fault)) Assert.ThrowsAny<InvalidProtocolBufferException>(() => OraclePayload.Parser.ParseFrom(bytes));
            }
        }
        Assert.True(taken > Rounds / 20 && refused > Rounds / 4 && mutations.Behaviours > 500, $"{taken} taken, {refused} refused, {mutations.Behaviours} behaviours");
    }

    [Fact]
    public void Payloads_that_end_at_an_unreadable_page_are_never_read_past_their_end()
    {
        using var page = new GuardedPage();
        var mutations = new Mutations(12);
        var payload = new Payload();
        for (var i = 0; i < Rounds / 3; i++)
        {
            var bytes = mutations.Next();
            var guarded = page.AtEnd(bytes);
            var alike = payload.Read(guarded, out var fault);
            if (alike) ReadDeep(payload, guarded);
            Assert.Equal((alike, fault), (payload.Read(bytes, out var again), again));
            mutations.Learn(bytes, payload, fault);
        }
    }

    [Fact]
    public void A_session_under_broken_messages_never_throws_and_still_takes_a_birth()
    {
        var (random, mutations) = (new Random(13), new Mutations(13));
        var session = new HostSession(HostPolicy.Default with { ReorderTimeout = Duration.FromSeconds(1), MaxNodes = 20 });
        string[] kinds = ["NBIRTH", "NDATA", "NDEATH", "DBIRTH", "DDATA", "DDEATH", "NCMD", "STATE"];
        var now = Instant.FromUnixTimeSeconds(1_700_000_000);
        for (var i = 0; i < Rounds / 3; i++)
        {
            now += Duration.FromMilliseconds(random.Next(50));
            var kind = kinds[random.Next(kinds.Length)];
            var topic = $"spBv1.0/g{random.Next(3)}/{kind}/n{random.Next(9)}{(kind[0] == 'D' ? "/d" + random.Next(3) : "")}";
            session.Apply(topic, mutations.Next(), now);
            while (session.Next(now, out _)) { }
        }
        Assert.True(session.Counters.Of(Cause.Malformed) > 0 && session.Counters.Of(Cause.NodeUnborn) > 0);
        var edge = new EdgeSession("g0", "n0");
        edge.Connect(now);
        foreach (var birth in edge.Births(now)) Assert.Equal(Verdict.Accepted, session.Apply(birth.Topic, birth.Payload, now).Verdict);
    }

    [Fact]
    public void Host_states_and_topics_of_random_text_never_throw()
    {
        var random = new Random(14);
        byte[] state = new HostState(true, 1_700_000_000_000).ToBytes();
        for (var i = 0; i < Rounds / 3; i++)
        {
            var bytes = state.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var read = HostState.Read("t", bytes.AsSpan(0, random.Next(bytes.Length + 1)), out var finding);
            Assert.Equal(read is null, finding is not null);
            var topic = System.Text.Encoding.Latin1.GetString(bytes).Replace('"', '/');
            Assert.Equal(Topic.Read(topic, out var wrong) is null, wrong is not null);
        }
    }

    [Theory]
    [InlineData("0A", Fault.WrongWireType)]
    [InlineData("08", Fault.Truncated)]
    [InlineData("08FFFFFFFFFFFFFFFFFFFF01", Fault.BadVarint)]
    [InlineData("00", Fault.BadTag)]
    [InlineData("1205", Fault.BadLength)]
    [InlineData("3300", Fault.Group)]
    [InlineData("12030A01FF", Fault.NotUtf8)]
    [InlineData("12068A01008A0100", Fault.RepeatedField)]
    [InlineData("12036901", Fault.BadLength)]
    [InlineData("12026901", Fault.Truncated)]
    public void Each_fault_has_its_name(string hex, Fault expected)
    {
        Assert.False(new Payload().Read(Convert.FromHexString(hex), out var fault));
        Assert.Equal(expected, fault.Fault);
    }

    [Fact]
    public void Limits_bind()
    {
        var limits = new PayloadLimits(MaxBytes: 200, MaxMetrics: 3, MaxDepth: 4, MaxNameBytes: 5);
        var payload = new Payload();
        Assert.Equal(Fault.TooLong, FaultOf(new byte[201]));
        Assert.Equal(Fault.TooManyMetrics, FaultOf([0x12, 0, 0x12, 0, 0x12, 0, 0x12, 0]));
        Assert.Equal(Fault.NameTooLong, FaultOf(PayloadWriter.Write(1, [new("123456", 1, SparkplugType.Boolean, MetricValue.Of(true))], 0)));
        var nested = new OracleTemplate();
        for (var i = 0; i < 5; i++) nested = new OracleTemplate { Metrics = { new OracleMetric { TemplateValue = nested } } };
        Assert.Equal(Fault.TooDeep, FaultOf(new OraclePayload { Metrics = { new OracleMetric { TemplateValue = nested } } }.ToByteArray()));

        Fault FaultOf(byte[] bytes) => payload.Read(bytes, limits, out var fault) ? Fault.None : fault.Fault;
    }

    [Fact]
    public void A_thousand_levels_of_nesting_are_refused_without_a_deep_stack()
    {
        var set = new OraclePropertySet();
        for (var i = 0; i < 1_000; i++) set = new OraclePropertySet { Values = { new OracleProperty { PropertysetValue = set } } };
        Assert.Null(PropertySet.Read(set.ToByteArray(), out var fault));
        Assert.Equal(Fault.TooDeep, fault);
    }

    private static void ReadDeep(Payload payload, ReadOnlySpan<byte> bytes)
    {
        foreach (ref readonly var metric in payload.Metrics)
        {
            MetricValue.TryRead(metric, (SparkplugType)(metric.Type % 35), bytes, out _);
            PropertySet.Read(metric.Properties.Of(bytes), out _);
            PropertySet.TryQuality(metric.Properties.Of(bytes), out _);
            DataSet.Read(metric.Bytes.Of(bytes), out _);
            Template.Read(metric.Bytes.Of(bytes), out _);
            for (var type = SparkplugType.Int8Array; type <= SparkplugType.DateTimeArray; type++)
            {
                var count = PackedArray.Count(type, metric.Bytes.Of(bytes));
                for (var i = 0; i < Math.Min(count, 100); i++) PackedArray.Element(type, metric.Bytes.Of(bytes), i);
                if (type == SparkplugType.StringArray && count >= 0) Assert.Equal(count, PackedArray.Strings(metric.Bytes.Of(bytes)).Length);
            }
        }
    }

    /// <summary>Rules that bind our decoder and not the generated one, or that it reports later.</summary>
    private static bool IsOurOwnRule(Fault fault) => fault is Fault.WrongWireType or Fault.NotUtf8 or Fault.RepeatedField or Fault.TooDeep or Fault.TooManyMetrics
        or Fault.NameTooLong or Fault.Group or Fault.BadTag or Fault.BadLength or Fault.BadVarint;

    /// <summary>Memory whose end is followed by a page that may not be read: one byte too far ends the process.</summary>
    private sealed class GuardedPage : IDisposable
    {
        private const int Size = 64 * 1024, Page = 4096;
        private readonly nint start = mmap(0, Size + Page, 3, 0x22, -1, 0);

        public GuardedPage()
        {
            Assert.NotEqual(-1, start);
            Assert.Equal(0, mprotect(start + Size, Page, 0));
        }

        public unsafe ReadOnlySpan<byte> AtEnd(ReadOnlySpan<byte> bytes)
        {
            var place = new Span<byte>((void*)(start + Size - bytes.Length), bytes.Length);
            bytes.CopyTo(place);
            return place;
        }

        public void Dispose() => Assert.Equal(0, munmap(start, Size + Page));

        [DllImport("libc")] private static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);
        [DllImport("libc")] private static extern int mprotect(nint address, nint length, int protection);
        [DllImport("libc")] private static extern int munmap(nint address, nint length);
    }
}
