using System.Runtime.CompilerServices;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Access;
using Homestretch.Server.Ingest;
using Homestretch.Web.Window;

namespace Homestretch.Server.Training;

/// <summary>Models at edges: which edge has which version, and that an edge which has one version of a model gets the one that comes in force.</summary>
internal sealed partial class EdgeModels(EdgeHub hub, ModelRegister register, ILogger<EdgeModels> log)
{
    private readonly ConditionalWeakTable<SignedDocument, string> _hashes = [];

    /// <summary>Edges that have, or are to have, a version of a model, by name.</summary>
    public IReadOnlyList<ModelUse> Users(ModelKey key)
    {
        var versions = register.Of(key).ToDictionary(static m => m.Hash, static m => m.Kept.Version, StringComparer.Ordinal);
        return [.. Held().Where(h => versions.ContainsKey(h.Wanted) || versions.ContainsKey(h.Having))
            .Select(h => new ModelUse(h.Edge, versions.TryGetValue(h.Having, out int has) ? has : null, versions.TryGetValue(h.Wanted, out int wanted) && h.Wanted != h.Having ? wanted : null))];
    }

    /// <summary>Edges of these parties that neither have this model nor are to have it, by name.</summary>
    public IReadOnlyList<ModelTaker> Takers(ModelKey key, IReadOnlyDictionary<string, int> machines)
    {
        if (key.Kind != ModelKind.RemainingLife) return [];
        var users = Users(key).Select(static u => u.Who).ToHashSet(StringComparer.Ordinal);
        return [.. Held().Where(h => !users.Contains(h.Edge)).Select(h => (Held: h, Machines: machines.GetValueOrDefault(h.Edge.Split('/')[0]))).Where(static h => h.Machines > 0)
            .OrderBy(static h => h.Held.Edge, StringComparer.Ordinal).Select(static h => new ModelTaker(h.Held.Edge, h.Machines, h.Held.Wanted.Length > 0))];
    }

    /// <summary>Gives an edge the version in force, signed: its first of this model. From then on it gets what comes in force.</summary>
    public async Task<IReadOnlyList<Finding>> Give(ModelKey key, string edge, IReadOnlyDictionary<string, int> machines, string by, CancellationToken cancel)
    {
        if (register.InForce(key) is not { } now || await register.File(key, now.Kept.Version, cancel) is not { } file) return [new(new($"{key}"), "none-in-force", "No version of the model is in force.", "Put one in force first.")];
        if (GatewayPass.Of(edge) is not { } pass || !Takers(key, machines).Any(t => t.Edge == edge))
            return [new(new("edge", 0, "edge"), "no-taker", $"'{edge}' is no edge at a plant with machines of this kind, or it has the model.", "Choose one of the list.")];
        return (await hub.Publish(pass, DocumentKind.Model, file, by, cancel)).Findings;
    }

    /// <summary>Lets every edge that is to have a version of this model have the one in force; the edge fetches it, signed. Others are left alone.</summary>
    /// <returns>Edges that were told.</returns>
    public async Task<IReadOnlyList<string>> Follow(ModelKey key, string by, CancellationToken cancel)
    {
        if (key.Kind != ModelKind.RemainingLife || register.InForce(key) is not { } now) return [];
        var versions = register.Of(key).Select(static m => m.Hash).ToHashSet(StringComparer.Ordinal);
        if (await register.File(key, now.Kept.Version, cancel) is not { } file) return [];
        var told = new List<string>();
        foreach (var held in Held().Where(h => versions.Contains(h.Wanted) && h.Wanted != now.Hash))
        {
            if (GatewayPass.Of(held.Edge) is not { } pass) continue;
            IReadOnlyList<Finding> findings = held.Versions.TryGetValue(now.Hash, out int known) ? await hub.RollBack(pass, DocumentKind.Model, known, cancel)
                : (await hub.Publish(pass, DocumentKind.Model, file, by, cancel)).Findings;
            if (findings.Count == 0) told.Add(held.Edge);
            else LogNotTold(held.Edge, findings[0].ToString());
        }
        return told;
    }

    /// <summary>Hashes of the models that edges are to have and say that they have; empty for none.</summary>
    private List<(string Edge, string Wanted, string Having, IReadOnlyDictionary<string, int> Versions)> Held() => hub.Look(edges => edges.Select(e =>
    {
        var documents = e.Documents.Values.Where(static d => d.Document.Kind == DocumentKind.Model).Select(static d => d.Document).ToDictionary(static d => d.Version, Hash);
        string Of(int version) => documents.GetValueOrDefault(version, "");
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (version, hash) in documents) versions[hash] = version;
        return (e.Edge, Of(e.Wanted.GetValueOrDefault(DocumentKind.Model)), Of(e.Status?.InForce.GetValueOrDefault(DocumentKind.Model) ?? 0), (IReadOnlyDictionary<string, int>)versions);
    }).ToList());

    private string Hash(SignedDocument document) => _hashes.GetValue(document, static d => ModelFile.HashOf(d.Payload));

    [LoggerMessage(51, LogLevel.Warning, "{Edge} could not be given the model that is in force: {Reason}")]
    private partial void LogNotTold(string edge, string reason);
}
