using System.Numerics;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The builds whose own inputs a disturbance touches, and in which samples their ready second (or their work)
/// differs: of each eight samples those bits. Its tables are used again from one disturbance to the next.</summary>
internal sealed unsafe class Disturbed(Evaluation plan)
{
    private readonly int _groups = plan.Samples / 8;
    private byte[] _differs = [];
    private readonly Futures _earlier = new(plan.Samples, 1_024), _later = new(plan.Samples, 1_024);
    internal readonly List<int> Builds = [];

    /// <summary>Takes builds in and keeps the ready rows they have before the change.</summary>
    /// <param name="builds">In index order, each once, none withdrawn.</param>
    internal void Before(List<int> builds)
    {
        foreach (int build in builds)
        {
            Builds.Add(build);
            plan.Places[build] = Builds.Count;
        }
        if (_differs.Length < Builds.Count * _groups) _differs = new byte[2 * Builds.Count * _groups];
        int missing = Math.Max(0, Builds.Count - _later.Count);
        _earlier.AppendRows(missing);
        _later.AppendRows(missing);
        ForEachBuild((i, build) => Readiness.Row(plan.Builds, plan.Arrivals, build, _later.Row(i)));
    }

    /// <summary>Judges the kits anew and finds the samples that differ.</summary>
    /// <param name="everywhere">Builds that differ in every sample, whatever their ready seconds.</param>
    internal void After(Func<int, bool> everywhere, bool[] changed) => ForEachBuild((i, build) =>
    {
        int* now = stackalloc int[plan.Samples], later = _later.Row(i), earlier = _earlier.Row(i);
        Readiness.Row(plan.Builds, plan.Arrivals, build, now);
        bool whole = everywhere(build);
        for (int s = 0; s < plan.Samples; s += 8)
        {
            Vector256<int> x = Vector256.Load(later + s), y = Vector256.Load(now + s);
            _differs[i * _groups + s / 8] = unchecked((byte)(whole ? 0xFF : ~Vector256.Equals(x, y).ExtractMostSignificantBits()));
            (whole ? Vector256.Create(-1) : Vector256.Min(x, y)).Store(earlier + s);
            (whole ? Vector256.Create(int.MaxValue) : Vector256.Max(x, y)).Store(later + s);
        }
        if (plan.Judge(build, now)) changed[build] = true;
    });

    /// <summary>Nothing is disturbed any more.</summary>
    internal void Forget()
    {
        foreach (int build in Builds) plan.Places[build] = 0;
        Builds.Clear();
    }

    /// <summary>Whether a build differs in a sample, and the sooner and the later of the seconds at which its kit was and is
    /// whole; -1 and int.MaxValue where more than that differs.</summary>
    internal bool Differs(int build, int sample, out int earlier, out int later)
    {
        int i = plan.Places[build] - 1;
        (earlier, later) = (0, 0);
        if (i < 0 || (_differs[i * _groups + sample / 8] >> sample % 8 & 1) == 0) return false;
        (earlier, later) = (_earlier.Row(i)[sample], _later.Row(i)[sample]);
        return true;
    }

    /// <summary>Marks the samples in which a touched build runs differently from a checkpoint before it on, and notes when
    /// others are to be woken. Where it was and is whole before the line is free it goes on at its turn all the same; where it
    /// waits anyhow, nothing differs before the second at which it is or was whole.</summary>
    /// <param name="fresh">Of each eight samples those to wake now, as bits.</param>
    /// <param name="wakeAt">Of each sample: the checkpoint to wake it at.</param>
    internal void Wake(LineRecord line, int build, int checkpoint, Span<byte> fresh, Span<int> wakeAt)
    {
        int i = plan.Places[build] - 1;
        bool isLast = checkpoint + 1 == line.Positions.Count;
        int* earlier = _earlier.Row(i), later = _later.Row(i), free = line.Free(checkpoint), then = isLast ? null : line.Free(checkpoint + 1);
        for (int g = 0; g < fresh.Length; g++)
        {
            uint bits = _differs[i * _groups + g] & Vector256.GreaterThan(Vector256.Load(later + 8 * g), Vector256.Load(free + 8 * g)).ExtractMostSignificantBits();
            uint now = isLast ? bits : bits & Vector256.GreaterThan(Vector256.Load(then + 8 * g), Vector256.Load(earlier + 8 * g)).ExtractMostSignificantBits();
            fresh[g] |= (byte)now;
            for (bits &= ~now & ~(uint)fresh[g]; bits != 0; bits &= bits - 1)
            {
                int s = 8 * g + BitOperations.TrailingZeroCount(bits);
                wakeAt[s] = Math.Min(wakeAt[s], line.LastFreeBy(earlier[s], s, checkpoint + 1));
            }
        }
    }

    internal bool DiffersAnywhere(int build) => plan.Places[build] != 0 && _differs.AsSpan((plan.Places[build] - 1) * _groups, _groups).ContainsAnyExcept((byte)0);

    private void ForEachBuild(Action<int, int> act)
    {
        const int chunk = 64;
        plan.ForEach((Builds.Count + chunk - 1) / chunk, (_, c) =>
        {
            for (int i = c * chunk; i < Math.Min(Builds.Count, (c + 1) * chunk); i++) act(i, Builds[i]);
        });
    }
}
