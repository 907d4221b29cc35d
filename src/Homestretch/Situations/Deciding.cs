using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>Makes a remedy a decision: what it changes, what was expected of it, and the work it asks for, as one batch that is accepted whole or not at all.</summary>
public static class Deciding
{
    /// <summary>A promise that moves by less is no expectation: one sample in 256 is 0.004.</summary>
    private const double Moves = 0.004;

    /// <param name="world">The world that the remedy was priced in.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="situation">Null: for no situation.</param>
    /// <param name="party">Party that decides.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="reason">Why, in the words of who decides.</param>
    /// <param name="rule">Standing rule that decides; null: a person does.</param>
    /// <exception cref="ArgumentException">Nobody decides.</exception>
    public static IReadOnlyList<WorldEvent> Of(Snapshot world, Instant at, Situation? situation, PricedRemedy priced, Key<Party> party, string by, string reason, StandingRule? rule = null)
    {
        if (by.Trim().Length == 0) throw new ArgumentException("A decision has somebody who takes it.\nMaybe nobody is signed in.", nameof(by));
        string key = Numbers.Next(world.Decisions, "DEC");
        OrderEffect[] expected = [.. priced.Effects.Where(static e => e.Promise is not null && Math.Abs(e.Gain) >= Moves).OrderBy(static e => e.OrderLine.Value, StringComparer.Ordinal)];
        var decision = new Decision(key, party, situation?.Key, priced.Remedy.Kind, priced.Remedy.What, Sum(expected.Select(static e => e.Before)), Sum(expected.Select(static e => e.After)), Total(priced), at, by, reason, rule?.Key);
        return
        [
            .. priced.Remedy.Events.Select(e => e switch
            {
                WorldEvent.Put { Record: Promise { By: "" } promise } => new WorldEvent.Put(promise with { By = by, Given = at }),
                WorldEvent.Put { Record: OptionOffer { State: OfferState.Open } offer } => new WorldEvent.Put(offer with { Made = at }),
                _ => e,
            }),
            new WorldEvent.Put(decision),
            .. expected.Select(e => new WorldEvent.Put(new Expectation(key, e.OrderLine, party, e.Promise!.Date, new Share(e.Before), new Share(e.After)))),
            .. priced.Remedy.Work.Select((w, n) => new WorldEvent.Put(new WorkTask(Numbers.Next(world.Tasks, "TASK", n), w.Party, key, w.Kind, "", w.Subject, w.Text, w.Due, TaskState.Open, ""))),
            .. situation is { Owner: "" } ? (WorldEvent[])[new WorldEvent.Put(situation with { Owner = by, By = by })] : [],
        ];
    }

    /// <summary>Whether what a remedy changes is in a later world as it was where the remedy was found: else it would undo what has happened since.</summary>
    /// <param name="foundIn">World in which it was found.</param>
    public static bool Holds(Snapshot foundIn, Snapshot now, Remedy remedy) => ReferenceEquals(foundIn, now) || remedy.Events.All(e => Equals(foundIn.Find(e.Kind, e.Key), now.Find(e.Kind, e.Key)));

    private static decimal Sum(IEnumerable<double> shares) => Math.Round((decimal)shares.Sum(), 4);

    /// <summary>Nothing is 0 of the currency in which its promises are priced, or of none (XXX, ISO 4217); null when unknown or in several currencies.</summary>
    private static Money? Total(PricedRemedy priced) => priced.Remedy.Total switch
    {
        { Count: 0 } => new Money(0, priced.Value is [var value, ..] ? value.Currency : "XXX"),
        [var cost] => cost,
        _ => null,
    };
}
