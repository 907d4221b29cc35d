using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>Reads at once the samples in which the build is whole about when its turn comes: a build behind it starts at a second
/// of the same shift, and up to there builds before it follow one another, which the sum of their work tells.</summary>
internal sealed unsafe partial class Probe
{
    private void ReadAtTurn(LineRecord line, int position, int checkpoint, int held, int first, int last)
    {
        if (checkpoint + 1 == line.Positions.Count || held < line.Positions[checkpoint + 1]) return;
        int high = Math.Min(line.Length, Math.Max(position + 32, line.Positions[checkpoint + 1]));
        int soonest = int.MaxValue;
        for (int s = first; s < last; s++) soonest = Math.Min(soonest, From[s]);
        new Span<int>(_first + first, last - first).Fill(Futures.Never);
        new Span<int>(_firstWork + first, last - first).Clear();
        new Span<int>(_work + first, last - first).Clear();
        for (int at = position; at < high; at++) Behind(line.Sequence[at], first, last);
        for (int at = line.Lows[checkpoint]; at < position; at++)
            if (_plan.LastEnd[line.Sequence[at]] > soonest) Before(line.Sequence[at], first, last);
        int* then = line.Free(checkpoint + 1);
        for (int s = first; s < last; s++)
        {
            int from = From[s], start = Start[s], began = _first[s] - _firstWork[s];
            bool follows = start == from || began <= from && start - began == _work[s];
            if (from < then[s] && start < Futures.Never && follows) Ends[s] = line.EndOf(start, Row.Work);
        }
    }

    /// <summary>The soonest start of a build behind, and the work of the one that runs already.</summary>
    private void Behind(int build, int from, int to)
    {
        Vector256<int> work = Vector256.Create(_plan.Builds.Rows[build].Work);
        int* ends = _plan.EndsAt(build);
        for (int s = from; s < to; s += 8)
        {
            Vector256<int> turn = Vector256.Load(From + s), end = Vector256.Load(ends + s), start = end - work, soonest = Vector256.Load(Start + s);
            Vector256<int> after = Vector256.GreaterThan(end, turn), began = Vector256.GreaterThan(turn, start), later = Vector256.GreaterThan(end, Vector256.Load(Close + s));
            Vector256.ConditionalSelect(Vector256.AndNot(after, began | later), Vector256.Min(soonest, start), soonest).Store(Start + s);
            (Vector256.Load(_work + s) + (after & began & work)).Store(_work + s);
            First(s, after, end, work);
        }
    }

    /// <summary>The work of a build before that is done until then.</summary>
    private void Before(int build, int from, int to)
    {
        Vector256<int> work = Vector256.Create(_plan.Builds.Rows[build].Work);
        int* ends = _plan.EndsAt(build);
        for (int s = from; s < to; s += 8)
        {
            Vector256<int> end = Vector256.Load(ends + s), after = Vector256.GreaterThan(end, Vector256.Load(From + s));
            (Vector256.Load(_work + s) + Vector256.AndNot(after & work, Vector256.GreaterThan(end, Vector256.Load(Start + s)))).Store(_work + s);
            First(s, after, end, work);
        }
    }

    /// <summary>Keeps the build that is done first of all.</summary>
    private void First(int s, Vector256<int> after, Vector256<int> end, Vector256<int> work)
    {
        Vector256<int> first = Vector256.Load(_first + s), sooner = after & Vector256.GreaterThan(first, end);
        Vector256.ConditionalSelect(sooner, end, first).Store(_first + s);
        Vector256.ConditionalSelect(sooner, work, Vector256.Load(_firstWork + s)).Store(_firstWork + s);
    }
}
