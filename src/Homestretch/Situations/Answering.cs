using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>What follows when somebody answers a task.</summary>
public static class Answering
{
    private const string Offers = "option_offers:";

    /// <summary>The answer as one batch: the task and, when it asks a customer about another option, what became of the offer: done: agreed; refused: refused; cancelled: withdrawn. An offer that is not open any more stays as it is.</summary>
    /// <param name="answered">The task with its answer.</param>
    public static IReadOnlyList<WorldEvent> Of(Snapshot world, WorkTask answered) => Asked(world, answered) is { State: OfferState.Open } offer && Said(answered.State) is { } state
        ? [new WorldEvent.Put(answered), new WorldEvent.Put(offer with { State = state, Answer = answered.Answer })] : [new WorldEvent.Put(answered)];

    /// <summary>The offer that a task asks a customer about; null when it asks about none.</summary>
    public static OptionOffer? Asked(Snapshot world, WorkTask task) => task.Kind == TaskKind.CustomerQuestion && task.Subject.StartsWith(Offers, StringComparison.Ordinal) ? world.OptionOffers.Find(task.Subject[Offers.Length..]) : null;

    /// <summary>An offer as a task names it.</summary>
    internal static string SubjectOf(OptionOffer offer) => Offers + offer.Key;

    private static OfferState? Said(TaskState state) => state switch
    {
        TaskState.Done => OfferState.Agreed,
        TaskState.Refused => OfferState.Refused,
        TaskState.Cancelled => OfferState.Withdrawn,
        _ => null,
    };
}
