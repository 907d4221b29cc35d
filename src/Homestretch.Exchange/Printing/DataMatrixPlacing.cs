namespace Homestretch.Exchange.Printing;

/// <summary>Where each bit of each codeword lies in the mapping of a Data Matrix symbol.</summary>
/// <remarks>ISO/IEC 16022:2006, Annex F.</remarks>
internal sealed class DataMatrixPlacing
{
    private readonly int _side;
    private readonly byte[] _words;
    private readonly bool[,] _dark, _set;
    private int _next;

    private DataMatrixPlacing(int side, byte[] words) => (_side, _words, _dark, _set) = (side, words, new bool[side, side], new bool[side, side]);

    /// <param name="side">Modules along a side of the mapping, without the frames of its regions.</param>
    public static bool[,] Of(int side, byte[] words)
    {
        var placing = new DataMatrixPlacing(side, words);
        placing.Run();
        return placing._dark;
    }

    private void Run()
    {
        int n = _side, row = 4, column = 0;
        do
        {
            if (row == n && column == 0) Word((n - 1, 0), (n - 1, 1), (n - 1, 2), (0, n - 2), (0, n - 1), (1, n - 1), (2, n - 1), (3, n - 1));
            if (row == n - 2 && column == 0 && n % 4 != 0) Word((n - 3, 0), (n - 2, 0), (n - 1, 0), (0, n - 4), (0, n - 3), (0, n - 2), (0, n - 1), (1, n - 1));
            if (row == n - 2 && column == 0 && n % 8 == 4) Word((n - 3, 0), (n - 2, 0), (n - 1, 0), (0, n - 2), (0, n - 1), (1, n - 1), (2, n - 1), (3, n - 1));
            if (row == n + 4 && column == 2 && n % 8 == 0) Word((n - 1, 0), (n - 1, n - 1), (0, n - 3), (0, n - 2), (0, n - 1), (1, n - 3), (1, n - 2), (1, n - 1));
            for (; ; row -= 2, column += 2)
            {
                if (row < n && column >= 0 && !_set[row, column]) Utah(row, column);
                if (row - 2 < 0 || column + 2 >= n) break;
            }
            (row, column) = (row - 1, column + 5);
            for (; ; row += 2, column -= 2)
            {
                if (row >= 0 && column < n && !_set[row, column]) Utah(row, column);
                if (row + 2 >= n || column - 2 < 0) break;
            }
            (row, column) = (row + 5, column - 1);
        }
        while (row < n || column < n);
        if (!_set[n - 1, n - 1]) _dark[n - 1, n - 1] = _dark[n - 2, n - 2] = true;      // the corner that no codeword reaches
    }

    private void Utah(int row, int column) => Word((row - 2, column - 2), (row - 2, column - 1), (row - 1, column - 2), (row - 1, column - 1), (row - 1, column), (row, column - 2), (row, column - 1), (row, column));

    /// <summary>The next codeword, its highest bit first; what falls off one side comes back at the other.</summary>
    private void Word(params ReadOnlySpan<(int Row, int Column)> bits)
    {
        byte word = _words[_next++];
        for (int bit = 0; bit < 8; bit++)
        {
            var (row, column) = bits[bit];
            if (row < 0) (row, column) = (row + _side, column + 4 - (_side + 4) % 8);
            if (column < 0) (row, column) = (row + 4 - (_side + 4) % 8, column + _side);
            _dark[row, column] = (word >> (7 - bit) & 1) == 1;
            _set[row, column] = true;
        }
    }
}
