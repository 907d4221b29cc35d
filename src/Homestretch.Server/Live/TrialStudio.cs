using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Cutting.Trying;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>A design to be tried.</summary>
/// <param name="Of">The design, as <see cref="CutQuestion.Text"/> says it.</param>
/// <param name="Records">Present of the records.</param>
internal sealed record Tried(StudyCase Study, string Of, Configuration Design, Snapshot World, IReadOnlyList<TrialCase> Cases, TrialPolicy Policy, Instant Records, string By);

/// <summary>Plays designs through the live planner when somebody asks, one at a time on a thread that lets everything else go first, and keeps the last outcome of each while the server runs.
/// A trial is nobody's page: it goes on when who asked for it has left.</summary>
internal sealed partial class TrialStudio(ILogger<TrialStudio> log) : IDisposable
{
    private const int MostKept = 30, MostWaiting = 5;

    /// <summary>When a trial that nobody ends is ended.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly List<Trying> _all = [];
    private bool _closed;

    /// <summary>The last trial of a design; null: none since the server started.</summary>
    public Trying? Of(string study, string of)
    {
        lock (_gate) return _all.FindLast(t => t.Of.Study.Study.Id == study && t.Of.Of == of);
    }

    /// <summary>Tries a design in its turn; the trial of it that runs or waits is ended. False: too many wait.</summary>
    public bool Begin(Tried tried)
    {
        var mine = new Trying(tried);
        lock (_gate)
        {
            if (_closed) return false;
            Trying? before = _all.FindLast(t => t.Of.Study.Study.Id == tried.Study.Study.Id && t.Of.Of == tried.Of);
            if (_all.Count(t => t != before && t.Running) > MostWaiting) return false;
            before?.End();
            if (before is not null) _all.Remove(before);
            _all.Add(mine);
            if (_all.Count > MostKept && _all.Find(static t => !t.Running) is { } oldest) _all.Remove(oldest);
        }
        _ = Play(mine);
        return true;
    }

    /// <summary>Ends a trial that waits or runs; false: there is none.</summary>
    public bool End(string study, string of)
    {
        if (Of(study, of) is not { Running: true } trial) return false;
        trial.End();
        return true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (Trying t in _all) t.End();
        }
    }

    private async Task Play(Trying mine)
    {
        try
        {
            await _turn.WaitAsync(mine.Stop);
            try
            {
                mine.Begun(s_longest);
                Tried of = mine.Of;
                mine.Ended(await Quietly.Run(() => DesignTrial.Of(of.World, of.Study, of.Design, of.Cases, of.Records, of.Policy, passed: mine.Passed, cancel: mine.Stop), "trying"));
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (mine.Stop.IsCancellationRequested)
        {
            mine.Ended(TrialState.Ended);
        }
        catch (Exception e)
        {
            LogFailed(log, e, mine.Of.Study.Study.Id, mine.Of.Of);
            mine.Ended(TrialState.Failed);
        }
        finally
        {
            mine.Over();
        }
    }

    [LoggerMessage(90, LogLevel.Error, "The trial of {Design} in study {Study} failed.")]
    private static partial void LogFailed(ILogger log, Exception e, string study, string design);
}

/// <summary>A trial as it stands.</summary>
internal sealed class Trying : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile Trial? _trial;
    private volatile int _state = (int)TrialState.Waiting, _day;

    public Trying(Tried of) => (Of, Stop) = (of, _stop.Token);

    public Tried Of { get; }
    public CancellationToken Stop { get; }
    public TrialState State => (TrialState)_state;
    public bool Running => State is TrialState.Waiting or TrialState.Playing;
    public Trial? Outcome => _trial;

    /// <summary>Days played, and to play, of all futures.</summary>
    public (int Played, int All) Days => (Math.Min(_day, All), All);

    private int All => 2 * Of.Cases.Count * Of.Policy.Futures * Of.Policy.Days;

    public void Begun(TimeSpan most)
    {
        _stop.CancelAfter(most);
        _state = (int)TrialState.Playing;
    }

    public void Passed(int days, int all) => _day = days;
    public void End() => _stop.Cancel();

    /// <summary>Nothing waits to end it any more.</summary>
    public void Over() => _stop.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Ended(TrialState state) => _state = (int)state;

    public void Ended(Trial trial) => (_trial, _state) = (trial, (int)TrialState.Done);

    public void Dispose() => _stop.Dispose();
}
