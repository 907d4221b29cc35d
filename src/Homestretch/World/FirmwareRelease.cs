using NodaTime;

namespace Homestretch.World;

/// <summary>Leave to write one firmware image into one unit, signed by the hub and bound to a place in its order's quota.</summary>
/// <param name="Ordinal">Place in the order line's quota, from 1 to its quantity; one living serial number has it.</param>
/// <param name="Number">1 is the first release on this place; further ones write the unit again, or are of the unit that takes a given up one's place.</param>
/// <param name="Quota">Quantity of the order line as it was then.</param>
/// <param name="Replaces">Unit given up whose place it took; empty: none.</param>
/// <param name="Reason">Why there is more than one; empty of the first.</param>
/// <param name="Signer">Id of the key that signed.</param>
/// <param name="Signature">Signature over all the others, base64.</param>
public sealed record FirmwareRelease(Key<OrderLine> OrderLine, int Ordinal, int Number, Key<Party> Party, int Quota, string Serial, Key<Item> Family, Key<Market> Market, string Version, string Sha256, Instant Released, string Replaces, string Reason,
    string Operation, string Signer, string Signature) : IRecord<FirmwareRelease>
{
    public static string TableName => "firmware_releases";
    public static string TableDoc => "Leave to write one firmware image into one unit, signed by the hub and bound to a place in its order's quota. Made by operations on the floor, never by hand.";
    public string Id => $"{OrderLine}|{Ordinal:00000}|{Number:000}";

    public static FirmwareRelease Shape(Fields f, FirmwareRelease? x) => new(
        f.Ref("order_line", x?.OrderLine, "Order line whose quota it is of."),
        f.Whole("ordinal", x?.Ordinal, "Place in the quota, from 1 to the quantity ordered."),
        f.Whole("number", x?.Number, "1 is the first release on this place."),
        f.Ref("party", x?.Party, "Party that builds the unit."),
        f.Whole("quota", x?.Quota, "Quantity of the order line as it was then."),
        f.Text("serial", x?.Serial, "Unit it is for; it may have left the world for the archive."),
        f.Ref("family", x?.Family, "Product family."),
        f.Ref("market", x?.Market, "Market the unit is finished for."),
        f.Text("version", x?.Version, "Version of the image."),
        f.Text("sha256", x?.Sha256, "SHA-256 of the image, 64 hexadecimal digits."),
        f.Moment("released", x?.Released, "When the hub gave it."),
        f.Text("replaces", x?.Replaces, "Unit given up whose place it took; empty: none.", ""),
        f.Text("reason", x?.Reason, "Why there is more than one; empty of the first.", ""),
        f.Text("operation", x?.Operation, "Operation on the floor that asked for it.", ""),
        f.Text("signer", x?.Signer, "Id of the key that signed.", ""),
        f.Text("signature", x?.Signature, "Signature over all the others, base64.", ""));
}
