using System.Globalization;
using System.Security.Cryptography;
using Homestretch.Disk;
using Homestretch.Edge.Forward;
using Homestretch.Edge.Judge;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Contract;

/// <summary>The signed documents of this edge, one file each, and which of them are in force. A contract needs both signatures; a configuration or model the
/// hub's; a revocation that of either side. What is refused changes nothing.</summary>
internal sealed class Documents
{
    private readonly string _folder, _edge, _party;
    private readonly ECDsa _hub, _supplier;
    private readonly EdgeCounts _counts;
    private readonly Model _model;
    private readonly Lock _gate = new();
    private readonly Dictionary<(DocumentKind, int), string> _refused = [];
    private readonly Dictionary<DocumentKind, int> _inForce = [];
    private readonly ReportRules _own;
    private string _seen = "";
    private bool _hidden;

    /// <param name="own">The rules of the configuration file: in force until the hub sends others.</param>
    public Documents(EdgeConfig config, EdgeCounts counts, Model model)
    {
        (_folder, _edge, _party, _counts, _model, _own) = (Folder(config), config.Edge, config.Party, counts, model, config.Report);
        (_hub, _supplier) = (SignedDocument.Key(config.Hub.PublicKey)!, SignedDocument.Key(config.SupplierKey)!);
        Rules = _own;
        Directory.CreateDirectory(_folder);
        Look();
    }

    /// <summary>The contract that both sides signed last and nobody revoked; null: nothing may leave.</summary>
    public DataContract? Contract { get; private set; }

    public ReportRules Rules { get; private set; }

    /// <summary>Goes up with every change of what is in force.</summary>
    public int Changes { get; private set; }

    /// <summary>Versions in force.</summary>
    public IReadOnlyDictionary<DocumentKind, int> InForce
    {
        get
        {
            lock (_gate) return new Dictionary<DocumentKind, int>(_inForce);
        }
    }

    public int ContractVersion => InForce.GetValueOrDefault(DocumentKind.Contract);

    public static string Folder(EdgeConfig config) => Path.Combine(config.Data, "documents");

    public static string FileOf(string folder, DocumentKind kind, int version) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{SignedDocument.Word(kind)}-{version}.json"));

