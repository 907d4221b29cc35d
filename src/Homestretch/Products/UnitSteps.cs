using Homestretch.World;
using NodaTime;

namespace Homestretch.Products;

/// <summary>The steps of work on a unit, resolved from its variant, the day of its build and the revisions that are really in the unit or its kit.</summary>
internal static class UnitSteps
{
    /// <summary>The steps that a unit takes, in order.</summary>
    public static IEnumerable<WorkStep> Of(Snapshot world, Unit unit, Build build, OrderLine order)
    {
        Key<Site> site = world.AssemblyLines[build.Line].Site;
        LocalDate day = build.Start.InZone(DateTimeZoneProviders.Tzdb[world.Sites[site].TimeZone]).Date;
        IReadOnlyList<string> markets = world.Within(order.Market.Value);
        return world.WorkSteps.StartingWith($"{order.Family}|").Where(s => s.When.Holds(markets, order.Options) && !(day < s.From) && !(day >= s.To)
            && (s.Revision.Length == 0 || Revision(world, unit, build, site, s.Item!.Value) == s.Revision));
    }

    /// <summary>Whether a step came out right when it was done last.</summary>
    public static bool Passed(Snapshot world, Unit unit, WorkStep step) => Last(world, unit, step)?.Passed == YesNo.Yes;

    /// <summary>A step as it was done last; null: never.</summary>
    public static UnitStep? Last(Snapshot world, Unit unit, WorkStep step) => world.UnitSteps.StartingWith($"{unit.Key}|{step.Step}|").LastOrDefault();

    /// <summary>Revision of a part as it was received: of what is in the unit, or else of what lies in its kit.</summary>
    private static string Revision(Snapshot world, Unit unit, Build build, Key<Site> site, Key<Item> item) =>
        world.UnitParts.StartingWith($"{unit.Key}|").FirstOrDefault(p => p.TakenOut is null && p.Item == item)?.Revision
        ?? world.BinStock.StartingWith($"{site}|{BinStock.Kit}{build.Key}|").FirstOrDefault(b => b.Quantity.Value > 0 && b.Item == item)?.Revision ?? "";
}
