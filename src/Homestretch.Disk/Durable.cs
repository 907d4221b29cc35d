using System.Runtime.InteropServices;

namespace Homestretch.Disk;

/// <summary>What a file system needs to be told so that what was written, and the name it was written under, survive a power cut.</summary>
public static partial class Durable
{
    private const int NoSpace = 28, QuotaExceeded = 122; // errno(3): ENOSPC, EDQUOT

    /// <summary>True when there was no room.</summary>
    public static bool IsFull(Exception e) => e.HResult is NoSpace or QuotaExceeded;

    /// <summary>Moves a finished file to its name and syncs the folder. The file itself must be flushed to disk before.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Replaces a small file whole: either the old content is there or the new.</summary>
    /// <returns>False when the disk would not take it; the old content stands.</returns>
    public static bool Replace(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            using (FileStream file = File.Create(path + ".part"))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            Publish(path + ".part", path);
            return true;
        }
        catch (IOException)
        {
            File.Delete(path + ".part");
            return false;
        }
    }

    /// <summary>fsync(2) of a folder: its names are on disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        int handle = Open(folder, 0);
        if (handle < 0) throw new IOException($"Cannot open the folder {folder}: error {Marshal.GetLastPInvokeError()}.");
        int result = FSync(handle), error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (result != 0) throw new IOException($"Cannot sync the folder {folder}: error {error}.");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
