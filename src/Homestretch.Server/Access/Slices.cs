using System.Collections.Concurrent;
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
    private readonly Standing _brand = new(live.Gate);
    private readonly ConcurrentDictionary<string, Standing> _parties = new(StringComparer.Ordinal);

    /// <summary>Looks through a party's slice; everything the function reads is consistent.</summary>
    public T Look<T>(Key<Party> party, bool money, Func<Sight, T> look)
    {
        Standing of = Of(party);
        lock (of.Gate)
        {
            return look(Sees(of, party, money));
        }
    }

    /// <summary>The same for a question that many pages ask: what one was answered, the others are answered too, while the party's world and plan stand
    /// and for a second at most.</summary>
    /// <param name="question">All that the answer depends on beside the party's sight.</param>
    public T Shared<T>(Key<Party> party, bool money, object question, Func<Sight, T> look) where T : class
    {
        Standing of = Of(party);
        lock (of.Gate)
        {
            Sight sight = Sees(of, party, money);
            if (!of.Answers.TryGetValue(money, out Answers? answers) || !answers.Hold(sight, Duration.FromSeconds(clock.Speed)))
                of.Answers[money] = answers = new(sight);
            return answers.Of(question, look);
        }
    }

    /// <summary>What of a change this party may hear of; null when it touches nothing of theirs. Makes no plan: the planner waits for it.</summary>
    /// <param name="heard">Version of the party's slice that the listener last heard of; moved on to the present one.</param>
    public Change? Heard(Key<Party> party, Change change, ref long heard)
    {
        if (Brand(party)) return change;
        Cut now = Fresh(Of(party), party);
        long before = heard;
        heard = now.World.Version;
        if (heard == before && change.Touched.Count > 0) return null;
        return new(heard, change.At, party.Value, [.. now.Changes.Where(c => c.Version > before).SelectMany(static c => c.Touched)], []);
    }

    private bool Brand(Key<Party> party) => live.World.Parties.Find(party) is { Kind: PartyKind.Brand };

    /// <summary>The brand owner reads the live plan, under its lock; a slice's plan is its own, and nobody else waits while it is made or read.</summary>
    private Standing Of(Key<Party> party) => Brand(party) ? _brand : _parties.GetOrAdd(party.Value, static _ => new(new()));

    private Sight Sees(Standing of, Key<Party> party, bool money)
    {
        if (of == _brand) return new(live.Seen, live.Plan, live.Changes, clock.Now, money);
        Cut cut = Fresh(of, party);
        return new(cut.World, cut.Plan.Value, cut.Changes, clock.Now, money) { Own = party };
    }

    private Cut Fresh(Standing of, Key<Party> party)
    {
        lock (of.Cutting)
        {
            Cut? known = of.Cut;
            Snapshot source;
            Instant epoch;
            PlanPolicy policy;
            long sequence;
            IReadOnlyList<Touch>? since;
            lock (live.Gate)
            {
                (source, epoch, policy, sequence) = (live.Seen, live.Plan.Epoch, live.Plan.Policy, live.SeenSequence);
                if (known is not null && ReferenceEquals(known.Source, source) && known.Epoch == epoch) return known;
                since = known is null ? null : live.Since(known.Sequence);
            }
            Snapshot world = known is not null && since is not null && !Slice.MayConcern(known.World, since) ? known.World : Slice.Cut(source, party, known?.World);
            if (known is not null && ReferenceEquals(world, known.World) && known.Epoch == epoch) return of.Cut = known with { Source = source, Sequence = sequence };
            IReadOnlyList<Change> changes = known is null || ReferenceEquals(world, known.World) ? known?.Changes ?? [] : [.. known.Changes.TakeLast(200), Difference(known.World, world)];
            return of.Cut = new(source, sequence, world, epoch, new(() => Plan.Make(world, epoch, policy)), changes);
        }
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

    /// <summary>What one party has.</summary>
    /// <param name="Gate">Held while its plan is read.</param>
    private sealed record Standing(Lock Gate)
    {
        /// <summary>Held while its slice is cut, which is short.</summary>
        public Lock Cutting { get; } = new();
        public Cut? Cut { get; set; }
        public Dictionary<bool, Answers> Answers { get; } = [];
    }

    /// <param name="Sequence">Journal entry at which it was cut.</param>
    /// <param name="Plan">Made when somebody looks.</param>
    private sealed record Cut(Snapshot Source, long Sequence, Snapshot World, Instant Epoch, Lazy<Plan> Plan, IReadOnlyList<Change> Changes);
}
