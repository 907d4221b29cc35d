using System.Runtime.InteropServices;

namespace Homestretch.Server.Training;

/// <summary>Runs long work on one thread of its own that lets everything else go first: training must not hold up ingest or planning.</summary>
internal static partial class Quietly
{
    /// <summary>How kind: a third of what another thread gets (sched(7)). Not the kindest, 19: garbage collection waits for every thread, and one that hardly ever runs holds up the whole process by seconds when
    /// the machine is busy.</summary>
    private const int Kind = 5;

    /// <summary>Whom setpriority means: one thread (on Linux a process id of 0 is the calling thread, setpriority(2)).</summary>
    private const int Thread = 0;

    public static Task<T> Run<T>(Func<T> work, string name)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new System.Threading.Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux()) _ = SetPriority(Thread, 0, Kind); // where it is not allowed, the thread works like any other
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }) { IsBackground = true, Name = name, Priority = ThreadPriority.Lowest };
        thread.Start();
        return done.Task;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
