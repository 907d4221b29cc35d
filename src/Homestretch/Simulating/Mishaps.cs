using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>A time in which a machine, or all that a supplier makes, stands still.</summary>
/// <param name="Machine">Null: everything of the supplier.</param>
/// <param name="Told">When the supplier says until when it lasts; null: nobody says, a machine is only seen to be down.</param>
public sealed record Standstill(Key<Party> Supplier, Key<Machine>? Machine, Instant From, Instant To, Instant? Told);

/// <summary>Days on which more is ordered than usual.</summary>
/// <param name="Times">So many times as much.</param>
public sealed record DemandBurst(Instant From, Instant To, double Times);

/// <summary>What goes wrong while a world is played. No plan knows of it before it shows: a machine is seen to be down, a supplier says days later how long it stands still, a passage is closed when it closes and
/// open when it opens, a shipment is late by its silence, orders come.</summary>
/// <param name="Closures">With their true ends.</param>
/// <param name="LateLegs">Share of shipments' legs that take longer than their lanes ever do.</param>
public sealed record Mishaps(IReadOnlyList<Standstill> Standstills, IReadOnlyList<PassageClosure> Closures, double LateLegs, IReadOnlyList<DemandBurst> Bursts)
{
    private const int Month = 30;
    private static readonly Passage[] s_passages = [Passage.Suez, Passage.Panama, Passage.BabElMandeb, Passage.Malacca];

    /// <summary>Nothing goes wrong but what lanes, machines and suppliers know of themselves.</summary>
    public static Mishaps None { get; } = new([], [], 0, []);

    /// <summary>Mishaps of a world by chance, the same for the same arguments.</summary>
    /// <param name="rate">Chance in thirty days that a machine breaks down for 3 to 12 days, and that a supplier stops for 7 to 21; share of legs that are 4 to 14 days late; half of it is the chance in thirty days that
    /// a passage closes for 10 to 40, and twice it that for a fortnight 2.5 times as much is ordered. In [0, 0.5].</param>
    public static Mishaps Of(Snapshot world, Instant start, int days, double rate, ulong seed)
    {
        var draws = new Draws(StableHash.Join(StableHash.Of("mishaps"), seed));
        var stills = new List<Standstill>();
        var closures = new List<PassageClosure>();
        var bursts = new List<DemandBurst>();
        for (int month = 0; month * Month < days; month++)
        {
            Instant begin = start + Duration.FromDays(month * Month);
            foreach (Machine m in world.Machines)
                if (Happens($"machine|{m.Id}", rate) is { } at) stills.Add(new(m.Party, m.Key, at, at + Days($"machine|{m.Id}", 3, 12), null));
            foreach (Key<Party> supplier in world.ItemSuppliers.Select(static s => s.Supplier).Distinct().OrderBy(static s => s.Value, StringComparer.Ordinal))
                if (Happens($"supplier|{supplier}", rate) is { } at) stills.Add(new(supplier, null, at, at + Days($"supplier|{supplier}", 7, 21), at + Duration.FromDays(2)));
            foreach (Passage p in s_passages)
                if (Happens($"passage|{p}", rate / 2) is { } at) closures.Add(new(p, at, world.Parties.First().Key, at + Days($"passage|{p}", 10, 40), "simulation", "closed by chance"));
            if (Happens("burst", 2 * rate) is { } more) bursts.Add(new(more, more + Duration.FromDays(14), 2.5));

            Instant? Happens(string what, double chance) => draws.Uniform(StableHash.Of(what), 3 * month) < chance ? begin + Duration.FromHours((long)(24 * Month * draws.Uniform(StableHash.Of(what), 3 * month + 1))) : null;
            Duration Days(string what, int least, int most) => Duration.FromHours((long)(24 * (least + (most - least) * draws.Uniform(StableHash.Of(what), 3 * month + 2))));
        }
        return new(stills, closures, rate, bursts);
    }

    /// <summary>How much more is ordered at a moment than usual.</summary>
    internal double Demand(Instant at) => Bursts.Where(b => at >= b.From && at < b.To).Select(static b => b.Times).DefaultIfEmpty(1).Max();

    /// <summary>Days by which a leg is late, drawn by its event; 0 for most.</summary>
    internal double LateDays(Draws draws, ulong leg) => draws.Uniform(StableHash.Join(leg, StableHash.Of("late")), 0) < LateLegs ? 4 + 10 * draws.Uniform(StableHash.Join(leg, StableHash.Of("late")), 1) : 0;

    /// <summary>Times in which a machine stands still.</summary>
    internal IEnumerable<Standstill> Of(Machine machine) => Standstills.Where(s => s.Supplier == machine.Party && (s.Machine is null || s.Machine == machine.Key));

    /// <summary>When a supplier without a machine of ours has made what it would have made at a moment, had it not stood still.</summary>
    /// <param name="begun">Before this nothing was made of it.</param>
    internal Instant Made(Key<Party> supplier, Instant begun, Instant at)
    {
        foreach (Standstill s in Standstills.Where(s => s.Supplier == supplier && s.Machine is null).OrderBy(static s => s.From))
            if (at > s.From && s.To > begun) at += s.To - Instant.Max(s.From, begun);
        return at;
    }
}
