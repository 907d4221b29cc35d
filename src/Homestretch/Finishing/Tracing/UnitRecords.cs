using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Tracing;

/// <summary>Puts the as-built record of a unit together from the world.</summary>
public static class UnitRecords
{
    /// <summary>The record of a serial number; null when there is no such unit.</summary>
    public static UnitRecord? Of(Snapshot world, string serial) => world.Units.Find(serial) is { } unit ? Of(world, unit, world.ProductionRuns.ToLookup(static r => r.Lot)) : null;

    /// <param name="runs">The world's production runs by lot, for who asks for many.</param>
    public static UnitRecord Of(Snapshot world, Unit unit, ILookup<Key<Lot>, ProductionRun> runs)
    {
        string serial = unit.Id;
        Build build = world.Builds[unit.Build];
        OrderLine order = world.OrderLines[build.OrderLine];
        AssemblyLine line = world.AssemblyLines[build.Line];
        PartRecord[] parts = [.. world.UnitParts.StartingWith($"{serial}|").Select(p => Part(world, runs, p))];
        StepRecord[] steps = [.. world.UnitSteps.StartingWith($"{serial}|").Select(s => Step(world, unit, s)).OrderBy(static s => s.Done).ThenBy(static s => s.Step, StringComparer.Ordinal)];
        LocalDate day = build.Start.InZone(DateTimeZoneProviders.Tzdb[world.Sites[line.Site].TimeZone]).Date;
        bool written = steps.Any(static s => s is { Kind: WorkKind.Firmware, Passed: true });
        FirmwareImage? image = written ? world.Firmware(order.Market, order.Family, day) : null;
        return new(serial, unit.Family.Value, unit.Market.Value, build.Id, order.Id, order.Customer.Value, line.Site.Value, line.Id, unit.State, unit.Begun, unit.Completed, image is null ? null : $"{image.Version} ({image.Sha256})", parts, steps,
            [.. Unknown(parts, steps)]);
    }

    private static PartRecord Part(Snapshot world, ILookup<Key<Lot>, ProductionRun> runs, UnitPart part)
    {
        Lot? lot = part.LotNumber.Length > 0 ? world.Lots.Find(part.LotNumber) : null;
        Shipment? shipment = lot is null ? null : world.Shipments.Find(lot.Shipment);
        Party? supplier = lot is null ? null : world.Parties[lot.Party];
        return new(part.Number, part.Item.Value, world.Items[part.Item].Name, part.Revision, part.LotNumber, part.PartSerial, part.Quantity.Value, part.Quantity.Unit, part.Fitted, part.TakenOut, world.FloorOperations.Find(part.Operation)?.Operator ?? "",
            supplier?.Name ?? "", supplier?.Country ?? "", lot?.PurchaseOrderLine?.Value ?? "", shipment?.Id ?? "", shipment?.Container ?? "", lot is null ? [] : [.. runs[lot.Key].Select(r => Made(world, r))], lot is null ? [] : [.. Way(world, lot, shipment)]);
    }

    private static MadeRecord Made(Snapshot world, ProductionRun run)
    {
        Machine machine = world.Machines[run.Machine];
        return new(run.Id, machine.Id, machine.Name, machine.Site.Value, run.Start, run.Produced, run.Rejected);
    }

    private static IEnumerable<WayRecord> Way(Snapshot world, Lot lot, Shipment? shipment) => world.LaneSteps.StartingWith($"{(shipment?.Lane ?? lot.Lane)}|")
        .Select(s => new WayRecord(s.Sequence, s.Kind, s.Mode, s.To.Value, s.Carrier?.Value ?? "", At(world, shipment, s.Sequence, Edge.Begin), At(world, shipment, s.Sequence, Edge.End)));

    private static Instant? At(Snapshot world, Shipment? shipment, int sequence, Edge edge) => shipment is null ? null
        : world.Milestones.StartingWith($"{shipment.Key}|{sequence:00}|{(int)edge}|{(int)Classifier.Actual}|").OrderBy(static m => m.Reported).LastOrDefault()?.At;

    private static StepRecord Step(Snapshot world, Unit unit, UnitStep done)
    {
        WorkStep? step = world.WorkSteps.Find($"{unit.Family}|{done.Step}");
        return new(done.Step, step?.Title ?? "", step?.Kind, done.Attempt, done.Passed == YesNo.Yes, done.Values, done.Operator, done.Done);
    }

    private static IEnumerable<string> Unknown(PartRecord[] parts, StepRecord[] steps)
    {
        foreach (PartRecord part in parts.Where(static p => p.TakenOut is null))
        {
            if (part.Lot.Length == 0) yield return $"Which lot {part.Item} ({part.Name}) came in.";
            else if (part.Supplier.Length == 0) yield return $"Who made lot {part.Lot} of {part.Item}.";
            else if (part.Made.Count == 0) yield return $"Which machine made lot {part.Lot} of {part.Item}.";
        }
        foreach (StepRecord step in steps.Where(static s => s.Title.Length == 0)) yield return $"What step {step.Step} was.";
    }
}
