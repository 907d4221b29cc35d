using System.Text;

namespace Homestretch.Walk.Floor;

/// <summary>A film of one picture for a browser's camera: a symbol on white paper, as YUV4MPEG2.</summary>
internal static class Film
{
    private const int Width = 640, Height = 480, Module = 8;

    /// <param name="dark">Modules of a symbol, row by row.</param>
    public static byte[] Of(bool[,] dark)
    {
        int rows = dark.GetLength(0), columns = dark.GetLength(1), left = (Width - columns * Module) / 2, top = (Height - rows * Module) / 2;
        byte[] picture = new byte[Width * Height * 3 / 2];
        Array.Fill(picture, (byte)200, 0, Width * Height);
        Array.Fill(picture, (byte)128, Width * Height, Width * Height / 2);
        for (int y = 0; y < rows * Module; y++)
            for (int x = 0; x < columns * Module; x++)
                if (dark[y / Module, x / Module]) picture[(top + y) * Width + left + x] = 40;
        byte[] frame = [.. Encoding.ASCII.GetBytes("FRAME\n"), .. picture];
        return [.. Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1 Ip A1:1 C420jpeg\n"), .. frame, .. frame];
    }
}
