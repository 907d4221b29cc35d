using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>State of one part of one kit, worst last.</summary>
public enum PartState { InStock, Arrived, OnTheWay, Making, NotStarted, PlannedPurchase, AtRisk, Late, Unknown }

/// <summary>Where a forecast stands against its promise.</summary>
public enum PromiseState { NoPromise, Kept, OnTrack, AtRisk, Broken, Done, Unknown }

/// <summary>The dates by which an order line is delivered with these probabilities; calendar instants.</summary>
public sealed record DatesView(Instant P50, Instant P80, Instant P90, Instant P95);

/// <param name="WholeShare">Kits wanted this week expected whole in time: sum of P(kit by its start) over kits.</param>
/// <param name="WithoutDate">Open order lines that no date can be given for, promised or not; <paramref name="Promises"/> counts none of them.</param>
/// <param name="MoneyAtRisk">Price of order lines whose promise is at risk or broken, by currency.</param>
/// <param name="NextNoReturn">The next moment after which a promise at risk cannot be mended by pulling its gate earlier; null: none ahead.</param>
public sealed record TodayView(int KitsThisWeek, int KitsWholeThisWeek, double WholeShare, int PromisesAtRisk, int PromisesBroken, int Promises, int WithoutDate,
    IReadOnlyList<Money> MoneyAtRisk, NoReturnView? NextNoReturn, int MachinesDown, int MachinesNoData, int LotsLate, IReadOnlyList<ChangeView> Changes);

public sealed record NoReturnView(string OrderLine, string Customer, Instant At, string Reason);

/// <summary>One thing that happened and what it did to promises: cause -> consequence.</summary>
/// <param name="CauseKind">Table of the record that changed: machine_reports, milestones, lots, ...</param>
/// <param name="CauseKey">Its key; <paramref name="Machine"/> and <paramref name="Lot"/> say which drawer to open.</param>
/// <param name="Consequence">The worst-hit order line and by how much, in one sentence; empty when no promise moved.</param>
/// <param name="DaysMoved">Largest move of a P90 date, days, later positive.</param>
/// <param name="Rank">Larger is more important: money times days.</param>
public sealed record ChangeView(long Version, Instant At, Instant Reported, string CauseKind, string CauseKey, string Cause, string Consequence,
    double DaysMoved, int OrderLinesMoved, int PromisesEndangered, double Rank, string? OrderLine, string? Lot, string? Machine);

public sealed record KitQuery(Instant? From = null, Instant? To = null, string? Line = null, string? Market = null, bool OnlyAtRisk = false, int Skip = 0, int Take = 60);

/// <param name="Groups">Columns: item groups in BOM order.</param>
public sealed record KitGridView(IReadOnlyList<string> Groups, IReadOnlyList<KitRow> Rows, int Total);

/// <param name="WholeShare">P(kit complete by the planned start).</param>
/// <param name="SlackDays">Planned start minus the P90 of the kit's readiness, days; negative: short.</param>
public sealed record KitRow(string Build, string OrderLine, string Customer, string Market, string Line, Instant Start, double WholeShare,
    string GateGroup, string GateItem, double GateShare, double SlackDays, PromiseState State, IReadOnlyList<KitCell?> Cells);

/// <param name="OnTimeShare">P(this part is there by the planned start).</param>
/// <param name="Supply">'lot:KEY', 'stock:KEY' or 'buy:ITEM'.</param>
public sealed record KitCell(string Item, string ItemName, PartState State, double? OnTimeShare, string Supply, string? Lot, Instant? P90, bool IsGate, bool Pinned);

public sealed record OrderQuery(string? Text = null, PromiseState? State = null, string? Market = null, string? Customer = null, int? Class = null,
    string Sort = "promise", bool Descending = false, int Skip = 0, int Take = 50);

/// <param name="KeptShare">Share of samples in which the promise in force is kept; null without a promise.</param>
public sealed record OrderRow(string OrderLine, string Customer, string Family, int Quantity, string Market, string Variant, int Class, Instant Requested,
    Instant? Promised, double? Confidence, DatesView? Forecast, double? KeptShare, PromiseState State, string GateGroup, string GateItem, double GateShare,
    Money? Price, OrderStatus Status);

