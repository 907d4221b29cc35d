using Homestretch.Simulating;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>How far a trial of a design is.</summary>
public enum TrialState { Waiting, Playing, Done, Ended, Failed }

/// <summary>How a design is to be tried: as usual, and once more for each passage that closes and each supplier that is lost.</summary>
/// <param name="Closed">Passages of the sea, such as 'suez'.</param>
/// <param name="Lost">Codes of suppliers.</param>
public sealed record TrialOrder(int Days = 240, int Futures = 2, IReadOnlyList<string>? Closed = null, IReadOnlyList<string>? Lost = null);

/// <summary>A design played through the live planner, or how far that is.</summary>
/// <param name="Of">The design: 'design:' and the key of a kept one, else the limits that it is the answer within.</param>
/// <param name="Day">Days played so far, of all futures together.</param>
/// <param name="AllDays">Days to play.</param>
/// <param name="From">Day of a future on which a passage closes or a supplier is lost.</param>
/// <param name="ClosedDays">Days for which a passage is closed.</param>
/// <param name="Records">Present of the records that it starts from.</param>
/// <param name="Model">What the design's model says; null: not done yet.</param>
/// <param name="Rows">What became of each case, as usual first; empty: not done yet.</param>
/// <param name="Findings">What adopting the design could not do, or why there is no outcome.</param>
/// <param name="Older">The study's records have changed since.</param>
public sealed record TrialView(string Study, string Of, TrialState State, int Day, int AllDays, int Days, int Futures, int From, int ClosedDays, Instant Records, string By, TrialModel? Model, IReadOnlyList<TrialRow> Rows, IReadOnlyList<Finding> Findings, bool Older);

/// <summary>What a design's own model says.</summary>
/// <param name="Kits">The least chance, over its customers, that all that they need waits in time.</param>
/// <param name="Days">The most days that a customer waits.</param>
/// <param name="StockValue">Value of what it keeps at the hubs.</param>
/// <param name="HoldingRate">What holding costs a year, of the value.</param>
/// <param name="Cost">What a year costs by it.</param>
public sealed record TrialModel(double Kits, double Days, double UnitsPerDay, double StockValue, double HoldingRate, double Cost);

/// <summary>One case: what became of the company as it is, and of the company with the design.</summary>
/// <param name="Closed">The passage that closes, as people call it; empty: none.</param>
/// <param name="Lost">The supplier that is lost, as people call it; empty: none.</param>
public sealed record TrialRow(string Closed, string Lost, TrialFigures Today, TrialFigures Design);

/// <summary>What became of a company in a case, over all futures, each estimate with the interval that the choice of futures leaves.</summary>
/// <param name="KitsWhole">Share of kits that were whole by the start planned two weeks before; null: there was none.</param>
/// <param name="PromisesKept">Share of first promises that were kept.</param>
/// <param name="OnTime">Share delivered by the requested date.</param>
/// <param name="Days">Mean days from order to delivery.</param>
/// <param name="StockValue">Mean value of stock at the hubs, by the design's cost of a unit.</param>
public sealed record TrialFigures(Estimate? KitsWhole, Estimate? PromisesKept, Estimate? OnTime, double Days, double UnitsPerDay, double StockValue, IReadOnlyList<TrialHub> Hubs);

/// <summary>Stock at a hub: its mean value.</summary>
public sealed record TrialHub(string Hub, string Name, double Value);
