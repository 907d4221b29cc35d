using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>Each party's sight of the world. The brand owner looks at the live world; every other party at its own slice with a plan made
/// of that slice alone, so that nothing outside it, not even a version number, can reach them.</summary>
internal sealed class Slices(LiveWorld live, HubClock clock)
{
    private readonly Dictionary<string, Cut> _cuts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Party, bool Money), Answers> _answers = [];

    /// <summary>Looks through a party's slice; everything the function reads is consistent.</summary>
    public T Look<T>(Key<Party> party, bool money, Func<Sight, T> look)
    {
        lock (live.Gate)
        {
            return look(Sees(party, money));
        }
    }

    /// <summary>The same for a question that many pages ask: what one was answered, the others are answered too, while the party's world and plan stand
    /// and for a second at most.</summary>
    /// <param name="question">All that the answer depends on beside the party's sight.</param>
    public T Shared<T>(Key<Party> party, bool money, object question, Func<Sight, T> look) where T : class
    {
        lock (live.Gate)
        {
            Sight sight = Sees(party, money);
            if (!_answers.TryGetValue((party.Value, money), out Answers? answers) || !answers.Hold(sight, Duration.FromSeconds(clock.Speed)))
                _answers[(party.Value, money)] = answers = new(sight);
            return answers.Of(question, look);
        }
    }

    private Sight Sees(Key<Party> party, bool money)
    {
        if (live.World.Parties.Find(party) is { Kind: PartyKind.Brand }) return new(live.Seen, live.Plan, live.Changes, clock.Now, money);
        Cut cut = Fresh(party);
        return new(cut.World, cut.Plan, cut.Changes, clock.Now, money);
    }

    /// <summary>What of a change this party may hear of; null when it touches nothing of theirs.</summary>
    /// <param name="heard">Version of the party's slice that the listener last heard of; moved on to the present one.</param>
    public Change? Heard(Key<Party> party, Change change, ref long heard)
    {
        lock (live.Gate)
        {
            if (live.World.Parties.Find(party) is { Kind: PartyKind.Brand }) return change;
            Cut now = Fresh(party);
            long before = heard;
            heard = now.World.Version;
            if (heard == before && change.Touched.Count > 0) return null;
            return new(heard, change.At, party.Value, [.. now.Changes.Where(c => c.Version > before).SelectMany(static c => c.Touched)], []);
        }
    }

    private Cut Fresh(Key<Party> party)
    {
        Cut? known = _cuts.GetValueOrDefault(party.Value);
        if (known is not null && ReferenceEquals(known.Source, live.Seen) && known.Plan.Epoch == live.Plan.Epoch) return known;
        Snapshot world = known is not null && live.Since(known.Sequence) is { } since && !Slice.MayConcern(known.World, since) ? known.World : Slice.Cut(live.Seen, party, known?.World);
        if (known is not null && ReferenceEquals(world, known.World) && known.Plan.Epoch == live.Plan.Epoch) return _cuts[party.Value] = known with { Source = live.Seen, Sequence = live.SeenSequence };
        IReadOnlyList<Change> changes = known is null || ReferenceEquals(world, known.World) ? known?.Changes ?? [] : [.. known.Changes.TakeLast(200), Difference(known.World, world)];
        return _cuts[party.Value] = new(live.Seen, live.SeenSequence, world, Plan.Make(world, live.Plan.Epoch, live.Plan.Policy), changes);
    }

    /// <summary>What changed in a slice, seen from inside it.</summary>
    private Change Difference(Snapshot before, Snapshot after)
    {
        var touched = new List<Touch>();
        foreach (TableKind kind in TableKind.All)
        {
            var old = before.Records(kind).ToDictionary(static r => r.Id, StringComparer.Ordinal);
            foreach (IRecord record in after.Records(kind))
            {
                if (!old.Remove(record.Id, out IRecord? was) || !Equals(was, record)) touched.Add(new(kind, record.Id, was, record));
            }
            touched.AddRange(old.Values.Select(r => new Touch(kind, r.Id, r, null)));
        }
        return new(after.Version, clock.Now, "", touched, []);
    }

    /// <summary>What was answered of one sight.</summary>
    private sealed class Answers(Sight sight)
    {
        private const int Most = 64;
        private readonly Dictionary<object, object> _known = [];

        /// <summary>A plan is advanced in place, but a world never is.</summary>
        public bool Hold(Sight now, Duration atMost) => ReferenceEquals(sight.World, now.World) && ReferenceEquals(sight.Plan, now.Plan) && now.Now - sight.Now is var age && age >= Duration.Zero && age < atMost;

        public T Of<T>(object question, Func<Sight, T> look) where T : class
        {
            if (_known.TryGetValue(question, out object? known)) return (T)known;
            if (_known.Count == Most) _known.Clear();
            T answer = look(sight);
            _known[question] = answer;
            return answer;
        }
    }

    /// <param name="Sequence">Journal entry at which it was cut.</param>
    private sealed record Cut(Snapshot Source, long Sequence, Snapshot World, Plan Plan, IReadOnlyList<Change> Changes);
}
