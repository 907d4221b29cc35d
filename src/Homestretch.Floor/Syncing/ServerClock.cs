using NodaTime;

namespace Homestretch.Floor.Syncing;

/// <summary>How far the server's clock is ahead of the device's, as heard from its answers.</summary>
/// <param name="Ahead">Null: never heard.</param>
/// <param name="Within">By how much that may be wrong: half the way there and back, and half a second because the answer's date has whole seconds.</param>
public sealed record ServerClock(Duration? Ahead, Duration Within)
{
    public static ServerClock Unknown { get; } = new(null, Duration.Zero);

    public Duration OrZero => Ahead ?? Duration.Zero;

    /// <summary>With one more answer. The better one counts; a worse one only where the device's clock was set since, so that both cannot be true.</summary>
    /// <param name="date">Of the answer; whole seconds, cut off.</param>
    /// <remarks>Cristian 1989, Probabilistic clock synchronization, section 3.</remarks>
    public ServerClock Heard(Instant asked, Instant answered, Instant date)
    {
        if (answered < asked) return this;
        Duration within = (answered - asked) / 2 + Duration.FromMilliseconds(500);
        var now = new ServerClock(date + Duration.FromMilliseconds(500) - (asked + (answered - asked) / 2), within);
        if (Ahead is not { } before) return now;
        Duration apart = now.Ahead!.Value - before;
        return within <= Within || (apart > Duration.Zero ? apart : -apart) > within + Within ? now : this;
    }
}
