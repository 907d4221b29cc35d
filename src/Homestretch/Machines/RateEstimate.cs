namespace Homestretch.Machines;

/// <summary>Pieces per running hour, recent hours weighing more: weight halves with every half-life of running time.</summary>
/// <remarks>With per-interval pieces p_i and hours h_i: rate r = sum w p / sum w h; relative spread from
/// the weighted squares of (p - r h), scaled to one interval's hours, shrunk towards the prior as if
/// <see cref="PriorHours"/> had been seen at the prior rate. Stopped time is not fed in. Example: 10 pieces in 1 h, then
/// 20 in 1 h, half-life 1 h, no prior: (5 + 20) / (0.5 + 1) = 16.67 an hour.</remarks>
public readonly record struct RateEstimate
{
    /// <param name="priorRate">Pieces per hour assumed before anything is measured.</param>
    /// <param name="halfLifeHours">Running hours after which an observation weighs half.</param>
    /// <param name="priorHours">Weight of the prior, in hours.</param>
    public RateEstimate(double priorRate, double halfLifeHours, double priorHours = 1)
    {
        (PriorRate, HalfLifeHours, PriorHours) = (priorRate, halfLifeHours, priorHours);
    }

    /// <summary>Pieces per hour assumed before anything is measured.</summary>
    public double PriorRate { get; }

    /// <summary>Running hours after which an observation weighs half.</summary>
    public double HalfLifeHours { get; }

    /// <summary>Weight of the prior, hours.</summary>
    public double PriorHours { get; }

    /// <summary>Weighted pieces seen.</summary>
    public double Pieces { get; init; }

    /// <summary>Weighted running hours seen.</summary>
    public double Hours { get; init; }

    /// <summary>Weighted squares of what the intervals' rates were off, times their hours.</summary>
    public double Squares { get; init; }

    /// <summary>The rate as estimated.</summary>
    public double PiecesPerHour => (Pieces + PriorHours * PriorRate) / (Hours + PriorHours);

    /// <summary>Standard deviation of one hour's rate over the rate; 0 before the second interval.</summary>
    public double RelativeSpread => Hours > 0 && PiecesPerHour > 0 ? Math.Sqrt(Squares / Hours) / PiecesPerHour : 0;

    /// <summary>The estimate with one more interval of running.</summary>
    /// <param name="hours">Running hours of the interval, above 0; otherwise nothing changes.</param>
    public RateEstimate Add(double pieces, double hours)
    {
        if (!(hours > 0)) return this;
        double fade = Math.Exp(-hours / HalfLifeHours * Math.Log(2)), off = pieces / hours - PiecesPerHour;
        return this with { Pieces = Pieces * fade + pieces, Hours = Hours * fade + hours, Squares = Squares * fade + off * off * hours };
    }
}
