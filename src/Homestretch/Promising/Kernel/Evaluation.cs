using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>A plan's forecasts: pegs and sequence held, every build in every sample. The ends are kept, so that
/// <see cref="Ripple"/> can re-evaluate only what a change reaches.</summary>
/// <remarks>Deterministic bit for bit: the same with one thread or many and on any vector width. Reading is safe from
/// many threads; <see cref="Ripple"/> must be alone.</remarks>
internal sealed unsafe partial class Evaluation
{
    /// <summary>Index of a build that is only asked about.</summary>
    internal const int Hypothetical = -1;

    private const int Chunk = 4_096;    // builds looked at in one go where each is looked at alone

    private readonly Shelf<LineRun> _runs;
    private Outcome[] _outcomes = [];

    private readonly record struct Outcome(Quantiles Dates, short GatePeg, short Gate, short Kit, short OnTime);

    private Evaluation(PlannedBuilds builds, Futures arrivals, Futures outbounds, IReadOnlyList<PlannedLine> lines, int threads, IReadOnlyList<Shut[]>? shut)
    {
        if (shut is not null && shut.Count != outbounds.Count) throw new ArgumentException($"{outbounds.Count} outbound rows, but times at which {shut.Count} are shut.", nameof(shut));
        Shut = shut;
        if (outbounds.Samples != arrivals.Samples)
            throw new ArgumentException($"Outbounds have {outbounds.Samples} samples, arrivals {arrivals.Samples}.", nameof(outbounds));
        if (builds.LargestLot() >= arrivals.Count)
            throw new ArgumentException($"A build is pegged to lot {builds.LargestLot()}, but only {arrivals.Count} lots have arrivals.", nameof(builds));
        (Builds, Arrivals, Outbounds, PlannedLines, Threads) = (builds, arrivals, outbounds, lines, threads);
        (_runs, LoneSamples) = (new(() => new(this)), new(() => new(this)));
        Lines = [.. lines.Select(line => new LineRecord(line, arrivals.Samples))];
        Ends = new(arrivals.Samples, builds.Count);
        Admit(builds.Count);
        ArrangeSequences();
    }

    internal PlannedBuilds Builds { get; }
    internal Futures Arrivals { get; }
    internal Futures Outbounds { get; }

    /// <summary>Of each outbound row: when nothing leaves on that way; null: nothing is ever shut.</summary>
    internal IReadOnlyList<Shut[]>? Shut { get; }

    internal IReadOnlyList<PlannedLine> PlannedLines { get; private set; }
    internal LineRecord[] Lines { get; }

    /// <summary>End of work of every build in every sample, calendar seconds. A line's rows lie in sequence at first, so
    /// that running it again reads on.</summary>
    private Futures Ends { get; }

    /// <summary>The row of a build's ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int* EndsAt(int build) => Ends.Row(_endRow[build]);

    /// <summary>Of each build: when it stops holding its turn, and its position in its line's sequence (-1 withdrawn).</summary>
    internal int[] ParkAt { get; private set; } = [];
    internal int[] Position { get; private set; } = [];
    private int[] _endRow = [];

    /// <summary>Of each build: no sample's end lies after it, as of the last change whole.</summary>
    internal int[] LastEnd { get; private set; } = [];
    internal int Threads { get; }
    private ParallelOptions Most => new() { MaxDegreeOfParallelism = Threads };
    internal LotIndex? LotIndex { get; set; }
    internal Shelf<LoneSamples> LoneSamples { get; }

    /// <summary>Scratch of a ripple, all false or 0 between ripples.</summary>
    internal bool[] Marks { get; private set; } = [];
    internal Disturbed Disturbed => field ??= new(this);
    internal int[] Places { get; private set; } = [];

    /// <summary>S.</summary>
    public int Samples => Arrivals.Samples;

