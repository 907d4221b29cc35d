using Homestretch.Edge.Feature;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using Homestretch.Machines.Health;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Edge.Judge;

/// <summary>Judges every machine each second: gathers what its sensors say into readings, one for each step of its age, and asks the model in force what life
/// is left. Machines whose settings or sensors are not heard are not judged: that is unknown, and nothing is said.</summary>
/// <remarks>The model's settings and sensors are metrics by their names. Age is the metric RunningHours where the machine tells it; else the hours in which it was
/// heard running. A reading is the mean of what was heard since the one before, taken when the age has gone on by <see cref="Step"/>.</remarks>
internal sealed class Judging(Model model, ReadingStore store, EdgeCounts counts)
{
    private const string Age = "RunningHours";
    private const int MostMachines = 10_000;
    private readonly Dictionary<string, Judged> _machines = new(StringComparer.Ordinal);
    private LifeModel? _by;

    /// <summary>Age between two readings, in the unit of the model.</summary>
    public double Step { get; set; } = 1;

    /// <summary>Takes what was heard of a machine.</summary>
    public void Hear(string machine, IReadOnlyList<EdgeValue> values, Instant at)
    {
        if (model.Life is not { } life) return;
        if (life != _by) Begin(life);
        // a file of readings each, kept for ever
        if (!_machines.TryGetValue(machine, out Judged? judged) && _machines.Count >= MostMachines)
        {
            counts.Found($"More than {MostMachines} machines have readings here: further ones are not judged.");
            return;
        }
        if (judged is null) _machines[machine] = judged = new(life, store.Of(machine, life.Names));
        judged.Hear(values, at);
    }

    /// <summary>What is left of every machine of which something is known.</summary>
    public IEnumerable<Observation> Judge(Instant now)
    {
        if (model.Life is not { } life) yield break;
        if (life != _by) Begin(life);
        foreach (var (machine, judged) in _machines)
        {
            if (judged.Reading(now, Step) is { } reading) store.Keep(machine, life.Names, reading.Age, reading.Values);
            if (life.Judge(judged.Track) is not { } left) continue;
            counts.Add("judged");
            yield return new(machine, now, [new("RemainingP10", left.P10), new("RemainingP50", left.P50)]);
        }
    }

    private void Begin(LifeModel life)
    {
        _by = life;
        _machines.Clear();
        foreach (string machine in store.Machines()) _machines[machine] = new(life, store.Of(machine, life.Names));
    }

    /// <summary>One machine under the model at hand.</summary>
    private sealed class Judged
    {
        private readonly Dictionary<string, int> _channels = new(StringComparer.Ordinal);
        private readonly double[] _sums;
        private readonly int[] _counts;
        private readonly LifeModel _life;
        private Instant? _runs;
        private double? _told;
        private double _age;

        public Judged(LifeModel life, IEnumerable<(double Age, float[] Values)> before)
        {
            _life = life;
            foreach (string name in life.Names.Settings.Concat(life.Names.Sensors)) _channels.TryAdd(name, _channels.Count);
            (_sums, _counts) = (new double[_channels.Count], new int[_channels.Count]);
            Track = life.Track();
            foreach (var (age, values) in before) Add(age, values);
        }

        public HealthTrack Track { get; private set; }

        public void Hear(IReadOnlyList<EdgeValue> values, Instant at)
        {
            foreach (EdgeValue value in values)
            {
                if (value.Metric == Metrics.State) Run(value.Text == Words.Of(MachineState.Running) || value.Text == nameof(MachineState.Running), at);
                else if (value.Metric == Age && double.IsFinite(value.Number)) _told = value.Number;
                if (value.Text is not null || !double.IsFinite(value.Number) || !_channels.TryGetValue(value.Metric, out int i)) continue;
                _sums[i] += value.Number;
                _counts[i]++;
            }
        }

        /// <summary>The reading that is due; null: none is.</summary>
        public (double Age, float[] Values)? Reading(Instant now, double step)
        {
            Run(_runs is not null, now);
            double age = _told ?? _age;
            bool renewed = age < Track.Age;
            if (_counts.All(static c => c == 0) || !renewed && Track.Count > 0 && age < Track.Age + step) return null;
            float[] values = new float[_sums.Length];
            for (int i = 0; i < values.Length; i++) values[i] = _counts[i] == 0 ? float.NaN : (float)(_sums[i] / _counts[i]);
            Array.Clear(_sums);
            Array.Clear(_counts);
            Add(age, values);
            return (age, values);
        }

        /// <summary>A part that was renewed begins a new life.</summary>
        private void Add(double age, float[] values)
        {
            if (Track.Count > 0 && age <= Track.Age) Track = _life.Track();
            Track.Add(age, values);
            _age = Math.Max(_age, age);
        }

        private void Run(bool runs, Instant at)
        {
            if (_runs is { } since && at > since) _age += (at - since).TotalHours;
            _runs = runs ? at : null;
        }
    }
}
