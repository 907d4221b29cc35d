using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>Which part of a kit each of its pegs serves: the part of its own item or, failing that, the first part still short for which its item
/// may stand in.</summary>
internal sealed class KitPegs
{
    private readonly long[] _lacking;

    /// <param name="pegs">In order of key.</param>
    /// <param name="counts">Pegs that do not count, because their supply is gone, serve no part.</param>
    public KitPegs(Needs needs, Need need, IReadOnlyList<Peg> pegs, Func<int, bool>? counts = null)
    {
        _lacking = [.. need.Parts.Select(static p => (long)p.Steps)];
        PartOf = new int[pegs.Count];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < pegs.Count; k++)
            {
                if (pass == 0) PartOf[k] = -1;
                if (PartOf[k] >= 0 || counts?.Invoke(k) == false) continue;
                PartOf[k] = pass == 0 ? Own(needs, need, pegs[k]) : StandsIn(needs, need, pegs[k]);
                if (PartOf[k] >= 0) _lacking[PartOf[k]] -= Needs.Steps(needs.Items[need.Parts[PartOf[k]].Item].Item, pegs[k].Quantity.Value);
            }
            if (Whole) return;
        }
    }

    /// <summary>Of each peg the index of the part it serves; -1 for none.</summary>
    public int[] PartOf { get; }

    /// <summary>True when every part is covered.</summary>
    public bool Whole => Array.TrueForAll(_lacking, static l => l <= 0);

    /// <summary>Steps of a part that no peg covers.</summary>
    public long Lacking(int part) => Math.Max(0, _lacking[part]);

    private static int Own(Needs needs, Need need, Peg peg)
    {
        for (int part = 0; part < need.Parts.Count; part++)
        {
            if (needs.Items[need.Parts[part].Item].Item.Key == peg.Item) return part;
        }
        return -1;
    }

    private int StandsIn(Needs needs, Need need, Peg peg)
    {
        for (int part = 0; part < need.Parts.Count; part++)
        {
            if (_lacking[part] > 0 && Array.Exists(needs.StandIns(need.Parts[part].Item), s => needs.Items[s.Item].Item.Key == peg.Item)) return part;
        }
        return -1;
    }
}
