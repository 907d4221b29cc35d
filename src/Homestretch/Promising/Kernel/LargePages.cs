using System.Runtime.InteropServices;

namespace Homestretch.Promising.Kernel;

/// <summary>Asks Linux to back a large table by pages of 2 MB: it is then first touched 512 times less often, and rows anywhere in it
/// are found without walking the page table. Only a hint; nothing depends on its being followed, and elsewhere nothing is asked.</summary>
internal static unsafe partial class LargePages
{
    private const int SmallPage = 4_096, Least = 2 << 20, WantLargePages = 14;   // MADV_HUGEPAGE

    /// <summary>The same table, asked for. One that the collector moves afterwards only loses the benefit.</summary>
    internal static T[] Asked<T>(T[] table) where T : unmanaged
    {
        long bytes = (long)table.Length * sizeof(T);
        if (bytes < Least || !OperatingSystem.IsLinux()) return table;
        fixed (T* start = table)
        {
            nint from = (nint)start & -SmallPage, to = (nint)start + (nint)bytes & -SmallPage;
            _ = Advise(from, to - from, WantLargePages);
        }
        return table;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint length, int advice);
}
