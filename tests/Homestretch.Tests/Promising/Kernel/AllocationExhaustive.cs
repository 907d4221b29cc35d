using Homestretch.Promising.Kernel;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>The best there is on a tiny problem, by trying everything.</summary>
internal static class AllocationExhaustive
{
    /// <summary>Without line limits: the lexicographically least seconds late, in the given order of importance; <see cref="long.MaxValue"/> for no date.
    /// Every order tries its latest start in time, every moment at which supply changes, and having no start.</summary>
    internal static long[] LeastLate(AllocationProblem problem, int[] sequence)
    {
        int[][] choices = [.. sequence.Select(order => Starts(problem, order))];
        int[] starts = [.. Enumerable.Repeat(-1, problem.OrderCount)];
        long[]? best = null;
        void Try(int k)
        {
            if (k == sequence.Length)
            {
                long[] late = [.. sequence.Select(order => Late(problem, order, starts[order]))];
                if ((best is null || Compare(late, best) < 0) && SlowSupply.Covers(problem, starts)) best = late;
                return;
            }
            foreach (int start in choices[k])
            {
                starts[sequence[k]] = start;
                Try(k + 1);
            }
            starts[sequence[k]] = -1;
        }
        Try(0);
        return best!;
    }

    /// <summary>The most orders, of those given, that any plan has on time. For every set and every sequence of it, builds end as late as
    /// the sequence lets them: no plan of that sequence starts any build later, and a later start never needs supply earlier.</summary>
    internal static int MostOnTime(AllocationProblem problem, int[] orders)
    {
        int most = 0;
        int[] starts = [.. Enumerable.Repeat(-1, problem.OrderCount)], free = [.. problem.Lines.Select(line => line.Horizon)];
        void Try(int chosen, int count)
        {
            if (count > most) most = count;
            for (int k = 0; k < orders.Length; k++)
            {
                int order = orders[k], line = problem.OrderLine[order];
                if ((chosen & 1 << k) != 0) continue;
                LineCalendar calendar = problem.Lines[line];
                int due = problem.DueSecond[order] <= 0 ? 0 : calendar.ToWork(problem.DueSecond[order]), start = Math.Min(free[line], due) - problem.WorkSeconds[order];
                if (start < 0 || start < calendar.ToWork(Math.Max(0, problem.ReleaseSecond[order]))) continue;
                (int before, free[line]) = (free[line], start);
                starts[order] = calendar.StartToCalendar(start);
                if (SlowSupply.Covers(problem, starts)) Try(chosen | 1 << k, count + 1);
                starts[order] = -1;
                free[line] = before;
            }
        }
        Try(0, 0);
        return most;
    }

    private static int[] Starts(AllocationProblem problem, int order)
    {
        int release = Math.Max(0, problem.ReleaseSecond[order]), latest = problem.DueSecond[order] - problem.WorkSeconds[order];
        return [.. SlowSupply.Moments(problem).Append(release).Append(latest).Where(start => start >= release).Append(-1).Distinct()];
    }

    internal static long Late(AllocationProblem problem, int order, int start) =>
        start < 0 ? long.MaxValue : Math.Max(0, (long)start + problem.WorkSeconds[order] - problem.DueSecond[order]);

    private static int Compare(long[] a, long[] b)
    {
        for (int k = 0; k < a.Length; k++)
            if (a[k] != b[k]) return a[k].CompareTo(b[k]);
        return 0;
    }
}
