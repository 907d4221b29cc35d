using Google.Protobuf;
using Homestretch.Exchange.Sparkplug;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>Payloads broken by seed, in the way of coverage-guided fuzzers: a mutant that behaves as none before it joins the
/// corpus and is broken further. What the decoder tells about a payload stands in the place of code coverage.</summary>
internal sealed class Mutations
{
    private const int MostKept = 4_000, Longest = 4_096;
    private static readonly byte[] Telling = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0x12, 0x0A, 0x4A, 0x8A, 0x92];
    private readonly Random random;
    private readonly List<byte[]> corpus = [];
    private readonly HashSet<long> seen = [];

    public Mutations(int seed, params IEnumerable<byte[]> more)
    {
        random = new Random(seed);
        var payloads = new RandomPayloads(4);
        corpus.AddRange(Enumerable.Range(0, 400).Select(_ => payloads.Next().ToByteArray()).Concat(more).Where(b => b.Length > 0));
    }

    /// <summary>How many different behaviours were met.</summary>
    public int Behaviours => seen.Count;

    public byte[] Next()
    {
        var bytes = corpus[random.Next(corpus.Count)].ToArray();
        if (random.Next(8) == 0) return bytes;
        for (var steps = 1 + random.Next(3); steps > 0 && bytes.Length > 0; steps--) bytes = Broken(bytes);
        return bytes.Length <= Longest ? bytes : bytes[..Longest];
    }

    /// <summary>Keeps a payload that was read as none before it.</summary>
    public void Learn(byte[] bytes, Payload read, PayloadFault fault)
    {
        var shape = ((long)fault.Fault << 48) + ((long)Math.Min(fault.Metric, 6) << 40) + ((long)Math.Min(read.Metrics.Length, 15) << 32);
        foreach (ref readonly var m in read.Metrics)
            shape |= 1L << (int)m.Field | (m.HasName ? 1L << 12 : 0) | (m.HasAlias ? 1L << 13 : 0) | (m.IsNull ? 1L << 14 : 0) | (m.IsHistorical ? 1L << 15 : 0)
                | (m.HasProperties ? 1L << 16 : 0) | (m.HasMetaData ? 1L << 17 : 0) | (m.HasType ? 1L << 18 : 0);
        if (seen.Add(shape) && corpus.Count < MostKept && bytes.Length > 0) corpus.Add(bytes);
    }

    private byte[] Broken(byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(9))
        {
            case 0:
                return bytes[..at];
            case 1:
                var other = corpus[random.Next(corpus.Count)];
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length))];
            case 2:
                var some = new byte[random.Next(1, 12)];
                random.NextBytes(some);
                return [.. bytes.AsSpan(0, at), .. some, .. bytes.AsSpan(at)];
            case 3:
                var cut = Math.Min(bytes.Length - at, random.Next(1, 12));
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + cut)];
            case 4:
                var chunk = bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 60)));
                return [.. bytes.AsSpan(0, at), .. chunk, .. bytes.AsSpan(at)];
            case 5:
                bytes[at] = Telling[random.Next(Telling.Length)];
                return bytes;
            case 6:
                bytes[at] += (byte)random.Next(-3, 4);
                return bytes;
            case 7:
                return [.. bytes, .. corpus[random.Next(corpus.Count)]];
            default:
                for (var flips = random.Next(1, 5); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
