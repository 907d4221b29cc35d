using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>A document that lapses is renewed: who holds it asks for the next one at once, which is in force after its usual time.</summary>
internal static class Renewing
{
    public static IEnumerable<Move> Of(Setting at)
    {
        if (at.Assessment.Cause is { Kind: CauseKind.Document, Key: var key }) yield return plan => Renew(at, plan, key);
    }

    private static Remedy? Renew(Setting at, Plan plan, string key)
    {
        Snapshot world = plan.World;
        if (world.Documents.Find(key) is not { RenewalDays: { } days, ValidUntil: { } lapses } document) return null;
        Instant expected = at.Soonest + Duration.FromHours((double)Math.Ceiling(days * 24));
        if (document.RenewalExpected is { } known && known > plan.Epoch && known <= expected) return null;
        Instant act = Instant.Max(at.Soonest, lapses - Duration.FromHours((double)Math.Ceiling(days * 24)));
        return new(RemedyKind.Renewal, $"Have {document.Title} for {world.Markets[document.Market].Name} renewed, in force by {at.Day(expected)}", [new WorldEvent.Put(document with { RenewalExpected = expected })],
            [new("renewal", document.RenewalCost)], act,
            [new(TaskKind.DocumentRenewal, document.Party, $"documents:{key}", $"Ask for the next {document.Title} ({document.Requirement}) now: the present one {(lapses > plan.Epoch ? "lapses" : "lapsed")} on {at.Day(lapses)}, a renewal takes {(days == 1 ? "a day" : $"{days:0.#} days")}", act)]);
    }
}
