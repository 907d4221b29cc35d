using Homestretch.Cutting.Kernel;

namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>A limit of what some outside could reconstruct together.</summary>
/// <param name="told">What they are told under a choice.</param>
internal sealed class ExposureBound(Limit limit, Told told) : Bounded(limit)
{
    /// <summary>How much they may reconstruct: what must never leave is the rest of what may.</summary>
    private double Most => Limit.IsLeast ? 1 - Limit.Value : Limit.Value;

    public override double Missed(int[] options) => told.Reconstructed(options) - Most;

    /// <summary>What is told in any case: more is never less to know.</summary>
    public override double LeastMissed(StagesLeft left) => told.Least(left) - Most;
}

/// <summary>What some parties know of each stage: what they knew before, and what they are told by what they do under a choice.</summary>
internal sealed class Told
{
    private readonly SourcingProblem _p;
    private readonly StageKnowHow _know;
    private readonly int[] _item;                   // of each stage: its place in the know-how, or -1
    private readonly bool[] _keeps;                 // whether it only keeps the part
    private readonly bool[][] _does;                // [stage][option]: whether one of them does it, or a part
    private readonly double[] _before, _disclosed, _forced;

    /// <param name="of">Whose making counts.</param>
    /// <param name="knew">Who of those that knew something before counts.</param>
    private Told(SourcingProblem p, StageKnowHow know, Func<Source, bool> of, Func<KnownBefore, bool> knew)
    {
        (_p, _know) = (p, know);
        Dictionary<string, int> places = know.Stages.Select((s, i) => (s, i: know.Places?[i] ?? i)).ToDictionary(static x => x.s, static x => x.i, StringComparer.Ordinal);
        _item = [.. p.Graph.Stages.Select(s => places.GetValueOrDefault(p.Kept.GetValueOrDefault(s.Name, s.Name), -1))];
        _keeps = [.. p.Graph.Stages.Select(s => p.Kept.ContainsKey(s.Name))];
        _does = [.. p.Options.Select(o => o.Select(x => x.Parts.Any(s => of(s.Source))).ToArray())];
        (_before, _disclosed, _forced) = (new double[know.Graph.Count], new double[know.Graph.Count], new double[know.Graph.Count]);
        foreach (KnownBefore b in (know.Before ?? []).Where(knew))
            for (int i = 0; i < _before.Length; i++) _before[i] = Math.Max(_before[i], b.Disclosed[i]);
    }

    public static Told Party(SourcingProblem p, StageKnowHow know, string party) => new(p, know, s => s.Party == party, b => b.Party == party);

    /// <summary>All parties of a country: those that would do something there, and those that are there and knew something before.</summary>
    public static Told Country(SourcingProblem p, StageKnowHow know, SourcingStudy study, string country) => new(p, know, s => s.Party.Length > 0 && study.CountryOf(s) == country, b => b.Countries.Contains(country));

    /// <summary>All parties outside.</summary>
    public static Told Outside(SourcingProblem p, StageKnowHow know) => new(p, know, static s => s.Party.Length > 0, static _ => true);

    public double Reconstructed(int[] options) => _know.Graph.Reconstructed(Of(options));
    public double Least(StagesLeft left) => _know.Graph.Reconstructed(InAnyCase(left));

    /// <summary>What they are told under a choice, of each place of the know-how; good until the next question.</summary>
    public double[] Of(int[] options)
    {
        _before.CopyTo(_disclosed);
        for (int i = 0; i < _p.Count; i++)
            if (_does[i][options[i]]) Does(i, _disclosed);
        return _disclosed;
    }

    /// <summary>What they are told whatever is chosen of what is left; good until the next question.</summary>
    public double[] InAnyCase(StagesLeft left)
    {
        _before.CopyTo(_forced);
        for (int i = 0; i < _p.Count; i++)
        {
            bool always = true;
            for (int x = 0; always && x < _does[i].Length; x++) always = _does[i][x] || !left.Has(i, x);
            if (always) Does(i, _forced);
        }
        return _forced;
    }

    /// <summary>Who does a stage has its drawing, and the envelope of what goes into it; who only keeps a part has its envelope.</summary>
    private void Does(int i, double[] disclosed)
    {
        if (_item[i] >= 0) disclosed[_item[i]] = Math.Max(disclosed[_item[i]], Exposure.ExposureLevels.Of(_keeps[i] ? Exposure.ExposureLevels.Assembling : Exposure.ExposureLevels.Making));
        foreach (int j in _p.Graph.Before[i])
            if (_item[j] >= 0) disclosed[_item[j]] = Math.Max(disclosed[_item[j]], Exposure.ExposureLevels.Of(Exposure.ExposureLevels.Assembling));
    }
}
