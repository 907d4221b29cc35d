using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <param name="Text">Part of a serial number, order line or customer.</param>
/// <param name="OrderLine">Only those of this order line.</param>
/// <param name="Item">Only those that hold something of this item, or did.</param>
/// <param name="Lot">Only those that hold something of this lot, or did.</param>
public sealed record UnitQuery(string? Text = null, UnitState? State = null, string? Market = null, string? OrderLine = null, int Skip = 0, int Take = 50, string? Item = null, string? Lot = null);

/// <summary>A unit in a list.</summary>
/// <param name="Customer">Empty for who may not see orders.</param>
/// <param name="Parts">How many parts are in it.</param>
/// <param name="NoLot">How many of them came in a lot that nobody knows.</param>
public sealed record UnitRow(string Serial, string Family, string Market, string OrderLine, string Customer, string Hub, UnitState State, Instant Begun, Instant? Completed, int Parts, int NoLot);

/// <summary>What no record says of a unit and whoever asks for its claims knows; null or unknown: nobody.</summary>
/// <param name="Label">Text of a label to check; null: none.</param>
/// <param name="Delivered">Day of delivery: rules are those of that day.</param>
/// <param name="Assembly">Cost of the final assembly, in the currency of the place where it was built, as are the next two.</param>
/// <param name="InlandFreight">Cost of the way to where it is shipped abroad.</param>
/// <param name="InternationalFreight">Cost of the international shipment that the price includes.</param>
public sealed record UnitGiven(string? Label = null, LocalDate? Delivered = null, decimal? Assembly = null, decimal? InlandFreight = null, decimal? InternationalFreight = null, Processing Processing = Processing.Unknown);

/// <summary>What may be claimed of a unit by what it was made of, and whether it may carry a label's text.</summary>
/// <param name="Findings">What is wrong with its content; nothing can be claimed then.</param>
/// <param name="Label">Answer to the text that was asked for; null: none was.</param>
public sealed record UnitClaims(UnitContent Content, IReadOnlyList<Claim> Claims, LabelAnswer? Label, IReadOnlyList<Finding> Findings);
