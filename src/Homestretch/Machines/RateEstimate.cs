namespace Homestretch.Machines;

/// <summary>Pieces per running hour, recent hours weighing more: weight halves with every half-life of running time.</summary>
/// <remarks>With per-interval pieces p_i and hours h_i: rate r = sum w p / sum w h; relative spread from
/// the weighted squares of (p - r h), scaled to one interval's hours, shrunk towards the prior as if
/// <see cref="PriorHours"/> had been seen at the prior rate. Stopped time is not fed in. Example: 10 pieces in 1 h, then
/// 20 in 1 h, half-life 1 h, no prior: (5 + 20) / (0.5 + 1) = 16.67 an hour.</remarks>
public readonly record struct RateEstimate
{
    private readonly double _pieces, _hours, _squares;
    private readonly double _priorRate, _halfLifeHours;

    /// <param name="priorRate">Pieces per hour assumed before anything is measured.</param>
    /// <param name="halfLifeHours">Running hours after which an observation weighs half.</param>
    /// <param name="priorHours">Weight of the prior, in hours.</param>
    public RateEstimate(double priorRate, double halfLifeHours, double priorHours = 1)
    {
        (_priorRate, _halfLifeHours, PriorHours) = (priorRate, halfLifeHours, priorHours);
    }

    private RateEstimate(RateEstimate before, double pieces, double hours, double squares) : this(before._priorRate, before._halfLifeHours, before.PriorHours) =>
        (_pieces, _hours, _squares) = (pieces, hours, squares);

    /// <summary>Weight of the prior, hours.</summary>
    public double PriorHours { get; }

    public double PiecesPerHour => (_pieces + PriorHours * _priorRate) / (_hours + PriorHours);

    /// <summary>Standard deviation of one hour's rate over the rate; 0 before the second interval.</summary>
    public double RelativeSpread => _hours > 0 && PiecesPerHour > 0 ? Math.Sqrt(_squares / _hours) / PiecesPerHour : 0;

    /// <summary>The estimate with one more interval of running.</summary>
    /// <param name="hours">Running hours of the interval, above 0; otherwise nothing changes.</param>
    public RateEstimate Add(double pieces, double hours)
    {
        if (!(hours > 0)) return this;
        double fade = Math.Exp(-hours / _halfLifeHours * Math.Log(2)), off = pieces / hours - PiecesPerHour;
        return new RateEstimate(this, _pieces * fade + pieces, _hours * fade + hours, _squares * fade + off * off * hours);
    }
}
