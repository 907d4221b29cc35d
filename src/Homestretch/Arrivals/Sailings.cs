using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>Departures that a lot waits for: it leaves with the first one whose cut-off it makes.</summary>
/// <param name="Departures">Scheduled departures, ascending; may be empty when <paramref name="Every"/> is given.</param>
/// <param name="Every">Days between departures after the last one listed; null: none is known, and a lot that misses
/// them all is beyond any plan. With no departure listed, the rhythm's phase is unknown: drawn per sample, the same for
/// all lots that share the <paramref name="Schedule"/>.</param>
/// <param name="CutOff">Days before departure by which the lot must be there.</param>
/// <param name="Rolled">Chance of being left behind at a departure, each time anew, in [0, 1).</param>
/// <param name="Schedule">Stable hash of lane or service.</param>
public sealed record Sailings(ulong Schedule, IReadOnlyList<Instant> Departures, double? Every = null, double CutOff = 0, double Rolled = 0)
{
    /// <summary>Everything wrong with the schedule; empty when it can be used.</summary>
    public IReadOnlyList<Finding> Check(Place place)
    {
        var findings = new List<Finding>();
        if (Departures.Count == 0 && Every is null)
            findings.Add(new(place, "some-departure", "No departure and no interval is given.", "List departures or give the days between them."));
        if (Every is not null and not (> 0 and <= 366))
            findings.Add(new(place, "every-days", $"The interval is {Every} days.", "Give more than 0 and at most 366 days."));
        if (CutOff is not (>= 0 and <= 60))
            findings.Add(new(place, "cut-off", $"The cut-off is {CutOff} days.", "Give 0 to 60 days."));
        if (Rolled is not (>= 0 and < 1))
            findings.Add(new(place, "rolled-share", $"The chance of being left behind is {Rolled}.", "Give 0 or more and below 1."));
        for (int i = 1; i < Departures.Count; i++)
            if (Departures[i] <= Departures[i - 1])
                findings.Add(new(place, "departures-rise", $"Departure {Departures[i]} is not after {Departures[i - 1]}.", "Sort the departures and drop repeats."));
        return findings;
    }
}

/// <summary>A schedule in seconds after one t.</summary>
internal sealed class Timetable
{
    private readonly int[] _departures;
    private readonly int _every, _cutOff;
    private readonly double _logRolled;
    private readonly ulong _schedule;

    internal Timetable(Sailings sailings, Instant t)
    {
        _departures = [.. sailings.Departures.Select(d => Horizon.After(t, d))];
        _every = sailings.Every is double days ? Math.Max(1, Horizon.Seconds(days)) : 0;
        _cutOff = Horizon.Seconds(sailings.CutOff);
        _logRolled = sailings.Rolled > 0 ? Math.Log(sailings.Rolled) : double.NegativeInfinity;
        _schedule = sailings.Schedule;
    }

    /// <summary>When a lot that is ready at <paramref name="ready"/> is scheduled to leave, seconds after t.</summary>
    /// <param name="notBefore">Only departures after this second come into question: it was seen waiting then.</param>
    internal int Leaves(int ready, int notBefore, ulong lotEvent, Draws draws, int sample)
    {
        int rolled = double.IsNegativeInfinity(_logRolled) ? 0
            : (int)Math.Min(1000, Math.Log(draws.Uniform(StableHash.Join(lotEvent, 1), sample)) / _logRolled);
        long from = Math.Max((long)ready + _cutOff, notBefore + 1L);
        int next = FirstFrom(from);
        if (next + rolled < _departures.Length) return _departures[next + rolled];
        if (_every == 0) return Horizon.Far;
        if (_departures.Length == 0) return Unlisted((long)ready + _cutOff, notBefore, draws.Uniform(_schedule, sample), rolled);
        long last = _departures[^1];
        long turns = next < _departures.Length
            ? next + rolled - (_departures.Length - 1)
            : Math.Max(1, CeilingDivide(from - last, _every)) + rolled;
        return (int)Math.Min(Horizon.Far, last + turns * _every);
    }

    /// <summary>The next departure of a rhythm whose phase nobody told us: evenly within one interval. A lot that has waited part of
    /// an interval has that much less before it: u' = F(waited) + u (1 - F(waited)); one that has waited longer was left behind and
    /// begins anew.</summary>
    private int Unlisted(long from, int notBefore, double phase, int rolled)
    {
        long turn = (long)(phase * _every) - _every, wait = turn + CeilingDivide(from - turn, _every) * _every - from, waited = Math.Max(0, notBefore + 1L - from);
        wait = waited >= _every ? waited + wait : waited + wait * (_every - waited) / _every;
        return (int)Math.Min(Horizon.Far, from + wait + (long)rolled * _every);
    }

    /// <summary>Expected wait in seconds after <paramref name="ready"/>, for naming the month of what follows.</summary>
    internal int Expected(int ready)
    {
        int next = FirstFrom((long)ready + _cutOff);
        return next < _departures.Length ? _departures[next] - ready : _cutOff + _every / 2;
    }

    private int FirstFrom(long second)
    {
        int low = 0, high = _departures.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_departures[middle] < second) low = middle + 1; else high = middle;
        }
        return low;
    }

    private static long CeilingDivide(long a, long b) => a >= 0 ? (a + b - 1) / b : -(-a / b);
}
