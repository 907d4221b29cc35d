using Homestretch.World;

namespace Homestretch.Exchange.Pictures;

/// <summary>A picture without anything but the picture: no place, no time, no name of a camera or person, nothing behind its end. What it is its first bytes say, never its name.
/// JPEG by ITU-T T.81 annex B, PNG by W3C PNG third edition, WebP by RFC 9649.</summary>
/// <param name="Media">image/jpeg, image/png or image/webp.</param>
public sealed record Picture(string Media, byte[] Bytes)
{
    /// <summary>The picture in a file; or why there is none.</summary>
    public static (Picture? Picture, Finding? Wrong) Read(ReadOnlySpan<byte> file)
    {
        (string media, byte[]? bytes) = file switch
        {
            [0xFF, 0xD8, 0xFF, ..] => ("image/jpeg", JpegBytes.Bare(file)),
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ("image/png", PngBytes.Bare(file)),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ("image/webp", WebpBytes.Bare(file)),
            _ => ("", null),
        };
        return bytes is not null ? (new(media, bytes), null) : (null, media.Length == 0
            ? new(new("photo"), "no-picture", "This is no JPEG, PNG or WebP picture.", "Send the picture as the camera made it, in one of these forms.")
            : new(new("photo"), "broken-picture", $"This {media[6..].ToUpperInvariant()} is damaged: its parts do not follow each other to its end.", "Take or send the picture again."));
    }
}
