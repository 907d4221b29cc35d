using NodaTime;

namespace Homestretch.World;

/// <summary>Where a change of a part stands. A draft binds nobody; released and closed ones are in force, and closed ones need no more work.</summary>
public enum ChangeState { Draft, Released, Closed }

/// <summary>What becomes of parts of the old revision.</summary>
public enum OldStock
{
    /// <summary>Used as they are until the change takes effect, and after it where the old revision may go in the place of the new.</summary>
    UseUp,

    /// <summary>Made into the new revision at the bench.</summary>
    Rework,

    /// <summary>Thrown away.</summary>
    Scrap,

    /// <summary>Sent back to who made them.</summary>
    Return,
}

/// <summary>An engineering change: a part goes from one revision to the next, from a day, a lot or a serial number on.</summary>
/// <param name="FromDay">First day, local to the hub, on which a build is finished with the new revision; null: it does not take effect by date.</param>
/// <param name="FromLot">First lot that must be of the new revision; empty: it does not take effect from a lot on.</param>
/// <param name="Lots">The lots that must be of the new revision, parted by ';'; empty: it does not take effect by a list of lots.</param>
/// <param name="FromSerial">First serial number of the finished product that takes the new revision; empty: it does not take effect by serial number.</param>
/// <param name="ReworkMinutes">Minutes at the bench to make one old part new; null: unknown.</param>
/// <param name="ReworkCost">What it costs for one part; null: unknown.</param>
/// <param name="ReworkStep">Step of work in which it is done on the unit; empty: it is done before the part is picked.</param>
/// <param name="OldInNew">Whether the old revision may go where the new one is asked for.</param>
/// <param name="NewInOld">Whether the new revision may go where the old one is asked for.</param>
/// <param name="Families">Product families it concerns, parted by ';'; empty: all.</param>
/// <param name="Markets">Markets it concerns, with those within them, parted by ';'; empty: all.</param>
public sealed record EngineeringChange(Key<EngineeringChange> Key, Key<Party> Party, Key<Item> Item, string FromRevision, string ToRevision, string Title, string Reason, ChangeState State,
    LocalDate? FromDay, string FromLot, string Lots, string FromSerial, OldStock OldStock, decimal? ReworkMinutes, Money? ReworkCost, string ReworkStep, YesNo OldInNew, YesNo NewInOld,
    string Families, string Markets, string ApprovedBy, Instant? ApprovedAt) : IRecord<EngineeringChange>
{
    public static string TableName => "engineering_changes";
    public static string TableDoc => "A change of a part from one revision to the next: from when on, what becomes of old parts, who approved it.";
    public string Id => Key.Value;

    /// <summary>Whether builds must keep to it.</summary>
    public bool InForce => State != ChangeState.Draft;

    public static EngineeringChange Shape(Fields f, EngineeringChange? x) => new(
        f.Own("engineering_change", x?.Key, "Number of the change, unique, such as ECO-21."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Ref("item", x?.Item, "Item that changes."),
        f.Text("from_revision", x?.FromRevision, "Revision that it replaces."),
        f.Text("to_revision", x?.ToRevision, "Revision that takes its place."),
        f.Text("title", x?.Title, "What changes, in a few words."),
        f.Text("reason", x?.Reason, "Why.", ""),
        f.Choice<ChangeState>("state", x?.State, "A draft binds nobody; released and closed changes are in force.", ChangeState.Draft),
        f.OptionalDate("from_day", x?.FromDay, "Takes effect by date: first day, local to the hub, on which a build needs the new revision."),
        f.Text("from_lot", x?.FromLot, "Takes effect by lot: first lot that must be of the new revision; numbers count by their digits.", ""),
        f.Text("lots", x?.Lots, "Takes effect by lot: the lots that must be of the new revision, parted by ';'.", ""),
        f.Text("from_serial", x?.FromSerial, "Takes effect by serial: first serial number of the finished product that needs the new revision.", ""),
        f.Choice<OldStock>("old_stock", x?.OldStock, "What becomes of parts of the old revision.", OldStock.UseUp),
        f.OptionalNumber("rework_minutes", x?.ReworkMinutes, "Minutes at the bench to make one old part new; empty: unknown, or no rework."),
        f.OptionalMoney("rework_cost", x?.ReworkCost, "What it costs to make one old part new; empty: unknown, or no rework."),
        f.Text("rework_step", x?.ReworkStep, "Step of work in which it is done on the unit; empty: it is done before the part is picked.", ""),
        f.Choice<YesNo>("old_in_new", x?.OldInNew, "Whether the old revision may go where the new one is asked for.", YesNo.No),
        f.Choice<YesNo>("new_in_old", x?.NewInOld, "Whether the new revision may go where the old one is asked for.", YesNo.No),
        f.Text("families", x?.Families, "Product families it concerns, parted by ';'; empty: all.", ""),
        f.Text("markets", x?.Markets, "Markets it concerns, with those within them, parted by ';'; empty: all.", ""),
        f.Text("approved_by", x?.ApprovedBy, "Who approved it; empty for a draft.", ""),
        f.OptionalMoment("approved_at", x?.ApprovedAt, "When it was approved; empty for a draft."));
}
