namespace Homestretch.Server.Access;

/// <summary>Tells open screens and streams that they are over: each asked who the person is when it began, and would go on for as long as it stays open.
/// What was asked just before an ending, and opened just after it, finds the ending here.</summary>
internal sealed class Sessions
{
    private const int Kept = 4096;
    private readonly Lock _gate = new();
    private readonly Queue<(string Login, string? Token)> _latest = [];
    private long _endings;

    /// <summary>Raised with the login, and the id of the token or session when only what came with that one is over.</summary>
    public event Action<string, string?>? Ended;

    /// <summary>How many endings there were. Whoever asks the store for somebody's right takes this before.</summary>
    public long Endings => Interlocked.Read(ref _endings);

    /// <summary>To be called once the ending stands in the store.</summary>
    public void End(string login, string? token = null)
    {
        lock (_gate)
        {
            _latest.Enqueue((login, token));
            if (_latest.Count > Kept) _latest.Dequeue();
            Interlocked.Increment(ref _endings);
        }
        Ended?.Invoke(login, token);
    }

    /// <summary>True when a right that was asked for at that count of endings may be over meanwhile. Asked by what listens to <see cref="Ended"/> already, so that no ending falls between.</summary>
    public bool IsOver(string login, string? token, long asOf)
    {
        lock (_gate)
        {
            int since = (int)Math.Min(int.MaxValue, _endings - asOf);
            return since > _latest.Count || (since > 0 && _latest.TakeLast(since).Any(e => IsMeant(e.Login, e.Token, login, token)));
        }
    }

    /// <summary>True when an ending is of this person's session or token.</summary>
    public static bool IsMeant(string endedLogin, string? endedToken, string login, string? token) => endedLogin == login && (endedToken is null || endedToken == token);
}