/// <param name="Histogram">Share of samples delivered on each day from <paramref name="HistogramFrom"/> on.</param>
/// <param name="ValueOfADay">Days won at P90 when the gate comes a day earlier.</param>
/// <param name="Unknown">Why there is no date; empty when there is one.</param>
public sealed record OrderView(OrderRow Row, string Build, string Line, Instant? Start, Instant? End, IReadOnlyList<LocalDate> HistogramDays,
    IReadOnlyList<double> Histogram, double ValueOfADay, string Earlier, IReadOnlyList<string> Reasons, string Unknown,
    IReadOnlyList<KitPartView> Parts, IReadOnlyList<PromiseView> Promises, IReadOnlyList<Pin> Pins);

/// <summary>One part of the kit with the chain behind it: peg, lot, steps.</summary>
/// <param name="GateShare">Share of samples in which this part came last.</param>
public sealed record KitPartView(string Item, string ItemName, string Group, Quantity Quantity, KitCell Cell, double GateShare, LotRow? Lot, IReadOnlyList<StepView> Steps);

public sealed record PromiseView(int Version, Instant Date, double Confidence, Instant Given, string By, string Reason);

public sealed record LotQuery(string? Text = null, string? Supplier = null, string? Item = null, LotState? State = null, bool OnlyLate = false,
    string Sort = "arrival", bool Descending = false, int Skip = 0, int Take = 50);

/// <param name="Due">When the purchase says it should be ready to kit; null without a purchase.</param>
/// <param name="OrderLinesHeld">Order lines whose kit is pegged to it.</param>
/// <param name="GatesOrderLines">Of those, how many it gates.</param>
/// <param name="AsOf">Time of the latest information about it.</param>
public sealed record LotRow(string Lot, string Item, string ItemName, string Group, string Supplier, Quantity Quantity, string Lane, LotState State,
    string Now, Instant? Due, Instant? P50, Instant? P90, double? OnTimeShare, string? Shipment, string? Container, int OrderLinesHeld, int GatesOrderLines,
    Instant? AsOf, bool Overdue);

/// <param name="FollowsMachine">True when the forecast of its making follows what its machine reports, and not the supplier's date.</param>
/// <param name="Produced">Good pieces so far on the machine it is made on; null when none says.</param>
/// <param name="Twin">What its machine last said of it; null when no machine spoke of it.</param>
/// <param name="Fan">Its remaining way in quantiles, with every estimate of others; null when it is here.</param>
public sealed record LotView(LotRow Row, IReadOnlyList<StepView> Steps, string? Machine, Quantity? Produced, bool FollowsMachine, IReadOnlyList<OrderRow> HoldsUp, LotTwinView? Twin, FanView? Fan = null);

/// <summary>A lot's twin: live from its machine, ahead of the plan, which hears of what matters to it.</summary>
/// <param name="AtWork">True while the machine works on it; then <paramref name="State"/> is the machine's.</param>
/// <param name="PiecesPerHour">Good pieces per running hour by our own count; null: not counted yet.</param>
/// <param name="ReadyP50">When it will be made if the machine goes on as it does; null: not at work, done, or its quantity is not known.</param>
/// <param name="AsOf">Time of the count.</param>
public sealed record LotTwinView(string Machine, bool AtWork, MachineState State, long? Produced, long? Rejected, double? PiecesPerHour, Instant? ReadyP50, Instant? ReadyP90, Instant AsOf);

/// <summary>One step of a lot's way: making (sequence 0), then its lane's steps.</summary>
/// <param name="Evidence">What each source says about begin and end, with its age.</param>
public sealed record StepView(int Sequence, string Kind, string Place, Mode Mode, bool Done, bool Running, bool Overdue, Instant? Begin, Instant? PlannedEnd,
    Instant? EndP50, Instant? EndP90, Instant? ActualEnd, IReadOnlyList<EvidenceView> Evidence);

