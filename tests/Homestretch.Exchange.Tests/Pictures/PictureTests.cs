using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Homestretch.Exchange.Pictures;
using Xunit;

namespace Homestretch.Exchange.Tests.Pictures;

/// <summary>Of what cameras write into pictures nothing but the picture stays.</summary>
public sealed class PictureTests
{
    private static readonly byte[] s_place = Encoding.ASCII.GetBytes("Exif\0\0GPS 34.85N 82.39W Meridian");

    private static byte[] Jpeg { get; } =
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, s_place), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 9]), .. Segment(0xE2, [.. "MPF\0"u8, .. s_place]), .. Segment(0xFE, s_place),
        .. Segment(0xDB, new byte[65]), .. Segment(0xC2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]), .. Segment(0xC4, new byte[20]), .. Segment(0xDA, [1, 1, 0, 0, 0, 0]), 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, .. Segment(0xC4, new byte[20]), .. Segment(0xDA, [1, 1, 0, 1, 5, 0]), 5, 6, 0xFF, 0xD9, .. s_place,
    ];

    private static byte[] Png { get; } = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. Chunk("eXIf", s_place), .. Chunk("tEXt", s_place), .. Chunk("tIME", new byte[7]), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", []), .. s_place];

    private static byte[] Webp { get; } = Riff([.. Part("VP8X", [0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0]), .. Part("VP8 ", [1, 2, 3]), .. Part("EXIF", s_place), .. Part("XMP ", s_place)]);

    [Fact]
    public void A_jpeg_keeps_its_picture_and_colours_and_nothing_else()
    {
        byte[] bare = Read(Jpeg, "image/jpeg");
        Assert.Equal(Jpeg.Length - 4 * s_place.Length - "MPF\0"u8.Length - 3 * 4, bare.Length);
        Assert.True(bare.AsSpan().IndexOf("ICC_PROFILE"u8) > 0 && bare.AsSpan().IndexOf("JFIF"u8) > 0);
        Assert.True(bare is [.., 5, 6, 0xFF, 0xD9]);
    }

    [Fact]
    public void A_png_and_a_webp_keep_the_chunks_of_their_picture()
    {
        byte[] png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
        Assert.Equal(png, Read(Png, "image/png"));
        Assert.Equal(Riff([.. Part("VP8X", new byte[10]), .. Part("VP8 ", [1, 2, 3])]), Read(Webp, "image/webp"));
    }

    [Fact]
    public void What_is_no_picture_or_broken_off_is_refused_with_the_reason()
    {
        Assert.Equal("no-picture", Picture.Read("<svg onload=alert(1)>"u8).Wrong!.Rule);
        Assert.Equal("no-picture", Picture.Read([]).Wrong!.Rule);
        foreach (byte[] whole in new[] { Jpeg[..^s_place.Length], Png[..^s_place.Length], Webp })
            Assert.All(Enumerable.Range(12, whole.Length - 13), n => Assert.Equal("broken-picture", Picture.Read(whole.AsSpan(0, n)).Wrong!.Rule));
    }

    [Fact]
    public void Whatever_comes_nothing_is_thrown_and_what_is_bare_stays_as_it_is() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400]).Sample((which, at, value, cut) =>
        {
            byte[] file = which switch { 0 => [.. Jpeg], 1 => [.. Png], _ => [.. Webp] };
            file[at % file.Length] = value;
            if (Picture.Read(file.AsSpan(0, Math.Max(12, file.Length - cut % file.Length))).Picture is not { } bare) return true;
            return Picture.Read(bare.Bytes).Picture is { } again && again.Bytes.AsSpan().SequenceEqual(bare.Bytes);
        });

    private static byte[] Read(byte[] file, string media)
    {
        var (picture, wrong) = Picture.Read(file);
        Assert.True(wrong is null, $"{wrong}");
        Assert.Equal(media, picture!.Media);
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(picture.Bytes), StringComparison.Ordinal);
        return picture.Bytes;
    }

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
    private static byte[] Chunk(string kind, byte[] data) => [.. Big(data.Length), .. Encoding.ASCII.GetBytes(kind), .. data, 0, 0, 0, 0];
    private static byte[] Part(string kind, byte[] data) => [.. Encoding.ASCII.GetBytes(kind), .. Little(data.Length), .. data, .. new byte[data.Length % 2]];
    private static byte[] Riff(byte[] parts) => [.. "RIFF"u8, .. Little(parts.Length + 4), .. "WEBP"u8, .. parts];

    private static byte[] Big(int n)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, n);
        return bytes;
    }

    private static byte[] Little(int n)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, n);
        return bytes;
    }
}
