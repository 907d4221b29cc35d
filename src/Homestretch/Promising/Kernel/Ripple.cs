namespace Homestretch.Promising.Kernel;

/// <summary>What a ripple did.</summary>
/// <param name="Changed">Builds of which any end, quantile, gate or share changed, in index order; withdrawn and
/// appended ones among them.</param>
/// <param name="Considered">Builds run again, each counted once for every eight samples it was run in.</param>
internal sealed record RippleResult(IReadOnlyList<int> Changed, long Considered);

/// <summary>One re-evaluation after a disturbance. Each touched line starts again from the last checkpoint before a
/// touched build, in the samples that differ there, and a sample stops at the first checkpoint at which it stands as
/// before. A line of which many builds are touched runs whole from there on, in all samples: finding where each differs and
/// taking it up again would cost more.</summary>
internal sealed class Rippling(Evaluation plan, Disturbance disturbance)
{
    /// <summary>A line runs whole when more than one in so many of its builds is touched, and not just a few.</summary>
    private const int WholeFrom = 16, Few = 4;

    private readonly SortedDictionary<int, List<int>> _touchedByLine = [];
    private readonly bool[] _whole = new bool[plan.Lines.Length];
    private readonly List<int> _ofWhole = [];    // touched builds of those lines
    private readonly HashSet<int> _everywhere = [];
    private readonly HashSet<int> _touchedTails = [];
    private readonly Disturbed _disturbed = plan.Disturbed;
    private long _considered;

    internal RippleResult Run()
    {
        Check();
        Redraw();
        foreach (int build in disturbance.Withdrawn) Withdraw(build);
        foreach ((PlannedBuild build, int[] lots) in disturbance.Appended) Append(build, lots);
        foreach (int build in _disturbed.Builds)
            if (_disturbed.DiffersAnywhere(build)) Touch(build);
        foreach (int build in _everywhere) Touch(build);
        foreach (int build in _ofWhole) Touch(build);
        foreach (int line in _touchedTails) Touched(line);
        int[] lines = [.. _touchedByLine.Keys];
        plan.ForEach(lines.Length, (run, i) =>
        {
            if (_whole[lines[i]]) RunWhole(run, plan.Lines[lines[i]], _touchedByLine[lines[i]].DefaultIfEmpty(plan.Lines[lines[i]].Length).Min());
            else RippleLine(run, plan.Lines[lines[i]], _touchedByLine[lines[i]], _touchedTails.Contains(lines[i]));
        });
        _disturbed.Forget();
        return new(DateChanged(), _considered);
    }

    private void Check()
    {
        int lotCount = plan.Arrivals.Count;
        foreach (int lot in disturbance.Redrawn.Keys)
        {
            if (lot < 0 || lot > lotCount)
                throw new ArgumentException($"Lot {lot} is neither one of {lotCount} lots nor the next.", nameof(disturbance));
            if (lot == lotCount) lotCount++;
        }
        foreach ((int build, (PlannedBuild now, int[] lots)) in disturbance.Changed)
        {
            plan.CheckPlace(now, lots, lotCount);
            if (now.Line != plan.Builds[build].Line || now.PlannedStart != plan.Builds[build].PlannedStart || now.Tie != plan.Builds[build].Tie || now.Passed != plan.Builds[build].Passed)
                throw new ArgumentException($"Build {build} would move from line {plan.Builds[build].Line} at {plan.Builds[build].PlannedStart} to line {now.Line} at {now.PlannedStart}.\nMaybe withdraw it and append it there.", nameof(disturbance));
        }
        foreach (int build in disturbance.Changed.Keys.Concat(disturbance.Withdrawn))
            if (plan.Builds.Withdrawn[build])
                throw new ArgumentException($"Build {build} was withdrawn before.", nameof(disturbance));
        foreach ((PlannedBuild build, int[] lots) in disturbance.Appended) plan.CheckPlace(build, lots, lotCount);
    }