public sealed record EvidenceView(Edge Edge, Classifier Classifier, Instant At, string Source, Instant Reported);

public sealed record MachineQuery(string? Text = null, string? Supplier = null, MachineState? State = null, int Skip = 0, int Take = 50);

/// <param name="Oee">Overall equipment effectiveness over the last 24 h of the hub's clock; null when not known.</param>
/// <param name="OrderLinesBehind">Order lines that wait for what it is making.</param>
/// <param name="ConsequenceRank">Larger comes first.</param>
/// <param name="Upkeep">What maintenance of it is worth; null: not priced yet, or not this party's to know.</param>
public sealed record MachineRow(string Machine, string Name, string Supplier, string Site, MachineState State, Instant? Since, string Reason, Instant? AsOf,
    double? Oee, double? RatePerHour, double? RemainingP10Hours, double? RemainingP50Hours, string? Lot, string? Item, double? Progress, Instant? LotReadyP50,
    Instant? LotReadyP90, int OrderLinesBehind, double ConsequenceRank, UpkeepRow? Upkeep);

/// <summary>What maintenance of a machine is worth to promises, priced against the plan in force.</summary>
/// <param name="Promises">Promised order lines behind all that it still has to make.</param>
/// <param name="AtStake">Promises that its failures are expected to take; null: it has never reported, so that nothing can be said.</param>
/// <param name="WaitingCosts">Promises expected to be lost if it is left as it is: what the best slot wins; 0: none is worth its stop.</param>
/// <param name="GoodUntil">Begin of the last slot that wins about as much as the best.</param>
/// <param name="Moves">The slots are other times for a stop that is planned already.</param>
/// <param name="At">Epoch of the plan that it was priced against.</param>
public sealed record UpkeepRow(int Promises, double? AtStake, double WaitingCosts, Instant? Best, Instant? GoodUntil, bool Moves, Instant At);

/// <summary>Who says how long a machine lasts.</summary>
public enum LifeTeller
{
    /// <summary>Nobody that we hear of now: it stands in the machine's record.</summary>
    Record,
    /// <summary>The machine's own device or the supplier's gateway, over MQTT.</summary>
    Device,
    /// <summary>An edge of ours at the supplier.</summary>
    Edge,
}

/// <summary>Running hours that a machine survives nine times in ten, once in two and once in ten.</summary>
/// <param name="Teller">Address of the device or edge that says so; empty for a record.</param>
/// <param name="Model">Version of the hub's model by which the edge judges; 0: it passes on what the device says.</param>
public sealed record LifeView(Homestretch.Maintaining.LifeSource Source, double P10Hours, double P50Hours, double P90Hours, LifeTeller By = LifeTeller.Record, string Teller = "", int Model = 0);

/// <summary>A lot that a machine still has to make.</summary>
/// <param name="Promises">Of the order lines held, those with a promise.</param>
public sealed record QueuedView(string Lot, string Item, string ItemName, Quantity Quantity, decimal Produced, Instant? ReadyP50, Instant? ReadyP90, int OrderLinesHeld, int Promises);

public sealed record PlannedStopView(string Maintenance, Instant From, Instant To, string Work, OrderStatus Status);

/// <summary>A time for maintenance and what it wins against the plan in force; what it loses is negative.</summary>
/// <param name="Promises">Promises expected to be kept.</param>
/// <param name="Kits">Kits expected whole by their planned start.</param>
/// <param name="Money">Price of order lines whose promises are kept.</param>
/// <param name="Better">Order lines whose promise gains.</param>
public sealed record SlotView(Instant From, Instant To, double Promises, double Kits, IReadOnlyList<Money> Money, int Better, int Worse, bool Best);

