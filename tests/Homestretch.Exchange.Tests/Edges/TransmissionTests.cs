using CsCheck;
using Homestretch.Exchange.Edges;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Edges;

public sealed class TransmissionTests
{
    private static readonly string[] s_metrics = ["State", "Vibration", "Ärger"];

    private static readonly Gen<EdgeValue> s_value = Gen.Select(Gen.Int[0, 2], Gen.Double, Gen.String, Gen.Int[0, 2],
        static (metric, number, text, kind) => kind == 0 ? new EdgeValue(s_metrics[metric], number) : kind == 1 ? new EdgeValue(s_metrics[metric], double.NaN) : new EdgeValue(s_metrics[metric], double.NaN, text));

    private static readonly Gen<Transmission> s_transmission = Gen.Select(Gen.Int[0, 1000], Gen.Select(Gen.Int[1, 2].Select(static n => $"M{n}"), Gen.Long[-1_000_000_000_000, 4_000_000_000_000], s_value.List[0, 5], Gen.Byte[0, 15], Gen.Int[1, 3]).List[1, 40],
        static (contract, parts) =>
        {
            long sequence = 0;
            return new Transmission(contract, "raw@01020304", Instant.FromUnixTimeSeconds(1_772_000_000),
                [.. parts.Select(p => new EdgeRecord(sequence += p.Item5, p.Item1, Instant.FromUnixTimeMilliseconds(p.Item2), p.Item3, (RecordMarks)p.Item4))]);
        });

    [Fact]
    public void What_is_written_is_read_back() => s_transmission.Sample(static sent =>
    {
        Transmission? read = Transmission.Read(sent.ToBytes(), out Finding? finding);
        Assert.Null(finding);
        Assert.Equal((sent.Contract, sent.Stream, sent.Sent), (read!.Contract, read.Stream, read.Sent));
        Assert.Equal(sent.Records.Count, read.Records.Count);
        foreach (var (a, b) in sent.Records.Zip(read.Records))
        {
            Assert.Equal((a.Sequence, a.Machine, a.At, a.Marks), (b.Sequence, b.Machine, b.At, b.Marks));
            // a lone surrogate has no UTF-8 form and becomes the replacement character
            Assert.Equal(a.Values.Select(static v => v with { Text = v.Text is null ? null : Utf8(v.Text) }), b.Values);
        }
    }, iter: 500);

    [Fact]
    public void Bytes_that_are_none_are_refused_and_never_throw() => Gen.Select(s_transmission, Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000]).Sample(static (sent, at, value, cut) =>
    {
        byte[] bytes = sent.ToBytes();
        byte[] whole = [.. bytes];
        bytes[at % bytes.Length] = value;
        _ = Transmission.Read(bytes, out _);
        Assert.Null(Transmission.Read(whole.AsSpan(0, cut % whole.Length), out Finding? finding));
        Assert.Equal("not-a-transmission", finding!.Rule);
    }, iter: 2_000);

    [Fact]
    public void A_frame_is_told_from_damage()
    {
        byte[] payload = [1, 2, 3, 4, 5, 6, 7, 8, 9], header = new byte[Framing.HeaderBytes];
        Framing.Write(header, payload);
        Assert.Equal(payload.Length, Framing.Length(header));
        Assert.True(Framing.IsWhole(header, payload));
        for (int i = 0; i < payload.Length; i++)
        {
            byte[] wrong = [.. payload];
            wrong[i] ^= 1;
            Assert.False(Framing.IsWhole(header, wrong));
        }
        header[0] ^= 1;
        Assert.Equal(-1, Framing.Length(header));
    }

    private static string Utf8(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
