namespace Homestretch.Promising.Kernel;

/// <summary>Which builds are pegged to a lot: flat ranges made once, and lists for the pegs given later. A build that
/// has left a lot is still listed there: whoever reads checks its present pegs.</summary>
internal sealed class LotIndex
{
    private readonly int[] _starts, _builds;
    private readonly Dictionary<int, List<int>> _later = [];

    internal LotIndex(PlannedBuilds builds, int lots)
    {
        _starts = new int[lots + 1];
        for (int build = 0; build < builds.Count; build++)
            foreach (int lot in builds.Pegs(build)) _starts[lot + 1]++;
        for (int lot = 0; lot < lots; lot++) _starts[lot + 1] += _starts[lot];
        _builds = new int[_starts[lots]];
        int[] next = _starts[..lots];
        for (int build = 0; build < builds.Count; build++)
            foreach (int lot in builds.Pegs(build)) _builds[next[lot]++] = build;
    }

    private LotIndex(LotIndex other)
    {
        (_starts, _builds) = (other._starts, other._builds);
        foreach (var (lot, builds) in other._later) _later[lot] = [.. builds];
    }

    /// <summary>The same, going its own way from here.</summary>
    internal LotIndex Copy() => new(this);

    internal void Add(int build, ReadOnlySpan<int> lots)
    {
        foreach (int lot in lots)
        {
            if (!_later.TryGetValue(lot, out List<int>? builds)) _later[lot] = builds = [];
            builds.Add(build);
        }
    }

    /// <summary>Adds all builds that may be pegged to a lot.</summary>
    internal void Collect(int lot, List<int> into)
    {
        if (lot + 1 < _starts.Length) into.AddRange(_builds.AsSpan(_starts[lot].._starts[lot + 1]));
        if (_later.TryGetValue(lot, out List<int>? later)) into.AddRange(later);
    }
}