/// <param name="Produced">Good pieces of the lot at work as the machine last counted; null: not told.</param>
/// <param name="Rejected">Rejected pieces, likewise.</param>
/// <param name="KnownShare">Share of the last 24 h of which anything is known; availability, performance and quality are of that time alone.</param>
/// <param name="Life">What its failures are drawn from; null: nobody has said anything of it.</param>
/// <param name="Slots">Times for its next maintenance with their price; empty where none was made.</param>
public sealed record MachineView(MachineRow Row, double? KnownShare, double? Availability, double? Performance, double? Quality, long? Produced, long? Rejected, IReadOnlyList<OrderRow> Behind, IReadOnlyList<ChangeView> Changes,
    LifeView? Life, IReadOnlyList<QueuedView> Queue, IReadOnlyList<PlannedStopView> Planned, IReadOnlyList<SlotView> Slots);

public sealed record MachineHistory(IReadOnlyList<StateSpan> States, IReadOnlyList<Series> Series);

/// <summary>What a machine's time is added up by.</summary>
public enum Bucket { Day, Hour, Shift }

/// <summary>A machine's day, shift or hour: hours in each state, pieces, and effectiveness (null: not known).</summary>
/// <param name="Day">The day at the machine's site; of an hour the day it begins in, of a shift the day on which it began.</param>
public sealed record MachinePeriod(Instant Begin, LocalDate Day, double RunningHours, double IdleHours, double DownHours, double ChangeoverHours, double NoDataHours,
    long Good, long Rejected, double? Availability, double? Performance, double? Quality, double? Oee);

/// <summary>How a machine stood over a time. Time without data is neither running nor standing.</summary>
/// <param name="MicroStops">Stops shorter than <paramref name="MicroSeconds"/> that nobody meant; they are in no sum.</param>
/// <param name="Sums">By kind and reason, the longest first.</param>
/// <param name="Stops">The newest first, at most 200.</param>
public sealed record StopsView(Instant From, Instant To, double RunningHours, double NoDataHours, double MicroSeconds, int MicroStops, double MicroHours, IReadOnlyList<StopSumView> Sums, IReadOnlyList<StopView> Stops);

/// <param name="Share">Of all the time stood.</param>
public sealed record StopSumView(Homestretch.Machines.StopKind Kind, string Reason, int Count, double Hours, double Share);

/// <param name="Day">The day at the site on which the shift began that it began in.</param>
public sealed record StopView(Instant From, Instant To, MachineState State, Homestretch.Machines.StopKind Kind, string Reason, bool Micro, LocalDate Day);

public sealed record StateSpan(MachineState State, Instant From, Instant To, string Reason);

public sealed record Series(string Metric, string Unit, IReadOnlyList<Instant> At, IReadOnlyList<double> Mean, IReadOnlyList<double> Min, IReadOnlyList<double> Max);

public sealed record LineView(string Line, string Name, string Site, IReadOnlyList<OpenSpan> Open, IReadOnlyList<BuildBar> Builds, double Load, IReadOnlyList<PaceView> Paces);

/// <summary>How long one unit of a family takes on a line.</summary>
/// <param name="Stated">The routing's minutes.</param>
/// <param name="Pace">What finished units say, which the plan takes; null: too few are on record.</param>
public sealed record PaceView(string Family, decimal Stated, WorkPace? Pace);

public sealed record OpenSpan(Instant From, Instant To);

/// <param name="StartP90">Start in nine samples of ten.</param>
public sealed record BuildBar(string Build, string OrderLine, string Customer, string Market, int Quantity, Instant Start, Instant End, Instant? EndP90,
    double WholeShare, OrderStatus Status, PromiseState State);

public sealed record MapView(IReadOnlyList<MapSite> Sites, IReadOnlyList<MapLane> Lanes, IReadOnlyList<MapLot> Lots);

public sealed record MapSite(string Site, string Name, SiteKind Kind, double Latitude, double Longitude);

/// <param name="Ways">For each pair of neighbours among the sites the way that ships take now; null: none is known.</param>
public sealed record MapLane(string Lane, string Name, IReadOnlyList<string> Sites, IReadOnlyList<IReadOnlyList<MapPoint>?>? Ways = null);

/// <summary>Degrees, north and east positive.</summary>
public readonly record struct MapPoint(double Latitude, double Longitude);

