using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Server.Storage;

/// <summary>Links entries: SHA-256 over the previous link and every field of the entry, each text behind its length.
/// One instance per reader or writer; it keeps its hash state.</summary>
internal sealed class Chain : IDisposable
{
    public static readonly byte[] Start = new byte[32];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _number = new byte[8];

    public byte[] Next(byte[] before, long sequence, long appended, string kind, int version, string party, string? key, byte[] body, long lease)
    {
        _hash.AppendData(before);
        Number(sequence);
        Number(appended);
        Text(kind);
        Number(version);
        Text(party);
        Text(key);
        Number(lease);
        Number(body.Length);
        _hash.AppendData(body);
        return _hash.GetHashAndReset();
    }

    public byte[] Next(byte[] before, JournalEntry e) =>
        Next(before, e.Sequence, e.Appended.ToUnixTimeTicks(), e.Kind, e.Version, e.Party, e.Key, e.Body, e.Lease);

    public void Dispose() => _hash.Dispose();

    private void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_number, value);
        _hash.AppendData(_number);
    }

    private void Text(string? text)
    {
        if (text is null)
        {
            Number(-1);
            return;
        }
        int length = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = length <= 256 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        Number(length);
        _hash.AppendData(bytes);
    }
}
