using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What the engineering changes in force say of a part that is picked or fitted.</summary>
internal static class Revisions
{
    /// <summary>Why a part may not go into the kit of a build; null when nothing forbids it. What is reworked in a step on the unit may be picked.</summary>
    public static Refusal? OfPick(Doing d, Key<Item> item, string revision, string lot, Build build, OrderLine order)
    {
        RevisionVerdict verdict = Verdict(d, item, revision, lot, build, order, "");
        return verdict is { Use: RevisionUse.ReworkAtBench, By: { } by } && !d.World.WorkSteps.Contains($"{order.Family}|{by.ReworkStep}") ? First(verdict, item, revision) : Refused(verdict, item, revision, build.Id);
    }

    /// <summary>Why a part may not go into a unit; null when nothing forbids it, or the step that reworks it has passed.</summary>
    public static Refusal? OfFit(Doing d, Key<Item> item, string revision, string lot, Unit unit, Build build, OrderLine order)
    {
        RevisionVerdict verdict = Verdict(d, item, revision, lot, build, order, unit.Id);
        if (verdict is not { Use: RevisionUse.ReworkAtBench, By: { } by }) return Refused(verdict, item, revision, unit.Id);
        return d.World.WorkSteps.Find($"{order.Family}|{by.ReworkStep}") is not { } step ? First(verdict, item, revision) : Working.Passed(d, unit, step) ? null
            : new("rework-first", $"{by.Key}: {item} of revision {revision} is reworked to {by.ToRevision} in step {step.Step} first: {step.Title}.", $"Do step {step.Step}, then fit it.");
    }

    private static RevisionVerdict Verdict(Doing d, Key<Item> item, string revision, string lot, Build build, OrderLine order, string serial) =>
        d.World.EngineeringChanges.Count == 0 ? RevisionVerdict.Free : Effectivity.Of(d.World).Of(item, revision, StockRow.LotOf(lot), new(order.Family.Value, d.World.Within(order.Market.Value), Kits.Day(d, build), serial));

    private static Refusal? Refused(RevisionVerdict verdict, Key<Item> item, string revision, string where) => verdict is not { By: { } by } ? null : verdict.Use switch
    {
        RevisionUse.Unusable => new("revision-changed", $"{by.Key} ({by.Title}): {item} of revision {revision} may not go into {where} any more.", $"{Away(by)} Take revision {Asked(verdict, by)}."),
        RevisionUse.NotYet => new("revision-too-new", $"{by.Key} ({by.Title}): {item} of revision {revision} may not go into {where} yet.", $"Put it back. Take revision {Asked(verdict, by)}."),
        RevisionUse.Rework => First(verdict, item, revision),
        _ => null,
    };

    private static Refusal First(RevisionVerdict verdict, Key<Item> item, string revision) => verdict.By is not { } by ? throw new InvalidOperationException("A rework without its change.")
        : new("rework-first", $"{by.Key} ({by.Title}): {item} of revision {revision} is reworked to {by.ToRevision} first{(by.ReworkMinutes is { } minutes ? $", {minutes:0.##} minutes each" : "")}.", $"Put it into a hold bin for rework. Take revision {Asked(verdict, by)}.");

    private static string Asked(RevisionVerdict verdict, EngineeringChange by) => verdict.Asked.Length > 0 ? verdict.Asked : verdict.Use == RevisionUse.NotYet ? by.FromRevision : by.ToRevision;

    private static string Away(EngineeringChange by) => by.OldStock switch
    {
        OldStock.Scrap => "Put it into a hold bin: it is scrapped.",
        OldStock.Return => "Put it into a hold bin: it goes back to its supplier.",
        _ => "Put it back.",
    };
}
