using NodaTime;

namespace Homestretch.World;

/// <summary>What somebody does on the floor of a hub.</summary>
public enum FloorAct
{
    /// <summary>Goods of a lot come in.</summary>
    Receive,

    /// <summary>No more of a lot is to come.</summary>
    CloseLot,

    /// <summary>From one bin to another of the same use; putting away is one.</summary>
    Move,

    /// <summary>Into a bin that is held or waits for customs.</summary>
    Hold,

    /// <summary>Out of such a bin.</summary>
    Release,

    /// <summary>How much of a row lies in a bin, without having been told how much should.</summary>
    Count,

    /// <summary>Thrown away, from a bin.</summary>
    Scrap,

    /// <summary>From a bin into the kit of a build.</summary>
    Pick,

    /// <summary>From a kit back into a bin.</summary>
    Return,

    /// <summary>A unit is begun.</summary>
    Begin,

    /// <summary>A step of work on a unit.</summary>
    Work,

    /// <summary>A part comes out of a unit, into a bin or onto the scrap.</summary>
    TakeOut,

    /// <summary>Work on a unit rests, for a break or the next shift.</summary>
    Pause,

    /// <summary>It goes on.</summary>
    Resume,

    /// <summary>Somebody is called to a unit.</summary>
    Andon,

    /// <summary>A unit is done.</summary>
    Complete,

    /// <summary>A unit is given up, with all that is in it.</summary>
    ScrapUnit,

    /// <summary>The office says where a lot stands with customs.</summary>
    SetCustoms,

    /// <summary>Leave to write the firmware of a unit is asked for.</summary>
    ReleaseFirmware,
}

public enum FloorAnswer { Accepted, Refused }

/// <summary>One thing that was done on the floor, as a device told it, and what came of it: the stock ledger, and the record of who refused what.</summary>
/// <param name="Key">Device and its own running number, such as <c>GVL-07/1312</c>: told again, the same operation is done once.</param>
/// <param name="Operator">Pseudonym of who did it.</param>
/// <param name="Happened">When it was done, by the device's clock as corrected by the server's.</param>
/// <param name="Heard">When the server heard of it.</param>
/// <param name="From">Bin it comes from; for a part of a unit its number there.</param>
/// <param name="To">Bin it goes to; empty: none.</param>
/// <param name="Values">What was measured, as name=value; name=value; of a lot that comes in also customs=bonded; document=IT-4711.</param>
/// <param name="Change">By how much stock on hand changed: received, fitted, thrown away, counted.</param>
/// <param name="Rule">Rule that refused it; empty when accepted.</param>
/// <param name="Said">What the device was told: why it was refused and what to do, or what differs.</param>
public sealed record FloorOperation(Key<FloorOperation> Key, Key<Party> Party, Key<Site> Site, FloorAct Act, string Device, string Operator, Instant Happened, Instant Heard, string Item, string Revision,
    string LotNumber, decimal? Quantity, string From, string To, string Build, string Unit, string Step, string PartSerial, string Values, string Reason, FloorAnswer Answer, decimal Change, string Rule,
    string Said) : IRecord<FloorOperation>
{
    public static string TableName => "floor_operations";
    public static string TableDoc => "One thing that was done on the floor of a hub, as a device told it, and what came of it: the stock ledger.";
    public string Id => Key.Value;

    public static FloorOperation Shape(Fields f, FloorOperation? x) => new(
        f.Own("operation", x?.Key, "Device and its running number, such as GVL-07/1312, unique; told again it is done once."),
        f.Ref("party", x?.Party, "Party whose floor it is."),
        f.Ref("site", x?.Site, "Site of the floor."),
        f.Choice("act", x?.Act, "What was done."),
        f.Text("device", x?.Device, "Device that told it.", ""),
        f.Text("operator", x?.Operator, "Pseudonym of who did it.", ""),
        f.Moment("happened", x?.Happened, "When it was done."),
        f.Moment("heard", x?.Heard, "When the server heard of it."),
        f.Text("item", x?.Item, "Item as scanned.", ""),
        f.Text("revision", x?.Revision, "Revision as scanned.", ""),
        f.Text("lot_number", x?.LotNumber, "Lot as scanned.", ""),
        f.OptionalNumber("quantity", x?.Quantity, "Amount, in the item's unit."),
        f.Text("from", x?.From, "Bin it comes from; for a part of a unit its number there.", ""),
        f.Text("to", x?.To, "Bin it goes to; empty: none.", ""),
        f.Text("build", x?.Build, "Build whose kit it is about.", ""),
        f.Text("serial", x?.Unit, "Serial number of the unit it is about.", ""),
        f.Text("step", x?.Step, "Step of work.", ""),
        f.Text("part_serial", x?.PartSerial, "Serial number of the part; empty: it has none.", ""),
        f.Text("values", x?.Values, "What was measured, as name=value; name=value.", ""),
        f.Text("reason", x?.Reason, "Why.", ""),
        f.Choice<FloorAnswer>("answer", x?.Answer, "Whether it was done.", FloorAnswer.Accepted),
        f.Number("change", x?.Change, "By how much stock on hand changed, in the item's unit.", 0),
        f.Text("rule", x?.Rule, "Rule that refused it; empty when accepted.", ""),
        f.Text("said", x?.Said, "What the device was told.", ""));
}
