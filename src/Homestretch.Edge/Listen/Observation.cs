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
internal sealed record Heard(IReadOnlyList<Observation> Observations, TaskCompletionSource? Done)
{
    /// <summary>About how many bytes it takes in the log.</summary>
    public int Weight { get; } = Observations.Sum(static o => Ear.WeightOf(o.Values));
}

/// <summary>The way from inputs to the log. Inputs that can hold their source wait while it is full; others drop, and it is counted.</summary>
internal sealed class Ear(EdgeCounts counts)
{
    /// <summary>Bytes of the log beyond which no more is taken at once.</summary>
    public const int MostWeight = 512 << 10;

    private const int MostWaiting = 4_000, BytesOfValue = 12, BytesOfObservation = 30;
    private readonly Channel<Heard> _channel = Channel.CreateBounded<Heard>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public ChannelReader<Heard> Reader => _channel.Reader;

    /// <summary>Hands observations over and comes back when they are durable.</summary>
    public async Task Keep(IReadOnlyList<Observation> observations, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<IReadOnlyList<Observation>> slices = [.. Slices(observations)];
        // one after the other: when the last is durable, all are
        for (int i = 0; i < slices.Count; i++) await _channel.Writer.WriteAsync(new(slices[i], i == slices.Count - 1 ? done : null), cancel);
        if (slices.Count > 0) await done.Task.WaitAsync(cancel);
    }

    /// <summary>Hands observations over in their order; waits only while too many wait.</summary>
    public async ValueTask Tell(IReadOnlyList<Observation> observations, CancellationToken cancel)
    {
        foreach (IReadOnlyList<Observation> slice in Slices(observations)) await _channel.Writer.WriteAsync(new(slice, null), cancel);
    }

    /// <summary>Hands over what nobody can hold back.</summary>
    public void Offer(IReadOnlyList<Observation> observations)
    {
        foreach (IReadOnlyList<Observation> slice in Slices(observations))
        {
            if (!_channel.Writer.TryWrite(new(slice, null))) counts.Add("dropped", slice.Count);
        }
    }

    /// <summary>About how many bytes the values of one machine at one moment take in the log.</summary>
    public static int WeightOf(IReadOnlyList<EdgeValue> values) => BytesOfObservation + values.Sum(static v => BytesOfValue + (v.Text is { } text ? System.Text.Encoding.UTF8.GetByteCount(text) : 0));

    /// <summary>Observations in their order, in parts that fit into a frame of the log.</summary>
    private static IEnumerable<IReadOnlyList<Observation>> Slices(IReadOnlyList<Observation> observations)
    {
        int begin = 0, weight = 0;
        for (int i = 0; i < observations.Count; i++)
        {
            int more = WeightOf(observations[i].Values);
            if (weight > 0 && weight + more > MostWeight)
            {
                yield return [.. observations.Skip(begin).Take(i - begin)];
                (begin, weight) = (i, 0);
            }
            weight += more;
        }
        if (begin == 0 && observations.Count > 0) yield return observations;
        else if (begin < observations.Count) yield return [.. observations.Skip(begin)];
    }
}