    /// <summary>New arrivals and changed builds; finds which kits' ready seconds differ, and where.</summary>
    private void Redraw()
    {
        plan.LotIndex ??= new(plan.Builds, plan.Arrivals.Count);
        List<int> builds = [.. disturbance.Changed.Where(c => Runs(c.Key, c.Value)).Select(static c => c.Key)];
        foreach (int lot in disturbance.Redrawn.Keys) plan.LotIndex.Collect(lot, builds);
        builds = Apart(builds);
        _disturbed.Before(builds);
        HashSet<int> reworked = [];
        foreach ((int lot, int[] arrivals) in disturbance.Redrawn)
        {
            if (lot == plan.Arrivals.Count) plan.Arrivals.Append(arrivals);
            else plan.Arrivals.Set(lot, arrivals);
        }
        foreach ((int build, (PlannedBuild now, int[] lots)) in disturbance.Changed)
        {
            if (now.Work != plan.Builds[build].Work || now.Confirmed != plan.Builds[build].Confirmed) reworked.Add(build);
            plan.Builds.Change(build, now);
            plan.Builds.Repeg(build, lots);
            plan.LotIndex.Add(build, lots);
            plan.Marks[build] = true;
        }
        _disturbed.After(reworked.Contains, plan.Marks);
    }

    /// <summary>Whether a changed build may run otherwise: another promise or outbound leaves the line as it is.</summary>
    private bool Runs(int build, (PlannedBuild Build, int[] Lots) now)
    {
        ref readonly PlannedBuild was = ref plan.Builds.Rows[build];
        return now.Build.Work != was.Work || now.Build.Floor != was.Floor || now.Build.Confirmed != was.Confirmed || !plan.Builds.Pegs(build).SequenceEqual(now.Lots);
    }

    /// <summary>Sets aside the builds of lines that will run whole; returns the others in index order, each once.</summary>
    private List<int> Apart(List<int> builds)
    {
        int[] touched = new int[plan.Lines.Length];
        var each = new List<int>(builds.Count);
        builds.Sort();
        foreach (int build in builds)
        {
            if (plan.Position[build] < 0 || each.Count > 0 && each[^1] == build) continue;
            each.Add(build);
            touched[plan.Builds.Rows[build].Line]++;
        }
        for (int line = 0; line < _whole.Length; line++) _whole[line] = touched[line] > Few && touched[line] * WholeFrom > plan.Lines[line].Length;
        var others = new List<int>();
        foreach (int build in each) (_whole[plan.Builds.Rows[build].Line] ? _ofWhole : others).Add(build);
        return others;
    }

    private void Withdraw(int build)
    {
        LineRecord line = plan.Lines[plan.Builds[build].Line];
        int position = plan.Position[build];
        line.Remove(position);
        plan.Number(line, position);
        plan.Forget(build);
        plan.Builds.Withdrawn[build] = plan.Marks[build] = true;
        if (position < line.Length) _everywhere.Add(line.Sequence[position]);
        else _touchedTails.Add(plan.Builds[build].Line);
    }

    private unsafe void Append(in PlannedBuild row, int[] lots)
    {
        int position = plan.PositionFor(row), build = plan.Builds.Add(row, lots);
        plan.Admit(build + 1);
        plan.LotIndex!.Add(build, lots);
        new Span<int>(plan.EndsAt(build), plan.Samples).Clear();   // it waited in no sample before
        plan.Lines[row.Line].Insert(position, build);
        plan.Number(plan.Lines[row.Line], position);
        int* ready = stackalloc int[plan.Samples];
        Readiness.Row(plan.Builds, plan.Arrivals, build, ready);
        plan.Judge(build, ready);
        plan.Marks[build] = true;
        _everywhere.Add(build);
    }

    private void Touch(int build)
    {
        if (plan.Position[build] >= 0) Touched(plan.Builds[build].Line).Add(plan.Position[build]);
    }

    private List<int> Touched(int line)
    {
        if (!_touchedByLine.TryGetValue(line, out List<int>? positions)) _touchedByLine[line] = positions = [];
        return positions;
    }

