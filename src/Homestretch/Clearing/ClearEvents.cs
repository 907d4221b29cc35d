using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;

namespace Homestretch.Clearing;

/// <summary>A release list as events: released builds get their slots and parts, protected ones that are not stay, everybody else is laid out around them from what is left.</summary>
internal static class ClearEvents
{
    public static IReadOnlyList<WorldEvent> Of(ClearInput input, ClearSolution solution)
    {
        var placed = new Dictionary<string, Placement>(StringComparer.Ordinal);
        for (int job = 0; job < solution.Row.Length; job++)
        {
            if (solution.Row[job] < 0) continue;
            var (order, way, options) = input.RowOf(solution.Row[job]);
            placed.Add(input.Orders[order].Order.Id, new(way, input.Problem.Rows.Lines[input.Problem.Rows.OrderLine[solution.Row[job]]].StartToCalendar(solution.StartWork[job]), options));
        }
        return Allocating.Events(input.Netted, new Aim(Scope.Everything)
        {
            KeepSlots = true, Placed = placed, Settled = input.Settled, Strategies = input.Strategies, Options = new() { Pegging = AllocationPegging.EarliestLot },
        });
    }
}
