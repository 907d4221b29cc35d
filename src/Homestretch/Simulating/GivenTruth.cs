using NodaTime;

namespace Homestretch.Simulating;

/// <summary>Actual times that somebody wrote down: when lots were made and when steps of their way ended. What it does not say is drawn.</summary>
public sealed class GivenTruth
{
    private readonly Dictionary<(string Carrier, int Sequence), Instant> _ends;

    /// <param name="ends">By lot or shipment and lane step; sequence 0 of a lot: made.</param>
    public GivenTruth(IReadOnlyDictionary<(string Carrier, int Sequence), Instant> ends) => _ends = new(ends);

    /// <summary>Nothing is given: all is drawn.</summary>
    public static GivenTruth Nothing { get; } = new(new Dictionary<(string, int), Instant>());

    /// <summary>When a step ended; null when nobody said.</summary>
    public Instant? End(string lot, string? shipment, int sequence) => _ends.TryGetValue((lot, sequence), out Instant own) ? own
        : shipment is not null && _ends.TryGetValue((shipment, sequence), out Instant shared) ? shared : null;
}
