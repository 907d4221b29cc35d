namespace Homestretch.Cutting.Kernel;

/// <summary>The least of many curves of one shape: at each whole place p, the least a_s + w sqrt(p - s) of all sources s that do not lie behind p.</summary>
/// <remarks>Of two such curves the later rises faster from where it begins, so it is overtaken at most once and never comes back: those that may still be least stand on a stack, the newest on top. Each is pushed and popped
/// once, so that D places cost D steps instead of D squared.</remarks>
internal sealed class Envelope
{
    private readonly int[] _source, _until;
    private readonly double[] _base;
    private int _count;

    public Envelope(int most) => (_source, _until, _base) = (new int[most], new int[most], new double[most]);

    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    /// <summary>A source comes in at its own place, which is not before those known.</summary>
    public void Add(int source, double height, double weight)
    {
        if (weight <= 0)
        {
            if (_count == 0 || height < _base[0]) (_count, _source[0], _base[0], _until[0]) = (1, source, height, int.MaxValue);
            return;
        }
        while (_count > 0 && _until[_count - 1] <= source) _count--;
        if (_count > 0 && height >= At(_count - 1, source, weight)) return;       // it rises faster: it will never be less
        int until = int.MaxValue;
        while (_count > 0)
        {
            until = Overtaken(source, height, _count - 1, weight);
            if (until < _until[_count - 1]) break;
            _count--;       // what it hides until that is overtaken itself is never seen again
            until = int.MaxValue;
        }
        (_source[_count], _base[_count], _until[_count]) = (source, height, until);
        _count++;
    }

    /// <summary>The least at a place; places do not go back.</summary>
    public double Least(int place, double weight)
    {
        while (_until[_count - 1] <= place) _count--;
        return weight <= 0 ? _base[0] : At(_count - 1, place, weight);
    }

    private double At(int k, int place, double weight) => _base[k] + weight * Math.Sqrt(place - _source[k]);

    /// <summary>The first place at which the curve below is no more than a new one: sqrt(x) = (d - k^2) / 2k with d between their sources and k between their heights over w.</summary>
    private int Overtaken(int source, double height, int below, double weight)
    {
        double k = (height - _base[below]) / weight, d = source - _source[below];
        if (k <= 0) return int.MaxValue;
        double root = Math.Max(0, (d - k * k) / (2 * k)), x = Math.Ceiling(root * root);
        return x > 1e9 ? int.MaxValue : source + Math.Max(1, (int)x);
    }
}
