using System.Runtime.InteropServices;

namespace Homestretch.Server;

/// <summary>Hears the signals to stop from the program's first line on. One that comes during the start waits until the start is whole: the host's own way
/// breaks half a start off, stops nothing that runs already, and ends the process with an exception.</summary>
internal sealed class StopSignals : IHostLifetime, IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _heard;

    public StopSignals() => _heard = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT }.Select(s => PosixSignalRegistration.Create(s, Hear))];

    /// <summary>Stops the host once it was started and a signal came.</summary>
    public void Stop(IHostApplicationLifetime host) => host.ApplicationStarted.Register(() => _asked.Task.ContinueWith(_ => host.StopApplication(), TaskScheduler.Default));

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _heard) signal.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.TrySetResult();
    }
}
