using Homestretch.Clearing;
using Homestretch.Tests.Promising.Kernel;

namespace Homestretch.Tests.Clearing;

/// <summary>Release lists made in any order of jobs, without search.</summary>
internal static class SlowClearing
{
    public static IEnumerable<ClearSolution> Random(ClearProblem problem, ulong seed, int count)
    {
        var random = new SmallRandom(seed);
        for (int n = 0; n < count; n++)
        {
            var board = new ClearBoard(problem);
            foreach (int job in ClearSearch.StaysInTurn(problem)) board.TryStay(job);
            foreach (int job in Enumerable.Range(0, problem.Jobs).OrderBy(_ => random.Below(1_000)).ToArray()) board.TryRelease(job);
            yield return board.Solution();
        }
    }
}
