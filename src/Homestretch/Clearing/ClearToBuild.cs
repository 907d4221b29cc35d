using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Clearing;

/// <summary>Which builds to release in the near horizon so that most is made of the parts at hand.</summary>
public static class ClearToBuild
{
    /// <summary>The list of a plan, by our own search with its proven bound. The plan is only read.</summary>
    /// <param name="cancel">Ends the search without a list.</param>
    public static ClearList Of(Plan plan, ClearPolicy? policy = null, CancellationToken cancel = default) => Of(plan, policy ?? new(), (problem, how) => ClearSearch.Of(problem, how, cancel));

    /// <summary>The same by another solver.</summary>
    internal static ClearList Of(Plan plan, ClearPolicy policy, Func<ClearProblem, ClearPolicy, Cleared> solve)
    {
        ClearInput input = ClearInput.Of(plan, policy);
        return Listing.Of(input, solve(input.Problem, policy), ClearSearch.Priority(input.Problem));
    }

    /// <summary>Events that make plain priority the plan of the near horizon, laid out in the same way: what lists are measured against.</summary>
    public static IReadOnlyList<WorldEvent> ByPriority(Plan plan, ClearPolicy policy)
    {
        ClearInput input = ClearInput.Of(plan, policy);
        return ClearEvents.Of(input, ClearSearch.Priority(input.Problem));
    }
}
