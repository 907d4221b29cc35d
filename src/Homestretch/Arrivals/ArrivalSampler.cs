using System.Numerics;
using System.Runtime.CompilerServices;
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
    private const ulong MostAttempts = 32;

    private readonly Instant _t;
    private readonly Draws _draws;
    private readonly FactorPosterior _posterior;
    private readonly Dictionary<StageTime, Tabulation> _tables = [];
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
        Instant seen = Instant.Max(running?.Seen ?? start, Silent(steps[first]));

        var prepared = new PreparedStep[steps.Count - first];
        Instant expected = start;
        int? overdue = null;
        for (int k = first; k < steps.Count; k++)
        {
            var step = steps[k];
            Instant known = step.Etas is { Count: > 0 } etas ? Instant.Min(seen, etas.Min(static e => e.Reported)) : seen;     // an estimate meets the forecast of its own day
            double survival = k == first && step.Departures is null ? step.Time.Survival((known - start - step.Longer).TotalDays) : 1;
            if (survival < RefutedBelow) overdue = k;
            var timetable = step.Departures is null ? null : new Timetable(step.Departures, _t);
            prepared[k - first] = Resolve(step, timetable, expected, survival,
                k == first ? Horizon.After(_t, seen) : -Horizon.Far, silent: Horizon.After(_t, Silent(step)));
            expected = ExpectedEnd(step, timetable, expected);
        }
        return new PreparedLot(Horizon.After(_t, start), prepared, first, overdue);
    }

    /// <summary>When the lot arrives: S whole seconds after t, never before t by more than the last step's reporting delay while
    /// a step remains, at most <see cref="Horizon.Far"/>.</summary>
    public void Sample(PreparedLot lot, Span<int> arrivals) => Sample(lot, [], arrivals, []);

    /// <summary>The same when the first remaining step begins at a drawn time, such as the end of the production run.</summary>
    /// <param name="ready">S seconds after t.</param>
    public void Sample(PreparedLot lot, ReadOnlySpan<int> ready, Span<int> arrivals) => Sample(lot, ready, arrivals, []);

    /// <summary>The same, and when each remaining step ends.</summary>
    /// <param name="endsFlat">Remaining steps x S, step by step; empty: not wanted.</param>
    /// <param name="blends">Takes what went into each remaining step's blend, null where nothing did; null: not wanted.</param>
    public void Sample(PreparedLot lot, ReadOnlySpan<int> ready, Span<int> arrivals, Span<int> endsFlat, IList<EtaBlended?>? blends = null)
    {
        if (arrivals.Length != Samples || (ready.Length != 0 && ready.Length != Samples))
            throw new ArgumentException($"{Samples} samples need as many places; got {arrivals.Length} and {ready.Length} for ready.", nameof(arrivals));
        if (ready.Length == 0) arrivals.Fill(lot.Start); else ready.CopyTo(arrivals);
        bool again = ready.Length == 0 && lot.Steps.Count > 1 && lot.Steps.All(static step => step is { Etas.Count: 0, Timetable: null, Open: null });
        for (int k = 0; k < lot.Steps.Count; k++)
        {
            EtaBlended? blended = Advance(lot.Steps[k], k == 0 && ready.Length == 0 ? lot.Start : null, arrivals, again && k == lot.Steps.Count - 1 ? -Horizon.Far : lot.Steps[k].Silent);
            blends?.Add(blended);
            if (endsFlat.Length > 0) arrivals.CopyTo(endsFlat.Slice(k * Samples, Samples));
        }
        if (again) DrawAgain(lot, arrivals, endsFlat);
    }

    /// <summary>Steps may have ended without word yet, but not so many of them that the lot would be there and we did not know: such a
    /// sample is drawn again until it agrees, which is the distribution given that the lot has not arrived.</summary>
    private void DrawAgain(PreparedLot lot, Span<int> arrivals, Span<int> endsFlat)
    {
        int last = lot.Steps[^1].Silent;
        for (int s = 0; s < arrivals.Length; s++)
        {
            for (ulong attempt = 1; arrivals[s] < last && attempt <= MostAttempts; attempt++)
            {
                int clock = lot.Start;
                for (int k = 0; k < lot.Steps.Count; k++)
                {
                    clock = Again(lot.Steps[k], attempt, s, clock, k == lot.Steps.Count - 1);
                    if (endsFlat.Length > 0) endsFlat[k * Samples + s] = clock;
                }
                arrivals[s] = clock;
            }
            if (arrivals[s] >= last) continue;
            arrivals[s] = last;
            if (endsFlat.Length > 0) endsFlat[(lot.Steps.Count - 1) * Samples + s] = last;
        }
    }

    /// <summary>One step of one sample with another residual, the factors as they are.</summary>
    private int Again(PreparedStep step, ulong attempt, int sample, int clock, bool last)
    {
        double x = _draws.Normal(StableHash.Join(step.Event, ~attempt), sample), common = 0;
        for (int f = 0; f < step.Factors.Length; f++) common += step.Weights[f] * step.Factors[f][sample];
        x = double.IsFinite(step.Outlasted) ? Outlasting(step, common, x) : step.Residual * x + common;
        return Bounded(unchecked(clock + (step.Table?.At(x) ?? step.ConstantSeconds) + step.Longer), last ? -Horizon.Far : step.Silent);
    }

    /// <summary>Moves the clock of every sample from the begin to the end of one step.</summary>
    /// <param name="start">The second at which it begins in every sample; null where that differs.</param>
    private EtaBlended? Advance(PreparedStep step, int? start, Span<int> clock, int silent)
    {
        bool told = step.Etas.Count > 0;
        if (told) silent = -Horizon.Far;
        if (step.Timetable is not null)
            for (int s = 0; s < clock.Length; s++)
                clock[s] = step.Timetable.Leaves(clock[s], step.NotBefore, step.Event, _draws, s);
        if (step.Table is null)
            foreach (ref int second in clock) second = Bounded(unchecked(second + step.ConstantSeconds + step.Longer), silent);
        else
            for (int from = 0; from < clock.Length; from += Chunk)
                Add(step, from, clock.Slice(from, Math.Min(Chunk, clock.Length - from)), silent);
        if (step.Open is not null)
            foreach (ref int second in clock) second = Bounded(step.Open.FirstFrom(second), silent);
        EtaBlend.Redraw? redraw = start is { } began && step is { Table: not null, Timetable: null, Open: null } ? (samples, beyond) => Redrawn(step, began, beyond, samples) : null;
        return told ? EtaBlend.Shift(clock, _t, step.Etas, Math.Max(step.Silent, step.NotBefore), redraw) : null;
    }

    /// <summary>The same draws of a step that is known to end later still.</summary>
    private void Redrawn(PreparedStep step, int start, int beyond, Span<int> clock)
    {
        double outlasted = step.Table!.ScoreOf(Math.Clamp(beyond - start - step.Longer, -Horizon.Far, Horizon.Far));
        if (outlasted <= step.Outlasted) return;
        clock.Fill(start);
        for (int from = 0; from < clock.Length; from += Chunk) Add(step with { Outlasted = outlasted }, from, clock.Slice(from, Math.Min(Chunk, clock.Length - from)), -Horizon.Far);
    }

    private void Add(PreparedStep step, int from, Span<int> clock, int silent)
    {
        Span<double> scores = stackalloc double[Chunk];
        scores = scores[..clock.Length];
        if (step.Residual > 0) _draws.Normals(step.Event, from, scores); else scores.Clear();
        if (double.IsFinite(step.Outlasted)) Outlast(step, from, scores);
        else if (step.Factors.Length > 0) Mix(step, from, scores);
        var table = step.Table!;
        for (int s = 0; s < clock.Length; s++) clock[s] = Bounded(unchecked(clock[s] + table.At(scores[s]) + step.Longer), silent);
    }

    private static void Outlast(PreparedStep step, int from, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            double common = 0;
            for (int f = 0; f < step.Factors.Length; f++) common += step.Weights[f] * step.Factors[f][from + i];
            scores[i] = Outlasting(step, common, scores[i]);
        }
    }

    /// <summary>The score of a step that has outlasted c, the factors given: e is drawn from above (c - sum l z) / r, r = sqrt(1 - sum l^2), in tails
    /// u' = U((c - sum l z) / r) U(e). What outlasting c says of the factors themselves is in their posterior.</summary>
    private static double Outlasting(PreparedStep step, double common, double e) => step.Residual < 1e-6 ? Math.Max(common, step.Outlasted)
        : Math.Max(step.Outlasted, common - step.Residual * NormalTable.Quantile(NormalTable.UpperTail((step.Outlasted - common) / step.Residual) * NormalTable.UpperTail(e)));

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

    /// <summary>Nothing that is not known to be finished ended before its source would have told, and nothing ends beyond Far.</summary>
    private static int Bounded(int second, int silent) => Math.Min(Math.Max(second, silent), Horizon.Far);

    /// <summary>The last moment of which no word means that the step was still to end.</summary>
    private Instant Silent(ArrivalStep step) => _t - Duration.Min(step.ReportingDelay, Duration.FromDays(10_000));

    private PreparedStep Resolve(ArrivalStep step, Timetable? timetable, Instant begins, double survival, int notBefore, int silent)
    {
        double squares = 0;
        foreach (var loading in step.Loadings) squares += loading.Weight * loading.Weight;
        bool constant = step.Time is StageTime.Constant;
        return new PreparedStep(step.Event, constant ? null : Tabulated(step.Time).Table,
            constant ? Horizon.Seconds(step.Time.Quantile(0.5)) : 0, survival < 1 ? FactorPosterior.Outlasted(survival) : double.NegativeInfinity, Math.Sqrt(Math.Max(0, 1 - squares)),
            constant ? [] : [.. step.Loadings.Select(l => FactorDraws(l.KeyIn(begins)))], [.. step.Loadings.Select(l => l.Weight)],
            timetable, notBefore, silent, step.Open, step.Etas ?? [], Horizon.Seconds(step.Longer.TotalDays));
    }

    /// <summary>The expected end only names the month of the next step's factors.</summary>
    private Instant ExpectedEnd(ArrivalStep step, Timetable? timetable, Instant begins)
    {
        int wait = timetable?.Expected(Horizon.After(_t, begins)) ?? 0;
        return Instant.Max(_t, begins + Duration.FromSeconds(wait) + Duration.FromDays(Tabulated(step.Time).Median) + step.Longer);
    }

    private Tabulation Tabulated(StageTime time)
    {
        if (!_tables.TryGetValue(time, out Tabulation? known)) _tables[time] = known = s_tabulated.GetValue(time, static t => new(new ScoreTable(t), t.Quantile(0.5)));
        return known;
    }

    /// <summary>Of stage times that are in use: samplers of one world share them, on many threads.</summary>
    private static readonly ConditionalWeakTable<StageTime, Tabulation> s_tabulated = [];

    private sealed record Tabulation(ScoreTable Table, double Median);

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