    /// <summary>Evaluates every build.</summary>
    /// <param name="builds">Held by the evaluation from now on; change it only through <see cref="Ripple"/>.</param>
    /// <param name="arrivals">Row l: arrival of lot l in each sample, calendar seconds after t. Held likewise.</param>
    /// <param name="outbounds">Rows of sampled outbound seconds; may be empty.</param>
    /// <param name="proof">Whether later ripples prove themselves.</param>
    /// <param name="threads">Most threads to use; -1 for as many as there are. The result does not depend on it.</param>
    /// <param name="shut">Of each outbound row the times in which nothing leaves, ascending by begin; null: none.</param>
    public static Evaluation Run(PlannedBuilds builds, Futures arrivals, Futures outbounds, IReadOnlyList<PlannedLine> lines,
        int threads = -1, Proof proof = Proof.Never, IReadOnlyList<Shut[]>? shut = null)
    {
        Evaluation plan = new(builds, arrivals, outbounds, lines, threads, shut) { Proof = proof };
        plan.ForEach(plan.Lines.Length, (run, line) => plan.RunWhole(run, plan.Lines[line]));
        return plan;
    }

    public BuildDates this[int build]
    {
        get
        {
            ref Outcome o = ref _outcomes[build];
            double samples = Samples;
            return new(o.Dates, o.GatePeg, o.Gate / samples, o.Kit / samples, o.OnTime / samples);
        }
    }

    /// <summary>The end of a build's work in every sample, calendar seconds after t.</summary>
    public ReadOnlySpan<int> EndsOf(int build) => new(EndsAt(build), Samples);

    /// <summary>The customer's date of a build in every sample, calendar seconds after t.</summary>
    public void CopyDates(int build, Span<int> dates)
    {
        fixed (int* target = dates[..Samples]) DatesOf(EndsAt(build), Builds.Rows[build], target);
    }

    /// <summary>The second at which a build's kit is whole and may start, in every sample.</summary>
    public void CopyReady(int build, Span<int> ready)
    {
        fixed (int* target = ready[..Samples]) Readiness.Row(Builds, Arrivals, build, target);
    }

    /// <summary>In how many samples each of a build's pegs comes last, alone or together with others, and after the floor.</summary>
    /// <param name="counts">One for each peg.</param>
    public void CountLast(int build, Span<int> counts)
    {
        int* ready = stackalloc int[Samples];
        Readiness.Row(Builds, Arrivals, build, ready);
        for (int peg = 0; peg < Builds.PegCounts[build]; peg++) counts[peg] = Readiness.Last(Builds, Arrivals, build, peg, ready);
    }

    /// <summary>Builds whose kits draw on a lot, ascending.</summary>
    public int[] BuildsOf(int lot)
    {
        List<int> listed = [];
        (LotIndex ??= new(Builds, Arrivals.Count)).Collect(lot, listed);
        return [.. listed.Where(build => !Builds.Withdrawn[build] && Builds.Pegs(build).Contains(lot)).Distinct().Order()];
    }

    /// <summary>P(kit by d): share of samples in which all its parts have come by a calendar second.</summary>
    public double KitBy(int build, int second)
    {
        int* ready = stackalloc int[Samples];
        Readiness.Row(Builds, Arrivals, build, ready);
        return OrderStatistics.CountAtMost(ready, Samples, second) / (double)Samples;
    }

    /// <summary>Share of samples in which the customer's date is not after a calendar second.</summary>
    public double DateBy(int build, int second)
    {
        int* dates = stackalloc int[Samples];
        DatesOf(EndsAt(build), Builds.Rows[build], dates);
        return OrderStatistics.CountAtMost(dates, Samples, second) / (double)Samples;
    }

