using System.Collections.Concurrent;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>What causes take from promises and what could be done about them, as it was last reckoned; of the brand owner's whole world, and for its people only.</summary>
internal sealed class SituationBoard
{
    private readonly ConcurrentDictionary<string, FoundRemedies> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _asked = new(StringComparer.Ordinal);
    private volatile Assessed? _assessed;

    /// <summary>Null until the first look.</summary>
    public Assessed? Now => _assessed;

    /// <summary>Raised after something new stands, on the reckoning thread: handlers only note it.</summary>
    public event Action? Changed;

    /// <summary>What was found for a situation; null: nothing was looked for yet.</summary>
    public FoundRemedies? For(string situation) => _found.GetValueOrDefault(situation);

    /// <summary>Says that somebody looks at a situation: its remedies are looked for before others'.</summary>
    public void Ask(string situation, long timestamp) => _asked[situation] = timestamp;

    /// <summary>When somebody last looked at it; null: nobody has.</summary>
    public long? Asked(string situation) => _asked.TryGetValue(situation, out long at) ? at : null;

    public void Take(Assessed assessed)
    {
        _assessed = assessed;
        Changed?.Invoke();
    }

    /// <param name="tell">Whether screens are told: not of each of many that come at once.</param>
    public void Take(string situation, FoundRemedies found, bool tell)
    {
        _found[situation] = found;
        if (tell) Changed?.Invoke();
    }

    /// <summary>Forgets what belongs to situations that have ended.</summary>
    public void Keep(IReadOnlySet<string> open)
    {
        foreach (string key in _found.Keys.Where(k => !open.Contains(k))) _found.TryRemove(key, out _);
        foreach (string key in _asked.Keys.Where(k => !open.Contains(k))) _asked.TryRemove(key, out _);
    }
}

/// <summary>What takes what from promises in one world.</summary>
/// <param name="Epoch">Instant that forecasts were conditioned on.</param>
/// <param name="ByCause">By the cause in words.</param>
internal sealed record Assessed(Snapshot World, Instant Epoch, IReadOnlyDictionary<string, Assessment> ByCause, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<RemedyScore> Scores)
{
    public Assessment? Of(Situation situation) => ByCause.GetValueOrDefault(situation.Cause);
}

/// <summary>Remedies of one situation.</summary>
/// <param name="World">World that they were priced in.</param>
/// <param name="Assessment">What the cause took then.</param>
/// <param name="Ended">Timestamp at which the search ended; null: it goes on, and more may come.</param>
/// <param name="Complete">The search was neither broken off nor ended by its budget.</param>
internal sealed record FoundRemedies(Snapshot World, Instant Epoch, Assessment Assessment, IReadOnlyList<PricedRemedy> Remedies, Instant? PointOfNoReturn, int Priced, long? Ended, bool Complete)
{
    /// <summary>Somebody who wants to decide broke the search off.</summary>
    public bool BrokenOff { get; init; }

    /// <summary>A remedy by its key; null when it is not among them.</summary>
    public PricedRemedy? Find(string remedy) => Remedies.FirstOrDefault(r => KeyOf(r) == remedy);

    /// <summary>The same kind and words: the same key, in every search.</summary>
    public static string KeyOf(PricedRemedy r) => StableHash.Of(Words.Of(r.Remedy.Kind), r.Remedy.What).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
