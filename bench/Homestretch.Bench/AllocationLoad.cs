using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>A synthetic allocation problem of the stated size: order lines of 10 parts each, a lot for every ten of them, 50 assembly lines of
/// two shifts at 85 % load over 120 days, three classes, lead times of 7 to 70 days inside which lots cover 95 % of the use, purchases beyond.</summary>
internal sealed class AllocationLoad
{
    internal const int Day = 86_400, Parts = 10, Lines = 50, Days = 120, LotsPerItem = 50;
    private const double Load = 0.85, Cover = 0.95;
    private static readonly int[] s_leadDays = [7, 10, 14, 21, 28, 35, 45, 60, 70];
    private ulong _state = 1;

    internal AllocationLoad(int orders)
    {
        int lots = orders / 10, items = Math.Max(2 * Parts, lots / LotsPerItem), products = Math.Max(500, items / 2), work = (int)(Load * Days * 16 * 3_600L * Lines / orders);
        int[][] kits = [.. Enumerable.Range(0, products).Select(_ => Kit(items))];
        int[] product = new int[orders], due = new int[orders], partFirst = new int[orders + 1], partItem = new int[orders * Parts], partQuantity = new int[orders * Parts];
        byte[] tier = new byte[orders];
        double[] use = new double[items];
        for (int order = 0; order < orders; order++)
        {
            product[order] = Below(products);
            due[order] = (3 + Below(Days - 3)) * Day + Below(Day);
            tier[order] = (byte)(Below(10) switch { 0 => 1, < 4 => 2, _ => 3 });
            for (int part = 0; part < Parts; part++)
            {
                int row = order * Parts + part;
                partItem[row] = kits[product[order]][part];
                partQuantity[row] = 1 + Below(3);
                use[partItem[row]] += partQuantity[row] / (double)Days;
            }
            partFirst[order + 1] = (order + 1) * Parts;
        }
        int[] lotFirst = new int[items + 1], lotSecond = new int[items * LotsPerItem], lotQuantity = new int[items * LotsPerItem], lead = new int[items], minimum = new int[items];
        for (int item = 0; item < items; item++)
        {
            int leadDays = s_leadDays[Below(s_leadDays.Length)], span = leadDays + 7;
            lead[item] = leadDays * Day;
            minimum[item] = Math.Max(1, (int)(14 * use[item]));
            for (int k = 0; k < LotsPerItem; k++)
            {
                lotSecond[item * LotsPerItem + k] = k == 0 ? 0 : (int)((k - 1 + Uniform()) * span * Day / LotsPerItem);
                lotQuantity[item * LotsPerItem + k] = (int)Math.Ceiling(use[item] * span * Cover * (k == 0 ? 0.1 : 0.9 / (LotsPerItem - 1)) * (0.8 + 0.4 * Uniform()));
            }
            lotFirst[item + 1] = (item + 1) * LotsPerItem;
        }
        int[] opens = [.. Enumerable.Range(0, 4 * Days).Select(d => d * Day + 5 * 3_600)];
        var calendar = new LineCalendar(opens, [.. opens.Select(open => open + 16 * 3_600)]);
        Problem = new()
        {
            LotFirst = lotFirst, LotSecond = lotSecond, LotQuantity = lotQuantity, BuyLead = lead, BuyMinimum = minimum, BuyMultiple = Same(items, 1),
            BuyMaximum = Same(items, 1_000_000_000), SoftSafety = Same(items, Day), OrderLine = [.. product.Select(p => p % Lines)],
            WorkSeconds = [.. Enumerable.Range(0, orders).Select(_ => work - work / 10 + Below(work / 5 + 1))], DueSecond = due, ReleaseSecond = Same(orders, 0),
            OrderClass = tier, PartFirst = partFirst, PartItem = partItem, PartQuantity = partQuantity, Lines = [.. Enumerable.Repeat(calendar, Lines)],
        };
    }

    internal AllocationProblem Problem { get; }

    /// <summary>Different items, those with low numbers more often.</summary>
    private int[] Kit(int items)
    {
        var kit = new SortedSet<int>();
        while (kit.Count < Parts)
        {
            double u = Uniform();
            kit.Add((int)(items * u * u));
        }
        return [.. kit];
    }

    private static int[] Same(int count, int value) => [.. Enumerable.Repeat(value, count)];

    private int Below(int bound) => (int)(Next() % (ulong)bound);

    private double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next() => StableHash.Join(_state++, 0);
}
