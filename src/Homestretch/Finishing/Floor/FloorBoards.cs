using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Makes the board of a site out of the world.</summary>
public static class FloorBoards
{
    /// <param name="variants">Of the same world.</param>
    /// <param name="ahead">Kits of builds that start so far ahead are shown, and those that were begun.</param>
    public static FloorBoard Of(Snapshot world, Variants variants, Key<Site> site, Instant now, Duration ahead)
    {
        var asked = new Doing(world, variants, Question(world, site, now));
        ILookup<string, CustomsSaying> told = Customs.Told(world, site);
        ExpectedLot[] expected = [.. world.Lots.Where(l => l.State is LotState.Made or LotState.Shipped && world.Lanes[l.Lane].To == site).OrderBy(static l => l.Ready).ThenBy(static l => l.Id, StringComparer.Ordinal).Select(l => Expected(asked, l, told))];
        HashSet<Key<AssemblyLine>> lines = [.. world.AssemblyLines.Where(l => l.Site == site).Select(static l => l.Key)];
        Build[] builds = [.. world.Builds.Where(b => lines.Contains(b.Line) && b.Status is OrderStatus.Approved or OrderStatus.Confirmed && (b.Start <= now + ahead || world.BinStock.StartingWith($"{site}|{Kits.BinOf(b)}|").Any())).OrderBy(static b => b.Start).ThenBy(static b => b.Id, StringComparer.Ordinal)];
        var lying = new Lying(world, site);
        KitLines[] lacking = [.. builds.Select(b => KitLines.Of(asked, b, lying))];
        LotChoice.Fill(asked, lacking, lying);
        FloorKit[] kits = [.. lacking.Select(k => Kit(asked, k, lying)).OrderBy(static k => k.Missing.Count > 0)];
        FloorUnit[] units = [.. world.Units.Where(u => u.State is UnitState.InWork or UnitState.Paused && lines.Contains(world.Builds[u.Build].Line)).Select(u => Unit(asked, u))];
        FloorBin[] bins = [.. world.Bins.StartingWith($"{site}|").OrderBy(static b => b.Walk).Select(static b => new FloorBin(b.Code, b.Kind, b.Walk, b.Item?.Value))];
        return new(site.Value, world.Version, now, expected, bins, [.. world.Items.Where(static i => i.Kind != ItemKind.Family).Select(static i => new FloorItem(i.Key.Value, i.Name, i.Group, i.Unit, i.Step, i.Gtin))], kits, units, [.. kits.Where(static k => k.Steps.Count > 0).Select(static k => k.Family).Concat(units.Select(static u => u.Family)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(f => world.StepTexts.StartingWith($"{f}|")).Select(static t => new FloorStepText(t.Family.Value, t.Step, t.Language, t.Title, t.Text, t.Measured))], CycleCount.Due(world, site, now));
    }

    /// <summary>The bin that goods of an item belong in: its own, one that has some, or an empty one; each with room, in walking order. Null: none.</summary>
    public static Bin? Directed(Snapshot world, Key<Site> site, Key<Item> item, decimal amount)
    {
        var lying = world.BinStock.StartingWith($"{site}|").Where(static b => b.Quantity.Value > 0).ToLookup(static b => b.Bin, StringComparer.Ordinal);
        return world.Bins.StartingWith($"{site}|").Where(b => b.Kind == BinKind.Shelf && (b.Item ?? item) == item && !(lying[b.Code].Sum(static s => s.Quantity.Value) + amount > b.Most))
            .OrderBy(b => b.Item is not null ? 0 : lying[b.Code].Any(s => s.Item == item) ? 1 : lying[b.Code].Any() ? 3 : 2).ThenBy(static b => b.Walk).ThenBy(static b => b.Code, StringComparer.Ordinal).FirstOrDefault();
    }

    private static ExpectedLot Expected(Doing asked, Lot lot, ILookup<string, CustomsSaying> told)
    {
        CustomsSaying known = Customs.Of(asked, lot.Item, lot.Id, told);
        CustomsStanding stands = known.Standing ?? CustomsStanding.Unknown;
        LocalDate today = asked.Said.Happened.InZone(DateTimeZoneProviders.Tzdb[asked.World.Sites[asked.Said.Site].TimeZone]).Date;
        bool asks = Customs.Asks(asked.World, lot, stands, today);
        return new(lot.Id, lot.Item.Value, lot.Revision, lot.Quantity.Value, lot.Received, lot.Quantity.Unit, lot.Shipment?.Value ?? "", lot.Party.Value, lot.State, Directed(asked.World, asked.Said.Site, lot.Item, lot.Quantity.Value - lot.Received)?.Code ?? "",
            stands, known.Document, asks, asks && Customs.Cleared(asked.World, lot) is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : null);
    }

    private static FloorKit Kit(Doing asked, KitLines kit, Lying lying)
    {
        var (build, order) = (kit.Build, kit.Order);
        return new(build.Id, order.Id, order.Family.Value, order.Market.Value, order.Options.ToString(), build.Line.Value, build.Start, build.Quantity, Kits.Units(asked, build).Count(), [.. kit.Picks.OrderBy(p => lying.Walk(p.Bin)).ThenBy(static p => p.Bin, StringComparer.Ordinal)],
            kit.Missing, kit.Picks.Count == 0 && kit.Missing.Count == 0, kit.Missing.Count > 0 ? [] : Steps(asked, new("", build.Party, build.Key, order.Family, order.Market, UnitState.InWork, asked.Said.Happened, null, ""), build, order),
            [.. Kits.In(asked, build).Select(static b => new FloorPick(b.Item.Value, b.Revision, b.LotNumber, "", b.Quantity.Value))]);
    }

    private static FloorUnit Unit(Doing asked, Unit unit)
    {
        Build build = asked.World.Builds[unit.Build];
        OrderLine order = asked.World.OrderLines[build.OrderLine];
        return new(unit.Id, build.Id, unit.Market.Value, unit.State, Steps(asked, unit, build, order), [.. Kits.In(asked, unit).Select(static p => new FloorPart(p.Number, p.Item.Value, p.Revision, p.LotNumber, p.PartSerial, p.Quantity.Value))],
            Releasing.Of(asked.World, unit, order).LastOrDefault() is { } release ? $"{release.Ordinal}/{order.Quantity}" : "",
            Working.Image(asked, build, order) is { } image && Working.Open(asked, unit, build, order).FirstOrDefault(static s => s.Kind == WorkKind.Firmware) is { } writing && Releasing.Lacks(asked, unit, order, writing, image) is not null, unit.Family.Value);
    }

    private static FloorStep[] Steps(Doing asked, Unit unit, Build build, OrderLine order) => [.. Working.Steps(asked, unit, build, order).Select(s => new FloorStep(s.Step, s.Kind, s.Title, s.Text, s.Item?.Value ?? "", s.Tolerances.ToString(),
        Working.Passed(asked, unit, s), asked.World.UnitSteps.StartingWith($"{unit.Key}|{s.Step}|").Count(), s.Language, s.Kind == WorkKind.Firmware ? Working.Image(asked, build, order)?.Version ?? "" : "", s.Kind == WorkKind.Firmware && Working.Image(asked, build, order) is { Released: true }))];

    private static FloorOperation Question(Snapshot world, Key<Site> site, Instant now) =>
        new("", world.Sites[site].Party, site, FloorAct.Count, "", "", now, now, "", "", "", null, "", "", "", "", "", "", "", "", FloorAnswer.Accepted, 0, "", "");
}
