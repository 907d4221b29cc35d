using Homestretch.Exchange.Sparkplug;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

public sealed class HostSessionTests
{
    [Fact]
    public void Births_bring_node_and_device_online_with_their_values()
    {
        var edge = new Edge();
        edge.State.Set("Running", edge.Now);
        edge.Born();
        Assert.Equal([("VN1/edge", true, StatusReason.Born), ("VN1/edge/weld", true, StatusReason.Born)], edge.Changes);
        Assert.Contains(edge.LastReadings, r => r is { Name: MachineMetricNames.State, Text: "Running", Marks: ReadingMarks.Birth });
        Assert.Contains(edge.LastReadings, r => r.Name == MachineMetricNames.Rate && double.IsNaN(r.Number));
        Assert.Equal(SparkplugType.Int64, edge.Device!.Metrics[1].Type);
    }

    [Fact]
    public void Data_by_alias_carry_the_name_type_and_time_of_the_metric()
    {
        var edge = new Edge().Born();
        edge.Now += Duration.FromSeconds(1);
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Produce(17)));
        Assert.Equal(new Edge.Taken(MachineMetricNames.Produced, 17, "", ReadingMarks.None, Quality.Good, edge.Now), Assert.Single(edge.LastReadings));
    }

    [Fact]
    public void Data_before_the_birth_change_nothing_and_ask_for_one()
    {
        var silent = new Edge();
        silent.Session.Connect(silent.Now);
        silent.Session.Births(silent.Now);
        Assert.Equal(Verdict.Refused, silent.Send(silent.Produce(1)));
        Assert.Equal([Cause.NodeUnborn], silent.Rebirths);
        Assert.Empty(silent.Changes);
    }

    [Fact]
    public void Data_of_an_unborn_device_ask_for_a_birth_of_the_node()
    {
        var edge = new Edge();
        edge.Session.Connect(edge.Now);
        var births = edge.Session.Births(edge.Now);
        edge.Send(births[0]);
        var payload = PayloadWriter.Write(1, [], 1);
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DDATA/edge/weld", payload));
        Assert.Equal([Cause.DeviceUnborn], edge.Rebirths);
    }

    [Fact]
    public void An_unknown_alias_spoils_the_whole_message()
    {
        var edge = new Edge().Born();
        edge.LastReadings.Clear();
        var payload = PayloadWriter.Write(1, [new(null, edge.Produced.Alias, SparkplugType.Int64, MetricValue.Of(5L), 1, false), new(null, 99, SparkplugType.Int64, MetricValue.Of(5L), 1, false)], 2);
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DDATA/edge/weld", payload));
        Assert.Empty(edge.LastReadings);
        Assert.Equal([Cause.UnknownAlias], edge.Rebirths);
        Assert.Equal(1, edge.Host.Counters.Of(Cause.UnknownAlias));
    }

    [Fact]
    public void A_value_of_another_type_than_born_is_refused()
    {
        var edge = new Edge().Born();
        var payload = PayloadWriter.Write(1, [new(null, edge.Rate.Alias, SparkplugType.String, PayloadWriter.Content, 1, false, Bytes: "fast"u8.ToArray())], 2);
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DDATA/edge/weld", payload));
        Assert.Equal(1, edge.Host.Counters.RebirthsFor(Cause.WrongType));
    }

    [Fact]
    public void A_malformed_message_changes_nothing_and_is_found_by_the_next_sequence_number()
    {
        var edge = new Edge().Born();
        var lost = edge.Produce(1);
        Assert.Equal(Verdict.Refused, edge.Send(lost.Topic, lost.Payload[..^1]));
        Assert.Equal((1, 0, 0), (edge.Host.Counters.Of(Cause.Malformed), edge.Host.Counters.Lost, edge.Rebirths.Count));
        edge.Send(edge.Produce(2));
        Assert.Equal(1, edge.Host.Counters.Lost);
        Assert.Equal([Cause.Gap], edge.Rebirths);
    }

    [Fact]
    public void After_a_gap_values_come_marked_until_the_next_birth()
    {
        var edge = new Edge().Born();
        edge.Produce(1);
        edge.Produce(2);
        edge.Send(edge.Produce(3));
        Assert.Equal(ReadingMarks.AfterGap, Assert.Single(edge.LastReadings).Marks);
        Assert.Equal(2, edge.Host.Counters.Lost);
        foreach (var birth in edge.Session.Births(edge.Now)) edge.Send(birth);
        edge.Send(edge.Produce(4));
        Assert.Equal(ReadingMarks.None, Assert.Single(edge.LastReadings).Marks);
    }

    [Fact]
    public void An_old_or_repeated_sequence_number_changes_nothing()
    {
        var edge = new Edge().Born();
        var message = edge.Produce(1);
        Assert.Equal(Verdict.Accepted, edge.Send(message));
        Assert.Equal(Verdict.Refused, edge.Send(message));
        Assert.Equal((1, 0), (edge.Host.Counters.Of(Cause.Repeated), edge.Host.Counters.Lost));
    }

    [Theory]
    [InlineData(256UL)]
    [InlineData(null)]
    public void A_sequence_number_must_be_there_and_in_range(ulong? sequence)
    {
        var edge = new Edge().Born();
        byte[] payload = [0x08, 0x01, .. sequence is null ? Array.Empty<byte>() : [0x18, 0x80, 0x02]];
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/NDATA/edge", payload));
        Assert.Equal([Cause.BadSequence], edge.Rebirths);
    }

    [Fact]
    public void A_left_out_sequence_number_counts_as_zero_where_zero_is_next()
    {
        var edge = new Edge();
        edge.Session.Connect(edge.Now);
        var birth = edge.Session.Births(edge.Now)[0];
        Assert.Equal(Verdict.Accepted, edge.Send(birth.Topic, birth.Payload[..^2]));
        Assert.Equal(Verdict.Accepted, edge.Send("spBv1.0/VN1/NDATA/edge", PayloadWriter.Write(1, [], 1)));
    }

    [Fact]
    public void A_node_death_takes_node_and_devices_offline_at_the_hosts_time_and_makes_their_metrics_stale()
    {
        var edge = new Edge().Born();
        edge.Changes.Clear();
        edge.Now += Duration.FromMinutes(3);
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Will));
        Assert.Equal([("VN1/edge", false, StatusReason.Died), ("VN1/edge/weld", false, StatusReason.NodeDied)], edge.Changes);
        Assert.All([edge.Device!, edge.Device!.Node.Self], d => Assert.Equal(edge.Now, d.Since));
        Assert.All(edge.Device!.Metrics.Concat(edge.Device.Node.Self.Metrics), m => Assert.Equal(Quality.Stale, m.Quality));
        Assert.Equal(Verdict.Refused, edge.Send(edge.Produce(1)));
    }

    [Fact]
    public void A_device_death_takes_that_device_offline_at_its_own_time()
    {
        var edge = new Edge().Born();
        edge.Changes.Clear();
        var death = edge.Session.DeviceDeath(edge.Weld, edge.Now)!;
        var sent = edge.Now;
        edge.Now += Duration.FromMinutes(3);
        Assert.Equal(Verdict.Accepted, edge.Send(death));
        Assert.Equal([("VN1/edge/weld", false, StatusReason.Died)], edge.Changes);
        Assert.Equal(sent, edge.Device!.Since);
        Assert.All(edge.Device.Metrics, m => Assert.Equal(Quality.Stale, m.Quality));
        Assert.True(edge.Device.Node.Self.IsOnline);
    }

    [Fact]
    public void The_death_of_an_earlier_session_is_ignored()
    {
        var edge = new Edge().Born();
        var old = edge.Will;
        edge.Born();
        Assert.Equal(Verdict.Ignored, edge.Send(old));
        Assert.True(edge.Device!.IsOnline);
        Assert.Equal(1, edge.Host.Counters.Of(Cause.EarlierDeath));
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Will));
    }

    [Fact]
    public void A_death_or_birth_without_bdSeq_is_refused()
    {
        var edge = new Edge().Born();
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/NDEATH/edge", PayloadWriter.Write(1, [], null)));
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/NBIRTH/edge", PayloadWriter.Write(1, [new("A", 1, SparkplugType.Int32, MetricValue.Of(1L), 1)], 0)));
        Assert.True(edge.Device!.Node.Self.IsOnline);
    }

    [Theory]
    [InlineData("twice", 1UL, 3)]
    [InlineData("a", 7UL, 3)]
    [InlineData(null, 8UL, 3)]
    [InlineData("a", 8UL, 0)]
    [InlineData("a", 8UL, 21)]
    [InlineData("a", 8UL, 99)]
    public void A_birth_gives_each_metric_one_name_one_alias_and_a_type(string? name, ulong alias, int type)
    {
        var edge = new Edge().Born();
        OutgoingMetric good = new("twice", 7, SparkplugType.Int32, MetricValue.Of(1L), 1);
        var bad = PayloadWriter.Encoded(new(name, alias, SparkplugType.Int32, MetricValue.Of(1L), 1, SendType: false));
        byte[] payload = [.. PayloadWriter.Write(1, [good], 2), 0x12, (byte)(bad.Length + 2), .. bad, 0x20, (byte)type];
        var before = edge.Device!.Metrics;
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DBIRTH/edge/weld", payload));
        Assert.Same(before, edge.Device.Metrics);
        Assert.Equal(1, edge.Host.Counters.Of(Cause.BadBirth));
    }

    [Fact]
    public void A_rebirth_keeps_devices_online_and_metrics_their_slots_and_new_aliases_hold_at_once()
    {
        var edge = new Edge().Born();
        var produced = edge.Device!.Metrics.Single(m => m.Name == MachineMetricNames.Produced);
        produced.Slot = 42;
        edge.Changes.Clear();
        edge.Send(edge.Session.Births(edge.Now)[0]);
        var renumbered = PayloadWriter.Write(1, [new(MachineMetricNames.Produced, 500, SparkplugType.Int64, MetricValue.Of(7L), 1)], 1);
        Assert.Equal(Verdict.Accepted, edge.Send("spBv1.0/VN1/DBIRTH/edge/weld", renumbered));
        Assert.Empty(edge.Changes);
        Assert.Equal((500UL, 42), (Assert.Single(edge.Device.Metrics).Alias!.Value, edge.Device.Metrics[0].Slot));
    }

    [Fact]
    public void A_device_that_a_rebirth_leaves_out_goes_offline_with_the_first_data()
    {
        var edge = new Edge().Born();
        edge.Changes.Clear();
        edge.Send(edge.Session.Births(edge.Now)[0]);
        edge.Send("spBv1.0/VN1/NDATA/edge", PayloadWriter.Write(1, [], 1));
        Assert.Equal([("VN1/edge/weld", false, StatusReason.NodeReborn)], edge.Changes);
    }

    [Fact]
    public void A_new_session_takes_devices_offline_until_they_are_born()
    {
        var edge = new Edge().Born();
        edge.Changes.Clear();
        edge.Born();
        Assert.Equal([("VN1/edge/weld", false, StatusReason.NodeReborn), ("VN1/edge/weld", true, StatusReason.Born)], edge.Changes);
    }

    [Fact]
    public void Late_data_are_passed_on_marked_and_do_not_touch_the_quality_of_now()
    {
        var edge = new Edge().Born();
        edge.Rate.Set(MetricValue.Of(8.0), edge.Now, Quality.Bad);
        edge.Send(edge.Session.Data(edge.Weld, edge.Now)!);
        var then = edge.Now - Duration.FromDays(8);
        edge.Send(edge.Session.Past(edge.Weld, [new(edge.Rate, MetricValue.Of(7.5), then)], edge.Now)!);
        Assert.Equal(new Edge.Taken(MachineMetricNames.Rate, 7.5, "", ReadingMarks.Historical, Quality.Good, then), Assert.Single(edge.LastReadings));
        Assert.Equal(Quality.Bad, edge.Device!.Metrics[0].Quality);
    }

    [Fact]
    public void Metrics_are_found_by_name_in_any_order()
    {
        var edge = new EdgeSession("g", "n");
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"Sensor {i}")];
        foreach (var name in names) edge.Node.Add(name, SparkplugType.Int64);
        var (host, now, random) = (new HostSession(HostPolicy.Default), Instant.FromUnixTimeSeconds(1_700_000_000), new Random(9));
        edge.Connect(now);
        host.Apply("spBv1.0/g/NBIRTH/n", edge.Births(now)[0].Payload, now);
        for (var i = 1; i < 500; i++)
        {
            var sent = Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(names.Length)).ToArray();
            var payload = PayloadWriter.Write(1, [.. sent.Select(n => new OutgoingMetric(names[n], null, SparkplugType.Int64, MetricValue.Of((long)n), 1, false))], i & 255);
            var readings = host.Apply("spBv1.0/g/NDATA/n", payload, now).Readings.ToArray();
            Assert.Equal(sent.Select(n => (names[n], (long)n)), readings.Select(r => (r.Metric.Name, r.Value.Integer)));
        }
    }

    [Fact]
    public void A_quality_holds_until_the_metric_itself_says_otherwise_or_is_born_again()
    {
        var edge = new Edge().Born();
        edge.Rate.Set(MetricValue.Of(8.0), edge.Now, Quality.Bad);
        edge.Send(edge.Session.Data(edge.Weld, edge.Now)!);
        edge.Send(edge.Produce(1));
        Assert.Equal((Quality.Bad, Quality.Good), (edge.Device!.Metrics[0].Quality, edge.Device.Metrics[1].Quality));
        edge.Rate.Set(MetricValue.Of(8.5), edge.Now);
        edge.Send(edge.Session.Data(edge.Weld, edge.Now)!);
        Assert.Equal(Quality.Good, edge.Device.Metrics[0].Quality);
        edge.Rate.Set(MetricValue.Of(8.0), edge.Now, Quality.Bad);
        edge.Send(edge.Session.Data(edge.Weld, edge.Now)!);
        edge.Rate.Set(MetricValue.Of(9.0), edge.Now);
        foreach (var birth in edge.Session.Births(edge.Now)) edge.Send(birth);
        Assert.Equal(Quality.Good, edge.Device.Metrics[0].Quality);
    }

    [Fact]
    public void A_time_past_the_year_9999_and_a_quality_of_another_kind_are_refused()
    {
        var edge = new Edge().Born();
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/NDATA/edge", PayloadWriter.Write(ulong.MaxValue, [], 2)));
        var odd = new PropertySet([new("Quality", SparkplugType.Int32, false, Scalar.Of(7))]).ToBytes();
        OutgoingMetric metric = new(null, edge.Rate.Alias, SparkplugType.Double, MetricValue.Of(1.0), 1, false, Properties: odd);
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DDATA/edge/weld", PayloadWriter.Write(1, [metric], 3)));
        Assert.Equal((1, 1), (edge.Host.Counters.Of(Cause.BadTime), edge.Host.Counters.Of(Cause.BadQuality)));
    }

    [Fact]
    public void A_refusal_says_which_metric_of_which_message_is_wrong()
    {
        var edge = new Edge().Born();
        OutgoingMetric good = new(null, edge.Rate.Alias, SparkplugType.Double, MetricValue.Of(1.0), 1, false), bad = good with { Alias = 99 }, nameless = good with { Alias = null };
        Assert.Equal("spBv1.0/VN1/DDATA/edge/weld (metric 1)", FindingOf([good, bad], 2).Place.ToString());
        Assert.Equal("A metric has neither name nor alias.", FindingOf([good, good, nameless], 3).What);

        Finding FindingOf(OutgoingMetric[] metrics, int sequence) =>
            edge.Host.Apply("spBv1.0/VN1/DDATA/edge/weld", PayloadWriter.Write(1, metrics, sequence), edge.Now).Finding!;
    }

    [Fact]
    public void After_a_refused_birth_values_come_marked_and_a_good_one_is_asked_for()
    {
        var edge = new Edge().Born();
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DBIRTH/edge/weld", PayloadWriter.Write(1, [new("A", 1, SparkplugType.Int32, MetricValue.Of(1L), 1, false)], 2)));
        Assert.Equal([Cause.BadBirth], edge.Rebirths);
        edge.Produce(1);
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Produce(2)));
        Assert.Equal(ReadingMarks.AfterGap, Assert.Single(edge.LastReadings).Marks);
        foreach (var birth in edge.Session.Births(edge.Now)) edge.Send(birth);
        edge.Send(edge.Produce(3));
        Assert.Equal(ReadingMarks.None, Assert.Single(edge.LastReadings).Marks);
    }

    [Fact]
    public void A_refused_message_still_counts_in_the_sequence()
    {
        var edge = new Edge().Born();
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/NDATA/edge", PayloadWriter.Write(ulong.MaxValue, [], 2)));
        edge.Produce(1);
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Produce(2)));
        Assert.Equal((0, 1), (edge.Host.Counters.Lost, edge.Host.Counters.Of(Cause.BadTime)));
    }

    [Fact]
    public void A_death_with_an_impossible_time_is_a_death()
    {
        var edge = new Edge().Born();
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Will.Topic, PayloadWriter.Write(ulong.MaxValue, [new("bdSeq", null, SparkplugType.Int64, MetricValue.Of(0L))], null)));
        Assert.False(edge.Device!.Node.Self.IsOnline);
    }

    [Fact]
    public void When_the_connection_is_lost_everything_is_stale_and_births_are_asked_for_when_nodes_speak_again()
    {
        var edge = new Edge().Born();
        edge.Now += Duration.FromMinutes(1);
        var changes = edge.Host.ConnectionLost(edge.Now).Changes.ToArray();
        Assert.Equal([("VN1/edge", false, StatusReason.ConnectionLost), ("VN1/edge/weld", false, StatusReason.ConnectionLost)], changes.Select(c => (c.Device.Address, c.IsOnline, c.Reason)));
        Assert.All(edge.Device!.Metrics, m => Assert.Equal(Quality.Stale, m.Quality));
        Assert.Equal(Verdict.Refused, edge.Send(edge.Produce(1)));
        Assert.Equal([Cause.NodeUnborn], edge.Rebirths);
        foreach (var birth in edge.Session.Births(edge.Now)) Assert.Equal(Verdict.Accepted, edge.Send(birth));
        Assert.True(edge.Device.IsOnline);
    }

    [Fact]
    public void A_data_set_or_template_that_contradicts_itself_is_refused()
    {
        var edge = new Edge();
        var table = edge.Weld.Add("Table", SparkplugType.DataSet);
        var motor = edge.Weld.Add("Motor", SparkplugType.Template);
        edge.Born();
        DataSet good = new(["a"], [SparkplugType.Int32], [[Scalar.Of(1)]]);
        Assert.Equal(Verdict.Accepted, Sent(table, good.ToBytes(), 2));
        Assert.Equal(Verdict.Refused, Sent(table, (good with { Rows = [[]] }).ToBytes(), 3));
        Assert.Equal(Verdict.Accepted, Sent(motor, Template.ToBytes(null, "Motor", [], []), 4));
        Assert.Equal(Verdict.Refused, Sent(motor, [.. Template.ToBytes(null, "Motor", [], []), 0x28, 0x01], 5));
        Assert.Equal(2, edge.Host.Counters.Of(Cause.BadValue));

        Verdict Sent(EdgeMetric metric, byte[] content, int sequence) =>
            edge.Send("spBv1.0/VN1/DDATA/edge/weld", PayloadWriter.Write(1, [new(null, metric.Alias, metric.Type, PayloadWriter.Content, 1, false, Bytes: content)], sequence));
    }

    [Fact]
    public void Nodes_count_their_sequences_apart_and_may_have_devices_of_one_name()
    {
        var (one, host) = (new Edge().Born(), new HostSession(HostPolicy.Default));
        EdgeSession[] edges = [.. Enumerable.Range(0, 50).Select(i => new EdgeSession("g" + i % 3, "n" + i))];
        var load = edges.Select(e => e.AddDevice("press").Add("Load", SparkplugType.Double)).ToArray();
        foreach (var edge in edges) edge.Connect(one.Now);
        foreach (var edge in edges) foreach (var birth in edge.Births(one.Now)) Assert.Equal(Verdict.Accepted, host.Apply(birth.Topic, birth.Payload, one.Now).Verdict);
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var at = random.Next(edges.Length);
            load[at].Set(MetricValue.Of((double)i), one.Now);
            var message = edges[at].Data(edges[at].Devices[0], one.Now)!;
            Assert.Equal(i, host.Apply(message.Topic, message.Payload, one.Now).Readings[0].Value.Number);
        }
        Assert.Equal((20_100, 0, 0), (host.Counters.Accepted, host.Counters.Lost, host.Counters.RebirthsRequested));
    }

    [Fact]
    public void Made_up_names_do_not_keep_real_nodes_out()
    {
        var edge = new Edge(HostPolicy.Default with { MaxNodes = 3 }).Born();
        for (var i = 0; i < 100; i++) edge.Send($"spBv1.0/VN1/NDATA/made up {i}", PayloadWriter.Write(1, [], 0));
        Assert.Equal((3, 0), (edge.Host.Nodes.Count, edge.Host.Counters.Of(Cause.TooMany)));
        Assert.Null(edge.Host.Find("VN1", "made up 0"));
        var real = new EdgeSession("VN1", "real");
        real.Connect(edge.Now);
        Assert.Equal(Verdict.Accepted, edge.Send(real.Births(edge.Now)[0]));
        Assert.Equal(Verdict.Accepted, edge.Send(edge.Produce(1)));
    }

    [Fact]
    public void Nodes_and_devices_are_bounded()
    {
        var edge = new Edge(HostPolicy.Default with { MaxNodes = 1, MaxDevicesPerNode = 1 }).Born();
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/NDATA/other", []));
        Assert.Equal(Verdict.Refused, edge.Send("spBv1.0/VN1/DBIRTH/edge/other", PayloadWriter.Write(1, [], 2)));
        Assert.Equal(2, edge.Host.Counters.Of(Cause.TooMany));
    }

    [Theory]
    [InlineData(Quality.Good)]
    [InlineData(Quality.Stale)]
    public void Ordinary_data_allocate_nothing_with_or_without_a_quality(Quality quality)
    {
        var edge = new Edge().Born();
        var messages = Enumerable.Range(0, 512).Select(i => Produce(i)).ToArray();
        foreach (var message in messages.AsSpan(0, 256)) edge.Host.Apply(message.Topic, message.Payload, edge.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var readings = 0;
        foreach (var message in messages.AsSpan(256))
        {
            readings += edge.Host.Apply(message.Topic, message.Payload, edge.Now).Readings.Length;
            while (edge.Host.Next(edge.Now, out _)) readings = -1;
        }
        Assert.Equal((256, 0), (readings, GC.GetAllocatedBytesForCurrentThread() - before));

        EdgeMessage Produce(long count)
        {
            edge.Produced.Set(MetricValue.Of(count), edge.Now, quality);
            return edge.Session.Data(edge.Weld, edge.Now)!;
        }
    }
}
