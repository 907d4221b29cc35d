using Google.Protobuf;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Exchange.Tests.Oracle;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>What our edge sends, read by the generated parser.</summary>
public sealed class EdgeSessionTests
{
    private static OraclePayload Read(EdgeMessage message) => OraclePayload.Parser.ParseFrom(message.Payload);

    [Fact]
    public void The_will_holds_bdSeq_alone_and_no_sequence_number()
    {
        var edge = new Edge();
        var will = edge.Session.Connect(edge.Now);
        Assert.Equal("spBv1.0/VN1/NDEATH/edge", will.Topic);
        var metric = Assert.Single(Read(will).Metrics);
        Assert.Equal(("bdSeq", (uint)SparkplugType.Int64, 0UL, false), (metric.Name, metric.Datatype, metric.LongValue, Read(will).HasSeq));
    }

    [Fact]
    public void BdSeq_begins_at_zero_grows_with_each_connection_wraps_at_255_and_is_in_birth_and_death_alike()
    {
        var edge = new Edge();
        for (var i = 0; i < 260; i++)
        {
            var will = Read(edge.Session.Connect(edge.Now));
            var births = edge.Session.Births(edge.Now);
            Assert.Equal((ulong)(i & 255), will.Metrics[0].LongValue);
            Assert.Equal((ulong)(i & 255), Read(births[0]).Metrics.Single(m => m.Name == "bdSeq").LongValue);
            Assert.Equal(will.Metrics[0].LongValue, Read(edge.Session.NodeDeath(edge.Now)).Metrics[0].LongValue);
        }
        Assert.Equal(4UL, Read(new EdgeSession("g", "n", null, 3).Connect(edge.Now)).Metrics[0].LongValue);
    }

    [Fact]
    public void The_node_birth_comes_first_with_sequence_zero_time_and_the_rebirth_metric_without_alias()
    {
        var edge = new Edge();
        edge.Session.Connect(edge.Now);
        var births = edge.Session.Births(edge.Now);
        Assert.Equal(["spBv1.0/VN1/NBIRTH/edge", "spBv1.0/VN1/DBIRTH/edge/weld"], births.Select(b => b.Topic));
        var birth = Read(births[0]);
        Assert.Equal((0UL, true, (ulong)edge.Now.ToUnixTimeMilliseconds()), (birth.Seq, birth.HasSeq, birth.Timestamp));
        var rebirth = birth.Metrics.Single(m => m.Name == "Node Control/Rebirth");
        Assert.Equal(((uint)SparkplugType.Boolean, false, false), (rebirth.Datatype, rebirth.BooleanValue, rebirth.HasAlias));
        Assert.Equal(1UL, Read(births[1]).Seq);
    }

    [Fact]
    public void Births_hold_every_metric_with_name_alias_type_time_and_value_or_null()
    {
        var edge = new Edge();
        edge.Rate.Set(MetricValue.Of(12.5), edge.Now);
        edge.Session.Connect(edge.Now);
        var birth = Read(edge.Session.Births(edge.Now)[1]);
        Assert.Equal(edge.Weld.Metrics.Select(m => m.Name), birth.Metrics.Select(m => m.Name));
        Assert.All(birth.Metrics, m => Assert.True(m.HasAlias && m.HasDatatype && m.HasTimestamp && m.IsNull == (m.ValueCase == OracleMetric.ValueOneofCase.None)));
        Assert.Equal(12.5, birth.Metrics[0].DoubleValue);
        Assert.True(birth.Metrics[1].IsNull);
    }

    [Fact]
    public void Aliases_are_unique_in_the_whole_edge_node()
    {
        var edge = new Edge();
        var press = edge.Session.AddDevice("press");
        press.Add(MachineMetricNames.Rate, SparkplugType.Double);
        edge.Session.Connect(edge.Now);
        var aliases = edge.Session.Births(edge.Now).SelectMany(b => Read(b).Metrics).Where(m => m.HasAlias).Select(m => m.Alias).ToArray();
        Assert.Equal(4, aliases.Distinct().Count());
        Assert.Equal(4, aliases.Length);
    }

    [Fact]
    public void Data_hold_what_changed_by_alias_alone_in_order_of_time()
    {
        var edge = new Edge().Born();
        edge.Produced.Set(MetricValue.Of(3L), edge.Now + Duration.FromSeconds(2));
        edge.Rate.Set(MetricValue.Of(9.0), edge.Now + Duration.FromSeconds(3));
        edge.State.Set("Idle", edge.Now + Duration.FromSeconds(1));
        var message = edge.Session.Data(edge.Weld, edge.Now + Duration.FromSeconds(4))!;
        Assert.Equal("spBv1.0/VN1/DDATA/edge/weld", message.Topic);
        var data = Read(message);
        Assert.Equal([edge.State.Alias, edge.Produced.Alias, edge.Rate.Alias], data.Metrics.Select(m => (ulong?)m.Alias));
        Assert.All(data.Metrics, m => Assert.False(m.HasName || m.HasDatatype || !m.HasTimestamp));
        Assert.True(data.HasTimestamp);
        Assert.Null(edge.Session.Data(edge.Weld, edge.Now));
        edge.Rate.Set(MetricValue.Of(9.0), edge.Now + Duration.FromSeconds(5));
        Assert.Null(edge.Session.Data(edge.Weld, edge.Now));
    }

