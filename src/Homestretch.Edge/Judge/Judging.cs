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
/// heard running. A reading is the mean of what was heard since the one before while the machine ran, taken when the age has gone on by <see cref="Step"/>.</remarks>
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
        // of what comes faster than time, such as a day that had waited, every step is a reading
        if (judged.Track.Count > 0 || judged.HasHeardAll) Read(machine, judged, life, at);
    }

    /// <summary>What is left of every machine of which something is known.</summary>
    public IEnumerable<Observation> Judge(Instant now)
    {
        if (model.Life is not { } life) yield break;
        if (life != _by) Begin(life);
        foreach (var (machine, judged) in _machines)
        {
            Read(machine, judged, life, now);
            LifeLeft? left = life.Judge(judged.Track);
            // what was said of a part that was renewed is taken back
            if (left is null && !judged.IsSaid) continue;
            judged.IsSaid = left is not null;
            counts.Add("judged");
            yield return new(machine, now, [new("RemainingP10", left?.P10 ?? double.NaN), new("RemainingP50", left?.P50 ?? double.NaN)]);
        }
    }

    private void Read(string machine, Judged judged, LifeModel life, Instant at)
    {
        if (judged.Reading(at, Step) is { } reading) store.Keep(machine, life.Names, reading.Age, reading.Values);
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
        private bool _stands;

        public Judged(LifeModel life, IEnumerable<(double Age, float[] Values)> before)
        {
            _life = life;
            foreach (string name in life.Names.Settings.Concat(life.Names.Sensors)) _channels.TryAdd(name, _channels.Count);
            (_sums, _counts) = (new double[_channels.Count], new int[_channels.Count]);
            Track = life.Track();
            foreach (var (age, values) in before) Add(age, values);
        }

        public HealthTrack Track { get; private set; }

        /// <summary>True when every setting and sensor was heard since the reading before.</summary>
        public bool HasHeardAll => _counts.All(static c => c > 0);

        /// <summary>True while the hub has a verdict of ours.</summary>
        public bool IsSaid { get; set; }

        public void Hear(IReadOnlyList<EdgeValue> values, Instant at)
        {
            foreach (EdgeValue value in values)
            {
                if (value.Metric == Metrics.State) Run(value.Text == Words.Of(MachineState.Running) || value.Text == nameof(MachineState.Running), at);
                _stands = value.Metric == Metrics.State ? _runs is null : _stands;
                if (value.Metric == Age && double.IsFinite(value.Number)) Tell(value.Number);
            }
            foreach (EdgeValue value in values)
            {
                if (_stands || value.Text is not null || !double.IsFinite(value.Number) || !_channels.TryGetValue(value.Metric, out int i)) continue;
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
            Forget();
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

        private void Tell(double age)
        {
            if (age < _told) Forget();
            _told = age;
        }

        private void Forget()
        {
            Array.Clear(_sums);
            Array.Clear(_counts);
        }

        private void Run(bool runs, Instant at)
        {
            if (_runs is { } since && at > since) _age += (at - since).TotalHours;
            _runs = runs ? Instant.Max(at, _runs ?? at) : null;
        }
    }
}
