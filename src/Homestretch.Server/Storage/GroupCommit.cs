using System.Threading.Channels;

namespace Homestretch.Server.Storage;

/// <summary>Many writers, one sync: work that arrives while the disk is busy is committed together by one thread.
/// The queue is bounded; writers wait when it is full.</summary>
/// <typeparam name="T">One writer's piece of work. The commit function completes or fails it; it must not throw.</typeparam>
internal sealed class GroupCommit<T> : IDisposable
{
    private readonly Channel<T> _queue;
    private readonly Thread _thread;
    private readonly Func<T, long> _weight;
    private readonly long _mostWeight;
    private readonly Action<List<T>> _commit;

    /// <param name="mostWaiting">Pieces of work that may wait.</param>
    /// <param name="mostWeight">A group ends when its weight reaches this; one heavier piece goes alone.</param>
    public GroupCommit(string name, int mostWaiting, long mostWeight, Func<T, long> weight, Action<List<T>> commit)
    {
        _queue = Channel.CreateBounded<T>(new BoundedChannelOptions(mostWaiting) { SingleReader = true });
        (_weight, _mostWeight, _commit) = (weight, mostWeight, commit);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Pieces of work that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    public ValueTask Enqueue(T work, CancellationToken cancel) => _queue.Writer.WriteAsync(work, cancel);

    /// <summary>False when the queue is full.</summary>
    public bool Offer(T work) => _queue.Writer.TryWrite(work);

    /// <summary>Commits what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
    }

    private void Run()
    {
        var group = new List<T>();
        ChannelReader<T> reader = _queue.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            long weight = 0;
            while (weight < _mostWeight && reader.TryRead(out T? work))
            {
                group.Add(work);
                weight += _weight(work);
            }
            if (group.Count > 0) _commit(group);
            group.Clear();
        }
    }
}
