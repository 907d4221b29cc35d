using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>One build looked at as it would be - not in the plan yet, or whole at other times - while everything kept
/// stays as it is: its ends are read from those kept where they tell, and else its line is run from the checkpoint before it
/// until it is done.</summary>
internal sealed unsafe partial class Probe : IDisposable
{
    private readonly int _samples;
    private readonly Evaluation _plan;

    private readonly int* _first, _firstWork, _work, _alone, _checkpoints;

    internal readonly int Build, ParkAt;
    internal readonly PlannedBuild Row;
    internal readonly int* Ready, Ends;

    /// <summary>Of each sample: when the line is open once the build is whole and its turn may have come, when that shift
    /// closes, and the soonest start found of a build behind.</summary>
    internal readonly int* From, Close, Start;

    /// <param name="build">The build, or <see cref="Evaluation.Hypothetical"/>.</param>
    internal Probe(Evaluation plan, int build, in PlannedBuild row)
    {
        (_plan, Build, Row, _samples) = (plan, build, row, plan.Samples);
        ParkAt = plan.Lines[row.Line].ParkAt(row);
        Ready = (int*)NativeMemory.AlignedAlloc((nuint)(10 * _samples + OrderStatistics.ScratchLength(_samples)) * sizeof(int), 64);   // pinned arrays of probes make the collector work
        From = Ready + _samples;
        Close = From + _samples;
        Start = Close + _samples;
        _first = Start + _samples;
        _firstWork = _first + _samples;
        _work = _firstWork + _samples;
        _alone = _work + _samples;
        _checkpoints = _alone + _samples;
        Ends = _checkpoints + _samples;
        new Span<int>(Ends, _samples).Fill(-1);
    }

    public void Dispose() => NativeMemory.AlignedFree(Ready);

    /// <summary>Whether its end is known in every sample.</summary>
    internal bool IsDone => !new ReadOnlySpan<int>(Ends, _samples).ContainsAnyInRange(int.MinValue, -1);

    /// <summary>The samples of its date.</summary>
    internal int[] Dates(Evaluation plan)
    {
        int[] dates = new int[_samples];
        fixed (int* target = dates) plan.DatesOf(Ends, Row, target);
        return dates;
    }

    internal Quantiles Quantiles(Evaluation plan)
    {
        plan.DatesOf(Ends, Row, Ends + _samples);
        return OrderStatistics.Of(Ends + _samples, _samples);
    }

    /// <summary>Runs the line with this build at a position, in place of the one there, or before it, in the samples of which the
    /// end could not be read. A sample in which it is done sleeps from then on.</summary>
    internal void Run(LineRun run, LineRecord line, int position)
    {
        Span<byte> lanes = stackalloc byte[run.Groups];
        for (int s = 0; s < _samples; s++)
            if (Ends[s] < 0) lanes[s / 8] |= (byte)(1 << s % 8);
        int checkpoint = line.CheckpointBefore(position), next = Build == Evaluation.Hypothetical ? position : position + 1;
        run.Probe = this;
        run.Rest(line);
        run.Restore(checkpoint, lanes);
        run.Run(line.Sequence.AsSpan(line.Positions[checkpoint]..position));
        run.Run([Build]);
        for (run.SettleDone(Ends); run.AnyAwake && next < line.Length; run.SettleDone(Ends))
        {
            int stop = Math.Min(next + 16, line.Length);
            run.Run(line.Sequence.AsSpan(next..stop));
            next = stop;
        }
        run.Finish();
        run.Probe = null;
    }
}
