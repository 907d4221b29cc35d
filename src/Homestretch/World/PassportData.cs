using NodaTime;
using NodaTime.Text;

namespace Homestretch.World;

/// <summary>What a battery's passport says in one field: of all of an item, or of the one with a serial number.</summary>
/// <param name="Field">A key of <see cref="PassportField.All"/>.</param>
/// <param name="PartSerial">Serial number of the battery; empty: of its model.</param>
/// <param name="Since">First day it holds: of the batteries put into units from then on, or, of one battery, of what is known of it.</param>
/// <param name="To">First day it no longer holds; null: open.</param>
public sealed record PassportData(Key<Item> Item, string Field, string PartSerial, LocalDate Since, Key<Party> Party, string Value, string Unit, Key<Document>? Document, LocalDate? To, string Source, bool Sample)
    : IRecord<PassportData>
{
    public static string TableName => "passport_data";
    public static string TableDoc => "What the passport of a battery says in one field: of its model by item, or of one battery by its serial number. docs/passport.md lists the fields, who may see each, and the law.";
    public string Id => $"{Item}|{Field}|{PartSerial}|{LocalDatePattern.Iso.Format(Since)}";

    public static PassportData Shape(Fields f, PassportData? x) => new(
        f.Ref("item", x?.Item, "Item: the battery's part number."),
        f.Part("field", x?.Field, "Field, such as chemistry or weight, as docs/passport.md lists them."),
        f.Part("part_serial", x?.PartSerial, "Serial number of the battery, of fields of one battery; empty: of its model.", ""),
        f.Date("since", x?.Since, "First day it holds."),
        f.Ref("party", x?.Party, "Party that answers for it."),
        f.Text("value", x?.Value, "What the passport says. Say of what is seen by everybody only what everybody may know."),
        f.Text("unit", x?.Unit, "Unit of measure; empty: none.", ""),
        f.OptionalRef("document", x?.Document, "Document that proves it."),
        f.OptionalDate("to", x?.To, "First day it no longer holds; empty: open."),
        f.Text("source", x?.Source, "Where it was taken from.", ""),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.", YesNo.No) == YesNo.Yes);

    /// <summary>Does it hold on a day?</summary>
    public bool Holds(LocalDate day) => !(day < Since) && !(day >= To);
}