    /// <summary>The dates a build would have if the plan took it in behind all builds planned to start at or before its
    /// planned start. Nothing kept changes; appending the same build by <see cref="Ripple"/> gives the same dates.</summary>
    /// <param name="others">When what is not among the plan's lots has come, in every sample; empty: nothing such.</param>
    public QuotedDate Quote(in PlannedBuild build, ReadOnlySpan<int> lots, ReadOnlySpan<int> others = default)
    {
        CheckPlace(build, lots);
        using Probe probe = new(this, Hypothetical, build);
        Readiness.Row(Arrivals, lots, build.Floor, probe.Ready);
        for (int s = 0; s < others.Length; s++) probe.Ready[s] = Math.Max(probe.Ready[s], others[s]);
        Look(probe, PositionFor(build));
        return new(probe.Quantiles(this), probe.Dates(this));
    }

    /// <summary>The quantiles of a build's date if one of its parts came earlier, everything else on the line as it is;
    /// against its forecast this is the value of a day.</summary>
    /// <param name="peg">Index among its pegs.</param>
    /// <param name="earlier">Seconds, usually 86,400.</param>
    public Quantiles DatesIfEarlier(int build, int peg, int earlier)
    {
        using Probe probe = IfEarlier(build, peg, earlier);
        return probe.Quantiles(this);
    }

    /// <summary>The date in every sample if one of its parts came earlier.</summary>
    public int[] SamplesIfEarlier(int build, int peg, int earlier)
    {
        using Probe probe = IfEarlier(build, peg, earlier);
        return probe.Dates(this);
    }

    private Probe IfEarlier(int build, int peg, int earlier)
    {
        Probe probe = new(this, build, Builds[build]);
        ReadOnlySpan<int> lots = Builds.Pegs(build), early = Arrivals[lots[peg]];
        int[] others = [.. lots[..peg], .. lots[(peg + 1)..]];
        Readiness.Row(Arrivals, others, probe.Row.Floor, probe.Ready);
        for (int s = 0; s < Samples; s++) probe.Ready[s] = Math.Max(probe.Ready[s], early[s] - earlier);
        Look(probe, Position[build]);
        return probe;
    }

    /// <summary>Re-evaluates what a disturbance reaches, and only that. The result equals a full evaluation of the
    /// disturbed plan bit for bit; <see cref="ProveEqualsFull"/> checks it.</summary>
    public RippleResult Ripple(Disturbance disturbance)
    {
        RippleResult result = new Rippling(this, disturbance).Run();
        if (Proof == Proof.AfterEveryRipple) ProveEqualsFull();
        return result;
    }

    /// <summary>Whether every ripple is checked against a full evaluation.</summary>
    public Proof Proof { get; init; }

    /// <summary>Throws when anything kept differs from a full evaluation of the same builds.</summary>
    public void ProveEqualsFull()
    {
        Evaluation full = Run(Builds, Arrivals, Outbounds, PlannedLines, Threads, shut: Shut);
        for (int build = 0; build < Builds.Count; build++)
        {
            if (Builds.Withdrawn[build]) continue;
            if (full._outcomes[build] == _outcomes[build] && full.EndsOf(build).SequenceEqual(EndsOf(build))) continue;
            int differs = EndsOf(build).CommonPrefixLength(full.EndsOf(build));
            throw new InvalidOperationException($"Build {build} on line {Builds[build].Line} at position {Position[build]} has {_outcomes[build]} after rippling and {full._outcomes[build]} evaluated anew{(differs < Samples ? $"; in sample {differs} it ends at {EndsOf(build)[differs]} and at {full.EndsOf(build)[differs]}" : "")}.\nMaybe its inputs were changed without Ripple.");
        }
    }

    private void Look(Probe probe, int position)
    {
        LineRecord line = Lines[probe.Row.Line];
        probe.Read(line, position);
        if (probe.IsDone) return;
        LineRun run = _runs.Rent();
        probe.Run(run, line, position);
        _runs.Return(run);
    }

    /// <summary>Where a build goes in its line's sequence: behind its equals.</summary>
    internal int PositionFor(in PlannedBuild build)
    {
        LineRecord line = Lines[build.Line];
        int low = 0, high = line.Length;
        while (low < high)
        {
            int mid = (low + high) >>> 1;
            if (Earlier(Builds.Rows[line.Sequence[mid]], build) <= 0) low = mid + 1; else high = mid;
        }
        return low;
    }

