using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>One build looked at as it would be - not in the plan yet, or whole at other times - while everything kept
/// stays as it is: its line is run from the checkpoint before it until it is done in every sample.</summary>
internal sealed unsafe class Probe
{
    private readonly int[] _pinned;
    private readonly int _samples;

    internal readonly int Build, ParkAt;
    internal readonly PlannedBuild Row;
    internal readonly int* Ready, Ends;

    /// <param name="build">The build, or <see cref="Evaluation.Hypothetical"/>.</param>
    internal Probe(Evaluation plan, int build, in PlannedBuild row)
    {
        (Build, Row, _samples) = (build, row, plan.Samples);
        ParkAt = plan.Lines[row.Line].ParkAt(row.PlannedStart);
        _pinned = GC.AllocateUninitializedArray<int>(2 * _samples + OrderStatistics.ScratchLength(_samples), pinned: true);
        Ready = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        Ends = Ready + _samples;
        new Span<int>(Ends, _samples).Fill(-1);
    }

    internal void Keep(int build, int sample, int end)
    {
        if (build == Build) Ends[sample] = end;
    }

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

    /// <summary>Runs the line with this build at a position: in place of the one there, or before it.</summary>
    internal void Run(LineRun run, LineRecord line, int position)
    {
        Span<bool> groups = stackalloc bool[run.Groups];
        groups.Fill(true);
        int checkpoint = line.CheckpointBefore(position), next = Build == Evaluation.Hypothetical ? position : position + 1;
        run.Renew();
        run.Probe = this;
        run.Restore(line, checkpoint, groups);
        run.Run(line.Sequence.AsSpan(line.Positions[checkpoint]..position), groups);
        run.Run([Build], groups);
        while (Undone(groups) && next < line.Length)
        {
            int stop = Math.Min(next + 16, line.Length);
            run.Run(line.Sequence.AsSpan(next..stop), groups);
            next = stop;
        }
        run.Finish(groups);
        run.Probe = null;
    }

    private bool Undone(Span<bool> groups)
    {
        bool any = false;
        for (int g = 0; g < groups.Length; g++) any |= groups[g] = new Span<int>(Ends + 8 * g, 8).Contains(-1);
        return any;
    }
}
