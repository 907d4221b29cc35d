using Homestretch.Landing;
using NodaTime;

namespace Homestretch.Web.Window;

/// <param name="To">A site, a market or a customs territory.</param>
/// <param name="On">Day of entry; null: the hub's today.</param>
/// <param name="Quantity">Units in one consignment; null: the smallest purchase.</param>
public sealed record LandedQuery(string? Item = null, string? Supplier = null, string? To = null, LocalDate? On = null, decimal? Quantity = null);

/// <param name="Entered">Day of entry that it was counted for.</param>
/// <param name="HoldingRate">Cost of holding a unit of value for a year.</param>
public sealed record LandedView(LocalDate Entered, decimal HoldingRate, IReadOnlyList<LandedSource> Sources);

/// <summary>One way to buy with what a consignment costs at the hub.</summary>
/// <param name="Total">Of the whole consignment; null with findings.</param>
/// <param name="PerUnit">Total by quantity, four decimals.</param>
/// <param name="Components">Each with the row that made it.</param>
/// <param name="SetAside">Rows that met the goods and do not count, and why.</param>
/// <param name="Findings">What is unknown, so that the cost cannot be told.</param>
/// <param name="Rows">Since when and until when the rows hold that made it or were set aside, where they say so.</param>
public sealed record LandedSource(string Item, string Supplier, string Lane, string LaneName, decimal Quantity, string? Origin, string? Hs, string? Territory, string? Currency, decimal? Total, decimal? PerUnit,
    IReadOnlyList<LandedComponent> Components, IReadOnlyList<SetAside> SetAside, IReadOnlyList<Finding> Findings, IReadOnlyList<LandedRow> Rows);

/// <summary>Since when a row holds, and the first day on which it no longer does; null: without an end.</summary>
/// <param name="Row">Table and key.</param>
public sealed record LandedRow(string Row, LocalDate? From, LocalDate? To);

/// <summary>What there is to ask landed cost of.</summary>
/// <param name="Items">Those that can be bought.</param>
/// <param name="Places">Sites to which something is bought, and markets.</param>
public sealed record LandedChoices(IReadOnlyList<LandedItem> Items, IReadOnlyList<Named> Places);

/// <param name="Suppliers">Who sells it.</param>
public sealed record LandedItem(string Item, string Name, IReadOnlyList<Named> Suppliers);

/// <summary>A key and what people call it.</summary>
public sealed record Named(string Key, string Name);

/// <summary>A lot of an item that came by a way to buy, newest first.</summary>
public sealed record LandedLotRow(string Lot, decimal Quantity, string Unit, LocalDate? Entered);

/// <summary>A lot as it was planned and as it came.</summary>
/// <param name="Planned">The way it was bought by, entered on the day it was due; null: it has no purchase or its way to buy is gone.</param>
public sealed record LandedLot(string Lot, string Item, string Supplier, string Lane, decimal Quantity, string Unit, LandedSide? Planned, LandedSide Came);

/// <param name="Entered">Day of entry; null: unknown.</param>
/// <param name="Days">On the way.</param>
/// <param name="Total">Null with findings.</param>
public sealed record LandedSide(LocalDate? Entered, decimal Days, string? Currency, decimal? Total, IReadOnlyList<LandedComponent> Components, IReadOnlyList<Finding> Findings);
