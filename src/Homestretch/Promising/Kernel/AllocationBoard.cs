using System.Runtime.CompilerServices;

namespace Homestretch.Promising.Kernel;

/// <summary>The board on which a search moves orders: slots of the lines and slack of the supply kept together, so that
/// an order is either placed in both or in neither.</summary>
internal sealed class AllocationBoard
{
    public const int Day = 86_400;

    public readonly AllocationProblem Problem;
    public readonly AllocationDraft Draft;
    public readonly SupplySlack Slack;

    /// <summary>Working second on its line by which each order must end; 0 or less when that has passed.</summary>
    public readonly int[] DueWork;

    /// <summary>Earliest calendar second at which each order may start.</summary>
    public readonly int[] Floor;

    private readonly bool[] _open;
    private readonly float _lateOrderDays;
    private readonly int _mostDaysLate;

    public AllocationBoard(AllocationProblem problem, AllocationDraft draft, AllocationOptions options)
    {
        (Problem, Draft, _lateOrderDays, _mostDaysLate) = (problem, draft, options.LateOrderDays, options.MostDaysLate);
        Slack = new SupplySlack(problem, draft.Held);
        _open = [.. problem.Lines.Select(line => line.IsAlwaysOpen)];
        DueWork = new int[problem.OrderCount];
        Floor = new int[problem.OrderCount];
        for (int order = 0; order < problem.OrderCount; order++)
        {
            Floor[order] = Math.Max(0, problem.ReleaseSecond[order]);
            if (draft.Held.NotBefore is { } notBefore) Floor[order] = Math.Max(Floor[order], notBefore[order]);
            DueWork[order] = problem.DueSecond[order] <= 0 ? 0 : ToWork(problem.OrderLine[order], problem.DueSecond[order]);
        }
    }

    /// <summary>Working second on a line at a calendar second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ToWork(int line, int second) => _open[line] ? second : Problem.Lines[line].ToWork(second);

    /// <summary>Calendar second at which work on a line starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ToSecond(int line, int work) => _open[line] ? work : Problem.Lines[line].StartToCalendar(work);

    public bool IsPlaced(int order) => Draft.StartWork[order] >= 0;

    public bool IsHeld(int order) => Problem.FixedStart is { } held && held[order] >= 0;

    /// <summary>How late a start makes an order, in working seconds of its line; 0 or less when on time.</summary>
    public int LateWork(int order, int startWork) => startWork + Problem.WorkSeconds[order] - DueWork[order];

    /// <summary>What a start costs, in days: nothing on time; else a late order, its days, and ten times the days beyond
    /// the limit; times 30 for class 2 and 300 for class 1, whose lateness buys nothing for others.</summary>
    public float Cost(int order, int startWork)
    {
        int endWork = (int)Math.Min(int.MaxValue, (long)startWork + Problem.WorkSeconds[order]);      // beyond all time where nothing can bring a part
        if (startWork >= 0 && (long)endWork - DueWork[order] <= 0) return 0;
        LineCalendar calendar = Problem.Lines[Problem.OrderLine[order]];
        int end = startWork < 0 ? int.MaxValue : calendar.IsAlwaysOpen ? endWork : calendar.EndToCalendar(endWork);
        float days = ((long)end - Problem.DueSecond[order]) / (float)Day;
        float weight = Problem.OrderClass[order] switch { <= 1 => 300, 2 => 30, _ => 1 };
        return weight * (_lateOrderDays + days + (days > _mostDaysLate ? 100 + 10 * (days - _mostDaysLate) : 0));
    }

    /// <summary>Seconds late that cost as much for an order of the lowest class; an order on time is never that cheap beyond them.</summary>
    public long SecondsLateFor(float cost) => (long)((Math.Min(cost, 100_000) - _lateOrderDays) * Day);

    /// <summary>Last calendar second at which a start keeps an order within the limit of days late, a day spared for
    /// finding a slot; below 0 when that has passed.</summary>
    public int LastTolerable(int order) => (int)Math.Min(int.MaxValue / 2, Problem.DueSecond[order] + (long)_mostDaysLate * Day - Problem.WorkSeconds[order] - Day);

    /// <summary>True when a start makes an order later than the limit.</summary>
    public bool LateBeyond(int order, int startWork) => ToSecond(Problem.OrderLine[order], startWork) > LastTolerable(order);

