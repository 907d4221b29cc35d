namespace Homestretch.Machines.Health;

/// <summary>What is normal for one sensor, as <see cref="AnomalyWatch"/> learns it.</summary>
internal struct SensorNormal
{
    private const int Renewed = 50, Free = 30;
    private const double Reach = 4;
    private double _fast, _mean, _spread, _jump;
    private int _count;

    /// <summary>What it reads now is the new normal.</summary>
    public void Renew() => (_mean, _count) = (_fast, Math.Min(_count, Renewed));

    /// <summary>Takes a finite value; gives its deviations from normal.</summary>
    public double Take(double value, AnomalyOptions options, bool teaches)
    {
        if (_count == 0)
        {
            (_fast, _mean, _count) = (value, value, 1);
            return 0;
        }
        double step = value - _fast;
        _fast += step / Math.Min(_count + 1, options.Fast);
        double off = _fast - _mean, score = Math.Max(Scaled(off, _spread), Scaled(step, _jump));
        if (teaches)
        {
            double share = 1.0 / Math.Min(_count + 1, options.Slow), heldOff = Held(off, _spread), heldStep = Held(step, _jump);
            _mean += share * heldOff;
            _spread += share * (heldOff * heldOff - _spread);
            _jump += share * (heldStep * heldStep - _jump);
            _count = Math.Min(_count + 1, options.Slow);
        }
        return score;
    }

    private static double Scaled(double off, double variance) => Math.Abs(off) / Math.Sqrt(Math.Max(variance, 1e-12));

    private readonly double Held(double off, double variance) => _count < Free ? off : Math.Clamp(off, -Reach * Math.Sqrt(variance), Reach * Math.Sqrt(variance));
}
