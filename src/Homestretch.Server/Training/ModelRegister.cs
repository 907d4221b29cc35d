using System.Collections.Immutable;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Training;

/// <summary>What a model is about.</summary>
/// <param name="Subject">A kind of machine, or <see cref="Deliveries"/>.</param>
internal readonly record struct ModelKey(ModelKind Kind, string Subject)
{
    /// <summary>The one subject of forecasts of delays.</summary>
    public const string Deliveries = "deliveries";

    public static ModelKey Delays { get; } = new(ModelKind.ArrivalDelay, Deliveries);

    public override string ToString() => $"{Words.Of(Kind)}/{Subject}";
}

/// <summary>A version of a model as its file says it; the file stays in the database.</summary>
/// <param name="Hash">Names it, in files and at edges.</param>
/// <param name="Looks">What its trees ask most.</param>
/// <param name="Model">The model itself while it is in force; null: it is not.</param>
internal sealed record RegisteredModel(KeptModel Kept, ModelCard Card, string Hash, long Bytes, IReadOnlyList<ForestUse> Looks, TrainedModel? Model)
{
    public ModelKey Key => new(Kept.Kind, Kept.Subject);
    public bool InForce => Kept.State == ModelState.InForce;

    public static RegisteredModel Of(KeptModel kept, TrainedModel model, byte[] file) => new(kept, model.Card, ModelFile.HashOf(file), file.LongLength, model.Uses(8), kept.State == ModelState.InForce ? model : null);
}

/// <summary>The hub's models: every version of every model with its card, which one is in force, and what the last trainings said. A bad file is refused and changes nothing.</summary>
internal sealed partial class ModelRegister(ModelTables tables, HubClock clock, ILogger<ModelRegister> log) : IDisposable
{
    /// <summary>Candidates trained here that are kept of each model; older ones go, since training makes them again.</summary>
    public const int CandidatesKept = 5;

    private const int LongestSubject = 60;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RegisteredModel[] _models = [];
    private ImmutableSortedDictionary<string, KeptTraining> _trainings = ImmutableSortedDictionary.Create<string, KeptTraining>(StringComparer.Ordinal);

    /// <summary>All versions, by kind, subject and version; none before they are read.</summary>
    public IReadOnlyList<RegisteredModel> All => _models;

    /// <summary>Another version came in force, or none is any more.</summary>
    public event Action<ModelKey>? Changed;

    /// <summary>Ends when the models are read.</summary>
    public Task Loaded => _loaded.Task;

    public IEnumerable<RegisteredModel> Of(ModelKey key) => All.Where(m => m.Key == key);

    public RegisteredModel? InForce(ModelKey key) => Of(key).FirstOrDefault(static m => m.InForce);

    /// <summary>The version that rolling back puts in force: of those before the one in force, or of all without one, the newest that was in force.</summary>
    public RegisteredModel? Before(ModelKey key) => InForce(key)?.Kept.Version is var now ? Of(key).LastOrDefault(m => m.Kept.State == ModelState.Retired && !(m.Kept.Version > now)) : null;

    /// <summary>What came of the last training; null: there was none.</summary>
    public KeptTraining? Training(ModelKey key) => _trainings.GetValueOrDefault(key.ToString());

    /// <summary>Reads all that is kept; once, when the database is up to date.</summary>
    public async Task Load(CancellationToken cancel)
    {
        var models = new List<RegisteredModel>();
        await foreach (var (kept, file) in tables.Models(cancel))
        {
            var (model, findings) = TrainedModel.Read(file, $"{new ModelKey(kept.Kind, kept.Subject)} {kept.Version}");
            if (model is null) LogUnreadable(findings[0].ToString());
            else models.Add(RegisteredModel.Of(kept, model, file));
        }
        _models = [.. models];
        _trainings = (await tables.Trainings(cancel)).ToImmutableSortedDictionary(static t => new ModelKey(t.Kind, t.Subject).ToString(), static t => t, StringComparer.Ordinal);
        _loaded.TrySetResult();
    }

    /// <summary>Puts a file in as the next version, a candidate. A file that is kept already gives its version and changes nothing.</summary>
    /// <param name="source">File name, for findings.</param>
    /// <returns>The version, or what is wrong; then nothing has changed.</returns>
    public async Task<(int Version, IReadOnlyList<Finding> Findings)> Put(string subject, byte[] file, string source, ModelOrigin origin, string by, string reason, CancellationToken cancel)
    {
        var (model, findings) = TrainedModel.Read(file, source);
        if (model is null) return (0, findings);
        if (Wrong(model.Kind, subject) is { } wrong) return (0, [wrong]);
        var key = new ModelKey(model.Kind, subject);
        return await InTurn(async () =>
        {
            string hash = ModelFile.HashOf(file);
            if (Of(key).FirstOrDefault(m => m.Hash == hash) is { } same) return (same.Kept.Version, []);
            var kept = new KeptModel(key.Kind, key.Subject, Of(key).Select(static m => m.Kept.Version).DefaultIfEmpty(0).Max() + 1, ModelState.Candidate, clock.Now, reason, origin, clock.Now, by);
            RegisteredModel[] gone = [.. Of(key).Where(static m => m.Kept is { State: ModelState.Candidate, Origin: ModelOrigin.Trained }).SkipLast(CandidatesKept - 1)];
            await tables.Put(kept, file, gone.Select(static m => m.Kept), cancel);
            _models = [.. All.Except(gone).Append(RegisteredModel.Of(kept, model, file)).OrderBy(static m => m.Key.Kind).ThenBy(static m => m.Key.Subject, StringComparer.Ordinal).ThenBy(static m => m.Kept.Version)];
            return (kept.Version, (IReadOnlyList<Finding>)[]);
        }, cancel);
    }

