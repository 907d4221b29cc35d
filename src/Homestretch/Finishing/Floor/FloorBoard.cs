using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>What is to be done on the floor of a site, as its devices show it. How much lies in a bin is not in it: who counts must not know.</summary>
/// <param name="Version">Journal version it was made of.</param>
/// <param name="Kits">Kits to pick, that which is built first before others; those that wait for a part behind them.</param>
/// <param name="Units">Units that are not done.</param>
/// <param name="Texts">Work instructions of the steps on it in other languages than their own.</param>
/// <param name="Counts">What is to be counted, in walking order.</param>
public sealed record FloorBoard(string Site, long Version, Instant Made, IReadOnlyList<ExpectedLot> Expected, IReadOnlyList<FloorBin> Bins, IReadOnlyList<FloorItem> Items, IReadOnlyList<FloorKit> Kits, IReadOnlyList<FloorUnit> Units, IReadOnlyList<FloorStepText>? Texts = null, IReadOnlyList<FloorCount>? Counts = null);

/// <summary>A lot that comes in.</summary>
/// <param name="PutAway">Bin that its goods belong in; empty: any with room.</param>
/// <param name="Customs">Where it stands with customs, as far as anybody has said.</param>
/// <param name="CustomsDocument">The document that says so.</param>
/// <param name="AsksCustoms">Whether whoever receives it is asked.</param>
/// <param name="Cleared">Day on which customs let its shipment go; null: nobody has told.</param>
public sealed record ExpectedLot(string Lot, string Item, string Revision, decimal Quantity, decimal Received, string Unit, string Shipment, string Supplier, LotState State, string PutAway,
    CustomsStanding Customs = CustomsStanding.Unknown, string CustomsDocument = "", bool AsksCustoms = false, string? Cleared = null);

public sealed record FloorBin(string Bin, BinKind Kind, int Walk, string? Item);

/// <summary>What should lie in a bin and is to be counted; not how much.</summary>
public sealed record FloorCount(string Bin, string Item, string Revision, string Lot);

public sealed record FloorItem(string Item, string Name, string Group, string Unit, decimal Step, string Gtin = "");

/// <summary>The kit of a build.</summary>
/// <param name="Picks">What is to be picked, in walking order.</param>
/// <param name="Missing">What is not here yet.</param>
/// <param name="Whole">Everything has been picked.</param>
/// <param name="Has">What lies in it and in no unit yet; a part is fitted from this.</param>
/// <param name="Steps">Steps of a unit that is begun on it now, so that work can begin without a network; empty while something is not here yet.</param>
public sealed record FloorKit(string Build, string OrderLine, string Family, string Market, string Options, string Line, Instant Start, int Units, int Begun, IReadOnlyList<FloorPick> Picks, IReadOnlyList<FloorMissing> Missing, bool Whole, IReadOnlyList<FloorStep> Steps, IReadOnlyList<FloorPick> Has);

/// <param name="Customs">Where the lot stands with customs.</param>
public sealed record FloorPick(string Item, string Revision, string Lot, string Bin, decimal Quantity, CustomsStanding Customs = CustomsStanding.Unknown);

/// <param name="Waits">Lot that it waits for; empty: nothing has been bought or assigned.</param>
public sealed record FloorMissing(string Item, decimal Quantity, string Waits);

/// <summary>A unit in work.</summary>
/// <param name="Steps">All steps that apply to it, in order.</param>
/// <param name="Parts">What is in it.</param>
/// <param name="Release">Its firmware release, as 3/20: place and quota; empty: none.</param>
/// <param name="NeedsRelease">Whether one has to be asked for before its firmware can be written.</param>
public sealed record FloorUnit(string Serial, string Build, string Market, UnitState State, IReadOnlyList<FloorStep> Steps, IReadOnlyList<FloorPart> Parts, string Release = "", bool NeedsRelease = false, string Family = "");

/// <param name="Passed">Whether it is done; the first that is not comes next.</param>
/// <param name="Tolerances">What is measured, as torque=22..26 Nm; gap=..0.2 mm.</param>
/// <param name="Language">Language of title and text; empty: not recorded.</param>
/// <param name="Version">Version of the firmware that is written; empty: none.</param>
/// <param name="Released">Whether it is written only with a release.</param>
public sealed record FloorStep(string Step, WorkKind Kind, string Title, string Text, string Item, string Tolerances, bool Passed, int Attempts, string Language = "", string Version = "", bool Released = false);

/// <param name="Measured">What is measured, by its names in the step's limits: torque=Drehmoment.</param>
public sealed record FloorStepText(string Family, string Step, string Language, string Title, string Text, string Measured);

public sealed record FloorPart(int Number, string Item, string Revision, string Lot, string PartSerial, decimal Quantity);
