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
