using Homestretch.Exchange.Sparkplug;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

public sealed class TopicTests
{
    private static readonly Instant Now = Instant.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Theory]
    [InlineData("spBv1.0/VN1/NBIRTH/edge", MessageKind.NodeBirth)]
    [InlineData("spBv1.0/VN1/NDATA/edge", MessageKind.NodeData)]
    [InlineData("spBv1.0/VN1/NDEATH/edge", MessageKind.NodeDeath)]
    [InlineData("spBv1.0/VN1/NCMD/edge", MessageKind.NodeCommand)]
    [InlineData("spBv1.0/VN1/DBIRTH/edge/weld 3", MessageKind.DeviceBirth)]
    [InlineData("spBv1.0/VN1/DDATA/edge/weld 3", MessageKind.DeviceData)]
    [InlineData("spBv1.0/VN1/DDEATH/edge/weld 3", MessageKind.DeviceDeath)]
    [InlineData("spBv1.0/VN1/DCMD/edge/weld 3", MessageKind.DeviceCommand)]
    [InlineData("spBv1.0/STATE/hub", MessageKind.State)]
    [InlineData("spBv1.0/한국/NDATA/모터", MessageKind.NodeData)]
    public void Topics_are_read_and_written_alike(string text, MessageKind kind)
    {
        var topic = Topic.Read(text, out var finding)!;
        Assert.Null(finding);
        Assert.Equal((kind, text), (topic.Kind, topic.ToString()));
    }

    [Theory]
    [InlineData("spAv1.0/g/NDATA/n", "topic-namespace")]
    [InlineData("spbv1.0/g/NDATA/n", "topic-namespace")]
    [InlineData("", "topic-namespace")]
    [InlineData("spBv1.0", "topic-shape")]
    [InlineData("spBv1.0/g/NOPE/n", "topic-shape")]
    [InlineData("spBv1.0/g/NDATA/n/d/e", "topic-shape")]
    [InlineData("spBv1.0/g/NDATA/n/d", "topic-device")]
    [InlineData("spBv1.0/g/DDATA/n", "topic-device")]
    [InlineData("spBv1.0/g//n", "topic-id")]
    [InlineData("spBv1.0/g+/NDATA/n", "topic-id")]
    [InlineData("spBv1.0/g/NDATA/#", "topic-id")]
    public void Other_topics_are_findings(string text, string rule)
    {
        Assert.Null(Topic.Read(text, out var finding));
        Assert.Equal(rule, finding!.Rule);
    }

    [Fact]
    public void A_host_is_born_with_the_time_of_its_will_and_dies_with_its_own()
    {
        var host = new HostPresence("hub");
        Assert.Equal("spBv1.0/STATE/hub", host.Topic);
        Assert.Equal("""{"online":false,"timestamp":1700000000123}""", Text(host.Will(Now)));
        Assert.Equal("""{"online":true,"timestamp":1700000000123}""", Text(host.Birth()));
        Assert.Equal("""{"online":false,"timestamp":1700000009123}""", Text(host.Death(Now + Duration.FromSeconds(9))));
        Assert.Equal(1, HostPresence.QualityOfService);

        static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
    }

    [Fact]
    public void A_host_repeats_its_birth_when_its_own_topic_says_that_it_is_offline()
    {
        var host = new HostPresence("hub");
        var will = host.Will(Now);
        Assert.True(host.MustRepeatBirth("spBv1.0/STATE/hub", will));
        Assert.False(host.MustRepeatBirth("spBv1.0/STATE/other", will));
        Assert.False(host.MustRepeatBirth("spBv1.0/STATE/hub", host.Birth()));
    }

    [Theory]
    [InlineData("""{"timestamp":5,"more":[1,{"online":false}],"online":true}""", true)]
    [InlineData("""{"online":"true","timestamp":5}""", false)]
    [InlineData("""{"online":true}""", false)]
    [InlineData("""{"online":true,"timestamp":-1}""", false)]
    [InlineData("""{"online":true,"timestamp":1.5}""", false)]
    [InlineData("""{"online":true,"timestamp":5}x""", false)]
    [InlineData("""{"online":true,"timestamp":5""", false)]
    [InlineData("ONLINE", false)]
    [InlineData("", false)]
    public void Only_a_whole_state_is_taken(string json, bool expected)
    {
        var state = HostState.Read("t", System.Text.Encoding.UTF8.GetBytes(json), out var finding);
        Assert.Equal((expected, !expected), (state is { IsOnline: true, Milliseconds: 5 }, finding is not null));
    }
}
