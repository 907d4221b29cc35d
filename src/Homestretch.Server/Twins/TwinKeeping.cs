using System.Text.Json;
using Homestretch.Disk;
using Homestretch.Machines;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>The twins as they stood after one round.</summary>
/// <param name="Round">Name of the round in the telemetry log; what comes after it there is not in these twins.</param>
internal sealed record KeptTwins(int Form, Instant Round, IReadOnlyDictionary<string, MachineTwin> Machines, IReadOnlyDictionary<string, LotTwin> Lots);

/// <summary>Keeps the board on disk, a few seconds behind: one file beside the telemetry log, replaced whole. A start takes it and folds the rounds
/// that the log has since, so the log must not give a round away before it is in the file.</summary>
internal sealed partial class TwinKeeping
{
    private const int Form = 1;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);
    private readonly TwinBoard _board;
    private readonly LiveWorld _live;
    private readonly TimeProvider _time;
    private readonly ILogger<TwinKeeping> _log;
    private readonly string _path;
    private TaskCompletionSource? _asked;
    private Task _writing = Task.CompletedTask;
    private Instant _kept = Instant.MinValue;
    private long _began;

    public TwinKeeping(TwinBoard board, LiveWorld live, TelemetryLog telemetry, TimeProvider time, ILogger<TwinKeeping> log)
    {
        (_board, _live, _time, _log, _path) = (board, live, time, log, Path.Combine(telemetry.Options.Folder, "twins.json"));
        telemetry.BeforeHistory = Pass;
    }

    /// <summary>Puts the kept twins of machines and lots that the world still knows on the board.</summary>
    /// <returns>The round they have come to; null when nothing is kept.</returns>
    public Instant? Restore()
    {
        try
        {
            if (!File.Exists(_path)) return null;
            using FileStream file = File.OpenRead(_path);
            if (JsonSerializer.Deserialize<KeptTwins>(file, TwinJson.Options) is not { Form: Form } kept) return null;
            Snapshot world = _live.World;
            foreach (var (key, twin) in kept.Machines)
            {
                if (world.Machines.Find(key) is { } machine) _board.Machines.Keep(MachineFacts.Of(machine), twin);
            }
            foreach (var (key, twin) in kept.Lots.Where(l => IsOpen(world, l.Key))) _board.Lots.Keep(key, twin);
            return _kept = kept.Round;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(e);
            return null;
        }
    }

    /// <summary>A round is folded: all twins are on the board. Called between rounds, when no twin is changing.</summary>
    public void Passed(Instant round)
    {
        if (!_writing.IsCompleted || (_asked is null && _time.GetElapsedTime(_began) < s_every)) return;
        Begin(round);
    }

    /// <summary>Writes what stands, at a clean stop.</summary>
    public async Task Close(Instant round)
    {
        await _writing;
        Begin(round);
        await _writing;
    }

    /// <summary>Done when every round in the log so far is in the file.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    private Task Pass(CancellationToken cancel)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _asked, asked, null) ?? asked).Task.WaitAsync(cancel);
    }

    private void Begin(Instant round)
    {
        TaskCompletionSource? asked = Interlocked.Exchange(ref _asked, null);
        if (round == _kept)
        {
            asked?.TrySetResult();
            return;
        }
        _began = _time.GetTimestamp();
        Snapshot world = _live.World;
        _board.Lots.Forget(l => !IsOpen(world, l));
        var twins = new KeptTwins(Form, round, _board.Machines.All(), _board.Lots.All());
        _writing = Task.Run(() =>
        {
            try
            {
                using (FileStream file = File.Create(_path + ".part"))
                {
                    JsonSerializer.Serialize(file, twins, TwinJson.Options);
                    file.Flush(flushToDisk: true);
                }
                Durable.Publish(_path + ".part", _path);
                _kept = round;
                asked?.TrySetResult();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnwritten(e);
                asked?.TrySetException(new IOException("The twins could not be kept.", e));
            }
        });
    }

    /// <summary>A lot that is received needs no twin of its making.</summary>
    private static bool IsOpen(Snapshot world, string lot) => world.Lots.Find(lot) is { State: < LotState.Received };

    [LoggerMessage(31, LogLevel.Warning, "The kept twins cannot be read; they begin with what the telemetry log still holds")]
    private partial void LogUnreadable(Exception e);

    [LoggerMessage(32, LogLevel.Error, "The twins could not be kept; the telemetry log keeps its rounds until they are")]
    private partial void LogUnwritten(Exception e);
}
