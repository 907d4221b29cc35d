using System.Collections.Concurrent;
using Homestretch.Machines;

namespace Homestretch.Server.Twins;

/// <summary>The board to which the grains publish what their twins have become. Screens, API and the planner's reports read it at once and call no grain.</summary>
internal sealed record TwinBoard(MachineTwins Machines, LotTwins Lots);

/// <summary>All lot twins as they were last folded.</summary>
internal sealed class LotTwins
{
    private readonly ConcurrentDictionary<string, LotTwin> _twins = new(StringComparer.Ordinal);

    /// <summary>The twin; of a lot never heard of one that knows nothing.</summary>
    public LotTwin this[string lot] => _twins.GetValueOrDefault(lot, LotTwin.Unknown);

    /// <summary>Keeps what a twin has become.</summary>
    public void Keep(string lot, LotTwin twin) => _twins[lot] = twin;
}
