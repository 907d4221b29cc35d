namespace Homestretch.Server.Access;

/// <summary>Slows the guessing of passwords down and shuts nobody out by it. A login that does not exist is treated like one that does.</summary>
internal sealed class Attempts(TimeProvider time)
{
    /// <summary>Wrong passwords of one login from one place before a next try has to wait.</summary>
    public const int Free = 5;

    /// <summary>Wrong passwords of one login in an hour from all places together that never gave the right one.</summary>
    public const int MostOfStrangers = 100;

    /// <summary>The wait doubles with each wrong one, up to this.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly Tally<(string Login, string Place)> _wrong = new(time, s_hour), _right = new(time, TimeSpan.FromDays(30));
    private readonly Tally<string> _strangers = new(time, s_hour);

    /// <summary>Begins a try; it counts as a wrong one until <see cref="Right"/> says otherwise, so that many at once gain nothing.</summary>
    /// <param name="place">The address, or the mark of a browser.</param>
    /// <param name="known">True for a mark that the right password was given in before; an address is remembered here.</param>
    /// <returns>Zero, or how long to wait before the next: then the answer may not depend on the password.</returns>
    public TimeSpan Begin(string login, string place, bool known)
    {
        lock (_gate)
        {
            known |= _right[(login, place)].Count > 0;
            var (wrong, ago) = _wrong[(login, place)];
            var (strangers, since) = _strangers[login];
            TimeSpan wait = WaitAfter(wrong) - ago;
            if (!known && strangers >= MostOfStrangers && s_hour - since > wait) wait = s_hour - since;
            if (wait > TimeSpan.Zero) return wait;
            _wrong.Add((login, place), 1, renew: true);
            if (!known) _strangers.Add(login, 1, renew: false);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The try that began last there was right: the place is a known one from now on.</summary>
    public void Right(string login, string place)
    {
        lock (_gate)
        {
            _wrong.Remove((login, place));
            if (_strangers[login].Count > 0) _strangers.Add(login, -1, renew: false);
            _right.Add((login, place), 1, renew: true);
        }
    }

    private static TimeSpan WaitAfter(int wrong) => wrong < Free ? TimeSpan.Zero : wrong - Free < 9 ? TimeSpan.FromSeconds(1 << (wrong - Free)) : LongestWait;

    /// <summary>Counts by key that are forgotten after a time; the oldest go when there are too many.</summary>
    private sealed class Tally<T>(TimeProvider time, TimeSpan life) where T : notnull
    {
        private const int Most = 10_000;
        private readonly Dictionary<T, (int Count, long At)> _of = [];

        /// <summary>The count and its age; none when it was forgotten.</summary>
        public (int Count, TimeSpan Age) this[T key] => _of.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) is var age && age < life ? (kept.Count, age) : default;

        /// <param name="renew">Its age begins anew.</param>
        public void Add(T key, int count, bool renew)
        {
            int now = this[key].Count;
            long at = now > 0 && !renew ? _of[key].At : time.GetTimestamp();
            if (_of.Count >= Most && !_of.ContainsKey(key)) _of.Remove(_of.MinBy(static k => k.Value.At).Key);
            _of[key] = (now + count, at);
        }

        public void Remove(T key) => _of.Remove(key);
    }
}
