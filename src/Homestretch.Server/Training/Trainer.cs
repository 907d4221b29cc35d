using System.Threading.Channels;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Training;

/// <summary>Trains models anew from what the hub has seen: when somebody asks, and by itself when a day begins and the last training is some days old. One at a time, on one
/// thread that lets everything else go first. What comes of it is kept, also that there was too little to learn from.</summary>
internal sealed partial class Trainer(ModelRegister register, EdgeModels edges, LifeTraining lives, LiveWorld live, Planner planner, HubClock clock, ServerOptions options, TimeProvider time, ILogger<Trainer> log) : BackgroundService
{
    /// <summary>Who asks when nobody does.</summary>
    public const string Schedule = "schedule";

    /// <summary>Real time between two looks, and in which no model is trained twice by itself, however fast the hub's clock runs.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1), s_rest = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly HashSet<ModelKey> _waiting = [];
    private readonly Dictionary<ModelKey, long> _began = [];
    private readonly Channel<(ModelKey Key, string By)> _asked = Channel.CreateUnbounded<(ModelKey, string)>();

    /// <summary>When a version is put in force by itself.</summary>
    public static string Rule(ModelKind kind) => kind switch { ModelKind.ArrivalDelay => DelayTraining.Rule, ModelKind.RemainingLife => LifeTraining.Rule };

    /// <summary>The day on which a model is trained by itself next; null: never, by the options or since no machine is of that kind.</summary>
    public LocalDate? Next(ModelKey key) => options.TrainDays == 0 || !Own().Contains(key) || Today() is not { } today ? null
        : register.Training(key) is { } last ? LocalDate.Max(today.PlusDays(1), Day(last.At).PlusDays(options.TrainDays)) : today.PlusDays(1);

    /// <summary>Asks for a training; false when it is running or waits already.</summary>
    public bool Ask(ModelKey key, string by)
    {
        lock (_gate) if (!_waiting.Add(key)) return false;
        return _asked.Writer.TryWrite((key, by));
    }

    /// <summary>Whether a training runs or waits.</summary>
    public bool IsBusy(ModelKey key)
    {
        lock (_gate) return _waiting.Contains(key);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        await register.Load(stop);
        Task days = Days(stop);
        await foreach (var (key, by) in _asked.Reader.ReadAllAsync(stop)) await Train(key, by, stop);
        await days;
    }

    private async Task Days(CancellationToken stop)
    {
        LocalDate? last = Today();
        using var look = new PeriodicTimer(s_look, time);
        while (await look.WaitForNextTickAsync(stop))
        {
            if (Today() is not { } today || today == last) continue;
            if (last is not null && options.TrainDays > 0) foreach (ModelKey key in Due(today)) Ask(key, Schedule);
            last = today;
        }
    }

    /// <summary>Models that the company could have.</summary>
    private IEnumerable<ModelKey> Own() => LifeTraining.Kinds(live.World).Select(static k => new ModelKey(ModelKind.RemainingLife, k)).Prepend(ModelKey.Delays);

    private IEnumerable<ModelKey> Due(LocalDate today) => Own()
        .Where(k => (register.Training(k) is not { } last || Period.DaysBetween(Day(last.At), today) >= options.TrainDays) && !(_began.TryGetValue(k, out long began) && time.GetElapsedTime(began) < s_rest));

    private async Task Train(ModelKey key, string by, CancellationToken stop)
    {
        KeptTraining training = new(key.Kind, key.Subject, clock.Now, by, TrainingOutcome.Running, 0, []);
        try
        {
            _began[key] = time.GetTimestamp();
            await register.Note(training, stop);
            RegisteredModel? now = register.InForce(key);
            (Snapshot world, Instant t) = (live.World, training.At);
            Trained trained = key.Kind == ModelKind.ArrivalDelay
                ? await Quietly.Run(() => DelayTraining.Run(world, t, now is { Model: TrainedModel.Delays d } ? (now.Kept.Version, d.Model) : null, stop), "delay training")
                : await lives.Run(world, key.Subject, t, now is { Model: TrainedModel.Lives l } ? (now.Kept.Version, l) : null, stop);
            training = await trained.Match(n => Task.FromResult(training with { Outcome = TrainingOutcome.NotEnough, Said = n.Said }), m => Keep(key, training, m, stop));
            await register.Note(training, stop);
            LogTrained($"{key}", Words.Of(training.Outcome), string.Join(' ', training.Said));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the hub stops; what was before stands
        }
        catch (Exception e)
        {
            LogFailed(e, $"{key}");
            await register.Note(training with { Outcome = TrainingOutcome.Failed, Said = [$"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}"] }, stop);
        }
        finally
        {
            lock (_gate) _waiting.Remove(key);
        }
    }

    private async Task<KeptTraining> Keep(ModelKey key, KeptTraining training, Trained.Made made, CancellationToken stop)
    {
        int known = register.Of(key).Select(static m => m.Kept.Version).DefaultIfEmpty(0).Max();
        var (version, findings) = await register.Put(key.Subject, made.File, "training", ModelOrigin.Trained, training.AskedBy, made.Why, stop);
        if (findings.Count > 0) return training with { Outcome = TrainingOutcome.Failed, Said = [.. findings.Select(static f => f.ToString())] };
        if (version <= known) return training with { Outcome = TrainingOutcome.Same, Version = version, Said = [$"It gave version {version} again: nothing was added to what that was trained on."] };
        if (!made.Better) return training with { Outcome = TrainingOutcome.Candidate, Version = version, Said = [made.Why] };
        await register.PutInForce(key, version, made.Why, stop);
        IReadOnlyList<string> told = await edges.Follow(key, training.AskedBy, stop);
        return training with { Outcome = TrainingOutcome.InForce, Version = version, Said = told.Count == 0 ? [made.Why] : [made.Why, $"Given to {string.Join(", ", told)}."] };
    }

    /// <summary>The day at the hub; of several the first by key. Null while there is none.</summary>
    private LocalDate? Today() => HubDay.Of(live.World, clock.Now);

    private LocalDate Day(Instant at) => HubDay.Of(live.World, at) ?? at.InUtc().Date;

    [LoggerMessage(52, LogLevel.Information, "Training of {Model}: {Outcome}. {Said}")]
    private partial void LogTrained(string model, string outcome, string said);

    [LoggerMessage(53, LogLevel.Error, "{Model} could not be trained; what is in force stays")]
    private partial void LogFailed(Exception e, string model);
}
