using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>How the hub stands with an edge's data contract.</summary>
public enum ContractState
{
    /// <summary>None was proposed.</summary>
    None,
    /// <summary>The hub has signed; the supplier has not.</summary>
    Proposed,
    /// <summary>Both have signed.</summary>
    InForce,
    /// <summary>Ended by one of the two.</summary>
    Revoked,
}

/// <summary>A supplier's gateway.</summary>
/// <param name="Edge">PARTY/NODE.</param>
/// <param name="Online">It was heard within the last half minute.</param>
/// <param name="Version">Of its program; empty: it has not said.</param>
/// <param name="Backlog">Records that wait there for the hub.</param>
/// <param name="OldestWaiting">Time of the oldest of them; null: none waits, or it has not said.</param>
/// <param name="Contract">Version of the contract in force, else of the newest; 0: none.</param>
/// <param name="Records">Records kept here since the hub knows the edge.</param>
/// <param name="Repeated">Records sent again, which changed nothing.</param>
/// <param name="Lost">Records that the edge lost or thinned away for want of room, by its numbering.</param>
/// <param name="Refused">Transmissions and documents refused.</param>
/// <param name="Rebirths">How often it told its state anew, by cause.</param>
public sealed record EdgeRow(string Edge, string Party, string PartyName, bool Online, string Version, Instant FirstSeen, Instant? LastContact, long Backlog, Instant? OldestWaiting, int Contract, ContractState ContractState,
    long Records, long Repeated, long Lost, long Refused, IReadOnlyList<EdgeCount> Rebirths);

public sealed record EdgeCount(string Name, long Count);

/// <param name="EverySeconds">At most one value in so many seconds; 0: each.</param>
/// <param name="Step">Rounded to multiples of this; 0: as measured.</param>
/// <param name="DelaySeconds">Held back so long; 0: not.</param>
public sealed record ContractFieldRow(string Machine, string Metric, double EverySeconds, double Step, double DelaySeconds);

/// <param name="Wanted">The edge is to have this one.</param>
/// <param name="Having">The edge says that it has this one in force.</param>
public sealed record EdgeDocumentRow(string Kind, int Version, Instant Made, string MadeBy, bool SignedByHub, bool SignedBySupplier, bool Wanted, bool Having);

/// <param name="Last">Last record there.</param>
/// <param name="Acknowledged">Last record that is on the hub's disk.</param>
public sealed record EdgeStreamRow(string Stream, long Last, long Acknowledged);

/// <param name="Receiver">Party that receives under the contract; empty without one.</param>
/// <param name="MayRevoke">True for those who may end the contract in force.</param>
/// <param name="Refusals">What the hub refused of it, newest last.</param>
/// <param name="Findings">What the edge itself refused or could not do, newest last.</param>
public sealed record EdgeDetail(EdgeRow Row, string Receiver, string Purpose, Instant? From, Instant? To, IReadOnlyList<ContractFieldRow> Fields, IReadOnlyList<EdgeDocumentRow> Documents, IReadOnlyList<EdgeStreamRow> Streams,
    IReadOnlyList<EdgeCount> Counts, double? ClockOffsetSeconds, long LogBytes, bool MayRevoke, IReadOnlyList<string> Refusals, IReadOnlyList<string> Findings);
