using System.Numerics;
using System.Runtime.InteropServices;
using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>Draws when lots arrive, in S futures that all lots share. One sampler holds one epoch t, one seed and one
/// state of knowledge about the common factors.</summary>
/// <remarks>Prepare lots one after another (it tabulates and draws factors, both kept for later
/// lots; give lanes with a fitted table one <see cref="StageTime"/> object each, so that they share the tabulation); then
/// <see cref="Sample(PreparedLot, Span{int})"/> from as many threads as wanted. The result of a lot depends on its own
/// steps, t, seed, S and the factors' posterior only: never on which other lots there are or in which order they came.
/// A plan that must equal its replay keeps the posterior of its epoch and takes in new evidence at the next t.</remarks>
public sealed class ArrivalSampler
{
    private const int Chunk = 256;
    private const double RefutedBelow = 1e-6;

    private readonly Instant _t;
    private readonly Draws _draws;
    private readonly FactorPosterior _posterior;
    private readonly Dictionary<StageTime, (ScoreTable Table, double Median)> _tables = [];
    private readonly Dictionary<ulong, double[]> _factors = [];

    /// <param name="t">Epoch; results are seconds after it.</param>
    /// <param name="samples">S, at least 1.</param>
    public ArrivalSampler(Instant t, Draws draws, int samples, FactorPosterior? posterior = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (_t, _draws, Samples, _posterior) = (t, draws, samples, posterior ?? FactorPosterior.Nothing);
    }

    /// <summary>S, the number of futures.</summary>
    public int Samples { get; }

    /// <summary>Resolves a lot's steps at t. Not for two threads at once.</summary>
    /// <param name="steps">In order, checked by <see cref="ArrivalStep.Check"/>. Steps before one that runs or is done
    /// are over, whatever they say.</param>
    /// <param name="begins">When the first step begins if none has; at the earliest t, since nothing says that it has.</param>
    public PreparedLot Prepare(IReadOnlyList<ArrivalStep> steps, Instant begins)
    {
        int first = 0;
        Instant? ended = null;
        for (int k = 0; k < steps.Count; k++)
            if (steps[k].Progress is Progress.Running) first = k;
            else if (steps[k].Progress is Progress.Done done) (first, ended) = (k + 1, done.At);
        if (first == steps.Count) return new PreparedLot(ended is null ? 0 : Horizon.After(_t, ended.Value), [], first, null);

        var running = steps[first].Progress as Progress.Running;
        Instant start = running is null ? ended ?? Instant.Max(begins, _t) : running.Began ?? ended ?? running.Seen;
        Instant silent = _t - Duration.Min(steps[first].ReportingDelay, Duration.FromDays(10_000));
        Instant seen = Instant.Max(running?.Seen ?? start, silent);

        var prepared = new PreparedStep[steps.Count - first];
        Instant expected = start;
        int? overdue = null;
        for (int k = first; k < steps.Count; k++)
        {
            var step = steps[k];
            double survival = k == first && step.Departures is null ? step.Time.Survival((seen - start).TotalDays) : 1;
            if (survival < RefutedBelow) overdue = k;
            var timetable = step.Departures is null ? null : new Timetable(step.Departures, _t);
            prepared[k - first] = Resolve(step, timetable, expected, Math.Max(survival, StageTime.LeastSurvival),
                k == first ? Horizon.After(_t, seen) : -Horizon.Far);
            expected = ExpectedEnd(step, timetable, expected);
        }
        return new PreparedLot(Horizon.After(_t, start), prepared, first, overdue);
    }

    /// <summary>When the lot arrives: S whole seconds after t, never before t while a step remains, at most
    /// <see cref="Horizon.Far"/>.</summary>
    public void Sample(PreparedLot lot, Span<int> arrivals) => Sample(lot, [], arrivals, []);

    /// <summary>The same when the first remaining step begins at a drawn time, such as the end of the production run.</summary>
    /// <param name="ready">S seconds after t.</param>
    public void Sample(PreparedLot lot, ReadOnlySpan<int> ready, Span<int> arrivals) => Sample(lot, ready, arrivals, []);

    /// <summary>The same, and when each remaining step ends.</summary>
    /// <param name="endsFlat">Remaining steps x S, step by step; empty: not wanted.</param>
    public void Sample(PreparedLot lot, ReadOnlySpan<int> ready, Span<int> arrivals, Span<int> endsFlat)
    {
        if (arrivals.Length != Samples || (ready.Length != 0 && ready.Length != Samples))
            throw new ArgumentException($"{Samples} samples need as many places; got {arrivals.Length} and {ready.Length} for ready.", nameof(arrivals));
        if (ready.Length == 0) arrivals.Fill(lot.Start); else ready.CopyTo(arrivals);
        for (int k = 0; k < lot.Steps.Count; k++)
        {
            Advance(lot.Steps[k], arrivals);
            if (endsFlat.Length > 0) arrivals.CopyTo(endsFlat.Slice(k * Samples, Samples));
        }
    }

