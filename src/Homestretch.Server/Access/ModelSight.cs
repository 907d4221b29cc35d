using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>Models as people see them, and what people do with them: each act is noted in the audit log.</summary>
internal sealed class ModelSight(ModelRegister register, EdgeModels edges, Trainer trainer, LiveWorld live, HubClock clock, AuditLog audit)
{
    public IReadOnlyList<ModelRow> Rows() => [.. Keys().Select(Row)];

    public ModelDetail? One(ModelKey key) => !Keys().Contains(key) ? null : new(Row(key), [.. register.Of(key).OrderByDescending(static m => m.Kept.Version).Select(Version)],
        Trainer.Rule(key.Kind), trainer.Next(key), register.Before(key)?.Kept.Version, edges.Takers(key, Machines(key)));

    /// <summary>The file of a version; null: there is none.</summary>
    public Task<byte[]?> File(ModelKey key, int version, CancellationToken cancel) => register.File(key, version, cancel);

    public async Task<(int Version, IReadOnlyList<Finding> Findings)> Add(Person by, string subject, string fileName, byte[] file, CancellationToken cancel)
    {
        var (version, findings) = await register.Put(subject, file, fileName, ModelOrigin.Uploaded, by.Login, "Put in by hand; nobody has put it in force.", cancel);
        if (findings.Count == 0) await Note(by, AuditAction.ModelAdded, $"{ModelFile.KindOf(file)}/{subject}", $"version {version}, sha256 {ModelFile.HashOf(file)}");
        return (version, findings);
    }

    public async Task<IReadOnlyList<Finding>> PutInForce(Person by, ModelKey key, int version, CancellationToken cancel)
    {
        IReadOnlyList<Finding> findings = await register.PutInForce(key, version, $"Put in force by {by.Login}.", cancel);
        return findings.Count > 0 ? findings : await Done(by, key, $"version {version}", cancel);
    }

    public async Task<IReadOnlyList<Finding>> RollBack(Person by, ModelKey key, CancellationToken cancel)
    {
        if (register.Before(key)?.Kept.Version is not { } before) return [new(new($"{key}"), "none-before", "No version was in force before.", "Choose one of its list.")];
        IReadOnlyList<Finding> findings = await register.PutInForce(key, before, $"Rolled back to by {by.Login}.", cancel);
        return findings.Count > 0 ? findings : await Done(by, key, $"back to version {before}", cancel);
    }

    public async Task<IReadOnlyList<Finding>> Retire(Person by, ModelKey key, CancellationToken cancel)
    {
        IReadOnlyList<Finding> findings = await register.Retire(key, $"Taken out of force by {by.Login}.", cancel);
        return findings.Count > 0 ? findings : await Done(by, key, "none", cancel);
    }

    public async Task<IReadOnlyList<Finding>> Give(Person by, ModelKey key, string edge, CancellationToken cancel)
    {
        IReadOnlyList<Finding> findings = await edges.Give(key, edge, Machines(key), by.Login, cancel);
        if (findings.Count == 0) await Note(by, AuditAction.EdgeDocumentMade, edge, $"model {key}, version {register.InForce(key)?.Kept.Version}");
        return findings;
    }

    public async Task<IReadOnlyList<Finding>> Train(Person by, ModelKey key, CancellationToken cancel)
    {
        if (!Keys().Contains(key)) return [new(new($"{key}"), "unknown-model", $"There is no model {key}.", "Choose one of the list.")];
        if (!trainer.Ask(key, by.Login)) return [new(new($"{key}"), "running", "It is being trained, or waits for its turn.", "Wait for what comes of it.")];
        await Note(by, AuditAction.ModelTrained, $"{key}", "asked for");
        return [];
    }

    /// <summary>Models that are kept, and those that the company could have: of its deliveries, and of every kind of machine.</summary>
    private IReadOnlyList<ModelKey> Keys() => [.. Kinds().Keys.Select(static kind => new ModelKey(ModelKind.RemainingLife, kind)).Append(ModelKey.Delays).Concat(register.All.Select(static m => m.Key)).Distinct()
        .OrderBy(static k => k.Kind).ThenBy(static k => k.Subject, StringComparer.Ordinal)];

    private Dictionary<string, int> Kinds() => live.World.Machines.Where(static m => m.Kind.Length > 0).GroupBy(static m => m.Kind, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);

    /// <summary>Machines of a model's kind, by party.</summary>
    private Dictionary<string, int> Machines(ModelKey key) => live.World.Machines.Where(m => m.Kind == key.Subject).GroupBy(static m => m.Party.Value, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);

    private ModelRow Row(ModelKey key)
    {
        RegisteredModel[] all = [.. register.Of(key)];
        RegisteredModel? now = all.FirstOrDefault(static m => m.InForce), shown = now ?? all.LastOrDefault();
        KeptTraining? last = register.Training(key);
        TrainingRow? training = last is null ? null : new(last.At, last.AskedBy, last.Outcome, last.Version, last.Said);
        if (trainer.IsBusy(key)) training = (training ?? new(clock.Now, "", TrainingOutcome.Running, 0, [])) with { Outcome = TrainingOutcome.Running, Version = 0, Said = [] };
        return new(key.Kind, key.Subject, now is null ? null : Version(now), now is null && shown is not null ? Version(shown) : null, all.Length, all.Count(static m => m.Kept.State == ModelState.Candidate),
            key.Kind == ModelKind.ArrivalDelay ? now is null ? [] : [new("the planner", now.Kept.Version, null)] : edges.Users(key),
            training, key.Kind == ModelKind.ArrivalDelay ? null : Kinds().GetValueOrDefault(key.Subject));
    }

    private static ModelVersionRow Version(RegisteredModel m)
    {
        ModelCard card = m.Card;
        return new(m.Kept.Version, m.Kept.State, m.Kept.Changed, m.Kept.Reason, m.Kept.Origin, m.Kept.Made, m.Kept.MadeBy, m.Hash, m.Bytes,
            new(card.About, card.Made, card.Data, card.From, card.To, card.Records, card.Figures.GroupBy(static f => f.Name, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First().Value, StringComparer.Ordinal)), m.Looks);
    }

    private async Task<IReadOnlyList<Finding>> Done(Person by, ModelKey key, string what, CancellationToken cancel)
    {
        IReadOnlyList<string> told = await edges.Follow(key, by.Login, cancel);
        await Note(by, AuditAction.ModelInForce, $"{key}", told.Count == 0 ? what : $"{what}; given to {string.Join(", ", told)}");
        return [];
    }

    private Task Note(Person by, AuditAction action, string subject, string detail) => audit.Note(by.Party, by.Login, Words.Of(action), subject, detail, CancellationToken.None);
}
