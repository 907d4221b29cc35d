using Homestretch.Arrivals;
using Homestretch.Arrivals.Sea;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>When a step ends: the quantiles of its S ends.</summary>
/// <param name="Sequence">0 is making; then the lane's steps.</param>
/// <param name="Blend">What the sources of estimates brought into it; null where none speaks of its end.</param>
public sealed record FanStep(int Sequence, Instant P10, Instant P25, Instant P50, Instant P75, Instant P90, Instant P95, FanBlend? Blend);

/// <summary>A step's end as we would say it alone, and the weight of each voice.</summary>
/// <param name="OwnShare">Our own weight in the blend.</param>
public sealed record FanBlend(Instant OwnP10, Instant OwnP50, Instant OwnP90, Share OwnShare, IReadOnlyList<EtaShare> Sources);

/// <summary>A passage of the sea that a lot has before it.</summary>
/// <param name="At">When the ship is expected there.</param>
/// <param name="Closed">It is closed then: the ship goes round or waits, as <paramref name="Voyage"/> says.</param>
/// <param name="Voyage">What closed passages mean for the leg; null: nothing.</param>
public sealed record PassageAhead(Passage Passage, Instant At, bool Closed, SeaVoyage? Voyage);
