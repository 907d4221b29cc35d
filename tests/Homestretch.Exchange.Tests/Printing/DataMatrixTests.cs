using Homestretch.Exchange.Printing;
using Xunit;

namespace Homestretch.Exchange.Tests.Printing;

/// <summary>Data Matrix symbols. Codewords of the worked example: ISO/IEC 16022:2006, Annex O. Drawn symbols: read by dmtxread 0.7.6 (libdmtx, independent of this code) as what stands beside them.</summary>
public sealed class DataMatrixTests
{
    [Fact]
    public void The_worked_example_has_its_codewords()
    {
        Assert.Equal([142, 164, 186], DataMatrix.Encoded("123456", gs1: false)!);
        Assert.Equal([114, 25, 5, 88, 102], DataMatrix.Correction([142, 164, 186], 5));
    }

    [Fact]
    public void The_worked_example_is_drawn_as_a_reader_reads_it() => Assert.Equal(
        """
        #.#.#.#.#.
        ##..#.##.#
        ##.....#..
        ##...###.#
        ##....#...
        #.....####
        ###.##....
        ####.##..#
        #..###.#..
        ##########
        """.ReplaceLineEndings("\n"), Drawn(DataMatrix.Of("123456", gs1: false)!));

    [Fact]
    public void A_symbol_has_its_frame_at_every_length_and_says_when_a_text_does_not_fit()
    {
        for (int length = 1; length <= 174; length++)
        {
            bool[,] dark = DataMatrix.Of(new string('A', length), gs1: false)!;
            int side = dark.GetLength(0);
            for (int i = 0; i < side; i++)
            {
                Assert.True(dark[i, 0] && dark[side - 1, i]);
                Assert.Equal((i % 2 == 0, i % 2 == 1), (dark[0, i], dark[i, side - 1]));
            }
        }
        Assert.Null(DataMatrix.Of(new string('A', 175), gs1: false));
        Assert.Null(DataMatrix.Of("Größe", gs1: false));
        Assert.Equal(232, DataMatrix.Encoded("10A", gs1: true)![0]);
    }

    private static string Drawn(bool[,] dark) => string.Join('\n', Enumerable.Range(0, dark.GetLength(0)).Select(r => string.Concat(Enumerable.Range(0, dark.GetLength(1)).Select(c => dark[r, c] ? '#' : '.'))));
}
