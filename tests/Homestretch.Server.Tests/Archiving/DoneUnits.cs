using Homestretch.Finishing.Tracing;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>Units that are done, of the demonstration company: each of six parts, of lots that were made and shipped.</summary>
internal static class DoneUnits
{
    public static readonly Snapshot Company = Snapshot.Of([.. DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record)]);

    /// <summary>Lots on a shipment.</summary>
    public static readonly Lot[] Lots = [.. Company.Lots.Where(static l => l.Shipment is not null && Company.Machines.Any(m => m.Party == l.Party)).DistinctBy(static l => l.Item).OrderBy(static l => l.Id, StringComparer.Ordinal).Take(6)];

    /// <summary>Each of them was made by a machine, all at other times.</summary>
    private static readonly ProductionRun[] s_runs = [.. Lots.Select(static (l, i) => new ProductionRun($"RUN-DONE-{i}", l.Party, Company.Machines.First(m => m.Party == l.Party).Key, l.Key, l.Quantity, l.Quantity.Value, l.Ready - Duration.FromDays(2 + i), OrderStatus.Completed, l.Ready))];

    /// <summary>The records of a unit with its build and order, both over.</summary>
    /// <param name="number">Of the serial number, the build among those to come, and which lots it takes of each item.</param>
    /// <param name="daysAgo">When it was done.</param>
    public static IRecord[] Records(int number, double daysAgo)
    {
        Build build = Company.Builds.Where(static b => b.Status < OrderStatus.Completed).OrderBy(static b => b.Id, StringComparer.Ordinal).DistinctBy(static b => b.OrderLine).ElementAt(number);
        OrderLine order = Company.OrderLines[build.OrderLine];
        Instant done = DemoFolder.NowAt - Duration.FromSeconds((long)(daysAgo * 86_400)), begun = done - Duration.FromHours(2);
        string serial = Serial(number);
        return [.. s_runs, build with { Status = OrderStatus.Completed, Start = begun, End = done }, order with { Status = OrderStatus.Completed },
            new Unit(serial, build.Party, build.Key, order.Family, order.Market, UnitState.Complete, begun, done, "op-1"),
            .. Lots.Where((_, i) => (number + i) % 3 != 0).Select((l, i) => new UnitPart(serial, i + 1, build.Party, l.Item, l.Revision, l.Id, i == 0 ? $"PS-{number}" : "", new(1, Company.Items[l.Item].Unit), begun, null, "")),
            new FirmwareRelease(order.Key, 1, 1, build.Party, order.Quantity, serial, order.Family, order.Market, "1.0", new string('0', 64), begun, "", "", "", "key", "signed"),
            new UnitStep(serial, "040", 1, build.Party, YesNo.Yes, "stem=5.5", "op-1", done, "")];
    }

    public static string Serial(int number) => $"C1-DONE-{number}";

    /// <summary>The company with units of it done.</summary>
    public static Snapshot With(params IEnumerable<IRecord> records) => Company.Apply([.. records.Select(static r => new WorldEvent.Put(r))], happened: true) is { Accepted: true } applied ? applied.World : throw new InvalidOperationException("The units do not apply.");

    /// <summary>A unit as it is put away.</summary>
    public static DoneUnit Away(Snapshot world, string serial)
    {
        var runs = world.ProductionRuns.ToLookup(static r => r.Lot);
        UnitTrace trace = UnitTrace.Of(world, world.Units[serial]);
        return new(trace, [.. LotTrace.Of(world, runs, trace.Parts.Select(static p => p.Lot))], ArchivedBody.Json(UnitRecords.Of(world, serial)!));
    }

    /// <summary>Questions about what went into them, each of one kind or several.</summary>
    public static IEnumerable<RecallQuestion> Questions()
    {
        foreach (Lot lot in Lots)
        {
            ProductionRun run = s_runs.Single(r => r.Lot == lot.Key);
            yield return new(Item: lot.Item.Value);
            yield return new(Item: lot.Item.Value, Revision: lot.Revision);
            yield return new(Lot: lot.Id);
            yield return new(Supplier: lot.Party.Value);
            yield return new(Shipment: lot.Shipment!.Value.Value);
            yield return new(Machine: run.Machine.Value);
            yield return new(Machine: run.Machine.Value, From: run.Start, Until: run.Start + Duration.FromSeconds(1));
            yield return new(Machine: run.Machine.Value, Until: run.Start);
            yield return new(Item: lot.Item.Value, Supplier: lot.Party.Value, Shipment: lot.Shipment!.Value.Value);
        }
        yield return new(PartSerial: "PS-1");
        yield return new(PartSerial: "PS-2", Item: Lots[0].Item.Value);
        yield return new(PartSerial: "PS-9");
    }
}
