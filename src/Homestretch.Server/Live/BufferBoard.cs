using Homestretch.Buffering;

namespace Homestretch.Server.Live;

/// <summary>Advice on buffers as it was last reckoned; of the brand owner's whole world, and for its people only.</summary>
internal sealed class BufferBoard
{
    private volatile IReadOnlyDictionary<double, IReadOnlyList<BufferAnswer>> _advice = new Dictionary<double, IReadOnlyList<BufferAnswer>>();
    private volatile bool _wanted, _stale;

    /// <summary>Shares of kits that advice is reckoned for; the first one first.</summary>
    public static IReadOnlyList<double> Targets { get; } = [0.95, 0.9, 0.98];

    /// <summary>True once somebody has asked.</summary>
    public bool Wanted => _wanted;

    /// <summary>The way parts are bought has changed since.</summary>
    public bool Stale => _stale;

    /// <summary>Raised after new advice stands, on the reckoning thread: handlers only note it.</summary>
    public event Action? Reckoned;

    /// <summary>Advice for a target; null: not reckoned yet.</summary>
    public IReadOnlyList<BufferAnswer>? For(double target)
    {
        _wanted = true;
        return _advice.GetValueOrDefault(target);
    }

    public void Age() => _stale = true;

    /// <param name="last">The last of its round: the advice is that of one world again.</param>
    public void Take(double target, IReadOnlyList<BufferAnswer> answers, bool last)
    {
        _advice = new Dictionary<double, IReadOnlyList<BufferAnswer>>(_advice) { [target] = answers };
        if (last) _stale = false;
        Reckoned?.Invoke();
    }
}
