using Homestretch.Promising.Kernel;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>What a random allocation problem may hold.</summary>
/// <param name="LineLimits">Orders share lines; without them each order has a line of its own that never closes.</param>
/// <param name="Held">Some orders hold a slot or pegs.</param>
internal sealed record AllocationKind(bool LineLimits = true, bool Held = false, int Items = 6, int MostWork = 86_400);

/// <summary>A small random allocation problem, scarce in supply. The same seed, size and kind always give the same one.</summary>
internal static class AllocationScenario
{
    internal const int Day = 86_400;

    internal static AllocationProblem Make(ulong seed, int orders, AllocationKind? wanted = null)
    {
        AllocationKind kind = wanted ?? new();
        var random = new SmallRandom(seed);
        int items = 1 + random.Below(kind.Items), lines = kind.LineLimits ? 1 + random.Below(3) : Math.Max(1, orders);
        LineCalendar[] calendars = [.. Enumerable.Range(0, lines).Select(_ => kind.LineLimits && random.Below(2) == 0 ? Shifts(random) : LineCalendar.AlwaysOpen)];
        List<int> lotFirst = [0], lotSecond = [], lotQuantity = [];
        for (int item = 0; item < items; item++)
        {
            int lots = random.Below(5);
            lotSecond.AddRange(Enumerable.Range(0, lots).Select(_ => random.Below(3) == 0 ? 0 : random.Below(20 * Day)).Order());
            lotQuantity.AddRange(Enumerable.Range(0, lots).Select(_ => random.Below(9)));
            lotFirst.Add(lotSecond.Count);
        }
        List<int> partFirst = [0], partItem = [], partQuantity = [];
        for (int order = 0; order < orders; order++)
        {
            for (int item = 0; item < items; item++)
                if (random.Below(2) == 0) { partItem.Add(item); partQuantity.Add(1 + random.Below(3)); }
            partFirst.Add(partItem.Count);
        }
        int[] multiple = Many(items, () => 1 + random.Below(4)), minimum = Many(items, () => 1 + random.Below(6));
        var problem = new AllocationProblem
        {
            LotFirst = [.. lotFirst], LotSecond = [.. lotSecond], LotQuantity = [.. lotQuantity],
            BuyLead = Many(items, () => random.Below(5) == 0 ? int.MaxValue : random.Below(30 * Day)), BuyMinimum = minimum, BuyMultiple = multiple,
            BuyMaximum = [.. minimum.Zip(multiple, (min, step) => (min + step - 1) / step * step + random.Below(6))], SoftSafety = Many(items, () => random.Below(3) * Day),
            OrderLine = [.. Enumerable.Range(0, orders).Select(order => kind.LineLimits ? random.Below(lines) : order)], WorkSeconds = Many(orders, () => 1 + random.Below(kind.MostWork)),
            DueSecond = Many(orders, () => random.Below(27 * Day) - 2 * Day), ReleaseSecond = Many(orders, () => random.Below(4) == 0 ? random.Below(10 * Day) : 0),
            OrderClass = [.. Enumerable.Range(0, orders).Select(_ => (byte)(1 + random.Below(3)))],
            PartFirst = [.. partFirst], PartItem = [.. partItem], PartQuantity = [.. partQuantity], Lines = calendars,
        };
        return kind.Held ? Hold(problem, random) : problem;
    }

    /// <summary>Holds the slots that some orders have in a plan of the problem, and pegs of some to what is in stock.</summary>
    private static AllocationProblem Hold(AllocationProblem problem, SmallRandom random)
    {
        AllocationResult plan = Allocation.Plan(problem, new AllocationOptions { Timing = AllocationTiming.Earliest });
        int[] starts = [.. plan.StartSecond.Select(start => random.Below(3) == 0 ? start : -1)], left = [.. problem.LotQuantity];
        List<int> first = [0], lots = [], quantities = [];
        for (int order = 0; order < problem.OrderCount; order++)
        {
            for (int part = problem.PartFirst[order]; part < problem.PartFirst[order + 1] && starts[order] < 0; part++)
            {
                int item = problem.PartItem[part], count = problem.LotFirst[item + 1] - problem.LotFirst[item];
                if (count == 0 || random.Below(3) > 0) continue;
                int lot = problem.LotFirst[item] + random.Below(count), quantity = Math.Min(left[lot], 1 + random.Below(problem.PartQuantity[part]));
                if (quantity == 0) continue;
                left[lot] -= quantity;
                lots.Add(lot);
                quantities.Add(quantity);
            }
            first.Add(lots.Count);
        }
        return With(problem, starts, [.. first], [.. lots], [.. quantities]);
    }

    private static AllocationProblem With(AllocationProblem p, int[] starts, int[] pegFirst, int[] pegLot, int[] pegQuantity) => new()
    {
        LotFirst = p.LotFirst, LotSecond = p.LotSecond, LotQuantity = p.LotQuantity, BuyLead = p.BuyLead, BuyMinimum = p.BuyMinimum,
        BuyMultiple = p.BuyMultiple, BuyMaximum = p.BuyMaximum, SoftSafety = p.SoftSafety, OrderLine = p.OrderLine, WorkSeconds = p.WorkSeconds,
        DueSecond = p.DueSecond, ReleaseSecond = p.ReleaseSecond, OrderClass = p.OrderClass, PartFirst = p.PartFirst, PartItem = p.PartItem,
        PartQuantity = p.PartQuantity, Lines = p.Lines, FixedStart = starts, FixedPegFirst = pegFirst, FixedPegLot = pegLot, FixedPegQuantity = pegQuantity,
    };

    private static LineCalendar Shifts(SmallRandom random)
    {
        int days = 20 + random.Below(60), opens = random.Below(12 * 3_600);
        int[] from = [.. Enumerable.Range(0, days).Where(day => day % 7 < 5).Select(day => day * Day + opens)];
        return new(from, [.. from.Select(open => open + 3_600 + random.Below(11 * 3_600))]);
    }

    private static int[] Many(int count, Func<int> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
}

/// <summary>SplitMix64 (S. Vigna, public domain description).</summary>
internal sealed class SmallRandom(ulong seed)
{
    private ulong _state = seed;

    internal int Below(int bound)
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(((z ^ (z >> 31)) >> 1) % (ulong)bound);
    }
}
