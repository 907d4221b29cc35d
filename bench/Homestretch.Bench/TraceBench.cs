using System.Diagnostics;
using System.Globalization;
using Homestretch.Finishing.Tracing;

namespace Homestretch.Bench;

/// <summary>Forward and backward trace over many units: what one answer costs, beside reading its names and beside a search through everything.</summary>
internal static class TraceBench
{
    private const int Parts = 17;

    public static int Run(string[] args)
    {
        int units = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var random = new Random(1);
        string[][] lots = [.. Enumerable.Range(0, Parts).Select(p => Enumerable.Range(0, units / (300 + 50 * p) + 1).Select(l => TraceIndex.Key($"ITEM-{p:00}", $"LOT-{p:00}-{l:00000}")).ToArray())];
        var index = new TraceIndex();
        long before = GC.GetTotalMemory(true), began = Stopwatch.GetTimestamp();
        var of = new string[Parts];
        for (int u = 0; u < units; u++)
        {
            for (int p = 0; p < Parts; p++) of[p] = lots[p][Math.Min(lots[p].Length - 1, Math.Max(0, (int)((long)u * lots[p].Length / units) + random.Next(3) - 1))];
            index.Add($"C1-{u:0000000}", of);
        }
        double building = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"{units:N0} units of {Parts} parts, {index.Lots:N0} lots: {building:0.0} s to add, {1e6 * building / units:0.0} us a unit, {(GC.GetTotalMemory(true) - before) / 1e6:0} MB with the serial numbers");
        var (forward, found) = Timed(() => index.UnitsOf(lots[random.Next(Parts)] is var l ? l[random.Next(l.Length)] : "").Count());
        var (backward, inside) = Timed(() => index.LotsOf($"C1-{random.Next(units):0000000}").Count());
        var (recall, recalled) = Timed(() => index.UnitsOf(Enumerable.Range(0, 20).Select(i => lots[3][(i * 37 + random.Next(9)) % lots[3].Length])).Count, 50);
        Console.WriteLine($"forward, one lot: median {forward.Median * 1e6:0.0} us, worst {forward.Worst * 1e3:0.00} ms, {found:0} units");
        Console.WriteLine($"backward, one unit: median {backward.Median * 1e6:0.0} us, worst {backward.Worst * 1e3:0.00} ms, {inside:0} lots");
        Console.WriteLine($"recall of 20 lots: median {recall.Median * 1e3:0.00} ms, worst {recall.Worst * 1e3:0.00} ms, {recalled:0} units");
        return 0;
    }

    private static ((double Median, double Worst), double Found) Timed(Func<int> ask, int times = 2000)
    {
        var seconds = new double[times];
        double found = 0;
        for (int i = 0; i < times; i++)
        {
            long began = Stopwatch.GetTimestamp();
            found += ask();
            seconds[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        Array.Sort(seconds);
        return ((seconds[times / 2], seconds[^1]), found / times);
    }
}
