using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The builds whose own inputs a disturbance touches, and in which samples their ready second (or their work)
/// differs: of each eight samples those bits.</summary>
internal sealed unsafe class Disturbed(Evaluation plan)
{
    private readonly int _groups = plan.Samples / 8;
    private readonly Dictionary<int, int> _places = [];
    private byte[] _differs = [];
    private Futures _later = new(8);
    internal readonly List<int> Builds = [];

    /// <summary>Takes builds in, in index order, and keeps the ready rows they have before the change.</summary>
    internal void Before(List<int> builds)
    {
        builds.Sort();
        foreach (int build in builds)
            if (plan.Position[build] >= 0 && _places.TryAdd(build, Builds.Count)) Builds.Add(build);
        _differs = new byte[Builds.Count * _groups];
        _later = new(plan.Samples, Builds.Count);
        _later.AppendRows(Builds.Count);
        ForEachBuild((i, build) => Readiness.Row(plan.Builds, plan.Arrivals, build, _later.Row(i)));
    }

    /// <summary>Judges the kits anew and finds the samples that differ.</summary>
    /// <param name="everywhere">Builds that differ in every sample, whatever their ready seconds.</param>
    internal void After(Func<int, bool> everywhere, bool[] changed) => ForEachBuild((i, build) =>
    {
        int* now = stackalloc int[plan.Samples], later = _later.Row(i);
        Readiness.Row(plan.Builds, plan.Arrivals, build, now);
        bool whole = everywhere(build);
        for (int s = 0; s < plan.Samples; s += 8)
        {
            Vector256<int> x = Vector256.Load(later + s), y = Vector256.Load(now + s);
            _differs[i * _groups + s / 8] = unchecked((byte)(whole ? 0xFF : ~Vector256.Equals(x, y).ExtractMostSignificantBits()));
            (whole ? Vector256.Create(int.MaxValue) : Vector256.Max(x, y)).Store(later + s);
        }
        if (plan.Judge(build, now)) changed[build] = true;
    });

    /// <summary>Samples of a group in which a build differs.</summary>
    internal uint Differs(int build, int group) => _places.TryGetValue(build, out int i) ? _differs[i * _groups + group] : 0u;

    /// <summary>Marks the samples in which a build differs and may run differently. Where it was and is whole before the line
    /// is free at a checkpoint before it, it goes on at its turn all the same.</summary>
    /// <param name="free">Of each sample: when the line is free at the checkpoint.</param>
    internal void Wake(int build, int* free, Span<byte> lanes)
    {
        if (!_places.TryGetValue(build, out int i)) return;
        int* later = _later.Row(i);
        for (int g = 0; g < lanes.Length; g++)
            lanes[g] |= (byte)(_differs[i * _groups + g] & Vector256.GreaterThan(Vector256.Load(later + 8 * g), Vector256.Load(free + 8 * g)).ExtractMostSignificantBits());
    }

    internal bool DiffersAnywhere(int build) => _places.TryGetValue(build, out int i) && _differs.AsSpan(i * _groups, _groups).ContainsAnyExcept((byte)0);

    private void ForEachBuild(Action<int, int> act)
    {
        const int chunk = 64;
        plan.ForEach((Builds.Count + chunk - 1) / chunk, (_, c) =>
        {
            for (int i = c * chunk; i < Math.Min(Builds.Count, (c + 1) * chunk); i++) act(i, Builds[i]);
        });
    }
}
