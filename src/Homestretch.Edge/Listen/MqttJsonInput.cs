namespace Homestretch.Edge.Listen;

/// <summary>Plain JSON messages by MQTT, by a mapping.</summary>
internal sealed class MqttJsonInput(InputSettings.MqttJson settings, InputRoom room) : Input
{
    public override Task Run(CancellationToken stop) => Again(
        s => MqttLink.Listen(settings.Broker, $"{room.Edge}-{settings.Name}".Replace('/', '-'), settings.Filter, cleanStart: false, (topic, payload) => Take(topic, payload, s), why => room.Counts.Found($"{settings.Name}: {why}"), static _ => Task.CompletedTask, s),
        e => room.Counts.Found($"{settings.Name}: the broker {settings.Broker.Host}:{settings.Broker.Port} is not there: {e.Message}"), stop);

    private Task Take(string topic, byte[] payload, CancellationToken stop)
    {
        string[] levels = topic.Split('/');
        string? name = settings.Mapping.TopicLevel >= 0 && settings.Mapping.TopicLevel < levels.Length ? levels[settings.Mapping.TopicLevel] : null;
        var wrong = new List<string>();
        List<Observation> observations = JsonMessage.Read(payload, settings.Mapping, settings.Name, name, wrong);
        if (wrong.Count > 0)
        {
            room.Counts.Add("not understood", wrong.Count);
            room.Counts.Found($"{settings.Name}: a message on {topic} was passed over: {wrong[0]}.");
        }
        return observations.Count == 0 ? Task.CompletedTask : room.Ear.Keep(observations, stop);
    }
}
