using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Models;
using Homestretch.Server.Access;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>Signed documents: proposed and published by the hub's people, countersigned and revoked by suppliers.</summary>
internal sealed partial class EdgeHub
{
    /// <summary>Takes a contract that its supplier countersigned at the edge, or a revocation of theirs.</summary>
    public async Task<EdgeReply> TakeDocument(GatewayPass pass, byte[] body, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        var findings = new List<Finding>();
        if (SignedDocument.Read(body, "document", findings) is not { } document) return Refuse(state, 400, findings);
        using var supplier = SignedDocument.Key(state.SupplierKey);
        string name = $"{SignedDocument.Word(document.Kind)} {document.Version}";
        if (document.Edge != state.Edge) findings.Add(new(new(name), "other-edge", $"The document is for {document.Edge}; {state.Edge} sent it.", "Sign the document of this edge."));
        else if (supplier is null) findings.Add(new(new(name), "no-supplier-key", $"The hub has no supplier's key for {state.Edge}.", "Give it the public key that 'homestretch-edge keys' made."));
        else if (!document.IsSigned(Signer.Supplier, supplier)) findings.Add(new(new(name), "signature", "The supplier's signature does not fit the key that the hub has.", "Sign with the key whose public half the hub was given."));
        else if (document.Kind == DocumentKind.Contract && !(key.Signed(document) && await Holds(state, document, cancel))) findings.Add(new(new(name), "not-ours", "The hub has proposed no such contract.", "Countersign what the hub proposed, unchanged."));
        else if (document.Kind is not (DocumentKind.Contract or DocumentKind.Revocation)) findings.Add(new(new(name), "kind", $"A {SignedDocument.Word(document.Kind)} is the hub's to make.", "Send contracts and revocations only."));
        if (findings.Count > 0) return Refuse(state, 422, findings);
        await Put(state, document, null, "supplier", cancel);
        lock (_gate) return new(200, Answer(state, 0), []);
    }

    /// <summary>Gives the hub the key with which an edge's supplier signs. A new key ends contracts signed with the one before.</summary>
    public async Task<IReadOnlyList<Finding>> Trust(GatewayPass pass, string pem, CancellationToken cancel)
    {
        using var given = SignedDocument.Key(pem);
        if (given is null) return [new(new("request", 0, "public_key"), "not-a-key", "This is no key on the curve P-256.", "Give the text of supplier.pem, as 'homestretch-edge keys' made it.")];
        EdgeState state = await Of(pass, cancel);
        KeptEdge kept;
        lock (_gate)
        {
            state.SupplierKey = given.ExportSubjectPublicKeyInfoPem();
            Weigh(state);
            kept = state.Kept;
        }
        await tables.Put([kept], cancel);
        return [];
    }

    /// <summary>Signs a document for an edge and lets the edge have it. A contract is in force when the supplier has signed it too.</summary>
    /// <returns>Its version, or what is wrong with it; then nothing has changed.</returns>
    public async Task<(int Version, IReadOnlyList<Finding> Findings)> Publish(GatewayPass pass, DocumentKind kind, byte[] payload, string by, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        var findings = new List<Finding>();
        if (payload.Length is 0 or > 8 << 20) findings.Add(new(new(SignedDocument.Word(kind)), "size", "A document has 1 byte to 8 MB.", "Send its content as the body."));
        if (kind == DocumentKind.Contract && DataContract.Read(payload, "contract", findings) is { } contract) Check(state, contract, findings);
        if (kind == DocumentKind.Configuration && JsonPart.Open(payload, "configuration", findings) is not null) CheckConfiguration(state, payload, findings);
        if (kind == DocumentKind.Model) findings.AddRange(LifeModelFile.Read(payload, "model").Findings);
        if (findings.Count > 0) return (0, findings);
        int version;
        lock (_gate) version = state.Documents.Keys.Where(d => d.Kind == kind).Select(static d => d.Version).DefaultIfEmpty(0).Max() + 1;
        await Put(state, key.Sign(new(kind, state.Edge, version, payload, [])), version, by, cancel);
        return (version, []);
    }

