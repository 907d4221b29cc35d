using System.Collections.Concurrent;
using Homestretch.Edge.Listen;
using Homestretch.Edge.Tests.Running;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Tests.Ingest;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace Homestretch.Edge.Tests.Listen;

/// <summary>Inputs over a real mosquitto.</summary>
public sealed class MqttInputTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JSON_by_a_mapping_is_acknowledged_when_it_is_durable_and_kept_by_the_broker_until_then()
    {
        await using Mosquitto broker = await Mosquitto.Start();
        string settings = $$$"""{"name":"cells","kind":"mqtt-json","broker":"127.0.0.1:{{{broker.Port}}}","topics":"plant/+/data","machine_topic_level":1,"machines":{"w1":"M1"},"time_at":"/t","sequence_at":"/n","values":{"Vibration":"/v/rms","State":"/state"}}""";
        string folder = Directory.CreateTempSubdirectory("homestretch-input-").FullName;
        using IMqttClient sender = await broker.Client();
        var first = new Listening(settings, folder);
        await Subscribed(sender, first);
        await Publish(sender, "plant/w1/data", """{"t":"2026-03-02T06:00:00Z","n":2,"v":{"rms":1.5},"state":"Running"}""");
        Heard heard = await first.Hear();
        Observation o = heard.Observations.Single();
        Assert.Equal(("M1", "2026-03-02T06:00:00Z", "cells:w1", 2L), (o.Machine, o.At.ToString(), o.Source, o.Position));
        Assert.Equal([new EdgeValue("Vibration", 1.5), new EdgeValue("State", double.NaN, "Running")], o.Values);
        // it stops before it was told that the message is durable: the broker sends it again, and what came meanwhile
        await first.Stop();
        await Publish(sender, "plant/w1/data", """{"t":"2026-03-02T06:00:01Z","n":3,"v":{"rms":1.6}}""");
        await using var again = new Listening(settings, folder);
        Assert.Equal(2, (await again.Next()).Single().Position);
        Assert.Equal(3, (await again.Next()).Single().Position);
        await Publish(sender, "plant/w1/data", "not json");
        await RunningServer.Until(() => Task.FromResult(again.Counts["not understood"]), static n => n > 0);
        Assert.Contains(again.Counts.All().Findings, static f => f.Contains("plant/w1/data was passed over: it is not JSON"));
    }

    [Fact]
    public async Task Sparkplug_births_data_and_deaths_become_observations_and_a_missing_birth_is_asked_for()
    {
        await using Mosquitto broker = await Mosquitto.Start();
        await using var plant = new Plant();
        using IMqttClient listener = await broker.Client();
        var heard = new ConcurrentQueue<string>();
        listener.ApplicationMessageReceivedAsync += e =>
        {
            heard.Enqueue(e.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await listener.SubscribeAsync("spBv1.0/SONGBE/NCMD/#", cancellationToken: Cancel);
        await plant.Connect(broker.Port);
        plant.Devices[0].Is(MachineState.Running).Made(3);
        await plant.Bear();
        await using var input = new Listening($$$"""{"name":"sp","kind":"sparkplug","broker":"127.0.0.1:{{{broker.Port}}}","group":"SONGBE","machines":{"SONGBE/edge-1/M1":"M1"}}""");
        // born before it listened: what it says now is not understood until it is born again
        for (int n = 4; heard.IsEmpty && n < 100; n++)
        {
            await plant.Send(plant.Devices[0].Made(n));
            await Task.Delay(100, Cancel);
        }
        Assert.Equal("spBv1.0/SONGBE/NCMD/edge-1", heard.First());
        Assert.True(input.Counts["rebirth sparkplug node-unborn"] > 0);
        await plant.Bear();
        Assert.Contains(await input.Next(), static o => o.Values.Any(static v => v is { Metric: "State", Text: "Running" }));
        await plant.Send(plant.Devices[0].Made(101));
        Assert.Equal(101, (await input.Next()).Single().Values.Single(static v => v.Metric == "Produced").Number);
        await broker.DisposeAsync();
        Observation gone = (await input.Next()).Single();
        Assert.Equal(("no-data", "connection lost"), (gone.Values[0].Text, gone.Values[1].Text));
    }

    [Fact]
    public async Task OPC_UA_messages_arrive_over_the_broker()
    {
        await using Mosquitto broker = await Mosquitto.Start();
        using IMqttClient sender = await broker.Client();
        await using var input = new Listening($$$"""{"name":"ua","kind":"opcua-pubsub","broker":"127.0.0.1:{{{broker.Port}}}","topics":"opcua/json/data/#","machines":{"Welder":"M1"},"values":{"Temperature":"Temp"}}""");
        await Subscribed(sender, input);
        await Publish(sender, "opcua/json/data/pub1/g1", """{"MessageId":"1","MessageType":"ua-data","PublisherId":"pub1","Messages":[{"DataSetWriterId":1,"DataSetWriterName":"Welder","SequenceNumber":5,"Timestamp":"2026-03-02T06:00:00Z","Payload":{"Temp":{"Value":36.6,"SourceTimestamp":"2026-03-02T05:59:59.5Z"}}}]}""");
        Observation o = (await input.Next()).Single();
        Assert.Equal(("M1", "2026-03-02T05:59:59Z", 36.6), (o.Machine, o.At.ToString(), o.Values.Single().Number));
    }

    /// <summary>Waits until the input's subscription stands at the broker.</summary>
    private static async Task Subscribed(IMqttClient sender, Listening input)
    {
        for (int n = 0; n < 100; n++)
        {
            await Publish(sender, "plant/probe/data", """{"t":"2026-03-02T06:00:00Z","n":1,"v":{"rms":0}}""");
            await Publish(sender, "opcua/json/data/probe", """{"MessageType":"ua-data","Messages":[{"DataSetWriterName":"Welder","Payload":{"Temp":0}}]}""");
            await Task.Delay(50, Cancel);
            if (!input.Ear.Reader.TryRead(out Heard? heard)) continue;
            heard.Done?.TrySetResult();
            await Task.Delay(300, Cancel);
            while (input.Ear.Reader.TryRead(out heard)) heard.Done?.TrySetResult();
            return;
        }
        Assert.Fail("The input never subscribed.");
    }

    private static Task Publish(IMqttClient client, string topic, string json) =>
        client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(json).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), Cancel);
}