    /// <summary>Moves the clock of every sample from the begin to the end of one step.</summary>
    private void Advance(PreparedStep step, Span<int> clock)
    {
        if (step.Timetable is not null)
            for (int s = 0; s < clock.Length; s++)
                clock[s] = step.Timetable.Leaves(clock[s], step.NotBefore, step.Event, _draws, s);
        if (step.Table is null)
            foreach (ref int second in clock) second = Bounded(second + step.ConstantSeconds);
        else
            for (int from = 0; from < clock.Length; from += Chunk)
                Add(step, from, clock.Slice(from, Math.Min(Chunk, clock.Length - from)));
        if (step.Open is not null)
            foreach (ref int second in clock) second = Bounded(step.Open.FirstFrom(second));
        if (step.Etas.Count > 0) EtaBlend.Shift(clock, _t, step.Etas);
    }

    private void Add(PreparedStep step, int from, Span<int> clock)
    {
        Span<double> scores = stackalloc double[Chunk];
        scores = scores[..clock.Length];
        if (step.Residual > 0) _draws.Normals(step.Event, from, scores); else scores.Clear();
        if (step.Factors.Length > 0) Mix(step, from, scores);
        if (step.Survival < 1)
            foreach (ref double x in scores) x = -NormalTable.Quantile(step.Survival * NormalTable.UpperTail(x));
        var table = step.Table!;
        for (int s = 0; s < clock.Length; s++) clock[s] = Bounded(unchecked(clock[s] + table.At(scores[s])));
    }

    /// <summary>x = sqrt(1 - sum l^2) e + sum l z: lane by lane, multiply and add, the same bits at every vector width.</summary>
    private static void Mix(PreparedStep step, int from, Span<double> scores)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(scores);
        int rest = wide.Length * Vector<double>.Count;
        foreach (ref var x in wide) x *= step.Residual;
        foreach (ref double x in scores[rest..]) x *= step.Residual;
        for (int f = 0; f < step.Factors.Length; f++)
        {
            var z = step.Factors[f].AsSpan(from, scores.Length);
            var wideZ = MemoryMarshal.Cast<double, Vector<double>>(z);
            double weight = step.Weights[f];
            for (int i = 0; i < wide.Length; i++) wide[i] += wideZ[i] * weight;
            for (int i = rest; i < scores.Length; i++) scores[i] += z[i] * weight;
        }
    }

    /// <summary>Nothing that is unfinished ends before t, and nothing ends beyond Far.</summary>
    private static int Bounded(int second) => Math.Min(Math.Max(second, 0), Horizon.Far);

    private PreparedStep Resolve(ArrivalStep step, Timetable? timetable, Instant begins, double survival, int notBefore)
    {
        double squares = 0;
        foreach (var loading in step.Loadings) squares += loading.Weight * loading.Weight;
        bool constant = step.Time is StageTime.Constant;
        return new PreparedStep(step.Event, constant ? null : Tabulated(step.Time).Table,
            constant ? Horizon.Seconds(step.Time.Quantile(0.5)) : 0, survival, Math.Sqrt(Math.Max(0, 1 - squares)),
            constant ? [] : [.. step.Loadings.Select(l => FactorDraws(l.KeyIn(begins)))], [.. step.Loadings.Select(l => l.Weight)],
            timetable, notBefore, step.Open, step.Etas ?? []);
    }

    /// <summary>The expected end only names the month of the next step's factors.</summary>
    private Instant ExpectedEnd(ArrivalStep step, Timetable? timetable, Instant begins)
    {
        int wait = timetable?.Expected(Horizon.After(_t, begins)) ?? 0;
        return Instant.Max(_t, begins + Duration.FromSeconds(wait) + Duration.FromDays(Tabulated(step.Time).Median));
    }

    private (ScoreTable Table, double Median) Tabulated(StageTime time)
    {
        if (!_tables.TryGetValue(time, out var known)) _tables[time] = known = (new ScoreTable(time), time.Quantile(0.5));
        return known;
    }

    private double[] FactorDraws(ulong key)
    {
        if (_factors.TryGetValue(key, out var known)) return known;
        var z = new double[Samples];
        _draws.Normals(key, z);
        var (mean, deviation) = _posterior.Of(key);
        for (int s = 0; s < z.Length; s++) z[s] = mean + deviation * z[s];
        return _factors[key] = z;
    }
}
