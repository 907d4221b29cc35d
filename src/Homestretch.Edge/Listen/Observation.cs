using System.Threading.Channels;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Listen;

/// <summary>What an input heard of one machine at one moment.</summary>
/// <param name="At">By the machine's clock; null: now.</param>
/// <param name="Source">Names where it was read, when that counts its messages; empty: it does not.</param>
/// <param name="Position">Of this message in the source, rising; a message at or before the one kept last is a repeat.</param>
internal sealed record Observation(string Machine, Instant? At, IReadOnlyList<EdgeValue> Values, string Source = "", long Position = 0);

/// <summary>Observations that were heard at once.</summary>
/// <param name="Done">Told when they are in the log, or are known not to be needed there; null: nobody waits.</param>
internal sealed record Heard(IReadOnlyList<Observation> Observations, TaskCompletionSource? Done);

/// <summary>The way from inputs to the log. Inputs that can hold their source wait while it is full; others drop, and it is counted.</summary>
internal sealed class Ear(EdgeCounts counts)
{
    private const int MostWaiting = 4_000;
    private readonly Channel<Heard> _channel = Channel.CreateBounded<Heard>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public ChannelReader<Heard> Reader => _channel.Reader;

    /// <summary>Hands observations over and comes back when they are durable.</summary>
    public async Task Keep(IReadOnlyList<Observation> observations, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _channel.Writer.WriteAsync(new(observations, done), cancel);
        await done.Task.WaitAsync(cancel);
    }

    /// <summary>Hands observations over in their order; waits only while too many wait.</summary>
    public ValueTask Tell(IReadOnlyList<Observation> observations, CancellationToken cancel) => _channel.Writer.WriteAsync(new(observations, null), cancel);

    /// <summary>Hands over what nobody can hold back.</summary>
    public void Offer(IReadOnlyList<Observation> observations)
    {
        if (!_channel.Writer.TryWrite(new(observations, null))) counts.Add("dropped", observations.Count);
    }
}
