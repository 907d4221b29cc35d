namespace Homestretch.Cutting.Kernel;

/// <summary>Shakes a placement and lets it descend again: a few neighbouring stages get inbound times drawn at random. It goes on from what is a little dearer as well, and comes back to the best now and then.</summary>
internal sealed class PlacementShake(PlacementProblem p, PlacementDescent descent, ulong seed)
{
    /// <summary>How much dearer it may become, as a share of the best, and after how many tries it comes back.</summary>
    private const double Dearer = 5e-4;
    private const int Back = 60;

    private readonly Draws _draws = new(seed);
    private readonly int[] _free = [.. Enumerable.Range(0, p.Count).Where(i => p.MostIn[i] > 0)];
    private int[] _at = [];
    private int _tries, _draw;

    /// <summary>A placement cheaper than the best; null when this try found none.</summary>
    public (double Cost, int[] Inbound)? Try(int[] best, double cost)
    {
        if (_free.Length == 0) return null;
        (int attempt, _draw) = (_tries++, 0);
        if (attempt % Back == 0 || _at.Length == 0) _at = best;
        int[] inbound = [.. _at];
        var changed = new List<int>();
        ulong key = StableHash.Join(StableHash.Of("shake", "", ""), (ulong)attempt);
        int at = _free[Next(key, _free.Length)];
        for (int k = 1 + Next(key, 6); k > 0; k--)
        {
            inbound[at] = Next(key, 3) == 0 ? Next(key, p.MostIn[at] + 1) : _at[_free[Next(key, _free.Length)]];
            inbound[at] = Math.Clamp(inbound[at], p.LeastIn[at], p.MostIn[at]);
            changed.Add(at);
            int[] near = Next(key, 2) == 0 ? p.Before[at] : p.After[at];
            at = near.Length > 0 && near[Next(key, near.Length)] is var other && p.MostIn[other] > 0 ? other : _free[Next(key, _free.Length)];
        }
        double found = descent.Run(inbound, changed);
        if (found < cost * (1 + Dearer)) _at = inbound;
        return found < cost - 1e-9 * cost ? (found, [.. inbound]) : null;
    }

    private int Next(ulong key, int below) => Math.Min(below - 1, (int)(below * _draws.Uniform(key, _draw++)));
}
