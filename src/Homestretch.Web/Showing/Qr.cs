using QRCoder;

namespace Homestretch.Web.Showing;

/// <summary>A text as a QR code, dark on light whatever the theme, since cameras want it so.</summary>
internal static class Qr
{
    public static string Svg(string text)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(new System.Drawing.Size(220, 220), "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
