using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>All that one signed-in person can ask or tell: the trust boundary. Every answer is already cut to the slice of
/// the person's party; screens, API and live updates have no other way in.</summary>
public partial interface IWindow
{
    Person Person { get; }

    /// <summary>The hub's clock: the instant the plan was last conditioned on, and the time zone dates are shown in.</summary>
    ClockView Clock { get; }

    TodayView Today();
    KitGridView Kits(KitQuery query);

    /// <summary>Order lines; without a state in the query those that are not done.</summary>
    Page<OrderRow> Orders(OrderQuery query);

    /// <summary>One order line with its reason; null when it does not exist or is not this person's to see.</summary>
    OrderView? Order(string orderLine);
    Page<LotRow> Lots(LotQuery query);
    LotView? Lot(string lot);
    Page<MachineRow> Machines(MachineQuery query);
    MachineView? Machine(string machine);

    /// <summary>State and measured values of a machine over time, at most <paramref name="points"/> of each.</summary>
    Task<MachineHistory> History(string machine, Instant from, Instant to, int points, CancellationToken cancel);

    /// <summary>How a machine spent the days of its site over [from, to), or its shifts, or the clock hours, and its effectiveness in each; from the first that is known on.</summary>
    Task<IReadOnlyList<MachinePeriod>> Spent(string machine, Instant from, Instant to, Bucket by, CancellationToken cancel);

    /// <summary>Suppliers' gateways: all for the brand owner, their own for everyone else.</summary>
    IReadOnlyList<EdgeRow> Edges();

    /// <summary>One of them with its contract; null when it does not exist or is not this person's to see.</summary>
    EdgeDetail? Edge(string edge);

    /// <summary>Ends the contract of an edge at once. Null: this person may not.</summary>
    Task<IReadOnlyList<Finding>?> RevokeContract(string edge, CancellationToken cancel);

    /// <summary>How a machine stood over [from, to) and why, with stops shorter than <paramref name="micro"/> apart; null when it is not this person's to see.</summary>
    Task<StopsView?> Stops(string machine, Instant from, Instant to, Duration micro, CancellationToken cancel);
    IReadOnlyList<LineView> Lines(Instant from, Instant to);
    MapView Map();

    /// <summary>What changed since, newest first, each with cause and consequence.</summary>
    IReadOnlyList<ChangeView> Changes(int most);

    /// <summary>Promise date for an order that does not exist yet; moves nothing.</summary>
    QuoteView Quote(QuoteRequest request);
    Task<Told> Place(QuoteRequest request, CancellationToken cancel);
    Task<Told> GivePromise(string orderLine, Instant date, string reason, CancellationToken cancel);
    Task<Told> Hold(Pin pin, CancellationToken cancel);
    Task<Told> Release(string pin, CancellationToken cancel);

    /// <summary>A supplier's or carrier's three taps: a lot's new ready date, a milestone.</summary>
    Task<Told> ReportLot(string lot, Instant ready, CancellationToken cancel);
    Task<Told> ReportMilestone(Milestone milestone, CancellationToken cancel);

    /// <summary>Plans maintenance of a machine: its next planned stop that nobody has confirmed moves into the slot, else new work is planned.</summary>
    Task<Told> Service(string machine, Instant from, Instant to, CancellationToken cancel);

    /// <summary>Calls planned maintenance off that nobody has confirmed.</summary>
    Task<Told> CallOff(string maintenance, CancellationToken cancel);

    /// <summary>A full re-plan as a proposal: who wins, who loses. Nothing moves until it is accepted.</summary>
    Task<ProposalView> Propose(CancellationToken cancel);
    Task<Told> Accept(string proposal, CancellationToken cancel);

    /// <summary>Reads a CSV delta against the world and says what it would do; <see cref="Import"/> then does it whole or not at all.</summary>
    ImportView DryRun(string fileName, byte[] bytes);
    Task<ImportView> Import(string fileName, byte[] bytes, CancellationToken cancel);

    /// <summary>What would come of importing it: order lines that would move and promises that would be kept. Changes nothing.</summary>
    Task<WhatIfView> IfImported(string fileName, byte[] bytes, CancellationToken cancel);

    /// <summary>Records of a table in this person's slice, for export.</summary>
    IEnumerable<IRecord> Records(TableKind kind);
    AdministrationView? Administration();

    /// <summary>A one-time path for a new person of a party, valid three days and told this once.</summary>
    Task<LinkView> Invite(string login, string party, Role role, CancellationToken cancel);

    /// <summary>A one-time path to choose a new password with, valid three days and told this once.</summary>
    Task<LinkView> Renew(string login, CancellationToken cancel);

    /// <summary>Shuts a person out, which ends their sessions and tokens, or lets them in again.</summary>
    Task<Told> Let(string login, bool allowed, CancellationToken cancel);

    /// <summary>Who was let in, who let whom, and who took data out: entries that hold a text, newest first.</summary>
    Task<Page<AuditRow>> Audit(string? text, int skip, int take, CancellationToken cancel);

    /// <summary>Raised after every change that this person may see; handlers return at once and ask again.</summary>
    event Action<LiveNote> Changed;
}

public enum Role { Planner, Supplier, Maintenance, Warehouse, Assembler, IpOfficer, Administrator }

/// <param name="Party">Party the person acts for.</param>
/// <param name="May">What the role allows, for hiding what would be refused.</param>
public sealed record Person(string Login, string Name, Role Role, string Party, string PartyName, IReadOnlySet<Permission> May);

public enum Permission { SeeOrders, SeeMoney, SeeSupply, SeeMachines, SeeLines, SeeExposure, Promise, Replan, Pin, Import, ReportSupply, Service, ClosePassages, TrainModels, Decide, SeeAudit, Administer }

/// <param name="Epoch">Instant the plan is conditioned on.</param>
/// <param name="Now">The hub's present, equal to or after the epoch.</param>
/// <param name="Demo">True when the world is the fictional demonstration company.</param>
/// <param name="TimesReal">How much faster than real time the clock runs; 1 outside the demo.</param>
public sealed record ClockView(Instant Epoch, Instant Now, DateTimeZone Zone, bool Demo, double TimesReal, long Version);

/// <summary>One page of rows in a stable order.</summary>
public sealed record Page<T>(IReadOnlyList<T> Rows, int Total, int From);

/// <summary>What came of telling something: done at a version, or refused with findings and nothing changed.</summary>
public sealed record Told(bool Accepted, long Version, IReadOnlyList<Finding> Findings, string? Key = null);

/// <summary>A hint that something moved. <see cref="Version"/> is the world's; lists are keys.</summary>
/// <param name="MessageToScreen">Time since the cause reached the server, for measurement; null when not from a message.</param>
public sealed record LiveNote(long Version, IReadOnlyList<string> OrderLines, IReadOnlyList<string> Lots, IReadOnlyList<string> Machines, Duration? SinceCause)
{
    /// <summary>Only what is known of situations and their remedies is new.</summary>
    public bool Situations { get; init; }
}
