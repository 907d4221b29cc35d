namespace Homestretch;

/// <summary>The normal quantile and upper tail by table and cubic, for the draws: a few nanoseconds, absolute error of
/// the quantile below 1e-9. Tables are computed once in scalar double from <see cref="Normal"/>, so every machine reads the same
/// bits; only adding and multiplying happens per draw.</summary>
/// <remarks>Quantile: each octave [2^-k, 2^-k+1) of p is cut into 128 cells, so the leading bits of the double are the
/// cell's index (hierarchical segmentation, Lee, Luk, Villasenor and Cheung 2005). A cubic Hermite piece has error at
/// most h^4 / 384 max|f''''|, here below 1e-10. Upper tail: cells of 1/64 over [-8, 8], error below 1e-9.</remarks>
internal static class NormalTable
{
    private const int CellBits = 7, Shift = 52 - CellBits, LowestExponent = -53;
    private const long FirstIndex = (1023L + LowestExponent) << CellBits;
    private const double TailReach = 8, TailCellsPerUnit = 64;

    private static readonly Cubic[] _quantile = QuantileCells();
    private static readonly Cubic[] _tail = TailCells();

    /// <summary>The x with P(X &lt;= x) = p.</summary>
    /// <param name="p">In [2^-53, 1 - 2^-53]; below and above, the nearer end is taken.</param>
    internal static double Quantile(double p)
    {
        // no branch on the sign: it would be mispredicted every other draw
        double tail = double.MaxNative(double.MinNative(p, 1 - p), 1.0 / (1L << 53));
        long bits = BitConverter.DoubleToInt64Bits(tail);
        double within = (bits & ((1L << Shift) - 1)) * (1.0 / (1L << Shift));
        double x = _quantile[unchecked((int)((bits >> Shift) - FirstIndex))].At(within);
        return Math.CopySign(x, p - 0.5);
    }

    /// <summary>P(X &gt; x); beyond |x| = 8 the value there.</summary>
    internal static double UpperTail(double x)
    {
        double cells = (double.MinNative(double.MaxNative(x, -TailReach), TailReach) + TailReach) * TailCellsPerUnit;
        int cell = Math.Min(double.ConvertToIntegerNative<int>(cells), _tail.Length - 1);
        return _tail[cell].At(cells - cell);
    }

    private static Cubic[] QuantileCells()
    {
        // one cell more: p = 0.5 exactly opens an octave of its own
        var cells = new Cubic[((-1 - LowestExponent) << CellBits) + 1];
        for (int i = 0; i < cells.Length; i++)
        {
            double low = BitConverter.Int64BitsToDouble((FirstIndex + i) << Shift), high = BitConverter.Int64BitsToDouble((FirstIndex + i + 1) << Shift);
            double from = Normal.Quantile(low), to = Normal.Quantile(high), width = high - low;
            cells[i] = Cubic.Hermite(from, to, width / Normal.Density(from), width / Normal.Density(to));
        }
        return cells;
    }

    private static Cubic[] TailCells()
    {
        var cells = new Cubic[(int)(2 * TailReach * TailCellsPerUnit)];
        for (int i = 0; i < cells.Length; i++)
        {
            double from = i / TailCellsPerUnit - TailReach, to = (i + 1) / TailCellsPerUnit - TailReach, width = 1 / TailCellsPerUnit;
            cells[i] = Cubic.Hermite(Normal.UpperTail(from), Normal.UpperTail(to), -width * Normal.Density(from), -width * Normal.Density(to));
        }
        return cells;
    }

    /// <summary>One piece over [0, 1].</summary>
    private readonly record struct Cubic(double C0, double C1, double C2, double C3)
    {
        internal double At(double t) => C0 + t * (C1 + t * (C2 + t * C3));

        /// <summary>The cubic with these values and slopes at 0 and 1.</summary>
        internal static Cubic Hermite(double from, double to, double slopeFrom, double slopeTo) =>
            new(from, slopeFrom, 3 * (to - from) - 2 * slopeFrom - slopeTo, 2 * (from - to) + slopeFrom + slopeTo);
    }
}
