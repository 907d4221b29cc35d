using System.Collections.Concurrent;

namespace Homestretch.Edge;

/// <summary>Writes lines for whoever watches the program, on a thread of its own: when nobody reads them the program goes on, and lines beyond the room for
/// waiting ones are left out and counted.</summary>
internal sealed class Voice : IDisposable
{
    private const int MostWaiting = 1_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly BlockingCollection<string> _lines = new(MostWaiting);
    private readonly Thread _thread;
    private long _unsaid;

    public Voice(TextWriter to)
    {
        _thread = new Thread(() => Write(to)) { IsBackground = true, Name = "voice" };
        _thread.Start();
    }

    public void Say(string line)
    {
        if (_lines.IsAddingCompleted || !_lines.TryAdd(line)) Interlocked.Increment(ref _unsaid);
    }

    /// <summary>Gives what waits a moment to be written.</summary>
    public void Dispose()
    {
        _lines.CompleteAdding();
        _thread.Join(s_patience);
    }

    private void Write(TextWriter to)
    {
        try
        {
            foreach (string line in _lines.GetConsumingEnumerable())
            {
                to.WriteLine(line);
                if (Interlocked.Exchange(ref _unsaid, 0) is > 0 and var unsaid) to.WriteLine($"{unsaid} lines were left out: nobody read them in time.");
            }
        }
        catch (IOException)
        {
            // the reader has gone: what is said is lost, what is heard of machines is not
        }
    }
}
