namespace Homestretch.Web.Showing;

/// <summary>Remembers what a screen showed under each key, so that what changed can flash once.</summary>
public sealed class Trail
{
    private readonly Dictionary<string, (string Shown, Trace Trace)> _byKey = new(StringComparer.Ordinal);

    /// <summary>Notes what is shown under a key at a version of the world, and says when it last changed.</summary>
    public Trace See(string key, string shown, long version)
    {
        Trace trace = !_byKey.TryGetValue(key, out var before) ? new Trace(version, 0)
            : before.Shown == shown ? before.Trace
            : new Trace(version, before.Trace.Turn + 1);
        _byKey[key] = (shown, trace);
        return trace;
    }

    /// <summary>Forgets that anything changed: another question was asked, so nothing shown is news.</summary>
    public void Calm() => _byKey.Clear();
}

/// <param name="Version">Version of the world at which the shown value last changed.</param>
/// <param name="Turn">How often it changed while on screen; 0: never.</param>
public readonly record struct Trace(long Version, int Turn)
{
    /// <summary>Two classes in turn, because only another animation name starts again.</summary>
    public string Class => Turn == 0 ? "" : Turn % 2 == 0 ? "moved-b" : "moved-a";
}