    /// <summary>Puts a version in force; the one before is retired.</summary>
    /// <param name="why">For people.</param>
    public Task<IReadOnlyList<Finding>> PutInForce(ModelKey key, int version, string why, CancellationToken cancel) => InTurn<IReadOnlyList<Finding>>(async () =>
    {
        if (Of(key).FirstOrDefault(m => m.Kept.Version == version) is not { } next) return [new(new($"{key}"), "unknown-version", $"There is no version {version} of it.", "Choose one of its list.")];
        if (next.InForce) return [new(new($"{key}"), "in-force", $"Version {version} is in force already.", "There is nothing to do.")];
        if (await Read(next, cancel) is not { } model) return [new(new($"{key}"), "unreadable", $"The file of version {version} cannot be read any more.", "Put the file in again, or restore a backup.")];
        if (model is TrainedModel.Delays { Model.Forests: null }) return [new(new($"{key}"), "no-trees", $"Version {version} was fitted to too little history and has no trees: it says what the lanes' own times say already.", "Train again when more has been delivered.")];
        await Stand([.. Of(key).Where(static m => m.InForce).Select(m => (m with { Model = null }, ModelState.Retired, $"Version {version} followed it.")), (next with { Model = model }, ModelState.InForce, why)], cancel);
        return [];
    }, cancel);

    /// <summary>Takes the version in force out of it; nothing follows.</summary>
    public Task<IReadOnlyList<Finding>> Retire(ModelKey key, string why, CancellationToken cancel) => InTurn<IReadOnlyList<Finding>>(async () =>
    {
        if (InForce(key) is not { } now) return [new(new($"{key}"), "none-in-force", "No version of it is in force.", "There is nothing to take out.")];
        await Stand([(now with { Model = null }, ModelState.Retired, why)], cancel);
        return [];
    }, cancel);

    /// <summary>The file of a version; null: there is none.</summary>
    public Task<byte[]?> File(ModelKey key, int version, CancellationToken cancel) => tables.File(key.Kind, key.Subject, version, cancel);

    /// <summary>Keeps what came of a training.</summary>
    public async Task Note(KeptTraining training, CancellationToken cancel)
    {
        if (training.Outcome != TrainingOutcome.Running) await tables.Put(training, cancel);
        ImmutableInterlocked.Update(ref _trainings, static (all, t) => all.SetItem(new ModelKey(t.Kind, t.Subject).ToString(), t), training);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<TrainedModel?> Read(RegisteredModel version, CancellationToken cancel) => await File(version.Key, version.Kept.Version, cancel) is { } file ? TrainedModel.Read(file, $"{version.Key} {version.Kept.Version}").Model : null;

    private async Task Stand(IReadOnlyList<(RegisteredModel Model, ModelState State, string Why)> changes, CancellationToken cancel)
    {
        RegisteredModel[] next = [.. changes.Select(c => c.Model with { Kept = c.Model.Kept with { State = c.State, Changed = clock.Now, Reason = c.Why } })];
        await tables.Stand([.. next.Select(static m => m.Kept)], cancel);
        _models = [.. All.Select(m => next.FirstOrDefault(n => n.Key == m.Key && n.Kept.Version == m.Kept.Version) ?? m)];
        Changed?.Invoke(next[0].Key);
    }

    private static Finding? Wrong(ModelKind kind, string subject)
    {
        if (kind == ModelKind.ArrivalDelay && subject != ModelKey.Deliveries) return new(new("subject"), "subject", $"A forecast of delays is about '{ModelKey.Deliveries}', not '{subject}'.", $"Write {ModelKey.Deliveries}.");
        bool sound = subject.Length is > 0 and <= LongestSubject && subject.Trim() == subject && !subject.Any(static c => char.IsControl(c) || c == '/') && (kind == ModelKind.ArrivalDelay || subject != ModelKey.Deliveries);
        return sound ? null : new(new("subject"), "subject", $"'{subject}' is no kind of machine.", $"Write 1 to {LongestSubject} signs without '/', as the machines' records name their kind.");
    }

    private async Task<T> InTurn<T>(Func<Task<T>> act, CancellationToken cancel)
    {
        await _loaded.Task.WaitAsync(cancel);
        await _turn.WaitAsync(cancel);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(50, LogLevel.Error, "A model in the database cannot be read and is passed over: {Reason}")]
    private partial void LogUnreadable(string reason);
}