    [Fact]
    public void Node_data_hold_what_changed_since_the_birth_or_the_last_data_in_order_of_time()
    {
        var edge = new Edge();
        EdgeMetric load = edge.Session.Node.Add("Load", SparkplugType.Double), disk = edge.Session.Node.Add("Disk", SparkplugType.Int64);
        load.Set(MetricValue.Of(0.5), edge.Now);
        edge.Born();
        Assert.Null(edge.Session.Data(edge.Session.Node, edge.Now));
        disk.Set(MetricValue.Of(7L), edge.Now + Duration.FromSeconds(2));
        load.Set(MetricValue.Of(0.6), edge.Now + Duration.FromSeconds(1));
        Assert.Equal([load.Alias, disk.Alias], Read(edge.Session.Data(edge.Session.Node, edge.Now)!).Metrics.Select(m => (ulong?)m.Alias));
        Assert.Null(edge.Session.Data(edge.Session.Node, edge.Now));
    }

    [Fact]
    public void Each_message_counts_the_sequence_on_through_births_data_and_device_deaths()
    {
        var edge = new Edge();
        var node = edge.Session.Node.Add("Load", SparkplugType.Double);
        edge.Session.Connect(edge.Now);
        var messages = edge.Session.Births(edge.Now).ToList();
        for (var i = 0; i < 300; i++) messages.Add(edge.Produce(i + 1));
        node.Set(MetricValue.Of(0.5), edge.Now);
        messages.Add(edge.Session.Data(edge.Session.Node, edge.Now)!);
        messages.Add(edge.Session.DeviceDeath(edge.Weld, edge.Now)!);
        messages.Add(edge.Session.DeviceBirth(edge.Weld, edge.Now)!);
        Assert.Equal(["NDATA", "DDEATH", "DBIRTH"], messages.TakeLast(3).Select(m => m.Topic.Split('/')[2]));
        for (var i = 0; i < messages.Count; i++) Assert.Equal((ulong)(i & 255), Read(messages[i]).Seq);
        Assert.All(messages, m => Assert.True(Read(m).HasSeq && Read(m).HasTimestamp));
    }

    [Fact]
    public void A_dead_device_and_an_unborn_node_send_no_data()
    {
        var edge = new Edge();
        edge.Produced.Set(MetricValue.Of(1L), edge.Now);
        Assert.Null(edge.Session.Data(edge.Weld, edge.Now));
        Assert.Throws<InvalidOperationException>(() => edge.Session.Births(edge.Now));
        edge.Session.Connect(edge.Now);
        Assert.Null(edge.Session.DeviceBirth(edge.Weld, edge.Now));
        edge.Session.Births(edge.Now);
        edge.Session.DeviceDeath(edge.Weld, edge.Now);
        Assert.Null(edge.Session.DeviceDeath(edge.Weld, edge.Now));
        Assert.Null(edge.Session.Data(edge.Weld, edge.Now));
    }

    [Fact]
    public void A_rebirth_request_is_an_ncmd_without_sequence_that_makes_our_edge_give_its_births_with_the_same_bdSeq()
    {
        var edge = new Edge().Born();
        var node = edge.Device!.Node;
        var (topic, payload) = (RebirthCommand.Topic(node), RebirthCommand.Payload(edge.Now));
        Assert.Equal("spBv1.0/VN1/NCMD/edge", topic);
        Assert.Equal(edge.Session.CommandTopic, topic);
        var command = OraclePayload.Parser.ParseFrom(payload);
        Assert.Equal((false, true, "Node Control/Rebirth", true), (command.HasSeq, command.HasTimestamp, command.Metrics[0].Name, command.Metrics[0].BooleanValue));
        Assert.Equal(EdgeAction.PublishBirths, edge.Session.Command(topic, payload, out _, out var finding));
        Assert.Null(finding);
        edge.Produced.Set(MetricValue.Of(2L), edge.Now);
        Assert.Null(edge.Session.Data(edge.Weld, edge.Now));
        var births = edge.Session.Births(edge.Now);
        Assert.Equal((0UL, 0UL), (Read(births[0]).Seq, Read(births[0]).Metrics[0].LongValue));
        foreach (var birth in births) Assert.Equal(Verdict.Accepted, edge.Send(birth));
    }

