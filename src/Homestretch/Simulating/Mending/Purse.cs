using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating.Mending;

/// <summary>What a policy has spent, and what it may.</summary>
/// <param name="limit">What may have been spent in all by a moment, in minor units of the purse's currency.</param>
/// <param name="rates">What a unit of a currency is worth in the purse's.</param>
public sealed class Purse(Func<Instant, long> limit, IReadOnlyDictionary<string, decimal> rates)
{
    private readonly List<(Instant At, long Minor)> _paid = [];

    /// <summary>A purse that never ends.</summary>
    public static Purse Endless(IReadOnlyDictionary<string, decimal> rates) => new(static _ => long.MaxValue, rates);

    /// <summary>Spent in all, minor units.</summary>
    public long Spent => _paid.Sum(static p => p.Minor);

    /// <summary>Spent up to a moment.</summary>
    public long SpentBy(Instant at) => _paid.Where(p => p.At <= at).Sum(static p => p.Minor);

    /// <summary>An amount in the purse's currency; null when a rate is missing or the amount is unknown.</summary>
    public long? Worth(IReadOnlyList<Money>? amounts)
    {
        if (amounts is null) return null;
        decimal sum = 0;
        foreach (Money m in amounts)
        {
            if (!rates.TryGetValue(m.Currency, out decimal rate)) return null;
            sum += m.Minor * rate;
        }
        return (long)decimal.Round(sum);
    }

    /// <summary>Whether so much more can be paid now.</summary>
    public bool Holds(Instant now, long minor) => minor <= 0 || limit(now) - Spent >= minor;

    /// <summary>Pays; what saves money fills no purse.</summary>
    public void Pay(Instant now, long minor)
    {
        if (minor > 0) _paid.Add((now, minor));
    }
}
