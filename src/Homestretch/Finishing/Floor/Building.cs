using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Units are begun on whole kits, rest and go on, and are done when every step passed and every part is in.</summary>
internal static class Building
{
    public static Refusal? Begin(Doing d)
    {
        if (Kits.Open(d, d.Said.Build, out Build build, out OrderLine order) is { } closed) return closed;
        string serial = d.Said.Unit.Trim();
        if (serial.Length == 0 || serial.Contains('|', StringComparison.Ordinal)) return new("no-serial", "No serial number was scanned.", "Scan the serial number on the frame label.");
        if (d.World.Units.Find(serial) is { } known) return new("serial-used", $"{serial} belongs to {known.Build}.", "Scan the serial number of the unit that you begin.");
        int units = Kits.Units(d, build).Count();
        if (units >= build.Quantity) return new("build-full", $"{build.Key} is {build.Quantity} {(build.Quantity == 1 ? "unit" : "units")}, all begun.", "Take the next kit; a further unit was not ordered.");
        IReadOnlyList<KitPart> parts = Kits.Parts(d, order);
        if (parts.Count == 0) return new("no-bill-of-materials", $"The variant of {order.Key} has no bill of materials.", "Tell the planner.");
        if (parts.FirstOrDefault(p => Kits.Has(d, parts, p, build) < p.PerUnit.Value * (units + 1)) is { } lacking)
            return new("kit-short", $"The kit lacks {lacking.Item.Key} ({lacking.Item.Name}).", "Pick it first, or park the kit.");
        d.Put(new Unit(serial, build.Party, build.Key, order.Family, order.Market, UnitState.InWork, d.Said.Happened, null, d.Said.Operator));
        if (build.Status != OrderStatus.Confirmed || units == 0)
        {
            bool first = !d.World.Units.Any(u => u.Build == build.Key);
            d.Put(build with { Status = OrderStatus.Confirmed, Start = first ? d.Said.Happened : build.Start, End = first ? Instant.Max(build.End, d.Said.Happened) : build.End });
        }
        return null;
    }

    public static Refusal? Rest(Doing d)
    {
        if (d.World.Units.Find(d.Said.Unit) is not { } unit) return Unknown(d);
        UnitState from = d.Said.Act == FloorAct.Pause ? UnitState.InWork : UnitState.Paused;
        if (unit.State != from) return new("unit-state", $"{unit.Key} is {Words.Of(unit.State)}.", "Look at the unit's card.");
        d.Put(unit with { State = d.Said.Act == FloorAct.Pause ? UnitState.Paused : UnitState.InWork });
        return null;
    }

    /// <summary>A task for who leads the line, due at once.</summary>
    public static Refusal? Andon(Doing d)
    {
        if (d.Reasoned("A call") is { } why) return why;
        if (d.Said.Unit.Length > 0 && !d.World.Units.Contains(d.Said.Unit)) return Unknown(d);
        string where = d.Said.Unit.Length > 0 ? $"unit {d.Said.Unit}" : d.Said.Build.Length > 0 ? $"kit {d.Said.Build}" : $"{d.Said.Site}";
        d.Put(new WorkTask($"ANDON-{d.Said.Key}", d.Said.Party, "", TaskKind.AndonCall, "", d.Said.Unit.Length > 0 ? $"units:{d.Said.Unit}" : d.World.Builds.Contains(d.Said.Build) ? $"builds:{d.Said.Build}" : $"sites:{d.Said.Site}", $"Help is wanted at {where}: {d.Said.Reason}", d.Said.Happened, TaskState.Open, ""));
        return null;
    }

    public static Refusal? Complete(Doing d)
    {
        if (Working.AtWork(d, out Unit unit, out Build build, out OrderLine order) is { } idle) return idle;
        if (Working.Open(d, unit, build, order).FirstOrDefault() is { } step) return new("step-open", $"Step {step.Step} is open: {step.Title}.", "Do it first.");
        IReadOnlyList<KitPart> parts = Kits.Parts(d, order);
        int number = d.World.UnitParts.StartingWith($"{unit.Key}|").Count();
        foreach (KitPart part in parts)
        {
            decimal missing = part.PerUnit.Value - Kits.In(d, unit).Where(p => Kits.Fitting(d, parts, p.Item, build) == part).Sum(static p => p.Quantity.Value);
            foreach (BinStock there in Kits.In(d, build).Where(b => Kits.Fitting(d, parts, b.Item, build) == part))
            {
                if (missing <= 0) break;
                if (Revisions.OfFit(d, there.Item, there.Revision, there.LotNumber, unit, build, order) is { } changed) return changed;
                decimal takes = Math.Min(missing, there.Quantity.Value);
                Fit(d, unit, build, there, ++number, takes);
                missing -= takes;
            }
            if (missing > 0) return new("part-missing", $"{part.Item.Key} ({part.Item.Name}) is not in.", "Pick it into the kit first.");
        }
        d.Put(unit with { State = UnitState.Complete, Completed = d.Said.Happened });
        if (Kits.Units(d, build).Count(u => u.Key == unit.Key || u.State == UnitState.Complete) < build.Quantity) return null;
        d.Put(build with { Status = OrderStatus.Completed, End = Instant.Max(build.Start, d.Said.Happened) });
        if (!d.World.Builds.Any(b => b.OrderLine == order.Key && b.Key != build.Key && b.Status < OrderStatus.Completed)) d.Put(order with { Status = OrderStatus.Completed });
        return null;
    }

    public static Refusal? Scrap(Doing d)
    {
        if (d.World.Units.Find(d.Said.Unit) is not { } unit) return Unknown(d);
        if (unit.State is UnitState.Scrapped) return new("unit-state", $"{unit.Key} has been given up already.", "Look at the unit's card.");
        if (d.World.Builds[unit.Build].Status == OrderStatus.Completed) return new("build-over", $"{unit.Build} is completed.", "Tell the planner: a new unit needs a new build.");
        if (d.Reasoned("Giving a unit up") is { } why) return why;
        d.Put(unit with { State = UnitState.Scrapped });
        return null;
    }

    /// <summary>Takes a part out of the kit, out of stock and out of the build's pegs, into the unit.</summary>
    public static void Fit(Doing d, Unit unit, Build build, BinStock there, int number, decimal amount)
    {
        d.Stock.Add(there.Bin, new StockRow(there.Site, there.Item, there.Revision, there.LotNumber, StockStatus.Available), -amount);
        d.Put(new UnitPart(unit.Key, number, unit.Party, there.Item, there.Revision, there.LotNumber, d.Said.PartSerial, there.Quantity with { Value = amount }, d.Said.Happened, null, d.Said.Key.Value));
        if (d.Now(d.World.Pegs.Find($"{build.Key}|{there.Item}|stock:{there.StockKey}")) is not { } peg) return;
        if (peg.Quantity.Value <= amount) d.Remove(peg, "fitted");
        else d.Put(peg with { Quantity = peg.Quantity with { Value = peg.Quantity.Value - amount } });
    }

    public static Refusal Unknown(Doing d) => d.Said.Unit.Length == 0 ? new("no-unit", "No unit was scanned.", "Scan the serial number of the unit.") : new("unknown-unit", $"{d.Said.Unit} has not been begun.", "Begin it, or scan again.");
}
