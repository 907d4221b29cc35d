using Homestretch.Promising.Kernel;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>A small random plan. The same seed and size always give the same plan.</summary>
internal sealed class Scenario
{
    internal const int Day = 86_400;
    private ulong _state;

    internal Scenario(ulong seed, int size, int samples = 16, int? overtaking = null, bool roomy = false)
    {
        _state = seed;
        Arrivals = new(samples);
        Outbounds = new(samples);
        int lots = 1 + Below(size + 3), lineCount = 1 + Below(3), horizonDays = 1 + Below(20);
        for (int lot = 0; lot < lots; lot++) Arrivals.Append(Arrival(horizonDays));
        for (int row = 0; row < 2; row++) Outbounds.Append(Arrival(3));
        Lines = [.. Enumerable.Range(0, lineCount).Select(_ => new PlannedLine(
            Calendar(roomy), overtaking ?? (Below(3) == 0 ? 0 : Below(2 * Day)), Below(Day)))];
        HorizonDays = horizonDays;
        for (int build = 0; build < size; build++) Builds.Add(NewBuild(), NewPegs());
        if (Below(2) == 0) Shut = [[], [.. Enumerable.Range(0, 1 + Below(3)).Select(_ => Below(horizonDays * Day)).Order().Select(from => new Shut(from, Below(4) == 0 ? Futures.Never : from + Below(9 * Day)))]];
    }

    internal PlannedBuilds Builds { get; } = new();
    internal Futures Arrivals { get; }
    internal Futures Outbounds { get; }
    internal IReadOnlyList<Shut[]>? Shut { get; }
    internal PlannedLine[] Lines { get; }
    internal int HorizonDays { get; }

    internal Evaluation Evaluate(int threads = 1) => Evaluation.Run(Builds, Arrivals, Outbounds, Lines, threads, shut: Shut);

    internal int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Turns that have passed go in their order.</summary>
    internal PlannedBuild NewBuild() => Drawn() is var build && build.PlannedStart == 0 && Below(2 * Day) is var passed ? build with { Passed = passed, Tie = -passed } : build;

    private PlannedBuild Drawn() => new(Below(Lines.Length), Below(4) == 0 ? Below(HorizonDays) * Day : Below(HorizonDays * Day), 1 + Below(Below(10) == 0 ? Day : 7_200),
        Below(3) == 0 ? Below(HorizonDays * Day) : 0, Below(4) == 0, Below(Day), Below(3) - 1, Below(4) == 0 ? Futures.Never : Below(30 * Day),
        Tie: Below(3) - 1);

    internal int[] NewPegs() => [.. Enumerable.Range(0, Below(6)).Select(_ => Below(Arrivals.Count))];

    /// <summary>Around one day, some on hand, rarely very late or never.</summary>
    internal int[] Arrival(int horizonDays)
    {
        int centre = Below(horizonDays * Day), kind = Below(10);
        return [.. Enumerable.Range(0, Arrivals.Samples).Select(_ =>
            kind == 0 ? 0 : Below(200) == 0 ? Futures.Never : centre + Below(Below(20) == 0 ? 20 * Day : Day) - Day / 2)];
    }

    private LineCalendar Calendar(bool roomy)
    {
        if (Below(4) == 0) return LineCalendar.AlwaysOpen;
        List<int> opens = [], closes = [];
        int days = roomy ? 400 : 1 + Below(60);
        for (int day = 0; day < days; day++)
        {
            if (Below(7) == 0) continue;
            opens.Add(day * Day + 6 * 3_600 + Below(7_200));
            closes.Add(opens[^1] + 3_600 + Below(12 * 3_600));
        }
        return opens.Count == 0 ? LineCalendar.AlwaysOpen : new(opens.ToArray(), closes.ToArray());
    }

    // SplitMix64: S. Vigna, public domain description
    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) >> 1;
    }
}