    private void RippleLine(LineRun run, LineRecord line, List<int> touched, bool tail)
    {
        touched.Sort();
        if (tail) touched.Add(line.Length);
        Span<byte> fresh = stackalloc byte[run.Groups];
        Span<int> wakeAt = stackalloc int[plan.Samples];
        wakeAt.Fill(int.MaxValue);
        run.Rest(line);
        run.Changed = plan.Marks;
        int next = 0, checkpoint = line.CheckpointBefore(touched[0]);
        long considered = 0;
        while (true)
        {
            int from = line.Positions[checkpoint];
            bool isLast = checkpoint + 1 == line.Positions.Count;
            int to = isLast ? line.Length : line.Positions[checkpoint + 1];
            fresh.Clear();
            for (; next < touched.Count && (isLast || touched[next] < to); next++) Wake(line, touched[next], checkpoint, fresh, wakeAt);
            Restore(run, checkpoint, fresh, wakeAt);
            considered += (long)run.GroupsAwake * (to - from);
            if (isLast) RunTail(run, line, from);
            else if (run.AnyAwake)
            {
                run.Run(line.Sequence.AsSpan(from..to));
                run.Settle(checkpoint + 1, _disturbed, wakeAt);
                run.Save(checkpoint + 1);
            }
            if (isLast) break;
            checkpoint = run.AnyAwake ? checkpoint + 1 : Soonest(wakeAt);
            if (next < touched.Count) checkpoint = Math.Min(checkpoint, line.CheckpointBefore(touched[next]));
            if (checkpoint == int.MaxValue) break;
        }
        run.Changed = null;
        Interlocked.Add(ref _considered, considered);
    }

    /// <summary>Runs a line in all samples from the last checkpoint before a position on.</summary>
    private void RunWhole(LineRun run, LineRecord line, int first)
    {
        int checkpoint = line.CheckpointBefore(first), from = line.Positions[checkpoint];
        Span<byte> all = stackalloc byte[run.Groups];
        all.Fill(0xFF);
        run.Rest(line);
        run.Restore(checkpoint, all);
        (run.Changed, run.JudgesChanged) = (plan.Marks, true);
        Interlocked.Add(ref _considered, (long)run.Groups * (line.Length - from));
        for (; checkpoint + 1 < line.Positions.Count; checkpoint++)
        {
            run.Run(line.Sequence.AsSpan(line.Positions[checkpoint]..line.Positions[checkpoint + 1]));
            run.Save(checkpoint + 1);
        }
        RunTail(run, line, line.Positions[checkpoint]);
        (run.Changed, run.JudgesChanged) = (null, false);
    }

    private void Wake(LineRecord line, int position, int checkpoint, Span<byte> fresh, Span<int> wakeAt)
    {
        if (position == line.Length || _everywhere.Contains(line.Sequence[position])) fresh.Fill(0xFF);
        else _disturbed.Wake(line, line.Sequence[position], checkpoint, fresh, wakeAt);
    }

    /// <summary>Takes up the samples to be woken at a checkpoint that are not awake.</summary>
    private static void Restore(LineRun run, int checkpoint, Span<byte> fresh, Span<int> wakeAt)
    {
        for (int s = 0; s < wakeAt.Length; s++)
            if (wakeAt[s] <= checkpoint) fresh[s / 8] |= (byte)(1 << s % 8);
        for (int g = 0; g < fresh.Length; g++) fresh[g] &= run.Asleep(g);
        if (fresh.ContainsAnyExcept((byte)0)) run.Restore(checkpoint, fresh);
        for (int s = 0; s < wakeAt.Length; s++)
            if ((run.Asleep(s / 8) >> s % 8 & 1) == 0) wakeAt[s] = int.MaxValue;
    }

    private static int Soonest(ReadOnlySpan<int> wakeAt)
    {
        int soonest = int.MaxValue;
        foreach (int checkpoint in wakeAt) soonest = Math.Min(soonest, checkpoint);
        return soonest;
    }

    /// <summary>Behind the last checkpoint; where many were appended and all samples run, new checkpoints are kept.</summary>
    private static void RunTail(LineRun run, LineRecord line, int from)
    {
        for (; run.AllAwake && line.Length - from > 2 * LineRecord.Spacing; from += LineRecord.Spacing)
        {
            run.Run(line.Sequence.AsSpan(from, LineRecord.Spacing));
            Evaluation.Mark(run, line, from + LineRecord.Spacing);
        }
        run.Run(line.Sequence.AsSpan(from..line.Length));
        run.Finish();
    }

    private List<int> DateChanged()
    {
        bool[] marks = plan.Marks;
        List<int> changed = new(marks.AsSpan().Count(true));
        for (int build = Array.IndexOf(marks, true); build >= 0; build = Array.IndexOf(marks, true, build + 1)) changed.Add(build);
        const int chunk = 64;
        plan.ForEach((changed.Count + chunk - 1) / chunk, (_, c) =>
        {
            for (int i = c * chunk; i < Math.Min(changed.Count, (c + 1) * chunk); i++)
                if (plan.Position[changed[i]] >= 0) plan.Date(changed[i]);
        });
        foreach (int build in changed) marks[build] = false;
        return changed;
    }
}