    [Fact]
    public void Commands_write_metrics_that_the_births_name_and_nothing_else()
    {
        var edge = new Edge().Born();
        Assert.Equal(12.5, Assert.Single(Writes(edge.Rate.Alias, SparkplugType.Double, MetricValue.Of(12.5))).Value.Number);
        Assert.Empty(Writes(99, SparkplugType.Double, MetricValue.Of(12.5)));
        Assert.Empty(Writes(edge.Rate.Alias, SparkplugType.Boolean, MetricValue.Of(true)));
        Assert.Equal(EdgeAction.None, edge.Session.Command("spBv1.0/VN1/DCMD/edge/nope", [], out _, out var finding));
        Assert.NotNull(finding);

        IReadOnlyList<EdgeWrite> Writes(ulong? alias, SparkplugType type, MetricValue value)
        {
            edge.Session.Command("spBv1.0/VN1/DCMD/edge/weld", PayloadWriter.Write(1, [new(null, alias, type, value, null, false)], null), out var writes, out _);
            return writes;
        }
    }

    [Fact]
    public void An_edge_with_a_primary_host_waits_for_it_and_leaves_with_it_but_not_for_old_news()
    {
        var edge = new EdgeSession("VN1", "edge", "hub");
        Assert.False(edge.PrimaryHostIsOnline);
        Assert.Equal(EdgeAction.None, Says("other", true, 100));
        Assert.Equal(EdgeAction.None, Says("hub", false, 100));
        Assert.Equal(EdgeAction.PublishBirths, Says("hub", true, 100));
        Assert.Equal(EdgeAction.None, Says("hub", false, 99));
        Assert.True(edge.PrimaryHostIsOnline);
        Assert.Equal(EdgeAction.Disconnect, Says("hub", false, 101));
        Assert.False(edge.PrimaryHostIsOnline);
        Assert.True(new EdgeSession("VN1", "edge").PrimaryHostIsOnline);

        EdgeAction Says(string host, bool online, long at) => edge.HostSays($"spBv1.0/STATE/{host}", new HostState(online, at).ToBytes(), out _);
    }

    [Fact]
    public void What_a_primary_host_said_on_the_last_connection_does_not_count_on_the_next()
    {
        var edge = new EdgeSession("VN1", "edge", "hub");
        var now = Instant.FromUnixTimeSeconds(1_700_000_000);
        edge.Connect(now);
        Assert.Throws<InvalidOperationException>(() => edge.Births(now));
        Assert.Equal(EdgeAction.PublishBirths, Says(true, 100));
        Assert.Single(edge.Births(now));
        edge.Connect(now);
        Assert.Throws<InvalidOperationException>(() => edge.Births(now));
        Assert.Equal(EdgeAction.PublishBirths, Says(true, 90));
        Assert.Single(edge.Births(now));

        EdgeAction Says(bool online, long at) => edge.HostSays("spBv1.0/STATE/hub", new HostState(online, at).ToBytes(), out _);
    }

    [Fact]
    public void A_lost_device_stays_out_of_the_births_until_it_is_back()
    {
        var edge = new Edge().Born();
        edge.Session.AddDevice("press");
        edge.Session.DeviceDeath(edge.Weld, edge.Now);
        Assert.Equal(["NBIRTH/edge", "DBIRTH/edge/press"], Births());
        edge.Session.Connect(edge.Now);
        Assert.Equal(["NBIRTH/edge", "DBIRTH/edge/press"], Births());
        Assert.NotNull(edge.Session.DeviceBirth(edge.Weld, edge.Now));
        Assert.Equal(["NBIRTH/edge", "DBIRTH/edge/weld", "DBIRTH/edge/press"], Births());

        string[] Births() => [.. edge.Session.Births(edge.Now).Select(b => b.Topic["spBv1.0/VN1/".Length..])];
    }

    [Fact]
    public void A_value_of_another_kind_than_its_metric_is_our_own_mistake()
    {
        var edge = new Edge();
        Assert.Throws<ArgumentException>(() => edge.Produced.Set(MetricValue.Of(1.5), edge.Now));
        Assert.Throws<ArgumentException>(() => edge.State.Set(MetricValue.Of(1L), edge.Now));
        edge.Rate.Set(MetricValue.Of(1L), edge.Now);
        edge.State.Set(MetricValue.Null, edge.Now);
    }

    [Fact]
    public void Ids_and_names_that_collide_or_cannot_stand_in_a_topic_are_refused()
    {
        var edge = new Edge();
        Assert.Throws<ArgumentException>(() => new EdgeSession("a/b", "n"));
        Assert.Throws<ArgumentException>(() => edge.Session.AddDevice("WELD"));
        Assert.Throws<ArgumentException>(() => edge.Weld.Add("run/rate", SparkplugType.Double));
        Assert.Throws<ArgumentException>(() => new HostPresence("#"));
    }

    [Fact]
    public void Payloads_are_protobuf_that_the_generated_parser_writes_back_byte_for_byte()
    {
        var edge = new Edge();
        edge.State.Set("Running", edge.Now);
        var messages = new[] { edge.Session.Connect(edge.Now) }.Concat(edge.Session.Births(edge.Now));
        foreach (var message in messages) Assert.Equal(message.Payload, Read(message).ToByteArray());
    }
}
