using System.Diagnostics;
using Homestretch.Server.Storage;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Storage;

/// <summary>A disk of 2 MiB: a tmpfs, which root may mount.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-full-").FullName;
    private readonly bool _mounted;

    public FullDiskTests() => _mounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _folder);

    public void Dispose()
    {
        if (_mounted) Run("umount", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_append_says_so_and_loses_nothing()
    {
        Assert.SkipUnless(_mounted, "Only root may mount a small disk.");
        var options = new StorageOptions(Provider.Sqlite, Path.Combine(_folder, "store.db"));
        long answered = 0;
        await using (IJournal journal = await Store.Open(options))
        {
            JournalFailed full = await Assert.ThrowsAsync<JournalFailed>(async () =>
            {
                for (; answered < 10_000; answered++) await journal.Append([Store.Entry(new string('x', 2000))], Store.Noon, Stop);
            });
            Assert.Contains("disk that holds the journal is full", full.Message, StringComparison.Ordinal);
            Assert.False(full.Uncertain);
            await Assert.ThrowsAsync<JournalFailed>(() => journal.Append([Store.Entry(new string('x', 200_000))], Store.Noon, Stop));
            Assert.True(Run("mount", "-o", "remount,size=8m", _folder));
            Assert.Equal(answered + 1, await journal.Append([Store.Entry("there is room again")], Store.Noon, Stop));
        }
        await using IJournal again = await Store.Open(options);
        Assert.Equal(answered + 1, (await again.All()).Count);
        Assert.True(answered > 50);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
