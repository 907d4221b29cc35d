namespace Homestretch.Promising.Kernel;

/// <summary>From a supply to the builds that draw on it.</summary>
internal sealed class PegIndex
{
    private readonly int[] _first;
    private readonly int[] _build;

    public PegIndex(EvaluationProblem problem, int supplies)
    {
        _first = new int[supplies + 1];
        _build = new int[problem.PegSupply.Length];
        foreach (int supply in problem.PegSupply) _first[supply + 1]++;
        for (int s = 0; s < supplies; s++) _first[s + 1] += _first[s];
        int[] at = _first[..^1];
        for (int b = 0; b < problem.BuildCount; b++)
        {
            for (int p = problem.PegFirst[b]; p < problem.PegFirst[b + 1]; p++) _build[at[problem.PegSupply[p]]++] = b;
        }
    }

    public ReadOnlySpan<int> Of(int supply) => _build.AsSpan(_first[supply], _first[supply + 1] - _first[supply]);

    /// <summary>Builds that draw on any of the supplies, ascending, each once.</summary>
    public int[] Builds(ReadOnlySpan<int> supplies)
    {
        var builds = new List<int>();
        foreach (int supply in supplies) builds.AddRange(Of(supply));
        builds.Sort();
        int kept = 0;
        for (int i = 0; i < builds.Count; i++)
        {
            if (i == 0 || builds[i] != builds[i - 1]) builds[kept++] = builds[i];
        }
        return [.. builds[..kept]];
    }
}
