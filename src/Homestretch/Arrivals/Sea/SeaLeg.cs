using Homestretch.World;
using NodaTime;

namespace Homestretch.Arrivals.Sea;

/// <summary>A sea leg of a lane on the network: from which port to which, and how fast.</summary>
/// <param name="Open">The way with every passage open.</param>
/// <param name="MilesPerDay">Speed: the length of the open way over the median time of the leg, port time included.</param>
public sealed record SeaLeg(SeaNetwork Network, SeaPort From, SeaPort To, SeaRoute Open, double MilesPerDay)
{
    /// <summary>A leg that is slower or faster than this on average, in knots, is not the one that the network shows.</summary>
    public const double SlowestKnots = 3, FastestKnots = 40;

    public double Knots => MilesPerDay / 24;

    /// <summary>A leg between two ports; null when there is no way, or none that its time fits.</summary>
    /// <param name="medianDays">Median time of the leg.</param>
    public static SeaLeg? Of(SeaNetwork network, SeaPort from, SeaPort to, double medianDays)
    {
        if (from.Node == to.Node || !(medianDays > 0) || network.Route(from, to) is not { } open) return null;
        double speed = open.Miles / medianDays;
        return speed is >= SlowestKnots * 24 and <= FastestKnots * 24 ? new(network, from, to, open, speed) : null;
    }

    /// <summary>What closures mean for a ship that leaves at a moment; null when it meets none.</summary>
    /// <param name="ended">When the leg was over, if it is: what would have come later, it did not meet.</param>
    public SeaVoyage? Under(SeaClosures? closures, Instant leaves, Instant? ended = null)
    {
        if (closures is null) return null;
        foreach (Passed p in Open.Passed)
        {
            Instant there = leaves + Duration.FromDays(p.AfterMiles / MilesPerDay);
            if (!(there >= ended) && closures.At(p.Passage, there) is not null) return new SeaSailing(this, closures, leaves).Best();
        }
        return null;
    }
}

/// <summary>A voyage that meets a closed passage.</summary>
/// <param name="ExtraDays">Days longer than over the open way; infinite when there is no other way and nobody knows when it opens.</param>
/// <param name="Since">When the first of them closed: estimates from before do not know of it.</param>
/// <param name="Closed">Passages that it finds closed, in the order met.</param>
/// <param name="By">Passages on the way it takes that are not on the open way; none when it waits.</param>
/// <param name="WaitsUntil">Opening that it waits for; null: it goes round.</param>
/// <param name="Miles">Nautical miles that it sails in all.</param>
public sealed record SeaVoyage(double ExtraDays, Instant Since, IReadOnlyList<Passage> Closed, IReadOnlyList<Passage> By, Instant? WaitsUntil, double Miles)
{
    /// <summary>No way is left and no opening is known.</summary>
    public bool Stranded => double.IsInfinity(ExtraDays);

    public bool Equals(SeaVoyage? other) => other is not null && ExtraDays.Equals(other.ExtraDays) && Since == other.Since && WaitsUntil == other.WaitsUntil && Miles.Equals(other.Miles)
        && Closed.SequenceEqual(other.Closed) && By.SequenceEqual(other.By);

    public override int GetHashCode() => Since.GetHashCode();

    /// <summary>'Suez closed: +9.6 d by Panama', 'Suez closed: +2.0 d, waits for its opening'.</summary>
    public string Said => Stranded ? $"{Name} closed: no other way by sea, and nobody knows when it opens"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} closed: +{ExtraDays:0.0} d{(WaitsUntil is not null ? ", waits for its opening" : $" by {Passages.NameOf(By)}")}");

    private string Name => Passages.NameOf(Closed) is var name ? char.ToUpperInvariant(name[0]) + name[1..] : "";
}
