namespace Homestretch.Cutting.Kernel;

/// <summary>What is left to choose at each stage: options, as bits, and bounds of its inbound time.</summary>
internal sealed class StagesLeft
{
    private readonly ulong[] _options;

    private StagesLeft(ulong[] options, int[] low, int[] high) => (_options, Low, High) = (options, low, high);

    /// <summary>Least and greatest inbound time of each stage, ticks.</summary>
    public int[] Low { get; }
    public int[] High { get; }

    public static StagesLeft All(StageChoices c) => new([.. c.Times.Select(static t => t.Length >= 64 ? ulong.MaxValue : (1UL << t.Length) - 1)], new int[c.Count], [.. c.MostIn]);

    public bool Has(int stage, int option) => (_options[stage] >> option & 1) != 0;

    public int Options(int stage) => System.Numerics.BitOperations.PopCount(_options[stage]);

    /// <summary>The first option that is left.</summary>
    public int First(int stage) => System.Numerics.BitOperations.TrailingZeroCount(_options[stage]);

    /// <summary>Two of its kind: a stage's inbound time up to a time, and behind it.</summary>
    public (StagesLeft Sooner, StagesLeft Later) SplitTime(int stage, int at)
    {
        var (sooner, later) = (new StagesLeft(_options, Low, [.. High]), new StagesLeft(_options, [.. Low], High));
        (sooner.High[stage], later.Low[stage]) = (at, at + 1);
        return (sooner, later);
    }

    /// <summary>Two of its kind: a stage takes an option, and it does not.</summary>
    public (StagesLeft With, StagesLeft Without) SplitOption(int stage, int option)
    {
        var (with, without) = (new StagesLeft([.. _options], Low, High), new StagesLeft([.. _options], Low, High));
        with._options[stage] = 1UL << option;
        without._options[stage] &= ~(1UL << option);
        return (with, without);
    }
}