    /// <summary>The latest start in time that has a slot and a whole kit; -1 when there is none.</summary>
    public int OnTimeStart(int order)
    {
        int line = Problem.OrderLine[order];
        int start = Draft.Slots[line].LatestFit(DueWork[order], Problem.WorkSeconds[order], ToWork(line, Floor[order]));
        return start >= 0 && Slack.Has(order, ToSecond(line, start), out _) ? start : -1;
    }

    /// <summary>The earliest start that has a slot and a whole kit, not before a second; -1 when there is none.</summary>
    public int EarliestStart(int order, int from)
    {
        int line = Problem.OrderLine[order], whole = Slack.WholeFrom(order, Math.Max(from, Floor[order]), out _);
        return whole == int.MaxValue ? -1 : Draft.Slots[line].EarliestFit(ToWork(line, whole), Problem.WorkSeconds[order]);
    }

    /// <summary>The latest start in time, else the earliest there is.</summary>
    public int BestStart(int order)
    {
        int start = OnTimeStart(order);
        return start >= 0 ? start : EarliestStart(order, 0);
    }

    /// <summary>Places an order at a start that is free; takes its kit.</summary>
    public void Place(int order, int startWork)
    {
        int line = Problem.OrderLine[order];
        if (!Draft.Slots[line].TryTake(startWork, Problem.WorkSeconds[order]))
            throw new InvalidOperationException($"Line {line} is not free at working second {startWork} for order {order}.");
        Draft.StartWork[order] = startWork;
        Draft.StartSecond[order] = ToSecond(line, startWork);
        Slack.Take(order, Draft.StartSecond[order]);
    }

    /// <summary>Places an order, whose kit is taken already, in the slot that was found last on its line.</summary>
    public void PlaceFound(int order, int startWork)
    {
        int line = Problem.OrderLine[order];
        Draft.Slots[line].TakeFound(startWork, Problem.WorkSeconds[order]);
        Draft.StartWork[order] = startWork;
        Draft.StartSecond[order] = ToSecond(line, startWork);
    }

    /// <summary>Moves a placed order to an earlier start, not before a second, if it has one.</summary>
    public void PullTo(int order, int from)
    {
        int line = Problem.OrderLine[order], work = Problem.WorkSeconds[order], start = Draft.StartWork[order], second = Draft.StartSecond[order];
        int whole = Slack.WholeWithout(order, second, Math.Max(from, Floor[order]));
        if (whole >= second) return;
        Draft.Slots[line].Release(start, work);
        int earlier = Draft.Slots[line].EarliestFit(ToWork(line, whole), work);
        if (earlier < 0 || earlier >= start || !Slack.TryShift(order, second, ToSecond(line, earlier))) Draft.Slots[line].TryTake(start, work);
        else PlaceFound(order, earlier);
    }

    /// <summary>Takes an order off the board; returns where it started.</summary>
    public int Lift(int order)
    {
        int startWork = Draft.StartWork[order];
        Draft.Slots[Problem.OrderLine[order]].Release(startWork, Problem.WorkSeconds[order]);
        Slack.Release(order, Draft.StartSecond[order]);
        Draft.StartWork[order] = Draft.StartSecond[order] = -1;
        return startWork;
    }

    /// <summary>Places the orders whose slot is held, whatever their supply.</summary>
    public void PlaceHeld()
    {
        if (Problem.FixedStart is not { } held) return;
        for (int order = 0; order < held.Length; order++)
            if (held[order] >= 0) Place(order, ToWork(Problem.OrderLine[order], held[order]));
    }

    /// <summary>Says why each late order is late, given all the others.</summary>
    public void Explain()
    {
        for (int order = 0; order < Problem.OrderCount; order++)
        {
            int start = Draft.StartWork[order];
            (Draft.Reason[order], Draft.GateItem[order]) = (LateReason.None, -1);
            if (start >= 0 && LateWork(order, start) <= 0) continue;
            if (start >= 0) Slack.Release(order, Draft.StartSecond[order]);
            int whole = Slack.WholeFrom(order, Floor[order], out int gate);
            if (start >= 0) Slack.Take(order, Draft.StartSecond[order]);
            int latestWork = DueWork[order] - Problem.WorkSeconds[order];
            int latest = latestWork < 0 ? -1 : ToSecond(Problem.OrderLine[order], latestWork);
            if (gate >= 0 && whole > latest) Draft.GateItem[order] = gate;
            Draft.Reason[order] = start < 0 ? LateReason.Unknown
                : IsHeld(order) || Floor[order] > Math.Max(0, latest) ? LateReason.Policy
                : gate >= 0 && whole > latest ? LateReasons.OfGate(Problem, order, gate, whole, latest)
                : LateReason.Capacity;
        }
    }
}
