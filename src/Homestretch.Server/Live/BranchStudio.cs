using Homestretch.Branching;
using Homestretch.Promising;

namespace Homestretch.Server.Live;

/// <summary>Plans branches beside the plan in force, one asker at a time, and keeps what came out while that plan stands. Of the brand owner's whole world, and for its people only.</summary>
internal sealed class BranchStudio(LiveWorld live)
{
    private const int MostKnown = 50;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Branched> _known = new(StringComparer.Ordinal);
    private (long Sequence, NodaTime.Instant Epoch) _of;
    private BranchFigures? _asItIs;

    /// <summary>The world as it is and branches of it, on the same samples. The plan in force is held while it is copied, not while branches are planned.</summary>
    public (BranchFigures AsItIs, IReadOnlyList<Branched> Branches) Plan(IReadOnlyList<Branch> branches)
    {
        lock (_gate)
        {
            if (_known.Count > MostKnown) _known.Clear();
            Plan? copy = null;
            lock (live.Gate)
            {
                var now = (live.SeenSequence, live.Plan.Epoch);
                if (now != _of) _known.Clear();
                if (now != _of || _asItIs is null || branches.Any(b => !_known.ContainsKey(Text(b)))) copy = live.Plan.Copy();
                if (now != _of) _asItIs = null;
                _of = now;
            }
            _asItIs ??= BranchFigures.Of(copy!);
            foreach (Branch b in branches)
                if (!_known.ContainsKey(Text(b))) _known[Text(b)] = Branched.Of(copy!, b, _asItIs);
            return (_asItIs, [.. branches.Select(b => _known[Text(b)])]);
        }
    }

    private static string Text(Branch branch) => $"{branch.Name}\n{string.Join('\n', branch.Assumed)}";
}
