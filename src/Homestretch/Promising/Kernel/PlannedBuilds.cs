namespace Homestretch.Promising.Kernel;

/// <summary>One build as the plan places it. All times are whole seconds after t.</summary>
/// <param name="Line">Index of its assembly line.</param>
/// <param name="PlannedStart">Calendar second the plan starts it; then <paramref name="Tie"/>, then the order of adding give the sequence.</param>
/// <param name="Work">Working seconds on the line, from 1 to 2^29.</param>
/// <param name="Floor">Calendar second before which it may not start, whatever its parts do.</param>
/// <param name="Confirmed">Confirmed builds of a line keep their order among themselves.</param>
/// <param name="Outbound">Seconds from the end of work to the customer's date, added to every sample.</param>
/// <param name="OutboundRow">Row of sampled outbound seconds, added too; -1 when there is none.</param>
/// <param name="Promised">Calendar second promised to the customer; <see cref="Futures.Never"/> when nothing is.</param>
/// <param name="Tie">Of builds planned to start together the smaller goes first.</param>
/// <param name="Passed">Working seconds by which its turn lies before t, where <paramref name="PlannedStart"/> is 0: so much of its window is over. The longer passed comes first by <paramref name="Tie"/>.</param>
internal readonly record struct PlannedBuild(int Line, int PlannedStart, int Work, int Floor = 0, bool Confirmed = false,
    int Outbound = 0, int OutboundRow = -1, int Promised = Futures.Never, long Tie = 0, int Passed = 0);

/// <summary>One assembly line as the kernel sees it.</summary>
/// <param name="Overtaking">W: working seconds a build that is not whole holds its turn and may be overtaken within;
/// 0 is the strict sequence. See <see cref="LineRun"/> for the rule.</param>
/// <param name="FreeFrom">Calendar second from which the line is free for these builds.</param>
internal sealed record PlannedLine(LineCalendar Calendar, int Overtaking, int FreeFrom = 0);

/// <summary>All builds of a plan and the lots their kits are pegged to, one array a field. Rows are appended with spare
/// capacity, never moved, so a build keeps its index.</summary>
internal sealed class PlannedBuilds
{
    internal PlannedBuild[] Rows = [];
    internal bool[] Withdrawn = [];
    internal int[] PegStarts = [], PegCounts = [], PegLots = [];
    private int _pegsUsed;

    /// <param name="capacity">Builds expected.</param>
    /// <param name="pegCapacity">Pegs expected over all builds.</param>
    public PlannedBuilds(int capacity = 0, int pegCapacity = 0)
    {
        Grow(capacity);
        PegLots = new int[pegCapacity];
    }

    public int Count { get; private set; }

    public PlannedBuild this[int build] => Rows[Valid(build)];

    /// <summary>Lots pegged to the build's kit, in key order of their parts.</summary>
    public ReadOnlySpan<int> Pegs(int build) => new(PegLots, PegStarts[Valid(build)], PegCounts[build]);

    /// <summary>Appends a build with its pegs and returns its index.</summary>
    /// <param name="lots">Indices of its lots in key order of their parts: a tie for the gate goes to the first.</param>
    public int Add(in PlannedBuild build, ReadOnlySpan<int> lots)
    {
        Check(build);
        if (Count == Rows.Length) Grow(Math.Max(64, Count + Count / 8));
        Rows[Count] = build;
        SetPegs(Count, lots);
        return Count++;
    }

    /// <summary>The same builds, of their own.</summary>
    internal PlannedBuilds Copy() => new()
    {
        Rows = [.. Rows], Withdrawn = [.. Withdrawn], PegStarts = [.. PegStarts], PegCounts = [.. PegCounts], PegLots = [.. PegLots], _pegsUsed = _pegsUsed, Count = Count,
    };

    /// <summary>The largest lot index pegged; -1 when none is.</summary>
    internal int LargestLot()
    {
        int largest = -1;
        foreach (int lot in PegLots.AsSpan(0, _pegsUsed)) largest = Math.Max(largest, lot);
        return largest;
    }

    /// <summary>Gives a build other pegs; they take new room unless they fit in the old.</summary>
    internal void Repeg(int build, ReadOnlySpan<int> lots) => SetPegs(Valid(build), lots);

    internal void Change(int build, in PlannedBuild changed)
    {
        Check(changed);
        Rows[Valid(build)] = changed;
    }

    internal static void Check(in PlannedBuild build)
    {
        bool timesOk = build.Line >= 0 && In(build.PlannedStart) && In(build.Floor) && In(build.Outbound) && In(build.Promised) && In(build.Passed);
        if (!timesOk || build.Work is < 1 or > Futures.Never / 2)
            throw new ArgumentOutOfRangeException(nameof(build), build, "A build has a line, from 1 to 2^29 s of work, and times in [0, 2^30] seconds.\nMaybe a time before t was not cut to 0.");
        static bool In(int second) => second is >= 0 and <= Futures.Never;
    }

    private void SetPegs(int build, ReadOnlySpan<int> lots)
    {
        if (lots.Length > PegCounts[build])
        {
            if (_pegsUsed + lots.Length > PegLots.Length)
                Array.Resize(ref PegLots, Math.Max(256, _pegsUsed + _pegsUsed / 8 + lots.Length));
            PegStarts[build] = _pegsUsed;
            _pegsUsed += lots.Length;
        }
        lots.CopyTo(PegLots.AsSpan(PegStarts[build]));
        PegCounts[build] = lots.Length;
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref Rows, capacity);
        Array.Resize(ref Withdrawn, capacity);
        Array.Resize(ref PegStarts, capacity);
        Array.Resize(ref PegCounts, capacity);
    }

    private int Valid(int build)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)build, (uint)Count, nameof(build));
        return build;
    }
}
