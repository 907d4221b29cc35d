namespace Homestretch.Products.Compiling;

/// <summary>Open variables that hang together, and the clauses of three literals and more that join them.</summary>
internal sealed record Component(int[] Variables, int[] Clauses)
{
    /// <summary>What tells residues apart: the same open variables and the same clauses not yet satisfied are the same formula, since all other
    /// literals of those clauses are false and clauses of two are open exactly when both their variables are.</summary>
    public ComponentKey Key() => ComponentKey.Of(Variables, Clauses);
}

/// <summary>A component as bytes: its numbers rise, so their differences are written, short ones in one byte.</summary>
internal readonly struct ComponentKey : IEquatable<ComponentKey>
{
    private readonly byte[] _bytes;
    private readonly int _hash;

    private ComponentKey(byte[] bytes)
    {
        _bytes = bytes;
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in bytes) hash = unchecked((hash ^ b) * 0x100000001B3);
        _hash = unchecked((int)(hash ^ (hash >> 32)));
    }

    public int Length => _bytes.Length;

    public static ComponentKey Of(int[] variables, int[] clauses)
    {
        byte[] room = new byte[5 * (variables.Length + clauses.Length + 1)];
        int n = Write(room, 0, variables.Length);
        int last = 0;
        foreach (int v in variables) { n = Write(room, n, v - last); last = v; }
        last = 0;
        foreach (int c in clauses) { n = Write(room, n, c - last); last = c; }
        return new(room[..n]);
    }

    private static int Write(byte[] room, int n, int value)
    {
        for (; value > 127; value >>= 7) room[n++] = (byte)(value & 127 | 128);
        room[n++] = (byte)value;
        return n;
    }

    public bool Equals(ComponentKey other) => _hash == other._hash && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => obj is ComponentKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
