namespace Homestretch.Arrivals;

/// <summary>Q(Phi(x)) of one <see cref="StageTime"/> in whole seconds, tabulated over the normal score x: what the
/// sampler reads instead of computing a quantile for every draw.</summary>
/// <remarks>1,024 cells of h = 1/64 over [-8, 8], straight between their ends; outside, the end's value. Never falls.
/// Error against the exact quantile: half a second of rounding at the ends and h^2/8 max|T''| between, for a lognormal
/// s^2 Q(x) h^2/8 (s = 0.3, 50 days: 12 s); next to a mass, where Q has a corner, at most the rise over one cell.</remarks>
internal sealed class ScoreTable
{
    internal const int Cells = 1024, CellsPerUnit = 64;
    internal const double Reach = 8;
    private readonly int[] _seconds = new int[Cells + 1];

    internal ScoreTable(StageTime time)
    {
        for (int i = 0; i <= Cells; i++) _seconds[i] = Horizon.Seconds(time.QuantileUpper(Tails[i]));
        for (int i = 1; i <= Cells; i++) _seconds[i] = Math.Max(_seconds[i], _seconds[i - 1]);
    }

    private static double[] Tails { get; } = [.. Enumerable.Range(0, Cells + 1).Select(i => Normal.UpperTail(i / (double)CellsPerUnit - Reach))];

    /// <summary>Seconds at score x.</summary>
    internal int At(double x)
    {
        double cells = double.MinNative(double.MaxNative((x + Reach) * CellsPerUnit, 0), Cells - 1e-9);
        unchecked
        {
            int cell = double.ConvertToIntegerNative<int>(cells), low = _seconds[cell];
            return low + double.ConvertToIntegerNative<int>((_seconds[cell + 1] - low) * (cells - cell));
        }
    }

    /// <summary>The last score that does not exceed so many seconds; negative infinity when every score does.</summary>
    internal double ScoreOf(int seconds)
    {
        if (seconds < _seconds[0]) return double.NegativeInfinity;
        int found = Array.BinarySearch(_seconds, seconds), cell = found >= 0 ? found : ~found - 1;
        while (cell < Cells && _seconds[cell + 1] <= seconds) cell++;
        return (cell == Cells ? cell : cell + (seconds - _seconds[cell]) / (double)(_seconds[cell + 1] - _seconds[cell])) / CellsPerUnit - Reach;
    }
}
