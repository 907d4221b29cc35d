using Homestretch.Clearing;
using Homestretch.Promising.Kernel;
using Homestretch.Tests.Promising.Kernel;

namespace Homestretch.Tests.Clearing;

/// <summary>A small near horizon drawn from a seed, scarce in parts and time: a held build, jobs with one or two ways, promises, limits, protected builds that stay within or beyond the horizon.</summary>
internal static class ClearScenario
{
    private const int Hour = 3_600, Day = 86_400;

    /// <param name="jobs">How many builds may be released.</param>
    public static ClearProblem Make(ulong seed, int jobs)
    {
        for (ulong again = 0; ; again++)
        {
            ClearProblem problem = Drawn(unchecked(seed * 7_919 + again), jobs);
            var board = new ClearBoard(problem);
            if (ClearSearch.StaysInTurn(problem).All(board.TryStay)) return problem;
        }
    }

    private static ClearProblem Drawn(ulong seed, int jobs)
    {
        var random = new SmallRandom(seed);
        int items = 2 + random.Below(4), lines = 1 + random.Below(2), horizon = 3 * Day;
        LineCalendar[] calendars = [.. Enumerable.Range(0, lines).Select(_ => random.Below(2) == 0 ? LineCalendar.AlwaysOpen : new LineCalendar([.. Enumerable.Range(0, 12).Select(static d => d * Day + 8 * Hour)], [.. Enumerable.Range(0, 12).Select(static d => d * Day + 16 * Hour)]))];
        List<int> lotFirst = [0], lotSecond = [], lotQuantity = [];
        for (int item = 0; item < items; item++)
        {
            int lots = 1 + random.Below(3);
            lotSecond.AddRange(Enumerable.Range(0, lots).Select(l => l == 0 && random.Below(4) > 0 ? 0 : random.Below(6 * Day)).Order());
            lotQuantity.AddRange(Enumerable.Range(0, lots).Select(_ => 1 + random.Below(jobs)));
            lotFirst.Add(lotSecond.Count);
        }
        List<int> rowFirst = [1], partFirst = [0], partItem = [], partQuantity = [], line = [], work = [], due = [], stayRow = [], stay = [], limit = [], promise = [];
        Row(0);
        int free = horizon + Day;
        for (int job = 0; job < jobs; job++)
        {
            int first = line.Count, end = random.Below(6 * Day), kind = random.Below(5);
            for (int l = 0; l < lines; l++) if (l == 0 || random.Below(2) == 0) Row(l);
            rowFirst.Add(line.Count);
            promise.Add(random.Below(3) == 0 ? int.MinValue : end);
            stayRow.Add(kind == 0 ? first : -1);
            int begins = kind == 0 ? random.Below(2) == 0 ? calendars[line[first]].StartToCalendar(calendars[line[first]].ToWork(random.Below(2 * Day))) : calendars[line[first]].StartToCalendar(calendars[line[first]].ToWork(free += 9 * Hour)) : -1;
            stay.Add(begins);
            limit.Add(kind == 0 ? random.Below(5) == 0 ? int.MinValue : begins + 3 * Day : int.MaxValue);
        }
        ClearScore[] worth = [.. Enumerable.Range(0, jobs).Select(j => new ClearScore(1, 1 << random.Below(3), promise[j] == int.MinValue ? 0 : 100 * (1 + random.Below(3)), random.Below(1_000)))];
        return new ClearProblem
        {
            Rows = new AllocationProblem
            {
                LotFirst = [.. lotFirst], LotSecond = [.. lotSecond], LotQuantity = [.. lotQuantity], BuyLead = [.. Enumerable.Range(0, items).Select(i => i % 2 == 0 ? int.MaxValue : 5 * Day)],
                BuyMinimum = [.. Enumerable.Repeat(1, items)], BuyMultiple = [.. Enumerable.Repeat(1, items)], BuyMaximum = [.. Enumerable.Repeat(int.MaxValue, items)], SoftSafety = new int[items],
                OrderLine = [.. line], WorkSeconds = [.. work], DueSecond = [.. due], ReleaseSecond = [.. line.Select(_ => random.Below(5) == 0 ? random.Below(2 * Day) : 0)], OrderClass = [.. line.Select(static _ => (byte)1)],
                PartFirst = [.. partFirst], PartItem = [.. partItem], PartQuantity = [.. partQuantity], Lines = calendars, FixedStart = [calendars[0].StartToCalendar(2 * Hour), .. line.Skip(1).Select(static _ => -1)],
            },
            RowFirst = [.. rowFirst], HorizonSecond = horizon, HorizonWork = [.. calendars.Select(c => c.ToWork(horizon))], Worth = worth, PromiseSecond = [.. promise], LimitSecond = [.. limit],
            StayRow = [.. stayRow], StaySecond = [.. stay], ByPriority = [.. Enumerable.Range(0, jobs)],
        };

        void Row(int on)
        {
            line.Add(on);
            work.Add((2 + random.Below(9)) * Hour);
            due.Add(random.Below(5 * Day));
            for (int item = 0; item < items; item++)
                if (random.Below(2) == 0) { partItem.Add(item); partQuantity.Add(1 + random.Below(2)); }
            partFirst.Add(partItem.Count);
        }
    }
}
