using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>One edge as the hub knows it. Changed under the gate of <see cref="EdgeHub"/> only; what is shown of it is a copy.</summary>
internal sealed class EdgeState(string edge, string party, Instant firstSeen)
{
    private const int MostFindings = 20;
    private readonly List<string> _findings = [];

    public string Edge => edge;
    public string Party => party;
    public Instant FirstSeen => firstSeen;

    /// <summary>PEM of the key with which its supplier signs; empty: none given.</summary>
    public string SupplierKey { get; set; } = "";

    /// <summary>By the hub's clock; the begin of time: never.</summary>
    public Instant LastContact { get; set; } = Instant.MinValue;

    /// <summary>Stopwatch timestamp of the last contact with this process; 0: none yet.</summary>
    public long Heard { get; set; }

    /// <summary>True when its machines were told lost because it was silent.</summary>
    public bool IsLost { get; set; }

    /// <summary>True until it has been asked to tell again what holds.</summary>
    public bool MustRestate { get; set; }

    public EdgeStatus? Status { get; set; }
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<(DocumentKind Kind, int Version), KeptDocument> Documents { get; } = [];
    public SortedDictionary<DocumentKind, int> Wanted { get; } = [];

    /// <summary>The contract that both sides signed last and nobody revoked, with its version; null: none.</summary>
    public (int Version, DataContract Contract)? InForce { get; set; }

    /// <summary>What was refused of it, newest last.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>One at a time from each edge.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>True when something is not in the database yet.</summary>
    public bool HasChanged { get; set; }

    public void Count(string name, long amount = 1)
    {
        if (amount == 0) return;
        Counts[name] = Counts.GetValueOrDefault(name) + amount;
        HasChanged = true;
    }

    public void Found(string what)
    {
        _findings.Remove(what);
        _findings.Add(what);
        if (_findings.Count > MostFindings) _findings.RemoveAt(0);
    }

    public KeptEdge Kept => new(edge, party, SupplierKey, firstSeen, LastContact, Status is null ? "" : System.Text.Encoding.UTF8.GetString(Status.ToBytes()), JsonSerializer.Serialize(Counts));

    /// <summary>An edge as the database had it.</summary>
    public static EdgeState Of(KeptEdge kept)
    {
        var state = new EdgeState(kept.Edge, kept.Party, kept.FirstSeen) { SupplierKey = kept.SupplierKey, LastContact = kept.LastContact };
        if (kept.Status.Length > 0) state.Status = EdgeStatus.Read(System.Text.Encoding.UTF8.GetBytes(kept.Status), []);
        if (kept.Counts.Length > 0) foreach (var (name, count) in JsonSerializer.Deserialize<Dictionary<string, long>>(kept.Counts)!) state.Counts[name] = count;
        return state;
    }
}
