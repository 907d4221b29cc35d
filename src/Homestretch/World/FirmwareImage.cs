using NodaTime;

namespace Homestretch.World;

/// <summary>The firmware that a family is finished with for a market.</summary>
/// <param name="Sha256">Hash of the image, 64 hexadecimal digits: what the hub writes is compared with it.</param>
/// <param name="From">First day it is used; null: always.</param>
/// <param name="Released">Whether each serial number needs a signed release before it is written.</param>
/// <param name="To">First day it may no longer be used; null: open.</param>
public sealed record FirmwareImage(Key<Item> Family, Key<Market> Market, string Version, Key<Party> Party, string Sha256, LocalDate? From, LocalDate? To, string Source, bool Released = false) : IRecord<FirmwareImage>
{
    public static string TableName => "firmware_images";
    public static string TableDoc => "The firmware image that a family is finished with for a market and the markets within it, with its hash and dates.";
    public string Id => $"{Family}|{Market}|{Version}";

    public static FirmwareImage Shape(Fields f, FirmwareImage? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Ref("market", x?.Market, "Market it is for; a market within it takes it when it has none of its own."),
        f.Part("version", x?.Version, "Version of the image."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("sha256", x?.Sha256, "SHA-256 of the image, 64 hexadecimal digits."),
        f.OptionalDate("from", x?.From, "First day it is used; empty: always. Of several in force the one used since last counts."),
        f.OptionalDate("to", x?.To, "First day it may no longer be used; empty: open."),
        f.Text("source", x?.Source, "Who released it, and what it was released against."),
        f.Choice<YesNo>("released", x is null ? null : x.Released ? YesNo.Yes : YesNo.No, "Whether each serial number needs a release signed by the hub before it is written.", YesNo.No) == YesNo.Yes);

    /// <summary>Is it in use on a day?</summary>
    public bool InForce(LocalDate day) => !(day < From) && !(day >= To);
}
