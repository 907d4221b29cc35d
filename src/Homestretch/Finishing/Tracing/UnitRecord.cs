using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Tracing;

/// <summary>The as-built record of one serial number: what is in it, down to the machines that made each lot and the way it came, what was done to it and measured, by pseudonyms.</summary>
/// <param name="Parts">Everything that ever went in, in the order in which it did.</param>
/// <param name="Steps">Every attempt at a step, in the order in which it was made.</param>
/// <param name="Unknown">What no record says, in sentences.</param>
public sealed record UnitRecord(string Serial, string Family, string Market, string Build, string OrderLine, string Customer, string Hub, string Line, UnitState State, Instant Begun, Instant? Completed, string? Firmware,
    IReadOnlyList<PartRecord> Parts, IReadOnlyList<StepRecord> Steps, IReadOnlyList<string> Unknown);

/// <summary>One part of a unit with its lot's life.</summary>
/// <param name="Supplier">Who made the lot; empty: unknown.</param>
/// <param name="Made">Where and when it was made; empty: no production run of the lot is on record.</param>
/// <param name="Way">Steps of its voyage with what is known to have happened; empty: unknown or none.</param>
public sealed record PartRecord(int Number, string Item, string Name, string Revision, string Lot, string PartSerial, decimal Quantity, string Unit, Instant Fitted, Instant? TakenOut, string Operator, string Supplier, string SupplierCountry,
    string PurchaseOrderLine, string Shipment, string Container, IReadOnlyList<MadeRecord> Made, IReadOnlyList<WayRecord> Way);

public sealed record MadeRecord(string Run, string Machine, string MachineName, string Site, Instant? Begun, decimal Produced, decimal? Rejected);

/// <param name="Begun">Actual begin; null: unknown.</param>
/// <param name="Ended">Actual end; null: unknown.</param>
public sealed record WayRecord(int Sequence, StepKind Kind, Mode Mode, string To, string Carrier, Instant? Begun, Instant? Ended);

public sealed record StepRecord(string Step, string Title, WorkKind? Kind, int Attempt, bool Passed, string Values, string Operator, Instant Done);
