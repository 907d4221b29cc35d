using System.Runtime.InteropServices;

namespace Homestretch.Server.Storage;

/// <summary>What a file system needs to be told so that a new name survives a power cut.</summary>
internal static partial class Folders
{
    /// <summary>Moves a finished file to its name and syncs the folder. The file itself must be flushed to disk before.</summary>
    public static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
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
