using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Tracing;

/// <summary>What lists and recalls ask of a unit; what the archive's index keeps of one that has left the world.</summary>
/// <param name="Ended">When it was done or given up; null: it is in work.</param>
/// <param name="Parts">Everything that ever went in, in the order in which it did.</param>
public sealed record UnitTrace(string Serial, string Party, string Family, string Market, string Build, string OrderLine, string Customer, string Hub, UnitState State, Instant Begun, Instant? Ended, IReadOnlyList<PartTrace> Parts)
{
    /// <summary>Nothing more is done to it.</summary>
    public static bool Finished(Unit unit) => unit.State is UnitState.Complete or UnitState.Scrapped;

    /// <summary>What is on record of a unit of the world.</summary>
    /// <remarks>A unit that was given up has no moment of its own: the last thing that was done to it is its end.</remarks>
    public static UnitTrace Of(Snapshot world, Unit unit)
    {
        Build build = world.Builds[unit.Build];
        OrderLine order = world.OrderLines[build.OrderLine];
        UnitPart[] parts = [.. world.UnitParts.StartingWith($"{unit.Key}|")];
        Instant? ended = !Finished(unit) ? null : unit.Completed ?? parts.Select(static p => p.TakenOut ?? p.Fitted).Concat(world.UnitSteps.StartingWith($"{unit.Key}|").Select(static s => s.Done)).Append(unit.Begun).Max();
        return new(unit.Id, unit.Party.Value, unit.Family.Value, unit.Market.Value, unit.Build.Value, order.Id, order.Customer.Value, world.AssemblyLines[build.Line].Site.Value, unit.State, unit.Begun, ended,
            [.. parts.Select(static p => new PartTrace(p.Number, p.Item.Value, p.Revision, p.LotNumber, p.PartSerial, p.TakenOut is not null))]);
    }
}

/// <param name="Out">It came out again.</param>
public sealed record PartTrace(int Number, string Item, string Revision, string Lot, string PartSerial, bool Out);

/// <summary>What a recall asks of a lot.</summary>
/// <param name="Shipment">Shipment that brought it; empty: unknown or none.</param>
public sealed record LotTrace(string Lot, string Item, string Revision, string Supplier, string Shipment, IReadOnlyList<RunTrace> Runs)
{
    /// <summary>The lots of these numbers that are on record.</summary>
    public static IEnumerable<LotTrace> Of(Snapshot world, ILookup<Key<Lot>, ProductionRun> runs, IEnumerable<string> lots) => lots.Distinct(StringComparer.Ordinal).Where(static l => l.Length > 0).Select(l => world.Lots.Find(l)).OfType<Lot>()
        .Select(l => new LotTrace(l.Id, l.Item.Value, l.Revision, l.Party.Value, l.Shipment?.Value ?? "", [.. runs[l.Key].Select(static r => new RunTrace(r.Id, r.Machine.Value, r.Start))]));
}

/// <summary>A machine making a lot.</summary>
public sealed record RunTrace(string Run, string Machine, Instant Begun);
