using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>A time in which nothing leaves on a way: what ends in it leaves when it is over.</summary>
/// <param name="From">First calendar second of it.</param>
/// <param name="Until">First calendar second after it; <see cref="Futures.Never"/>: none.</param>
internal readonly record struct Shut(int From, int Until)
{
    public bool Holds(int second) => second >= From && second < Until;

    /// <summary>When what ends at eight calendar seconds leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Leaves(Vector256<uint> end)
    {
        Vector256<uint> until = Vector256.Create((uint)Until);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(end, Vector256.Create((uint)From)) & Vector256.LessThan(end, until), until, end);
    }
}