    /// <summary>Everything of a kind in the folder that can be read, ascending.</summary>
    /// <param name="unreadable">Told of a file that this program may not read.</param>
    public static IEnumerable<SignedDocument> All(string folder, DocumentKind kind, Action<string>? unreadable = null) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, SignedDocument.Word(kind) + "-*.json").Select(f => Read(f, unreadable)).OfType<SignedDocument>().Where(d => d.Kind == kind).OrderBy(static d => d.Version) : [];

    /// <summary>Which documents the hub wants here and this edge has not and has not refused.</summary>
    public IEnumerable<(DocumentKind Kind, int Version)> Missing(IReadOnlyDictionary<DocumentKind, int> wanted)
    {
        lock (_gate)
            return [.. wanted.Where(w => !_refused.ContainsKey((w.Key, w.Value)) && (w.Key is DocumentKind.Contract or DocumentKind.Revocation ? !File.Exists(FileOf(_folder, w.Key, w.Value)) : _inForce.GetValueOrDefault(w.Key) != w.Value)).Select(static w => (w.Key, w.Value))];
    }

    /// <summary>A version that is here already, kept from before.</summary>
    public SignedDocument? Kept(DocumentKind kind, int version) => FileOf(_folder, kind, version) is var file && File.Exists(file) ? Read(file, Hidden) : null;

    /// <summary>A file that cannot be read, such as one written by another user, is as one that is not there, and that is said.</summary>
    private static SignedDocument? Read(string file, Action<string>? unreadable)
    {
        try
        {
            return SignedDocument.Read(File.ReadAllBytes(file), Path.GetFileName(file), []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unreadable?.Invoke($"A document cannot be read and is not in force: {e.Message}");
            return null;
        }
    }

    /// <summary>Takes a document that the hub sent.</summary>
    /// <returns>What is wrong with it; then nothing has changed.</returns>
    public IReadOnlyList<Finding> Take(SignedDocument document)
    {
        var findings = new List<Finding>();
        string name = $"{SignedDocument.Word(document.Kind)} {document.Version}";
        if (document.Edge != _edge) findings.Add(new(new(name), "other-edge", $"The document is for {document.Edge}; this is {_edge}.", "Send it to the edge it was signed for."));
        if (!IsGood(document)) findings.Add(new(new(name), "signature", "The signature does not fit the key in the configuration of this edge.", "Sign it with the hub's key, and give this edge the hub's public key."));
        if (findings.Count == 0) Check(document, name, findings);
        lock (_gate)
        {
            if (findings.Count > 0) _refused[(document.Kind, document.Version)] = findings[0].What;
            else
            {
                Durable.Replace(FileOf(_folder, document.Kind, document.Version), document.ToBytes());
                if (document.Kind is DocumentKind.Configuration or DocumentKind.Model) Durable.Replace(Current(document.Kind), System.Text.Encoding.UTF8.GetBytes(document.Version.ToString(CultureInfo.InvariantCulture)));
            }
        }
        if (findings.Count > 0) _counts.Add("documents refused");
        _counts.Found(findings);
        Look();
        return findings;
    }

    /// <summary>Looks whether the folder has changed, and puts in force what is valid: the supplier signs and revokes by files.</summary>
    /// <returns>True when something was put in or out of force.</returns>
    public bool Look()
    {
        lock (_gate)
        {
            string now = string.Join('\n', Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Select(static f => f + File.GetLastWriteTimeUtc(f).Ticks));
            bool same = now == _seen;
            if (same && !_hidden) return false;
            (_seen, _hidden) = (now, false);
            int contract = ContractVersion;
            SignedDocument? valid = All(_folder, DocumentKind.Contract, Hidden).LastOrDefault(d => d.Edge == _edge && d.IsSigned(Signer.Hub, _hub) && d.IsSigned(Signer.Supplier, _supplier));
            bool revoked = valid is not null && (IsHidden(FileOf(_folder, DocumentKind.Revocation, valid.Version)) || All(_folder, DocumentKind.Revocation, Hidden).Any(r => r.Version == valid.Version && r.Edge == _edge && IsGood(r)));
            Contract = valid is null || revoked ? null : DataContract.Read(valid.Payload, "contract", []);
            Put(DocumentKind.Contract, Contract is null ? 0 : valid!.Version);
            if (contract != ContractVersion) _refused.Clear();
            Activate(DocumentKind.Configuration);
            Activate(DocumentKind.Model);
            if (same && contract == ContractVersion) return false;
            Changes++;
            return true;
        }
    }

    /// <summary>Documents that the supplier made or countersigned here and the hub should have.</summary>
    public IEnumerable<SignedDocument> Signed() => All(_folder, DocumentKind.Contract).Where(d => d.IsSigned(Signer.Supplier, _supplier)).TakeLast(1)
        .Concat(All(_folder, DocumentKind.Revocation).Where(d => d.IsSigned(Signer.Supplier, _supplier)));

    private bool IsGood(SignedDocument d) => d.IsSigned(Signer.Hub, _hub) || d.Kind == DocumentKind.Revocation && d.IsSigned(Signer.Supplier, _supplier);

    private string Current(DocumentKind kind) => Path.Combine(_folder, SignedDocument.Word(kind) + ".current");

    private void Check(SignedDocument document, string name, List<Finding> findings)
    {
        switch (document.Kind)
        {
            case DocumentKind.Contract:
                if (DataContract.Read(document.Payload, name, findings) is { } contract && contract.Supplier != _party)
                    findings.Add(new(new(name, 0, "supplier"), "other-supplier", $"The contract is of {contract.Supplier}; this edge is of {_party}.", "Propose it to the right edge."));
                break;
            case DocumentKind.Configuration:
                if (JsonPart.Open(document.Payload, name, findings) is { } part) Beyond(ReportRules.Read(part), name, findings);
                break;
            case DocumentKind.Model:
                Model.Check(document.Payload, name, findings);
                break;
            case DocumentKind.Revocation:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(document), document.Kind, "Unknown kind of document.");
        }
    }

    /// <summary>A configuration may ask for nothing that the contract does not list.</summary>
    private void Beyond(ReportRules rules, string name, List<Finding> findings)
    {
        IEnumerable<string> asked = rules.Metrics.Select(static m => m.Metric).Concat(rules.Summaries.SelectMany(static s => Feature.Summaries.NamesOf(s.Metric)));
        foreach (string metric in asked.Distinct(StringComparer.Ordinal).Where(m => Contract is null || !Contract.Fields.Any(f => f.Metric == m)))
            findings.Add(new(new(name, 0, metric), "beyond-contract", $"The configuration asks for {metric}, which {(Contract is null ? "no contract lists" : $"contract {ContractVersion} does not list")}.", "Ask for it in a contract that the supplier signs."));
    }

    private void Activate(DocumentKind kind)
    {
        int version = File.Exists(Current(kind)) && int.TryParse(Text(Current(kind)), NumberStyles.None, CultureInfo.InvariantCulture, out int v) ? v : 0;
        SignedDocument? document = version > 0 ? Kept(kind, version) : null;
        if (document is null || document.Edge != _edge || !document.IsSigned(Signer.Hub, _hub)) version = 0;
        if (version == _inForce.GetValueOrDefault(kind)) return;
        if (kind == DocumentKind.Configuration) Rules = version > 0 && JsonPart.Open(document!.Payload, "configuration", []) is { } part ? ReportRules.Read(part) : _own;
        else _model.Load(version > 0 ? document!.Payload : null);
        Put(kind, version);
    }

    /// <summary>True of a file that is there and cannot be read: it may be a revocation, so nothing leaves until that is known.</summary>
    private bool IsHidden(string file)
    {
        bool hidden = false;
        if (File.Exists(file)) Read(file, what =>
        {
            hidden = true;
            Hidden(what);
        });
        return hidden;
    }

    /// <summary>Says it, and looks again at the next step: rights change without a trace in the file's time.</summary>
    private void Hidden(string what)
    {
        _counts.Found(what);
        _hidden = true;
    }

    private string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Hidden($"Which version is in force cannot be read: {e.Message}");
            return "";
        }
    }

    private void Put(DocumentKind kind, int version)
    {
        if (version > 0) _inForce[kind] = version;
        else _inForce.Remove(kind);
    }
}
