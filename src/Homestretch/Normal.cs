namespace Homestretch;

/// <summary>The standard normal distribution, to double precision.</summary>
public static class Normal
{
    /// <summary>The 90 % point: Quantile(0.9).</summary>
    public const double Z90 = 1.2815515655446004;

    /// <summary>P(X &lt;= x), in [0, 1].</summary>
    public static double Cdf(double x) => UpperTail(-x);

    /// <summary>P(X &gt; x), in [0, 1], with a relative error below 1e-11 also far out in the tail (x up to 37).</summary>
    /// <remarks>Abramowitz and Stegun 26.2.11 (series, |x| below 3) and 26.2.14 (continued fraction, above).</remarks>
    public static double UpperTail(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x < 0) return 1 - UpperTail(-x);
        return x < 3 ? 0.5 - Density(x) * Series(x) : Density(x) / Fraction(x);
    }

    /// <summary>phi(x) = exp(-x^2 / 2) / sqrt(2 pi).</summary>
    public static double Density(double x) => 0.3989422804014327 * Math.Exp(-0.5 * x * x);

    /// <summary>The x with P(X &lt;= x) = p; minus and plus infinity at 0 and 1, NaN outside [0, 1].</summary>
    /// <remarks>Algorithm AS 241, PPND16 (M. J. Wichura, Applied Statistics 37, 1988, 477-484), relative error about
    /// 1e-16. Example: p = 0.975 gives 1.959963984540054.</remarks>
    public static double Quantile(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425) return q * Centre(0.180625 - q * q);
        double tail = q < 0 ? p : 1 - p;
        if (!(tail > 0)) return tail == 0 ? double.CopySign(double.PositiveInfinity, q) : double.NaN;
        double r = Math.Sqrt(-Math.Log(tail));
        return double.CopySign(r <= 5 ? Shoulder(r - 1.6) : FarOut(r - 5), q);
    }

    private static double Centre(double r) =>
        (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
            + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
            + 1.3314166789178437745e2) * r + 3.3871328727963666080e0)
        / (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
            + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
            + 4.2313330701600911252e1) * r + 1);

    private static double Shoulder(double r) =>
        (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
            + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
            + 4.63033784615654529590e0) * r + 1.42343711074968357734e0)
        / (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
            + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
            + 2.05319162663775882187e0) * r + 1);

    private static double FarOut(double r) =>
        (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
            + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
            + 5.46378491116411436990e0) * r + 6.65790464350110377720e0)
        / (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
            + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
            + 5.99832206555887937690e-1) * r + 1);

    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int k = 3; term > sum * 1e-17; k += 2) sum += term *= x * x / k;
        return sum;
    }

    private static double Fraction(double x)
    {
        double value = x;
        for (int k = 160; k >= 1; k--) value = x + k / value;
        return value;
    }
}
