using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The builds whose own inputs a disturbance touches, and in which groups of eight samples their ready second
/// (or their work) differs.</summary>
internal sealed unsafe class Disturbed(Evaluation plan)
{
    private readonly int _groups = plan.Samples / 8;
    private readonly Dictionary<int, int> _places = [];
    private bool[] _differs = [];
    internal readonly List<int> Builds = [];

    /// <summary>Takes builds in, in index order, and returns the ready rows they have before the change.</summary>
    internal Futures Before(List<int> builds)
    {
        builds.Sort();
        foreach (int build in builds)
            if (plan.Position[build] >= 0 && _places.TryAdd(build, Builds.Count)) Builds.Add(build);
        _differs = new bool[Builds.Count * _groups];
        Futures ready = new(plan.Samples, Builds.Count);
        ready.AppendRows(Builds.Count);
        ForEachBuild((i, build) => Readiness.Row(plan.Builds, plan.Arrivals, build, ready.Row(i)));
        return ready;
    }

    /// <summary>Judges the kits anew and finds the samples that differ.</summary>
    internal void After(Futures before, Func<int, bool> everywhere, bool[] changed) => ForEachBuild((i, build) =>
    {
        int* now = stackalloc int[plan.Samples];
        Readiness.Row(plan.Builds, plan.Arrivals, build, now);
        for (int g = 0; g < _groups; g++)
            _differs[i * _groups + g] = everywhere(build) || Vector256.Load(now + 8 * g) != Vector256.Load(before.Row(i) + 8 * g);
        if (plan.Judge(build, now)) changed[build] = true;
    });

    internal bool Changes(int build, int group) => _places.TryGetValue(build, out int i) && _differs[i * _groups + group];

    internal bool ChangesAny(int build) => _places.TryGetValue(build, out int i) && _differs.AsSpan(i * _groups, _groups).Contains(true);

    private void ForEachBuild(Action<int, int> act)
    {
        const int chunk = 64;
        plan.ForEach((Builds.Count + chunk - 1) / chunk, (_, c) =>
        {
            for (int i = c * chunk; i < Math.Min(Builds.Count, (c + 1) * chunk); i++) act(i, Builds[i]);
        });
    }
}