    private static int Earlier(in PlannedBuild a, in PlannedBuild b) =>
        a.PlannedStart != b.PlannedStart ? a.PlannedStart.CompareTo(b.PlannedStart) : a.Tie.CompareTo(b.Tie);

    /// <summary>Throws when a build names a line, lot or outbound row that does not exist.</summary>
    internal void CheckPlace(in PlannedBuild build, ReadOnlySpan<int> lots, int lotCount = -1)
    {
        PlannedBuilds.Check(build);
        lotCount = lotCount < 0 ? Arrivals.Count : lotCount;
        if (build.Line >= Lines.Length || build.OutboundRow >= Outbounds.Count)
            throw new ArgumentException($"A build is on line {build.Line} of {Lines.Length} with outbound row {build.OutboundRow} of {Outbounds.Count}.", nameof(build));
        foreach (int lot in lots)
            if ((uint)lot >= (uint)lotCount)
                throw new ArgumentException($"A build is pegged to lot {lot}, but only {lotCount} lots have arrivals.", nameof(lots));
    }

    /// <summary>Makes room for builds up to a count.</summary>
    internal void Admit(int count)
    {
        int first = Ends.Count;
        if (count > ParkAt.Length)
        {
            int capacity = count + count / 8;
            (int[] parkAt, int[] position, int[] lastEnd, bool[] marks, int[] places) = (ParkAt, Position, LastEnd, Marks, Places);
            Array.Resize(ref parkAt, capacity);
            Array.Resize(ref position, capacity);
            Array.Resize(ref lastEnd, capacity);
            Array.Resize(ref _outcomes, capacity);
            Array.Resize(ref marks, capacity);
            Array.Resize(ref places, capacity);
            Array.Resize(ref _endRow, capacity);
            (ParkAt, Position, LastEnd, Marks, Places) = (parkAt, position, lastEnd, marks, places);
        }
        Ends.AppendRows(count - first);
        for (int build = first; build < count; build++) CheckPlace(Builds.Rows[build], []);
        Parallel.For(0, (count - first + Chunk - 1) / Chunk, Most, chunk =>
        {
            for (int build = first + Chunk * chunk; build < Math.Min(count, first + Chunk * (chunk + 1)); build++)
            {
                ref PlannedBuild row = ref Builds.Rows[build];
                ParkAt[build] = Lines[row.Line].ParkAt(row);
                (_endRow[build], Position[build]) = (build, -1);
            }
        });
    }

    /// <summary>Builds of each line by planned start, ties in the order of adding.</summary>
    private void ArrangeSequences()
    {
        for (int build = 0; build < Builds.Count; build++)
            if (!Builds.Withdrawn[build]) Lines[Builds.Rows[build].Line].Length++;
        int[] firstRow = new int[Lines.Length];
        int rows = 0;
        for (int i = 0; i < Lines.Length; i++)
        {
            LineRecord line = Lines[i];
            (firstRow[i], rows) = (rows, rows + line.Length);
            (line.Sequence, line.Length) = (new int[line.Length + line.Length / 8], 0);
        }
        for (int build = 0; build < Builds.Count; build++)
        {
            if (Builds.Withdrawn[build])
            {
                _endRow[build] = rows++;
                continue;
            }
            LineRecord line = Lines[Builds.Rows[build].Line];
            line.Sequence[line.Length++] = build;
        }
        Parallel.For(0, Lines.Length, Most, i =>
        {
            LineRecord line = Lines[i];
            Span<int> sequence = line.Sequence.AsSpan(0, line.Length);
            sequence.Sort((a, b) => Earlier(Builds.Rows[a], Builds.Rows[b]) is var order && order != 0 ? order : a.CompareTo(b));
            Number(line, 0);
            foreach (int build in sequence) _endRow[build] = firstRow[i] + Position[build];
        });
    }

