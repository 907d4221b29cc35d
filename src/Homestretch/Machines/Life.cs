using Homestretch.Arrivals;

namespace Homestretch.Machines;

/// <summary>How long a machine runs until it fails, in hours of running. Closed.</summary>
public abstract record Life
{
    private Life() { }

    /// <summary>Running hours, from now on, that a share <paramref name="q"/> of futures survives.</summary>
    internal abstract double Left(double q);

    /// <summary>Running hours from fresh (repaired, maintained) that a share <paramref name="q"/> survives.</summary>
    internal abstract double Fresh(double q);

    /// <summary>Share of futures that survive so many running hours from now on: <see cref="Left"/> turned round.</summary>
    internal abstract double Survival(double hours);

    /// <summary>Share that survives so many running hours from fresh: <see cref="Fresh"/> turned round.</summary>
    internal abstract double FreshSurvival(double hours);

    /// <summary>Nobody has said anything: no failure is drawn, and the forecast says so (<see cref="ReadyForecast.FailuresUnknown"/>).</summary>
    public sealed record Unknown : Life
    {
        internal override double Left(double q) => double.PositiveInfinity;
        internal override double Fresh(double q) => double.PositiveInfinity;
        internal override double Survival(double hours) => 1;
        internal override double FreshSurvival(double hours) => 1;
    }

    /// <summary>Weibull: S(h) = exp(-(h / Scale)^Shape); of what has already run <paramref name="Age"/> hours,
    /// left = Scale ((Age/Scale)^Shape - ln q)^(1/Shape) - Age.</summary>
    /// <param name="Shape">Above 0; 1: failures without memory, above 1: wear.</param>
    /// <param name="Scale">Hours that 36.8 % survive.</param>
    public sealed record Weibull(double Shape, double Scale, double Age) : Life
    {
        /// <summary>Failures without memory, with this mean.</summary>
        public static Weibull OfMean(double hours) => new(1, hours, 0);
        internal override double Left(double q) => Math.Max(0, Scale * Math.Pow(Math.Pow(Age / Scale, Shape) - Math.Log(q), 1 / Shape) - Age);
        internal override double Fresh(double q) => Scale * Math.Pow(-Math.Log(q), 1 / Shape);
        internal override double Survival(double hours) => Math.Exp(Math.Pow(Age / Scale, Shape) - Math.Pow((Age + hours) / Scale, Shape));
        internal override double FreshSurvival(double hours) => Math.Exp(-Math.Pow(hours / Scale, Shape));
    }

    /// <summary>A health model's word on what is left, and what a repaired machine can expect.</summary>
    /// <param name="Remaining">Running hours left, with the family's 'days' read as hours; see <see cref="OfPercentiles"/>.</param>
    public sealed record Stated(StageTime Remaining, Life Repaired) : Life
    {
        /// <summary>Remaining hours as a lognormal through P10 and P50.</summary>
        public static Stated OfPercentiles(double p10Hours, double p50Hours, Life repaired) =>
            new(StageTime.Of(p50Hours, p50Hours * (p50Hours / p10Hours)), repaired);
        internal override double Left(double q) => Math.Max(0, Remaining.QuantileUpper(q));
        internal override double Fresh(double q) => Repaired.Fresh(q);
        internal override double Survival(double hours) => Remaining.Survival(hours);
        internal override double FreshSurvival(double hours) => Repaired.FreshSurvival(hours);
    }
}
