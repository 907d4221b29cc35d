namespace Homestretch.Promising.Kernel;

/// <summary>What a ripple did.</summary>
/// <param name="Changed">Builds of which any end, quantile, gate or share changed, in index order; withdrawn and
/// appended ones among them.</param>
/// <param name="Considered">Builds run again, each counted once for every eight samples it was run in.</param>
internal sealed record RippleResult(IReadOnlyList<int> Changed, long Considered);

/// <summary>One re-evaluation after a disturbance. Each touched line starts again from the last checkpoint before a
/// touched build, in the groups of eight samples that differ there, and a group stops at the first checkpoint at which
/// it stands as before.</summary>
internal sealed class Rippling(Evaluation plan, Disturbance disturbance)
{
    private readonly SortedDictionary<int, List<int>> _touchedByLine = [];
    private readonly HashSet<int> _everywhere = [];
    private readonly HashSet<int> _touchedTails = [];
    private readonly Disturbed _disturbed = new(plan);
    private long _considered;

    internal RippleResult Run()
    {
        Check();
        Redraw();
        foreach (int build in disturbance.Withdrawn) Withdraw(build);
        foreach ((PlannedBuild build, int[] lots) in disturbance.Appended) Append(build, lots);
        foreach (int build in _disturbed.Builds)
            if (_disturbed.ChangesAny(build)) Touch(build);
        foreach (int build in _everywhere) Touch(build);
        foreach (int line in _touchedTails) Touched(line);
        int[] lines = [.. _touchedByLine.Keys];
        plan.ForEach(lines.Length, (run, i) => RippleLine(run, plan.Lines[lines[i]], _touchedByLine[lines[i]], _touchedTails.Contains(lines[i])));
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
            if (now.Line != plan.Builds[build].Line || now.PlannedStart != plan.Builds[build].PlannedStart || now.Tie != plan.Builds[build].Tie)
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
        List<int> builds = [.. disturbance.Changed.Keys];
        foreach (int lot in disturbance.Redrawn.Keys) plan.LotIndex.Collect(lot, builds);
        Futures before = _disturbed.Before(builds);
        HashSet<int> reworked = [];     // another promise or outbound leaves the line as it is
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
        _disturbed.After(before, reworked.Contains, plan.Marks);
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
        Span<bool> active = stackalloc bool[run.Groups], fresh = stackalloc bool[run.Groups];
        run.Renew();
        run.Changed = plan.Marks;
        int next = 0, checkpoint = line.CheckpointBefore(touched[0]);
        long considered = 0;
        while (true)
        {
            int from = line.Positions[checkpoint];
            bool isLast = checkpoint + 1 == line.Positions.Count;
            int to = isLast ? line.Length : line.Positions[checkpoint + 1];
            fresh.Clear();
            for (; next < touched.Count && (isLast || touched[next] < to); next++) Wake(line, touched[next], active, fresh);
            if (fresh.Contains(true)) run.Restore(line, checkpoint, fresh);
            for (int g = 0; g < active.Length; g++) active[g] |= fresh[g];
            considered += (long)active.Count(true) * (to - from);
            if (isLast) RunTail(run, line, from, active);
            else if (active.Contains(true))
            {
                run.Run(line.Sequence.AsSpan(from..to), active);
                Settle(run, checkpoint + 1, active);
            }
            if (isLast || next == touched.Count && !active.Contains(true)) break;
            checkpoint = active.Contains(true) ? checkpoint + 1 : line.CheckpointBefore(touched[next]);
        }
        run.Changed = null;
        Interlocked.Add(ref _considered, considered);
    }

    private void Wake(LineRecord line, int position, Span<bool> active, Span<bool> fresh)
    {
        bool everywhere = position == line.Length || _everywhere.Contains(line.Sequence[position]);
        for (int g = 0; g < active.Length; g++)
            fresh[g] |= !active[g] && (everywhere || _disturbed.Changes(line.Sequence[position], g));
    }

    /// <summary>Groups that stand as the checkpoint has them are done; the others' state is kept there.</summary>
    private void Settle(LineRun run, int checkpoint, Span<bool> active)
    {
        for (int g = 0; g < active.Length; g++)
            if (active[g] && run.Stands(checkpoint, g, _disturbed)) active[g] = false;
        run.Save(checkpoint, active);
    }

    /// <summary>Behind the last checkpoint; where many were appended and all samples run, new checkpoints are kept.</summary>
    private static void RunTail(LineRun run, LineRecord line, int from, ReadOnlySpan<bool> active)
    {
        for (; !active.Contains(false) && line.Length - from > 2 * LineRecord.Spacing; from += LineRecord.Spacing)
        {
            run.Run(line.Sequence.AsSpan(from, LineRecord.Spacing), active);
            Evaluation.Mark(run, line, from + LineRecord.Spacing, active);
        }
        run.Run(line.Sequence.AsSpan(from..line.Length), active);
        run.Finish(active);
    }

    private List<int> DateChanged()
    {
        List<int> changed = [];
        bool[] marks = plan.Marks;
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
