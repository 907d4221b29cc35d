using System.Diagnostics;
using Homestretch.Exchange.Sparkplug;
using Homestretch.World;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;

namespace Homestretch.Bench.Running;

/// <summary>A supplier's edge node on its own MQTT connection, with machines whose every message has all measured values. Most messages move measured
/// values only; now and then a piece is counted, and more seldom a machine changes its state.</summary>
internal sealed class LoadGateway : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly EdgeSession _session;
    private readonly Device[] _devices;
    private readonly Payload _read = new();
    private readonly Random _random;
    private readonly double _stateEverySeconds;
    private readonly SemaphoreSlim _turn = new(1);
    private int _next;

    /// <param name="stateEverySeconds">Mean time between changes of state of one machine.</param>
    public LoadGateway(string group, string node, IEnumerable<(string Name, string Lot)> devices, int metrics, double stateEverySeconds, int seed)
    {
        (_session, _random, _stateEverySeconds) = (new EdgeSession(group, node), new Random(seed), stateEverySeconds);
        _devices = [.. devices.Select(d => new Device(_session, d.Name, d.Lot, metrics))];
    }

    public long Messages { get; private set; }
    public long Metrics { get; private set; }

    public static Instant Now => Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    public async Task Connect(int port)
    {
        EdgeMessage will = _session.Connect(Now);
        await _client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId($"load-{_session.Group}").WithCleanStart().WithWillTopic(will.Topic).WithWillPayload(will.Payload).Build());
        foreach (Device device in _devices) device.Begin(Now, _random);
        foreach (EdgeMessage birth in _session.Births(Now)) await Send(birth);
        Reset();
    }

    /// <summary>Counts from 0 again.</summary>
    public void Reset() => (Messages, Metrics) = (0, 0);

    /// <summary>Sends at an even rate until the time is over; as fast as it is taken when the rate is 0.</summary>
    /// <param name="rate">Messages a second.</param>
    public async Task Run(double rate, TimeSpan time, CancellationToken stop = default)
    {
        long began = Stopwatch.GetTimestamp();
        for (TimeSpan spent; (spent = Stopwatch.GetElapsedTime(began)) < time && !stop.IsCancellationRequested;)
        {
            long due = rate == 0 ? Messages + 20 : (long)(spent.TotalSeconds * rate);
            double between = rate == 0 ? 0.001 : _devices.Length / rate;
            for (Instant now = Now; Messages < due;)
            {
                await _turn.WaitAsync(CancellationToken.None);
                Device device = _devices[_next++ % _devices.Length];
                device.Move(now, _random, between / _stateEverySeconds);
                if (_session.Data(device.Edge, now) is { } data) await Send(data);
                _turn.Release();
            }
            if (rate > 0) await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Whether a device of this address is behind it.</summary>
    public bool Has(string address) => _devices.Any(d => $"{_session.Group}/{_session.NodeName}/{d.Edge.Name}" == address);

    /// <summary>A machine changes to a state, now, and by itself no more.</summary>
    public async Task Set(string device, MachineState state, string reason)
    {
        await _turn.WaitAsync();
        Device one = _devices.Single(d => d.Edge.Name == device);
        one.IsHeld = true;
        one.Is(state, reason, Now);
        if (_session.Data(one.Edge, Now) is { } data) await Send(data);
        _turn.Release();
    }

    public void Dispose()
    {
        _client.Dispose();
        _turn.Dispose();
    }

    private async Task Send(EdgeMessage message)
    {
        _read.Read(message.Payload, out _);
        Metrics += _read.Metrics.Length;
        Messages++;
        await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(message.Topic).WithPayload(message.Payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce).Build());
    }

    /// <summary>A machine as its gateway publishes it.</summary>
    private sealed class Device
    {
        private readonly EdgeMetric _state, _reason, _lot, _produced;
        private readonly EdgeMetric[] _values;
        private readonly string _at;
        private long _pieces;
        private MachineState _is = MachineState.Running;

        public Device(EdgeSession session, string name, string lot, int metrics)
        {
            (Edge, _at) = (session.AddDevice(name), lot);
            _state = Edge.Add(MachineMetricNames.State, SparkplugType.String);
            _reason = Edge.Add(MachineMetricNames.Reason, SparkplugType.String);
            _lot = Edge.Add(MachineMetricNames.Lot, SparkplugType.String);
            _produced = Edge.Add(MachineMetricNames.Produced, SparkplugType.Int64);
            string[] known = [MachineMetricNames.Rate, MachineMetricNames.RemainingP10, MachineMetricNames.RemainingP50, MachineMetricNames.Vibration, MachineMetricNames.Temperature, MachineMetricNames.Current,
                MachineMetricNames.Pressure, MachineMetricNames.RunningHours];
            _values = [.. Enumerable.Range(0, metrics).Select(i => Edge.Add(i < known.Length ? known[i] : $"Health/Sensor {i}", SparkplugType.Double))];
        }

        public EdgeDevice Edge { get; }
        public bool IsHeld { get; set; }

        public void Begin(Instant now, Random random)
        {
            Is(_is, "", now);
            _lot.Set(_at, now);
            _produced.Set(MetricValue.Of(_pieces), now);
            Measure(now, random);
        }

        public void Move(Instant now, Random random, double changes)
        {
            Measure(now, random);
            if (random.NextDouble() < 0.02) _produced.Set(MetricValue.Of(++_pieces), now);
            if (!IsHeld && random.NextDouble() < changes) Is(_is == MachineState.Running ? MachineState.Idle : MachineState.Running, "", now);
        }

        public void Is(MachineState state, string reason, Instant now)
        {
            _is = state;
            _state.Set(state.ToString(), now);
            _reason.Set(reason, now);
        }

        private void Measure(Instant now, Random random)
        {
            for (int i = 0; i < _values.Length; i++) _values[i].Set(MetricValue.Of(100 + 10 * i + random.NextDouble()), now);
        }
    }
}
