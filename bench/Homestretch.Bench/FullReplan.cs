using System.Diagnostics;
using System.Runtime.CompilerServices;
using Homestretch.Arrivals;
using Homestretch.Promising.Kernel;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>bench full [repeats] [SIZE] [SAMPLES]: a whole re-plan of <see cref="AllocationLoad"/>: draw all arrivals (reported apart), take allocation dates
/// at P90, allocate with the single pass, lay the builds out, evaluate every build in every sample.</summary>
internal static class FullReplan
{
    private const int Day = AllocationLoad.Day, Overtaking = 16 * 3_600, Lanes = 40;
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);

    internal static int Run(string[] args)
    {
        int repeats = args.Length > 0 ? int.Parse(args[0]) : 3;
        int[] sizes = args.Length > 1 ? [int.Parse(args[1])] : [10_000, 100_000, 1_000_000], samples = args.Length > 2 ? [int.Parse(args[2])] : [128, 256];
        Console.WriteLine($"median of {repeats}, wall seconds, {Environment.ProcessorCount} cores; draw = all lots, not counted in the sum");
        Console.WriteLine("order lines     S     draw    dates   allocate   purchases   lay out   evaluate       sum   with drawing   peak GB   on time   P(on time)");
        foreach (int size in sizes)
            foreach (int s in samples) Measure(new AllocationLoad(size).Problem, s, repeats);
        return 0;
    }

    private static void Measure(AllocationProblem stated, int samples, int repeats)
    {
        List<(double Sum, string Row)> rows = [];
        for (int run = 0; run <= repeats; run++)
        {
            GC.Collect();
            (double Sum, string Row) once = Once(stated, samples);
            if (run > 0) rows.Add(once);
        }
        rows.Sort();
        Console.WriteLine(rows[rows.Count / 2].Row);
    }

    /// <summary>One re-plan. Apart, so that nothing of it is still held when the next one begins.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Sum, string Row) Once(AllocationProblem stated, int samples)
    {
        var watch = new Watch();
        Futures arrivals = Draw(stated, samples);
        double draw = watch.Lap();
        int[] dates = Dates(arrivals);
        AllocationProblem problem = stated.WithLotSeconds(dates, out int[] at);
        double dated = watch.Lap();
        AllocationResult result = Allocation.Plan(problem, new AllocationOptions());
        double allocated = watch.Lap();
        AppendPurchases(arrivals, result);
        double bought = watch.Lap();
        PlannedBuilds builds = LayOut(problem, result, at);
        double laidOut = watch.Lap();
        Evaluation evaluation = Evaluation.Run(builds, arrivals, new(samples), [.. problem.Lines.Select(calendar => new PlannedLine(calendar, Overtaking))]);
        double evaluated = watch.Lap(), sum = dated + allocated + bought + laidOut + evaluated;
        double kept = Enumerable.Range(0, builds.Count).Average(build => evaluation[build].OnTime);
        return (sum, $"{problem.OrderCount,11:N0} {samples,5} {draw,8:F3} {dated,8:F3} {allocated,10:F3} {bought,11:F3} {laidOut,9:F3} {evaluated,10:F3} {sum,9:F3} {sum + draw,14:F3} {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9,9:F2}"
            + $" {result.Reason.Count(reason => reason == LateReason.None) / (double)problem.OrderCount,9:P1} {kept,12:P1}");
    }

    /// <summary>Every lot on its way of four steps with a common factor, its P90 near its stated second; stock is there.</summary>
    private static Futures Draw(AllocationProblem problem, int samples)
    {
        var sampler = new ArrivalSampler(s_t, new Draws(1), samples);
        StageTime[] times = [.. Enumerable.Range(1, 80 * 4).Select(quarters => StageTime.Of(quarters / 20.0, quarters / 15.0))];
        var lots = new PreparedLot?[problem.LotCount];
        for (int lot = 0; lot < lots.Length; lot++)
        {
            if (problem.LotSecond[lot] == 0) continue;
            StageTime time = times[Math.Clamp((int)(problem.LotSecond[lot] / (double)Day * 4), 1, times.Length) - 1];
            lots[lot] = sampler.Prepare([.. Enumerable.Range(0, 4).Select(step => new ArrivalStep(StableHash.Join((ulong)lot, (ulong)step), time,
                [new FactorLoading((ulong)(lot % Lanes * 4 + step), 0.4)], new Progress.Ahead()))], s_t);
        }
        var arrivals = new Futures(samples, lots.Length);
        arrivals.AppendRows(lots.Length);
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            int[] row = new int[samples];
            for (int lot = worker; lot < lots.Length; lot += Environment.ProcessorCount)
            {
                if (lots[lot] is { } prepared) sampler.Sample(prepared, row);
                else Array.Clear(row);
                arrivals.Set(lot, row);
            }
        });
        return arrivals;
    }

    private static int[] Dates(Futures arrivals)
    {
        int[] dates = new int[arrivals.Count];
        Parallel.For(0, dates.Length, lot => dates[lot] = OrderStatistics.Quantile(arrivals[lot], 0.9));
        return dates;
    }

    /// <summary>Purchases come by their date with 90 %, up to a week earlier or, rarely, later.</summary>
    private static void AppendPurchases(Futures arrivals, AllocationResult result)
    {
        int[] row = new int[arrivals.Samples];
        var draws = new Draws(2);
        double[] normals = new double[row.Length];
        for (int p = 0; p < result.PurchaseItem.Length; p++)
        {
            draws.Normals((ulong)p, normals);
            for (int s = 0; s < row.Length; s++) row[s] = Math.Max(0, result.PurchaseSecond[p] + (int)((normals[s] - 1.2816) * 2 * Day));
            arrivals.Append(row);
        }
    }

    /// <summary>As the planner lays builds out: by line and start. What is read of each order is brought into that order first, on all cores.</summary>
    private static PlannedBuilds LayOut(AllocationProblem problem, AllocationResult result, int[] newIndexByOld)
    {
        int[] rowOf = new int[problem.LotCount], order = result.SlotOrder;
        for (int lot = 0; lot < rowOf.Length; lot++) rowOf[newIndexByOld[lot]] = lot;
        var rows = new (int Line, int Start, int Work, int Due, int PegFirst, int PegCount)[order.Length];
        Parallel.For(0, (rows.Length + 4_095) / 4_096, chunk =>
        {
            for (int k = chunk * 4_096; k < Math.Min(rows.Length, (chunk + 1) * 4_096); k++)
                rows[k] = (problem.OrderLine[order[k]], result.StartSecond[order[k]], problem.WorkSeconds[order[k]], problem.DueSecond[order[k]], result.PegFirst[order[k]], result.PegCount[order[k]]);
        });
        var builds = new PlannedBuilds(rows.Length, result.PegSupply.Length);
        Span<int> lots = stackalloc int[256];
        foreach (var row in rows)
        {
            Span<int> pegs = lots[..row.PegCount];
            for (int k = 0; k < pegs.Length; k++)
            {
                int supply = result.PegSupply[row.PegFirst + k];
                pegs[k] = supply < rowOf.Length ? rowOf[supply] : supply;
            }
            builds.Add(new(row.Line, row.Start, row.Work, Math.Max(0, row.Start - 3 * Day), Promised: Math.Max(0, row.Due)), pegs);
        }
        return builds;
    }

    private sealed class Watch
    {
        private long _from = Stopwatch.GetTimestamp();

        public double Lap()
        {
            double seconds = Stopwatch.GetElapsedTime(_from).TotalSeconds;
            _from = Stopwatch.GetTimestamp();
            return seconds;
        }
    }
}
