namespace Homestretch.Cutting.Kernel;

/// <summary>Betters a placement stage by stage until none moves: an inbound time goes to where the stage and those before it cost least, and a stage that serves several lets all of them wait longer.</summary>
/// <remarks>What is near a stage costs a concave function of its inbound time between the times at which some service time takes another limit, so only those are tried. Stages are looked at again only when something near them moved.</remarks>
internal sealed class PlacementDescent
{
    private readonly PlacementProblem _p;
    private readonly int[][] _near;         // whose moves a stage's inbound time bears on
    private readonly int[][] _around;       // a stage, those that it serves and all that serve these
    private readonly Queue<int> _open = [];
    private readonly bool[] _queued;
    private readonly List<int> _tried = [];
    private readonly int[] _service;

    public PlacementDescent(PlacementProblem p)
    {
        _p = p;
        (_queued, _service) = (new bool[p.Count], new int[p.Count]);
        _near = [.. Enumerable.Range(0, p.Count).Select(i => (int[])[.. p.Before[i].SelectMany(j => p.After[j]).Concat(p.Before[i]).Concat(p.After[i]).Append(i).Distinct().Order()])];
        _around = [.. Enumerable.Range(0, p.Count).Select(j => (int[])[.. p.After[j].SelectMany(k => p.Before[k]).Concat(p.After[j]).Append(j).Distinct().Order()])];
    }

    /// <summary>Lowers each inbound time to what its stage really waits for, then betters all, in place.</summary>
    /// <returns>What the placement costs.</returns>
    public double Run(int[] inbound)
    {
        Settle(inbound);
        for (int i = _p.Count - 1; i >= 0; i--) Open(i);
        Work(inbound);
        return Settle(inbound);
    }

    /// <summary>The same after only some inbound times were changed in a placement that nothing bettered.</summary>
    public double Run(int[] inbound, IEnumerable<int> changed)
    {
        Clamp(inbound);
        foreach (int i in changed) Moved(i);
        Work(inbound);
        return Settle(inbound);
    }

    private double Settle(int[] inbound)
    {
        Clamp(inbound);
        _p.Serve(inbound, _service);
        Array.Clear(inbound);
        double cost = 0;
        for (int i = 0; i < _p.Count; i++)
        {
            _service[i] = Math.Min(_service[i], inbound[i] + _p.Times[i]);
            cost += _p.Weights[i] * _p.Curves[i][inbound[i] + _p.Times[i] - _service[i]];
            for (int a = 0; a < _p.After[i].Length; a++) inbound[_p.After[i][a]] = Math.Max(inbound[_p.After[i][a]], _service[i] + _p.Lags[i][a]);
        }
        return cost;
    }

    private void Clamp(int[] inbound)
    {
        for (int i = 0; i < _p.Count; i++) inbound[i] = Math.Clamp(inbound[i], _p.LeastIn[i], _p.MostIn[i]);
    }

    private void Open(int i)
    {
        if (_queued[i]) return;
        _queued[i] = true;
        _open.Enqueue(i);
    }

    private void Work(int[] inbound)
    {
        while (_open.TryDequeue(out int i))
        {
            _queued[i] = false;
            if (_p.MostIn[i] > 0) Move(inbound, i);
            if (_p.After[i].Length > 1 && _p.MostOut[i] > 0) Raise(inbound, i);
        }
    }

    private void Moved(int i)
    {
        foreach (int k in _near[i]) Open(k);
    }

    private void Move(int[] inbound, int i)
    {
        int was = inbound[i], best = was;
        _tried.Clear();
        _tried.Add(_p.LeastIn[i]);
        _tried.Add(Limit(inbound, i) - _p.Times[i]);
        foreach (int j in _p.Before[i]) _tried.Add(Math.Min(inbound[j] + _p.Times[j], LimitBut(inbound, j, i)) + _p.Lag(j, i));
        double before = Near(inbound, i, was), least = before;
        foreach (int x in _tried)
        {
            if (x < _p.LeastIn[i] || x > _p.MostIn[i] || x == was) continue;
            double cost = Near(inbound, i, x);
            if (cost < least - 1e-9 * Math.Abs(before)) (least, best) = (cost, x);
        }
        if (best == was) return;
        inbound[i] = best;
        Moved(i);
    }

    /// <summary>Lets a stage serve later: all that it serves must be ready to wait so long.</summary>
    private void Raise(int[] inbound, int j)
    {
        int[] after = _p.After[j];
        int most = Math.Min(_p.MostOut[j], inbound[j] + _p.Times[j]), now = Math.Min(most, Limit(inbound, j));
        if (now >= most) return;
        Span<int> was = stackalloc int[after.Length];
        _tried.Clear();
        _tried.Add(most);
        for (int a = 0; a < after.Length; a++)
        {
            int lag = _p.Lags[j][a];
            was[a] = inbound[after[a]];
            _tried.Add(was[a] - lag);
            _tried.Add(Limit(inbound, after[a]) - _p.Times[after[a]] - lag);
            foreach (int other in _p.Before[after[a]]) _tried.Add(inbound[other] + _p.Times[other] + _p.Lag(other, after[a]) - lag);
        }
        int[] touched = _around[j];
        double before = Cost(inbound, touched), least = before;
        int best = -1, last = -1;
        _tried.Sort();
        foreach (int x in _tried)
        {
            if (x <= now || x > most || x == last) continue;
            last = x;
            for (int a = 0; a < was.Length; a++) inbound[after[a]] = Math.Max(was[a], x + _p.Lags[j][a]);
            double cost = Cost(inbound, touched);
            if (cost < least - 1e-9 * before) (least, best) = (cost, x);
        }
        for (int a = 0; a < was.Length; a++) inbound[after[a]] = best < 0 ? was[a] : Math.Max(was[a], best + _p.Lags[j][a]);
        if (best < 0) return;
        foreach (int k in after) Moved(k);
    }

    private double Cost(int[] inbound, int[] stages)
    {
        double cost = 0;
        foreach (int i in stages) cost += Own(inbound, i);
        return cost;
    }

    /// <summary>What the stage and those before it cost with another inbound time.</summary>
    private double Near(int[] inbound, int i, int x)
    {
        int was = inbound[i];
        inbound[i] = x;
        double cost = Own(inbound, i);
        foreach (int j in _p.Before[i]) cost += Own(inbound, j);
        inbound[i] = was;
        return cost;
    }

    private double Own(int[] inbound, int i) => _p.Weights[i] * _p.Curves[i][inbound[i] + _p.Times[i] - Math.Min(inbound[i] + _p.Times[i], Limit(inbound, i))];

    /// <summary>The longest service time that a stage may have, whatever it waits for.</summary>
    private int Limit(int[] inbound, int i)
    {
        int limit = _p.MostOut[i];
        for (int a = 0; a < _p.After[i].Length; a++) limit = Math.Min(limit, inbound[_p.After[i][a]] - _p.Lags[i][a]);
        return limit;
    }

    /// <summary>The same but for one stage that it serves.</summary>
    private int LimitBut(int[] inbound, int j, int but)
    {
        int limit = _p.MostOut[j];
        for (int a = 0; a < _p.After[j].Length; a++)
            if (_p.After[j][a] != but) limit = Math.Min(limit, inbound[_p.After[j][a]] - _p.Lags[j][a]);
        return limit;
    }
}
