using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>What the kit of a build needs and has.</summary>
internal static class Kits
{
    public static string BinOf(Build build) => BinStock.Kit + build.Key;

    /// <summary>A build whose kit may be picked or worked on.</summary>
    public static Refusal? Open(Doing d, string key, out Build build, out OrderLine order)
    {
        build = d.World.Builds.Find(key)!;
        order = d.World.OrderLines.Find(build?.OrderLine)!;
        return key.Length == 0 ? new("no-build", "No kit was scanned.", "Scan the label of the kit.")
            : build is null ? new("unknown-build", $"There is no build {key}.", "Scan the label of the kit again.")
            : d.World.AssemblyLines[build.Line].Site != d.Said.Site ? new("wrong-site", $"{key} is built in {d.World.AssemblyLines[build.Line].Site}.", "Put it back.")
            : build.Status is OrderStatus.Completed or OrderStatus.Closed or OrderStatus.Cancelled ? new("build-over", $"{key} is {Words.Of(build.Status)}.", "Put it back; ask the planner what is next.")
            : build.Status == OrderStatus.Proposed ? new("not-released", $"The plan has not released {key}.", "Take a kit from the list.")
            : order.Status is OrderStatus.Cancelled or OrderStatus.Closed or OrderStatus.Completed ? new("order-over", $"The order {order.Key} is {Words.Of(order.Status)}.", "Put it back; ask the planner what is next.") : null;
    }

    /// <summary>Parts of the variant's 100 % bill of materials; several lines of one item are one.</summary>
    public static IReadOnlyList<KitPart> Parts(Doing d, OrderLine order) =>
        [.. d.Variants.Of(order).Parts.GroupBy(static p => p.Item.Key).Select(static g => g.First() with { PerUnit = g.First().PerUnit with { Value = g.Sum(static p => p.PerUnit.Value) } })];

    /// <summary>What lies in the kit, in order of item, revision and lot.</summary>
    public static IEnumerable<BinStock> In(Doing d, Build build) => d.World.BinStock.StartingWith($"{d.Said.Site}|{BinOf(build)}|").Where(static b => b.Quantity.Value > 0);

    /// <summary>Units of a build that were not given up.</summary>
    public static IEnumerable<Unit> Units(Doing d, Build build) => d.Units[build.Key].Where(static u => u.State != UnitState.Scrapped);

    /// <summary>What is in a unit.</summary>
    public static IEnumerable<UnitPart> In(Doing d, Unit unit) => d.World.UnitParts.StartingWith($"{unit.Key}|").Where(static p => p.TakenOut is null);

    /// <summary>The part of the bill of materials that an item is fitted as: its own, or the one that it may stand in for on the day of the build; null when the variant takes neither.</summary>
    public static KitPart? Fitting(Doing d, IReadOnlyList<KitPart> parts, Key<Item> item, Build build) => parts.FirstOrDefault(p => p.Item.Key == item)
        ?? parts.FirstOrDefault(p => d.World.ItemAlternates.Find($"{p.Item.Key}|{item}") is { } a && Within(a.From, a.To, Day(d, build)));

    /// <summary>How much of a part is in the kit or in units of the build.</summary>
    public static decimal Has(Doing d, IReadOnlyList<KitPart> parts, KitPart part, Build build) =>
        In(d, build).Where(b => Fitting(d, parts, b.Item, build) == part).Sum(static b => b.Quantity.Value) + Units(d, build).SelectMany(u => In(d, u)).Where(p => Fitting(d, parts, p.Item, build) == part).Sum(static p => p.Quantity.Value);

    /// <summary>Day on which a build begins, at its site.</summary>
    public static LocalDate Day(Doing d, Build build) => build.Start.InZone(DateTimeZoneProviders.Tzdb[d.World.Sites[d.Said.Site].TimeZone]).Date;

    public static bool Within(LocalDate? from, LocalDate? to, LocalDate day) => !(day < from) && !(day >= to);
}
