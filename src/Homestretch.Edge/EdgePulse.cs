using System.Collections.Concurrent;

namespace Homestretch.Edge;

/// <summary>What each part of a running edge is at, and since when. A part that does not go on is named; when the way to the log stands still for minutes the
/// program ends, so that whoever keeps it running starts it anew. SIGQUIT has it all said.</summary>
internal sealed class EdgePulse(TimeProvider time, TimeSpan longest, Action<string> say)
{
    /// <summary>The part without which nothing is taken in.</summary>
    public const string Loop = "loop";

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (string What, long Since)> _parts = new(StringComparer.Ordinal);

    /// <summary>A part begins something.</summary>
    public void At(string part, string what) => _parts[part] = (what, time.GetTimestamp());

    /// <summary>One line of all parts.</summary>
    public override string ToString() => string.Join("; ", _parts.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(p => FormattableString.Invariant($"{p.Key}: {p.Value.What} for {time.GetElapsedTime(p.Value.Since).TotalSeconds:0.0} s")));

    /// <summary>Looks after the parts on a thread of its own until it is stopped.</summary>
    /// <param name="dead">Called when the loop has stood still for ten times as long as is long.</param>
    /// <returns>Ends when it has been stopped.</returns>
    public Task Watch(Action dead, CancellationToken stop) => Task.Factory.StartNew(() =>
    {
        while (!stop.WaitHandle.WaitOne(s_look))
        {
            if (Stuck() is not { Length: > 0 } stuck) continue;
            say($"Does not go on: {stuck}.");
            if (IsDead()) dead();
        }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Parts that have been at one thing for too long; empty: none.</summary>
    internal string Stuck() => string.Join("; ", _parts.Where(p => time.GetElapsedTime(p.Value.Since) > longest).OrderBy(static p => p.Key, StringComparer.Ordinal).Select(p => FormattableString.Invariant($"{p.Key} at '{p.Value.What}' for {time.GetElapsedTime(p.Value.Since).TotalSeconds:0} s")));

    internal bool IsDead() => _parts.TryGetValue(Loop, out var loop) && time.GetElapsedTime(loop.Since) > longest * 10;
}