/// <param name="Progress">0 at the begin of the leg, 1 at its expected end.</param>
/// <param name="At">Where its ship is by its forecast, since a passage before it closed; null: it goes the lane's way.</param>
public sealed record MapLot(string Lot, string Item, string Group, string FromSite, string ToSite, double Progress, bool Overdue, int OrderLinesHeld, double? OnTimeShare, MapPoint? At = null);

public sealed record QuoteRequest(string Customer, string Family, int Quantity, string Market, Choices Options, string Hub, Instant Requested, int Class);

/// <param name="Refusal">Why no date can be given; empty when one can.</param>
public sealed record QuoteView(DatesView? Dates, Instant? Start, string Line, string GateItem, double GateShare, string Refusal, IReadOnlyList<Finding> Findings);

/// <param name="Rows">Order lines that would move: whose promise loses most first, then the largest move.</param>
/// <param name="BuildsMoved">Builds that would start at another time or on another line.</param>
/// <param name="KitsChanged">Kits that would take other parts.</param>
public sealed record ProposalView(string Proposal, long Version, IReadOnlyList<MovedRow> Rows, double PromisesKeptBefore, double PromisesKeptAfter, int BuildsMoved, int KitsChanged)
{
    public int Losing => Rows.Count(static r => r.KeptLost > 0);
    public int Earlier => Rows.Count(static r => r.DaysP90 < 0);
    public int Later => Rows.Count(static r => r.DaysP90 > 0);
}

/// <summary>What would come of something that has not happened; the plan in force stays as it is.</summary>
/// <param name="Rows">Order lines that would move, come or go, the largest move first.</param>
/// <param name="PromisesKeptBefore">Promises expected to be kept: the sum of their shares.</param>
/// <param name="Findings">Why it cannot be; empty when it can.</param>
public sealed record WhatIfView(IReadOnlyList<MovedRow> Rows, double PromisesKeptBefore, double PromisesKeptAfter, IReadOnlyList<Finding> Findings)
{
    public int Earlier => Rows.Count(static r => r.DaysP90 < 0);
    public int Later => Rows.Count(static r => r.DaysP90 > 0);
}

/// <summary>An order line under the plan in force and under another.</summary>
/// <param name="Before">Null: no date, or no such order line.</param>
/// <param name="DaysP90">Move of the P90 date, later positive; 0 when one of the dates is unknown.</param>
public sealed record MovedRow(string OrderLine, string Customer, int Class, DatesView? Before, DatesView? After, double DaysP90, double? KeptBefore, double? KeptAfter)
{
    /// <summary>What the promise loses of its chance to be kept, in whole hundredths; 0 when it gains or there is none.</summary>
    public int KeptLost => KeptBefore is { } before ? Math.Max(0, (int)Math.Round(100 * (before - (KeptAfter ?? 0)))) : 0;
}

/// <param name="Applied">True when the rows are in the world now.</param>
public sealed record ImportView(string FileName, bool Applied, int Added, int Changed, int Unchanged, IReadOnlyList<string> Sample, IReadOnlyList<Finding> Findings, IReadOnlyList<Finding>? Hints = null);

public sealed record AdministrationView(IReadOnlyList<AccountRow> Accounts, IReadOnlyList<PartyRow> Parties, IReadOnlyList<CounterRow> Counters, string Version, string Storage, long JournalEntries, string Broker);

/// <param name="Party">Party of the actor; empty when nobody was signed in.</param>
/// <param name="Subject">Whom or what it was done to.</param>
public sealed record AuditRow(long Number, Instant At, string Party, string Actor, string Action, string Subject, string Detail);

public sealed record AccountRow(string Login, string Name, Role Role, string Party, string PartyName, bool Disabled);

/// <param name="Brand">Its people have any role but supplier; other parties' only that one.</param>
public sealed record PartyRow(string Party, string Name, bool Brand);

/// <param name="Path">To open on the server's address; null when refused.</param>
public sealed record LinkView(string? Path, IReadOnlyList<Finding> Findings);

public sealed record CounterRow(string Name, string Value, string Doc);
