using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <content>A second plan that starts where this one stands, and what is summed over a whole plan.</content>
public sealed partial class Plan
{
    private Plan(Plan other)
    {
        (World, Epoch, Policy, _lanes) = (other.World, other.Epoch, other.Policy, other._lanes);
        (_links, _layout, _unknown, _dated) = (other._links.Copy(), other._layout.Copy(), new(other._unknown, StringComparer.Ordinal), [.. other._dated]);
        _sampler = other._sampler.Copy(_links);
        _futures = new LotFutures(_layout.Supplies, _sampler, Epoch, Policy);
        _evaluation = other._evaluation.Copy(_layout.Planned, _layout.Supplies.Arrivals);
    }

    /// <summary>The same plan, to be advanced apart from this one: a branch. Costs a copy of what is kept, not planning. This one is only read.</summary>
    public Plan Copy() => new(this);

    /// <summary>Of each sample: how many promises are kept in it. Order lines without a date keep none.</summary>
    internal int[] KeptBySample() => _evaluation.KeptBySample();

    /// <summary>What lies on the shelves of the hubs from the epoch to so much later: of each item unit-days on hand and units that kits take in that time. What comes is counted from its
    /// median arrival, what a kit takes until its build is planned to start.</summary>
    internal SortedDictionary<string, (double UnitDays, double Taken)> ShelvedUntil(Duration window)
    {
        Supplies supplies = _layout.Supplies;
        int end = Seconds.Of(window);
        int[] arrivals = new int[supplies.Count];
        double[] stepDays = new double[supplies.Count], taken = new double[supplies.Count];
        Many.Each(arrivals.Length, s =>
        {
            if (supplies[s] is not { } supply) return;
            arrivals[s] = supply.Lot is null ? 0 : OrderStatistics.Quantile(supplies.Arrivals[s], 0.5);
            stepDays[s] = supply.Steps * Seconds.Days(Math.Max(0, end - arrivals[s]));
        });
        foreach (OrderLine order in World.OrderLines)
        {
            if (_layout.Find(order.Id) is not { Need.Held: { } held } laid) continue;
            int start = Math.Max(0, Seconds.Of(held.Start, Epoch));
            foreach (LaidPeg peg in laid.Pegs)
            {
                int from = Math.Max(start, arrivals[peg.Supply]);
                if (from >= end) continue;
                stepDays[peg.Supply] -= peg.Steps * Seconds.Days(end - from);
                taken[peg.Supply] += peg.Steps;
            }
        }
        var items = new SortedDictionary<string, (double UnitDays, double Taken)>(StringComparer.Ordinal);
        for (int s = 0; s < arrivals.Length; s++)
        {
            if (supplies[s] is not { } supply) continue;
            double step = (double)World.Items[supply.Item].Step;
            var (days, took) = items.GetValueOrDefault(supply.Item.Value);
            items[supply.Item.Value] = (days + Math.Max(0, stepDays[s]) * step, took + taken[s] * step);
        }
        return items;
    }

    /// <summary>Of each assembly line, in order, and of each stretch between two instants: working seconds that are open and that planned builds take.</summary>
    /// <param name="bounds">Of a line: ascending, from the epoch on.</param>
    internal IEnumerable<(AssemblyLine Line, Instant[] Bounds, long[] Open, long[] Booked)> Loads(Func<AssemblyLine, Instant[]> bounds)
    {
        var loads = new (Instant[] Bounds, int[] Marks, long[] Open, long[] Booked)[_layout.Lines.Length];
        for (int l = 0; l < loads.Length; l++)
        {
            Instant[] at = bounds(_layout.AssemblyLines[l]);
            int[] marks = [.. at.Select(b => _layout.Lines[l].Calendar.ToWork(Math.Max(0, Seconds.Of(b, Epoch))))];
            loads[l] = (at, marks, [.. marks.Zip(marks.Skip(1), static (from, to) => (long)to - from)], new long[marks.Length - 1]);
        }
        foreach (OrderLine order in World.OrderLines)
        {
            int b = _layout.BuildOf(order.Id);
            if (b < 0) continue;
            PlannedBuild row = _layout.Planned[b];
            var (_, marks, _, booked) = loads[row.Line];
            long from = _layout.Lines[row.Line].Calendar.ToWork(row.PlannedStart), to = from + row.Work;
            for (int k = 0; k < booked.Length; k++) booked[k] += Math.Max(0, Math.Min(to, marks[k + 1]) - Math.Max(from, marks[k]));
        }
        for (int l = 0; l < loads.Length; l++) yield return (_layout.AssemblyLines[l], loads[l].Bounds, loads[l].Open, loads[l].Booked);
    }
}
