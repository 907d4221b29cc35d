using System.Globalization;

namespace Homestretch.Finishing.Origin;

/// <summary>A share as the two amounts it is of, exact. It may be below 0 or above 1; what it is of is above 0.</summary>
public readonly record struct Ratio
{
    public Ratio(long above, long below)
    {
        if (below <= 0) throw new ArgumentOutOfRangeException(nameof(below), below, "A share is of something above 0.\nMaybe a value is missing.");
        (Above, Below) = (above, below);
    }

    public long Above { get; }
    public long Below { get; }

    /// <summary>Whether it is at least so many percent, exactly.</summary>
    public bool AtLeast(decimal percent) => 100m * Above >= percent * Below;

    /// <summary>Whether it is more than so many percent, exactly.</summary>
    public bool Exceeds(decimal percent) => 100m * Above > percent * Below;

    /// <summary>In percent, rounded half to even.</summary>
    public decimal Percent(int decimals = 2) => decimal.Round(100m * Above / Below, decimals);

    /// <summary>In percent with two decimals.</summary>
    public override string ToString() => Words(Percent());

    /// <summary>In percent with two decimals, or with as many as tell it from a threshold that it is not equal to.</summary>
    public string Beside(decimal threshold)
    {
        for (int decimals = 2; decimals < 12; decimals++)
            if (Percent(decimals) != threshold || 100m * Above == threshold * Below) return Words(Percent(decimals));
        return $"{(100m * Above > threshold * Below ? "a little more than" : "a little less than")} {Words(threshold)}";
    }

    /// <summary>Percent in words.</summary>
    internal static string Words(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.00##########} %");
}
