using Homestretch.Exchange.Sparkplug;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>An edge with one device and two metrics, talking to a host session, with the time they share.</summary>
internal sealed class Edge
{
    public Edge(HostPolicy? policy = null, string node = "edge")
    {
        Host = new HostSession(policy ?? HostPolicy.Default with { RebirthSpread = Duration.Zero });
        Session = new EdgeSession("VN1", node);
        Weld = Session.AddDevice("weld");
        Rate = Weld.Add(MachineMetricNames.Rate, SparkplugType.Double);
        Produced = Weld.Add(MachineMetricNames.Produced, SparkplugType.Int64);
        State = Weld.Add(MachineMetricNames.State, SparkplugType.String);
    }

    public HostSession Host { get; }
    public EdgeSession Session { get; }
    public EdgeDevice Weld { get; }
    public EdgeMetric Rate { get; }
    public EdgeMetric Produced { get; }
    public EdgeMetric State { get; }
    public Instant Now { get; set; } = Instant.FromUnixTimeMilliseconds(1_700_000_000_000);
    public EdgeMessage Will { get; private set; } = new("", []);

    /// <summary>Readings of the last message that was taken: name, number.</summary>
    public List<Taken> LastReadings { get; } = [];
    public List<(string Address, bool Online, StatusReason Reason)> Changes { get; } = [];
    public List<Cause> Rebirths { get; } = [];
    public DeviceState? Device => Host.Find("VN1", Session.NodeName, "weld");

    public sealed record Taken(string Name, double Number, string Text, ReadingMarks Marks, Quality Quality, Instant Time);

    public Edge Born()
    {
        Will = Session.Connect(Now);
        foreach (var birth in Session.Births(Now)) Assert.Equal(Verdict.Accepted, Send(birth));
        return this;
    }

    public EdgeMessage Produce(long count)
    {
        Produced.Set(MetricValue.Of(count), Now);
        return Session.Data(Weld, Now)!;
    }

    public Verdict Send(EdgeMessage message) => Send(message.Topic, message.Payload);

    public Verdict Send(string topic, byte[] payload)
    {
        var outcome = Host.Apply(topic, payload, Now);
        var verdict = outcome.Verdict;
        Keep(outcome);
        while (Host.Next(Now, out outcome)) Keep(outcome);
        return verdict;
    }

    public void Wait(Duration time)
    {
        Now += time;
        while (Host.Next(Now, out var outcome)) Keep(outcome);
    }

    private void Keep(Outcome outcome)
    {
        if (outcome.Verdict == Verdict.Accepted) LastReadings.Clear();
        foreach (var r in outcome.Readings)
            LastReadings.Add(new(r.Metric.Name, r.Value.Number, r.Value.Kind == ValueKind.Text ? r.Value.Text(outcome.Payload) : "", r.Marks, r.Quality, r.Time));
        foreach (var change in outcome.Changes) Changes.Add((change.Device.Address, change.IsOnline, change.Reason));
        if (outcome.Rebirth is { } rebirth) Rebirths.Add(rebirth.Cause);
        Assert.Equal(outcome.Verdict == Verdict.Refused, outcome.Finding is not null);
    }
}
