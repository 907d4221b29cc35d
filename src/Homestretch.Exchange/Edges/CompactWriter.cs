using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Homestretch.Exchange.Edges;

/// <summary>Writes numbers in as few bytes as they need and every text once: the second time it is a number.</summary>
public sealed class CompactWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);
    private readonly Dictionary<string, int> numberByText = new(StringComparer.Ordinal);

    public int Length => buffer.WrittenCount;

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    /// <summary>A whole number; small ones of either sign take one byte.</summary>
    public void Whole(long value)
    {
        ulong folded = (ulong)(value << 1) ^ (ulong)(value >> 63);
        for (; folded >= 0x80; folded >>= 7) Byte((byte)(folded | 0x80));
        Byte((byte)folded);
    }

    public void Number(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    public void Text(string text)
    {
        if (numberByText.TryGetValue(text, out int number))
        {
            Whole(number + 1);
            return;
        }
        numberByText[text] = numberByText.Count;
        int bytes = Encoding.UTF8.GetByteCount(text);
        Whole(0);
        Whole(bytes);
        Encoding.UTF8.GetBytes(text, buffer.GetSpan(bytes));
        buffer.Advance(bytes);
    }

    /// <summary>The bytes so far.</summary>
    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}

/// <summary>Reads what <see cref="CompactWriter"/> wrote. Bytes that it did not write end in <see cref="IsBad"/>, never in an exception.</summary>
public ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int MostTexts = 100_000;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private List<string>? texts;
    private int at;

    /// <summary>True from the first byte on that cannot be.</summary>
    public bool IsBad { get; private set; }

    /// <summary>True when every byte was read and none was bad.</summary>
    public readonly bool IsAtEnd => !IsBad && at == bytes.Length;

    public byte Byte()
    {
        if (at < bytes.Length) return bytes[at++];
        IsBad = true;
        return 0;
    }

    public long Whole()
    {
        ulong folded = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte b = Byte();
            if (IsBad || shift == 63 && b > 1) break;
            folded |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return (long)(folded >> 1) ^ -(long)(folded & 1);
        }
        IsBad = true;
        return 0;
    }

    /// <summary>How many things follow, each of at least one byte.</summary>
    public int Count()
    {
        long count = Whole();
        if (count < 0 || count > bytes.Length - at) IsBad = true;
        return IsBad ? 0 : (int)count;
    }

    public double Number()
    {
        if (bytes.Length - at < 8) IsBad = true;
        if (IsBad) return double.NaN;
        at += 8;
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes[(at - 8)..]);
    }

    public string Text()
    {
        long number = Whole();
        texts ??= [];
        if (number > 0 && number <= texts.Count) return texts[(int)number - 1];
        int length = number == 0 && texts.Count < MostTexts ? Count() : -1;
        if (IsBad || length < 0)
        {
            IsBad = true;
            return "";
        }
        string text = Encoding.UTF8.GetString(bytes.Slice(at, length));
        at += length;
        texts.Add(text);
        return text;
    }
}
