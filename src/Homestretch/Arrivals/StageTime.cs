namespace Homestretch.Arrivals;

/// <summary>How long a step takes, in days: a closed family of distributions stated in what people have. Immutable, and
/// compared by value where no table is inside, so equal lanes share one tabulation.</summary>
/// <remarks>Quantile(u) = inf {x : F(x) >= u}; F is right-continuous. Formulas with sources and examples:
/// docs/formulas/arrivals.md.</remarks>
public abstract record StageTime
{
    private StageTime() { }

    /// <summary>Always <paramref name="Days"/>.</summary>
    public sealed record Constant(double Days) : StageTime
    {
        public override double QuantileUpper(double q) => Days;
        public override double Cdf(double days) => days >= Days ? 1 : 0;
    }

    /// <summary>Evenly spread over [<paramref name="From"/>, <paramref name="To"/>] days: a wait for a departure whose
    /// timetable nobody told us.</summary>
    public sealed record Even(double From, double To) : StageTime
    {
        public override double QuantileUpper(double q) => To - q * (To - From);
        public override double Cdf(double days) => Math.Clamp((days - From) / (To - From), 0, 1);
    }

    /// <summary>Lognormal through a median and a 90th percentile, days: ln T ~ N(ln P50, s^2), s = ln(P90 / P50) / 1.28155.</summary>
    public sealed record Lognormal(double P50, double P90) : StageTime
    {
        private double Sigma => Math.Log(P90 / P50) / Normal.Z90;
        public override double QuantileUpper(double q) => P50 * Math.Exp(-Sigma * Normal.Quantile(q));
        public override double Cdf(double days) => days <= 0 ? 0 : Normal.Cdf(Math.Log(days / P50) / Sigma);
        internal override double Survival(double days) => days <= 0 ? 1 : Normal.UpperTail(Math.Log(days / P50) / Sigma);
    }

    /// <summary>A lognormal whose steps, past its 90th percentile, turn out not to be of one kind: what is left of one is the longer and the wider the more it is overdue, where a lognormal's shrinks to 'any
    /// moment'. The law holds from the step's first day, so that what is said of an overdue step agrees with what was said of it before.</summary>
    /// <remarks>Frailty (Vaupel, Manton and Stallard, Demography 16, 1979): the hazard beyond the 90th percentile is multiplied by a gamma variable of mean 1 and variance theta, the same for the whole step.
    /// Where a share S &lt; 0.1 of the lognormal still runs, 0.1 (1 + theta ln(0.1 / S))^(-1/theta) of these do. Theta = 1/4 is chosen, not fitted. Example 9 of docs/formulas/arrivals.md.</remarks>
    public sealed record Frail(Lognormal Kind) : StageTime
    {
        // fourth powers and roots take theta for a quarter
        private const double Theta = 0.25, From = 0.1;

        public override double QuantileUpper(double q) => Kind.QuantileUpper(q >= From ? q
            : Math.Max(LeastSurvival * LeastSurvival, From * Math.Exp((1 - Math.Sqrt(Math.Sqrt(From / q))) / Theta)));

        public override double Cdf(double days) => 1 - Survival(days);

        internal override double Survival(double days)
        {
            double kind = Kind.Survival(days);
            if (kind >= From) return kind;
            double stretch = 1 + Theta * Math.Log(From / Math.Max(kind, double.Epsilon)), squared = stretch * stretch;
            return From / (squared * squared);
        }
    }

    /// <summary>With chance <paramref name="OnTime"/> exactly <paramref name="Days"/>, else later with a Pareto II tail:
    /// Q(u) = Days + Scale (((1 - u) / (1 - OnTime))^(-1/TailIndex) - 1) for u above OnTime.</summary>
    /// <param name="Scale">Days; the mean lateness of the late is Scale / (TailIndex - 1).</param>
    /// <param name="TailIndex">Above 1; the smaller, the heavier the tail.</param>
    public sealed record OnTimeElseLate(double OnTime, double Days, double Scale, double TailIndex) : StageTime
    {
        public override double QuantileUpper(double q) =>
            Days + (q >= 1 - OnTime ? 0 : Scale * (Math.Pow(q / (1 - OnTime), -1 / TailIndex) - 1));
        public override double Cdf(double days) => days < Days ? 0 : 1 - Survival(days);
        internal override double Survival(double days) =>
            days < Days ? 1 : (1 - OnTime) * Math.Pow(1 + (days - Days) / Scale, -TailIndex);
    }

