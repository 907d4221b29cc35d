namespace Homestretch.Exposure;

/// <summary>Know-how that lies between two items, by their places.</summary>
public readonly record struct Tie(int First, int Second, double Weight);

/// <summary>The chance that who knows all of one item infers another from it, by their places.</summary>
public readonly record struct Clue(int Item, int From, double Chance);

/// <summary>What there is to know of a product: weights v of its items, weights u of what lies between two of them, chances a of inferring one from another. All weights together are 1.</summary>
/// <remarks>Who was disclosed d of each item knows K(i) = 1 - (1 - d_i) * prod_j (1 - a_ij d_j) of item i, a noisy-or (J. Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, 4.3), and could reconstruct
/// R = sum v_i K(i) + sum_{i&lt;j} u_ij K(i) K(j) of the product. Both are in [0, 1] and never fall when anything more is disclosed.</remarks>
public sealed class ExposureGraph
{
    private ExposureGraph(double[] know, (int[] Start, int[] Place, double[] Value) clues, (int[] Start, int[] Place, double[] Value) told, (int[] Start, int[] Place, double[] Value) ties, (int[] Start, int[] Place, double[] Value) tiedFrom, double total)
    {
        (Know, Total) = (know, total);
        (ClueStart, ClueFrom, ClueChance) = clues;
        (ToldStart, Told, _) = told;
        (TieStart, TieTo, TieWeight) = ties;
        (TiedStart, TiedFrom, _) = tiedFrom;
    }

    public int Count => Know.Length;

    /// <summary>Sum of all weights as they were given, by which they were divided; 0: nothing was weighed.</summary>
    public double Total { get; }

    /// <summary>Weight of each item, normalised.</summary>
    internal double[] Know { get; }

    // clues of an item: what it is inferred from; told: what is inferred from it
    internal int[] ClueStart { get; }
    internal int[] ClueFrom { get; }
    internal double[] ClueChance { get; }
    internal int[] ToldStart { get; }
    internal int[] Told { get; }

    // ties are kept at the item that comes first; tied from: at the other, the way back
    internal int[] TieStart { get; }
    internal int[] TieTo { get; }
    internal double[] TieWeight { get; }
    internal int[] TiedStart { get; }
    internal int[] TiedFrom { get; }

    /// <param name="know">Weight of each item, 0 or more.</param>
    /// <exception cref="ArgumentException">A weight below 0, a chance outside [0, 1], or an item with itself.</exception>
    public static ExposureGraph Of(IReadOnlyList<double> know, IReadOnlyList<Tie> ties, IReadOnlyList<Clue> clues)
    {
        if (know.Any(static v => !(v >= 0 && double.IsFinite(v))) || ties.Any(static t => !(t.Weight >= 0 && double.IsFinite(t.Weight)))) throw new ArgumentException("A weight is below 0.\nMaybe a record was not checked before.");
        if (ties.Any(static t => t.First == t.Second) || clues.Any(static c => c.Item == c.From || !(c.Chance is >= 0 and <= 1))) throw new ArgumentException("An item is tied to itself, or a chance lies outside [0, 1].\nMaybe a record was not checked before.");
        double total = know.Sum() + ties.Sum(static t => t.Weight), scale = total > 0 ? 1 / total : 0;
        Tie[] ordered = [.. ties.Select(t => new Tie(Math.Min(t.First, t.Second), Math.Max(t.First, t.Second), t.Weight * scale)).Where(static t => t.Weight > 0)];
        Clue[] real = [.. clues.Where(static c => c.Chance > 0)];
        return new([.. know.Select(v => v * scale)],
            Rows(know.Count, [.. real.Select(static c => (c.Item, c.From, c.Chance))]), Rows(know.Count, [.. real.Select(static c => (c.From, c.Item, c.Chance))]),
            Rows(know.Count, [.. ordered.Select(static t => (t.First, t.Second, t.Weight))]), Rows(know.Count, [.. ordered.Select(static t => (t.Second, t.First, t.Weight))]), total);
    }

    /// <summary>What is known of an item by one to whom so much was disclosed.</summary>
    public double Known(int item, ReadOnlySpan<double> disclosed)
    {
        double not = 1 - disclosed[item];
        for (int a = ClueStart[item]; a < ClueStart[item + 1]; a++) not *= 1 - ClueChance[a] * disclosed[ClueFrom[a]];
        return 1 - not;
    }

    /// <summary>What of the product one could reconstruct to whom so much was disclosed.</summary>
    /// <param name="known">Filled with what is known of each item.</param>
    public double Reconstructed(ReadOnlySpan<double> disclosed, Span<double> known)
    {
        for (int i = 0; i < Count; i++) known[i] = Known(i, disclosed);
        double sum = 0;
        for (int i = 0; i < Count; i++) sum += Part(i, known);
        return sum;
    }

    /// <summary>The same, without the items.</summary>
    public double Reconstructed(ReadOnlySpan<double> disclosed) => Reconstructed(disclosed, new double[Count]);

    /// <summary>An item's part of the sum: its own, and what ties it to those after it.</summary>
    internal double Part(int item, ReadOnlySpan<double> known)
    {
        double per = Know[item];
        for (int t = TieStart[item]; t < TieStart[item + 1]; t++) per += TieWeight[t] * known[TieTo[t]];
        return known[item] * per;
    }

    private static (int[] Start, int[] Place, double[] Value) Rows(int count, (int Row, int Place, double Value)[] cells)
    {
        int[] start = new int[count + 1];
        foreach (var (row, _, _) in cells) start[row + 1]++;
        for (int i = 0; i < count; i++) start[i + 1] += start[i];
        var sorted = cells.OrderBy(static c => c.Row).ThenBy(static c => c.Place).ToArray();
        return (start, [.. sorted.Select(static c => c.Place)], [.. sorted.Select(static c => c.Value)]);
    }
}