    internal void Number(LineRecord line, int from)
    {
        for (int position = from; position < line.Length; position++) Position[line.Sequence[position]] = position;
    }

    private void RunWhole(LineRun run, LineRecord line)
    {
        run.Begin(line);
        int dated = 0;
        for (int position = 0; position == 0 || position < line.Length; position += LineRecord.Spacing)
        {
            Mark(run, line, position);
            for (; dated < line.Lows[^1]; dated++) Date(line.Sequence[dated]);
            run.Run(line.Sequence.AsSpan(position..Math.Min(position + LineRecord.Spacing, line.Length)));
        }
        run.Finish();
        for (; dated < line.Length; dated++) Date(line.Sequence[dated]);
    }

    /// <summary>Adds a checkpoint at a position with the state the run is in, all samples awake.</summary>
    internal static void Mark(LineRun run, LineRecord line, int position)
    {
        line.AddCheckpoint(position);
        run.Save(line.Positions.Count - 1);
    }

    /// <summary>Gate and P(kit) of a build from its ready row; true when they changed.</summary>
    internal bool Judge(int build, int* ready)
    {
        GateCount gate = Readiness.Gate(Builds, Arrivals, build, ready);
        int kit = OrderStatistics.CountAtMost(ready, Samples, Builds.Rows[build].PlannedStart);
        Outcome before = _outcomes[build];
        _outcomes[build] = before with { GatePeg = (short)gate.Peg, Gate = (short)gate.Samples, Kit = (short)kit };
        return before != _outcomes[build];
    }

    /// <summary>Quantiles and keeping of the promise of a build from its ends; true when they changed.</summary>
    internal bool Date(int build)
    {
        int* dates = stackalloc int[OrderStatistics.ScratchLength(Samples)];
        ref PlannedBuild row = ref Builds.Rows[build];
        LastEnd[build] = DatesOf(EndsAt(build), row, dates);
        int onTime = row.Promised == Futures.Never ? Samples : OrderStatistics.CountAtMost(dates, Samples, row.Promised);
        Outcome before = _outcomes[build];
        _outcomes[build] = before with { OnTime = (short)onTime, Dates = OrderStatistics.Of(dates, Samples) };
        return before != _outcomes[build];
    }

    /// <summary>date_s = leave_s + outbound_s, leave_s = end_s or, where the way is shut then, when it opens; not beyond <see cref="Futures.Never"/>; returns the last end.</summary>
    internal int DatesOf(int* ends, in PlannedBuild row, int* dates)
    {
        Vector256<uint> outbound = Vector256.Create((uint)row.Outbound), never = Vector256.Create((uint)Futures.Never);
        int* sampled = row.OutboundRow < 0 ? null : Outbounds.Row(row.OutboundRow);
        ReadOnlySpan<Shut> shut = Shut is null || row.OutboundRow < 0 ? default : Shut[row.OutboundRow];
        Vector256<uint> last = default;
        for (int s = 0; s < Samples; s += 8)
        {
            Vector256<uint> end = Vector256.Load((uint*)ends + s), leave = end;
            last = Vector256.Max(last, end);
            foreach (Shut time in shut) leave = time.Leaves(leave);
            Vector256<uint> date = leave + outbound;
            if (sampled != null) date += Vector256.Load((uint*)sampled + s);
            Vector256.Min(date, never).Store((uint*)dates + s);
        }
        uint latest = 0;
        for (int k = 0; k < 8; k++) latest = Math.Max(latest, last.GetElement(k));
        return (int)latest;
    }

    internal void Forget(int build) => (_outcomes[build], Position[build]) = (default, -1);

    internal void ForEach(int count, Action<LineRun, int> act) =>
        Parallel.For(0, count, Most, _runs.Rent, (i, _, run) => { act(run, i); return run; }, _runs.Return);

    /// <summary>Two halves of some work, on two threads where they are allowed.</summary>
    internal void ForBoth(Action<int> act) => Parallel.For(0, 2, Most, act);
}
