using Homestretch.Products;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Steps of work on a unit, in their order: resolved from its variant and from the revisions that are really in its kit.</summary>
internal static class Working
{
    public static Refusal? Work(Doing d)
    {
        if (AtWork(d, out Unit unit, out Build build, out OrderLine order) is { } idle) return idle;
        WorkStep[] all = [.. Steps(d, unit, build, order)];
        if (all.FirstOrDefault(s => s.Step == d.Said.Step) is not { } step)
            return d.World.WorkSteps.Find($"{order.Family}|{d.Said.Step}") is { } other ? new("step-not-for-this", $"Step {other.Step} ({other.Title}) is not for this unit.", "Do the step that the screen shows.") : new("unknown-step", $"There is no step {d.Said.Step}.", "Do the step that the screen shows.");
        if (all.FirstOrDefault(s => !Passed(d, unit, s)) is { } next && string.CompareOrdinal(next.Step, step.Step) < 0) return new("step-order", $"Step {next.Step} comes first: {next.Title}.", "Do it first.");
        if (step.Kind == WorkKind.Fit && !Passed(d, unit, step) && Fit(d, unit, build, order, step) is { } unfit) return unfit;
        if (step.Kind == WorkKind.Firmware && Image(d, build, order) is null) return new("no-firmware", $"No firmware of {order.Family} is recorded for {order.Market}.", "Tell the planner: the unit cannot be finished.");
        if (step.Kind == WorkKind.Firmware && Releasing.Lacks(d, unit, order, step, Image(d, build, order)!) is { } unreleased) return unreleased;
        IReadOnlyList<string> broken = [.. step.Tolerances.Broken(d.Said.Values), .. step.Kind == WorkKind.Firmware ? Other(Image(d, build, order)!, d.Said.Values) : []];
        UnitStep[] before = [.. d.World.UnitSteps.StartingWith($"{unit.Key}|{step.Step}|")];
        d.Put(new UnitStep(unit.Key, step.Step, before.Length + 1, unit.Party, broken.Count == 0 ? YesNo.Yes : YesNo.No, d.Said.Values, d.Said.Operator, d.Said.Happened, d.Said.Key.Value));
        if (broken.Count > 0) d.Note = string.Join(" ", broken);
        return null;
    }

    /// <summary>A part comes out: back into a bin, held or not, or onto the scrap when none is given. The step that fitted it is open again.</summary>
    public static Refusal? TakeOut(Doing d)
    {
        if (AtWork(d, out Unit unit, out Build build, out OrderLine order) is { } idle) return idle;
        if (!int.TryParse(d.Said.From, out int number) || d.World.UnitParts.Find($"{unit.Key}|{number:000}") is not { TakenOut: null } part) return new("unknown-part", $"{unit.Key} has no part {d.Said.From}.", "Choose a part of the unit's list.");
        if (d.Reasoned("Taking a part out") is { } why) return why;
        d.Said = d.Said with { Item = part.Item.Value, Revision = part.Revision, LotNumber = part.LotNumber, Quantity = part.Quantity.Value, PartSerial = part.PartSerial };
        if (d.Said.To.Length > 0)
        {
            if (d.Place(d.Said.To, out Bin bin) is { } nowhere) return nowhere;
            if (d.Room(bin, d.World.Items[part.Item], part.Quantity.Value) is { } full) return full;
            d.Stock.Add(bin.Code, d.Row(d.World.Items[part.Item], bin.Status), part.Quantity.Value);
        }
        d.Put(part with { TakenOut = d.Said.Happened });
        foreach (WorkStep step in Steps(d, unit, build, order).Where(s => s.Kind == WorkKind.Fit && s.Item == part.Item && Passed(d, unit, s)))
            d.Put(new UnitStep(unit.Key, step.Step, d.World.UnitSteps.StartingWith($"{unit.Key}|{step.Step}|").Count() + 1, unit.Party, YesNo.No, "", d.Said.Operator, d.Said.Happened, d.Said.Key.Value));
        return null;
    }

    public static Refusal? AtWork(Doing d, out Unit unit, out Build build, out OrderLine order)
    {
        (unit, build, order) = (d.World.Units.Find(d.Said.Unit)!, null!, null!);
        if (unit is null) return Building.Unknown(d);
        if (unit.State != UnitState.InWork) return new("unit-state", $"{unit.Key} is {Words.Of(unit.State)}.", unit.State == UnitState.Paused ? "Resume it first." : "Scan the unit that you work on.");
        build = d.World.Builds[unit.Build];
        order = d.World.OrderLines[build.OrderLine];
        return d.World.AssemblyLines[build.Line].Site == d.Said.Site ? null : new("wrong-site", $"{unit.Key} is built in {d.World.AssemblyLines[build.Line].Site}.", "Scan the unit that you work on.");
    }

    /// <summary>Steps that have not passed, in order.</summary>
    public static IEnumerable<WorkStep> Open(Doing d, Unit unit, Build build, OrderLine order) => Steps(d, unit, build, order).Where(s => !Passed(d, unit, s));

    public static IEnumerable<WorkStep> Steps(Doing d, Unit unit, Build build, OrderLine order) => UnitSteps.Of(d.World, unit, build, order);

    /// <summary>The firmware that a build's market takes on its day.</summary>
    public static FirmwareImage? Image(Doing d, Build build, OrderLine order) => d.World.Firmware(order.Market, order.Family, Kits.Day(d, build));

    /// <summary>What is wrong with the image that was written, which a device names by its hash.</summary>
    private static IEnumerable<string> Other(FirmwareImage image, string values)
    {
        string? written = values.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(static v => v.StartsWith("sha256=", StringComparison.Ordinal))?[7..];
        if (written is null) yield return $"Which image was written is not known: scan its card (version {image.Version}).";
        else if (!string.Equals(written, image.Sha256, StringComparison.OrdinalIgnoreCase)) yield return $"That is not version {image.Version} for {image.Market}.";
    }

    public static bool Passed(Doing d, Unit unit, WorkStep step) => UnitSteps.Passed(d.World, unit, step);

    private static Refusal? Fit(Doing d, Unit unit, Build build, OrderLine order, WorkStep step)
    {
        IReadOnlyList<KitPart> parts = Kits.Parts(d, order);
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (Kits.Fitting(d, parts, item.Key, build) is not { } part || part.Item.Key != step.Item) return new("wrong-part", $"This step takes {step.Item}, not {item.Key}.", $"Take {step.Item} from the kit.");
        decimal missing = part.PerUnit.Value - Kits.In(d, unit).Where(p => Kits.Fitting(d, parts, p.Item, build) == part).Sum(static p => p.Quantity.Value);
        if (missing <= 0) return null;
        StockRow row = d.Row(item, StockStatus.Available);
        BinStock? there = Kits.In(d, build).FirstOrDefault(b => b.StockKey == row.Key);
        if (there is null) return new("not-in-kit", $"{item.Key}, lot {d.Said.LotNumber}, is not in this kit.", "Scan a part of the kit.");
        if (there.Quantity.Value < missing) return new("not-enough", $"The kit has {there.Quantity} of lot {d.Said.LotNumber}; the unit takes {missing}.", "Take a lot that is enough, or pick more.");
        if (Revisions.OfFit(d, item.Key, there.Revision, there.LotNumber, unit, build, order) is { } changed) return changed;
        d.Said = d.Said with { Quantity = missing };
        Building.Fit(d, unit, build, there, d.World.UnitParts.StartingWith($"{unit.Key}|").Count() + 1, missing);
        return null;
    }
}