    /// <summary>Lets an edge have an older configuration or model again.</summary>
    public async Task<IReadOnlyList<Finding>> RollBack(GatewayPass pass, DocumentKind kind, int version, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        if (kind is not (DocumentKind.Configuration or DocumentKind.Model)) return [new(new(SignedDocument.Word(kind)), "kind", "A contract is never rolled back.", "Propose a new one, which the supplier signs.")];
        lock (_gate)
        {
            if (!state.Documents.ContainsKey((kind, version))) return [new(new(SignedDocument.Word(kind)), "unknown-version", $"{state.Edge} has no {SignedDocument.Word(kind)} {version}.", "Choose a version of its list.")];
            state.Wanted[kind] = version;
        }
        await tables.Want(state.Edge, kind, version, cancel);
        return [];
    }

    /// <summary>Ends the contract in force at once: from here on nothing of the edge is taken, and the edge is told.</summary>
    public async Task<IReadOnlyList<Finding>> Revoke(GatewayPass pass, string by, CancellationToken cancel)
    {
        EdgeState state = await Of(pass, cancel);
        int? version;
        lock (_gate) version = state.InForce?.Version;
        if (version is null) return [new(new(state.Edge), "no-contract", "No data contract of this edge is in force.", "There is nothing to revoke.")];
        await Put(state, key.Sign(new(DocumentKind.Revocation, state.Edge, version.Value, "{}"u8.ToArray(), [])), version, by, cancel);
        return [];
    }

    private async Task<bool> Holds(EdgeState state, SignedDocument document, CancellationToken cancel)
    {
        await _loaded.Task.WaitAsync(cancel);
        lock (_gate) return state.Documents.TryGetValue((document.Kind, document.Version), out KeptDocument? ours) && ours.Document.Payload.AsSpan().SequenceEqual(document.Payload);
    }

    private async Task Put(EdgeState state, SignedDocument document, int? wanted, string by, CancellationToken cancel)
    {
        KeptDocument kept;
        KeptEdge edge;
        lock (_gate)
        {
            kept = state.Documents.GetValueOrDefault((document.Kind, document.Version)) is { } known ? known with { Document = document } : new(document, clock.Now, by);
            edge = state.Kept;
        }
        await tables.Put([edge], cancel);
        await tables.Put(kept, wanted, cancel);
        lock (_gate)
        {
            state.Documents[(document.Kind, document.Version)] = kept;
            if (wanted is { } version) state.Wanted[document.Kind] = version;
            Weigh(state);
        }
    }

    private void Check(EdgeState state, DataContract contract, List<Finding> findings)
    {
        if (contract.Supplier != state.Party) findings.Add(new(new("contract", 0, "supplier"), "other-supplier", $"The edge is of {state.Party}, the contract of {contract.Supplier}.", "Write the edge's party as supplier."));
        World.Snapshot world = live.World;
        foreach (ContractField field in contract.Fields.Where(static f => f.Machine != ContractField.EveryMachine))
        {
            if (world.Machines.Find(field.Machine)?.Party.Value != state.Party) findings.Add(new(new("contract", 0, field.Machine), "unknown-key", $"{state.Party} has no machine '{field.Machine}'.", "Write a machine of the supplier, or * for all of this edge."));
        }
    }

    /// <summary>A configuration may ask for nothing that the contract in force does not list; the edge looks again.</summary>
    private void CheckConfiguration(EdgeState state, byte[] payload, List<Finding> findings)
    {
        DataContract? contract;
        lock (_gate) contract = state.InForce?.Contract;
        if (JsonPart.Open(payload, "configuration", findings) is not { } root) return;
        foreach (string metric in root.Parts("metrics", false).Select(static m => m.Text("metric")).Distinct())
        {
            if (contract is null || !contract.Fields.Any(f => f.Metric == metric))
                findings.Add(new(new("configuration", 0, metric), "beyond-contract", $"The configuration asks for {metric}, which {(contract is null ? "no contract" : "the contract in force does not")} list{(contract is null ? "s" : "")}.", "Ask for it in a contract that the supplier signs."));
        }
    }
}
