namespace Homestretch.Server.Access;

/// <summary>Counts wrong passwords by login, so that nobody can try many against one account; the limit by address is the host's.</summary>
internal sealed class Attempts(TimeProvider time)
{
    private const int Most = 10, MostLogins = 10_000;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Wrong, long Since)> _byLogin = new(StringComparer.Ordinal);

    /// <summary>False while a login has used up its wrong passwords; the right one does not help then.</summary>
    public bool MayTry(string login)
    {
        lock (_gate)
        {
            return !_byLogin.TryGetValue(login, out var seen) || seen.Wrong < Most || time.GetElapsedTime(seen.Since) >= s_window;
        }
    }

    public void Wrong(string login)
    {
        lock (_gate)
        {
            if (_byLogin.Count >= MostLogins) foreach (string old in _byLogin.Where(l => time.GetElapsedTime(l.Value.Since) >= s_window).Select(static l => l.Key).ToList()) _byLogin.Remove(old);
            if (_byLogin.Count >= MostLogins && !_byLogin.ContainsKey(login)) _byLogin.Remove(_byLogin.MinBy(static l => l.Value.Since).Key);
            var seen = _byLogin.GetValueOrDefault(login);
            _byLogin[login] = seen.Wrong == 0 || time.GetElapsedTime(seen.Since) >= s_window ? (1, time.GetTimestamp()) : (seen.Wrong + 1, seen.Since);
        }
    }

    public void Right(string login)
    {
        lock (_gate) _byLogin.Remove(login);
    }
}
