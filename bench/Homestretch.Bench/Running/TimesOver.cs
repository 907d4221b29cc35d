using Homestretch.World;

namespace Homestretch.Bench.Running;

/// <summary>A company many times over: every order line, build, lot, shipment, machine and assembly line so often, each with what belongs to it; parties, items and
/// lanes once. Lots of one copy serve the orders of that copy.</summary>
internal static class TimesOver
{
    private const int OrdersTold = 12;

    /// <summary>Batches for a server: first what orders draw on, then orders with their slots and pegs, some copies at a time.</summary>
    public static IEnumerable<IReadOnlyList<IRecord>> Batches(Snapshot company, int times)
    {
        yield return [.. Of(company, Enumerable.Range(0, times), static r => !IsOrder(r))];
        foreach (int[] copies in Enumerable.Range(0, times).Chunk(OrdersTold)) yield return [.. Of(company, copies, IsOrder)];
    }

    private static bool IsOrder(IRecord record) => record is OrderLine or Promise or Build or Peg;

    private static IEnumerable<IRecord> Of(Snapshot company, IEnumerable<int> copies, Func<IRecord, bool> which) =>
        TableKind.All.SelectMany(kind => company.Records(kind).Where(which).SelectMany(r => copies.Select(n => Copy(r, n)).OfType<IRecord>()));

    /// <summary>The nth copy of a record; null when there is only one of it.</summary>
    private static IRecord? Copy(IRecord record, int n)
    {
        if (n == 0) return record;
        string x = $"-X{n}";
        return record switch
        {
            OrderLine o => o with { Key = o.Key.Value + x },
            Promise p => p with { OrderLine = p.OrderLine.Value + x },
            AssemblyLine l => l with { Key = l.Key.Value + x },
            Routing r => r with { Line = r.Line.Value + x },
            Build b => b with { Key = b.Key.Value + x, OrderLine = b.OrderLine.Value + x, Line = b.Line.Value + x },
            Peg p => p with { Build = p.Build.Value + x, Supply = p.Supply.StartsWith("buy:", StringComparison.Ordinal) ? p.Supply : p.Supply + x },
            PurchaseOrderLine p => p with { Key = p.Key.Value + x },
            Lot l => l with { Key = l.Key.Value + x, PurchaseOrderLine = l.PurchaseOrderLine is { } line ? line.Value + x : default(Key<PurchaseOrderLine>?), Shipment = l.Shipment is { } s ? s.Value + x : default(Key<Shipment>?) },
            Stock s => s with { LotNumber = s.LotNumber + x },
            Shipment s => s with { Key = s.Key.Value + x },
            Milestone m => m with { Shipment = m.Shipment.Value + x },
            Machine m => m with { Key = m.Key.Value + x, Device = m.Device.Length == 0 ? "" : m.Device + x },
            MachineReport r => r with { Machine = r.Machine.Value + x },
            ProductionRun r => r with { Key = r.Key.Value + x, Machine = r.Machine.Value + x, Lot = r.Lot.Value + x },
            Maintenance m => m with { Key = m.Key.Value + x, Machine = m.Machine.Value + x },
            _ => null,
        };
    }
}
