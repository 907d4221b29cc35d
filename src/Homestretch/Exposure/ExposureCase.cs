using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>An outside party that may come to know something.</summary>
/// <param name="Countries">Where it is registered and where it has sites; empty: unknown.</param>
/// <param name="Owner">Who controls it in the end: its own name, or that of another.</param>
public sealed record Holder(string Party, IReadOnlyList<string> Countries, string Owner);

/// <summary>A holder makes an item, by their places.</summary>
/// <param name="Done">It is so already: what it tells is known and stays known. Otherwise it is planned and may yet change.</param>
public sealed record Making(int Item, int Holder, bool Done);

/// <summary>A holder is given an item at a level, by their places.</summary>
/// <param name="Done">It was given already and stays known. Otherwise it is planned and may yet change.</param>
public sealed record Giving(int Item, int Holder, DisclosureLevel Level, bool Done);

/// <summary>Who makes what and who was given what, beside what there is to know.</summary>
/// <param name="Items">Names, in the graph's order.</param>
/// <param name="Parts">For each item what goes into it: who makes the item receives these to assemble.</param>
public sealed record ExposureCase(ExposureGraph Graph, IReadOnlyList<string> Items, IReadOnlyList<Holder> Holders, IReadOnlyList<Making> Makings, IReadOnlyList<Giving> Givings, IReadOnlyList<IReadOnlyList<int>> Parts)
{
    /// <summary>The level of each item at each holder: the highest that was given or that making and assembling imply.</summary>
    public DisclosureLevel[][] Levels()
    {
        DisclosureLevel[][] levels = [.. Holders.Select(_ => new DisclosureLevel[Items.Count])];
        foreach (Giving g in Givings) Raise(levels[g.Holder], g.Item, g.Level);
        foreach (Making m in Makings) Imply(levels[m.Holder], m.Item);
        return levels;
    }

    /// <summary>For each holder how much of each item is disclosed.</summary>
    public double[][] Disclosed() => [.. Levels().Select(static row => (double[])[.. row.Select(ExposureLevels.Of)])];

    /// <summary>What the members know when they put it together: of each item the most that any of them has.</summary>
    public static double[] Together(IReadOnlyList<double[]> disclosed, IEnumerable<int> members)
    {
        double[] union = new double[disclosed.Count == 0 ? 0 : disclosed[0].Length];
        foreach (int p in members)
            for (int i = 0; i < union.Length; i++) union[i] = Math.Max(union[i], disclosed[p][i]);
        return union;
    }

    /// <summary>What if a holder made an item: what was only planned for it moves there; what others know already stays.</summary>
    public ExposureCase Made(int item, int holder) => this with
    {
        Makings = [.. Makings.Where(m => m.Done || m.Item != item), new(item, holder, false)],
        Givings = [.. Givings.Select(g => !g.Done && g.Item == item && Makings.Any(m => !m.Done && m.Item == item && m.Holder == g.Holder) ? g with { Holder = holder } : g)],
    };

    /// <summary>What if a holder were given an item at a level.</summary>
    public ExposureCase Given(int item, int holder, DisclosureLevel level) => this with { Givings = [.. Givings, new(item, holder, level, false)] };

    /// <summary>Without what is only planned.</summary>
    public ExposureCase Done() => this with { Makings = [.. Makings.Where(static m => m.Done)], Givings = [.. Givings.Where(static g => g.Done)] };

    /// <summary>As if nothing had been given or made yet: everything is planned and may change, as for the next generation of a product.</summary>
    public ExposureCase Afresh() => this with { Makings = [.. Makings.Select(static m => m with { Done = false }).Distinct()], Givings = [.. Givings.Select(static g => g with { Done = false }).Distinct()] };

    /// <summary>Makers have at least the drawing, and the envelopes of what goes into it.</summary>
    internal void Imply(DisclosureLevel[] row, int item)
    {
        Raise(row, item, ExposureLevels.Making);
        foreach (int part in Parts[item]) Raise(row, part, ExposureLevels.Assembling);
    }

    internal static void Raise(DisclosureLevel[] row, int item, DisclosureLevel level)
    {
        if (row[item] < level) row[item] = level;
    }
}