    /// <summary>A fitted quantile table, straight between its points, with a Pareto II tail beyond the last.</summary>
    /// <param name="Levels">Ascending in [0, 1); below the first the first value holds.</param>
    /// <param name="Values">Days at those levels, never falling; equal neighbours are a mass ('on time'). May be
    /// negative: days against a plan.</param>
    /// <param name="TailScale">Days; 0 ends the distribution at the last value.</param>
    /// <param name="TailIndex">Above 1.</param>
    public sealed record Table(IReadOnlyList<double> Levels, IReadOnlyList<double> Values, double TailScale, double TailIndex) : StageTime
    {
        public override double QuantileUpper(double q)
        {
            double u = 1 - q, last = 1 - Levels[^1];
            if (q < last) return Values[^1] + TailScale * (Math.Pow(q / last, -1 / TailIndex) - 1);
            int above = 0;
            while (Levels[above] < u) above++;
            if (above == 0) return Values[0];
            double within = (u - Levels[above - 1]) / (Levels[above] - Levels[above - 1]);
            return Values[above - 1] + within * (Values[above] - Values[above - 1]);
        }

        public override double Cdf(double days) => 1 - Survival(days);

        internal override double Survival(double days)
        {
            if (days < Values[0]) return 1;
            if (days >= Values[^1])
                return TailScale > 0 ? (1 - Levels[^1]) * Math.Pow(1 + (days - Values[^1]) / TailScale, -TailIndex) : 0;
            int above = Values.Count - 1;
            while (Values[above - 1] > days) above--;
            double within = (days - Values[above - 1]) / (Values[above] - Values[above - 1]);
            return 1 - (Levels[above - 1] + within * (Levels[above] - Levels[above - 1]));
        }
    }

    /// <summary>At least <paramref name="Minimum"/> days, then <paramref name="Rest"/>.</summary>
    public sealed record Shifted(double Minimum, StageTime Rest) : StageTime
    {
        public override double QuantileUpper(double q) => Minimum + Rest.QuantileUpper(q);
        public override double Cdf(double days) => Rest.Cdf(days - Minimum);
        internal override double Survival(double days) => Rest.Survival(days - Minimum);
    }

    /// <summary>What a lane states: a median, a 90th percentile and, where it has one, a share that takes exactly the
    /// same time, the shortest. Equal percentiles: a constant. A median of 0: half take no time.</summary>
    /// <param name="onTime">In [0, 0.9); the tail is laid so that both percentiles hold, and from 0.5 on the shortest
    /// time is the median. Null: no such mass, a lognormal.</param>
    public static StageTime Of(double p50, double p90, double? onTime = null, double tailIndex = 3)
    {
        if (p90 == p50) return new Constant(p50);
        if (onTime is null && p50 > 0) return new Lognormal(p50, p90);
        double share = onTime ?? 0.5;
        double scale = (p90 - p50) / (Rise(0.1) - Rise(0.5));
        return new OnTimeElseLate(share, p50 - scale * Rise(0.5), scale, tailIndex);

        double Rise(double upper) => upper >= 1 - share ? 0 : Math.Pow(upper / (1 - share), -1 / tailIndex) - 1;
    }

    /// <summary>The same for a step of a lane, of which one that is overdue may be long overdue: a lognormal becomes <see cref="Frail"/>; the tail behind a share on time is wide enough.</summary>
    public static StageTime OfLane(double p50, double p90, double? onTime) => Of(p50, p90, onTime) is var time && time is Lognormal kind ? new Frail(kind) : time;

    /// <summary>Days that a share <paramref name="u"/>, in (0, 1), does not exceed.</summary>
    public double Quantile(double u) => QuantileUpper(1 - u);

    /// <summary>Days that a share <paramref name="q"/>, in (0, 1), exceeds: Quantile(1 - q), exact far out in the tail.</summary>
    public abstract double QuantileUpper(double q);

    /// <summary>Share done within <paramref name="days"/>.</summary>
    public abstract double Cdf(double days);

    /// <summary>Share still running after <paramref name="days"/>: 1 - F, exact far out in the tail.</summary>
    internal virtual double Survival(double days) => 1 - Cdf(days);

    /// <summary>What remains for one known to be still running after <paramref name="elapsedDays"/>: the quantile at
    /// u' = F(elapsed) + u (1 - F(elapsed)), in days from the step's begin. Beyond the end of a bounded distribution
    /// the answer is its end: due at any moment.</summary>
    public double QuantileAfter(double elapsedDays, double u) =>
        QuantileUpper(Math.Max(LeastSurvival, Survival(elapsedDays)) * (1 - u));

    /// <summary>Below this share a step still running has refuted its distribution; it is treated as due.</summary>
    internal const double LeastSurvival = 1e-9;
}
