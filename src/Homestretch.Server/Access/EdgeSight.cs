using System.Diagnostics;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Ingest;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>Edges as people see them: cut to a party, and ended by those who may.</summary>
internal sealed class EdgeSight(EdgeHub hub, LiveWorld live, AuditLog audit)
{
    private const string Rebirth = "rebirth ";
    private static readonly TimeSpan s_online = TimeSpan.FromSeconds(30);

    /// <param name="party">Whose; null: everyone's.</param>
    public IReadOnlyList<EdgeRow> Rows(string? party) =>
        hub.Look<IReadOnlyList<EdgeRow>>(edges => [.. edges.Where(e => party is null || e.Party == party).Select(Row)]);

    /// <summary>One edge; null when there is none of this party.</summary>
    public EdgeDetail? One(string edge, Person person, string? party) =>
        hub.Look(edges => edges.FirstOrDefault(e => e.Edge == edge && (party is null || e.Party == party)) is { } found ? Detail(found, person) : null);

    /// <summary>The edge that speaks for a machine under its contract, with the version of the model that it has in force (0: none); null: no edge does.</summary>
    public (string Edge, int Model)? Judge(Machine machine) => hub.Look<(string, int)?>(edges =>
        edges.FirstOrDefault(e => e.Party == machine.Party.Value && e.InForce is { } c && (machine.Device.StartsWith(e.Edge + "/", StringComparison.Ordinal) || c.Contract.Fields.Any(f => f.Machine == machine.Id))) is { } found
            ? (found.Edge, found.Status?.InForce.GetValueOrDefault(DocumentKind.Model) ?? 0) : null);

    /// <summary>Ends a contract; null when the person may not, or there is no such edge of theirs.</summary>
    public async Task<IReadOnlyList<Finding>?> Revoke(string edge, Person person, string? party, CancellationToken cancel)
    {
        if (One(edge, person, party) is not { } found || !MayRevoke(found.Row.Party, person) || GatewayPass.Of(edge) is not { } pass) return null;
        IReadOnlyList<Finding> findings = await hub.Revoke(pass, person.Login, cancel);
        if (findings.Count == 0) await audit.Note(person.Party, person.Login, Words.Of(AuditAction.EdgeContractRevoked), edge, $"contract {found.Row.Contract}", CancellationToken.None);
        return findings;
    }

    private static bool MayRevoke(string party, Person person) => person.May.Contains(Permission.Administer) || person.Role == Role.Supplier && person.Party == party;

    private EdgeRow Row(EdgeState e)
    {
        int newest = e.Documents.Keys.Where(static d => d.Kind == DocumentKind.Contract).Select(static d => d.Version).DefaultIfEmpty(0).Max();
        ContractState state = e.InForce is not null ? ContractState.InForce : newest == 0 ? ContractState.None : e.Documents.ContainsKey((DocumentKind.Revocation, newest)) ? ContractState.Revoked : ContractState.Proposed;
        string name;
        lock (live.Gate) name = live.World.Parties.Find(new Key<Party>(e.Party))?.Name ?? e.Party;
        return new(e.Edge, e.Party, name, e.Heard != 0 && Stopwatch.GetElapsedTime(e.Heard) < s_online, e.Status?.Version ?? "", e.FirstSeen, e.LastContact == Instant.MinValue ? null : e.LastContact, e.Status?.Backlog ?? 0, e.Status?.OldestWaiting,
            e.InForce?.Version ?? newest, state, Count(e, "records"), Count(e, "repeated"), Count(e, "lost"), Count(e, "refused"),
            [.. (e.Status?.Counts ?? new Dictionary<string, long>()).Where(static c => c.Key.StartsWith(Rebirth, StringComparison.Ordinal)).Select(static c => new EdgeCount(c.Key[Rebirth.Length..], c.Value))]);
    }

    private EdgeDetail Detail(EdgeState e, Person person)
    {
        DataContract? contract = e.InForce?.Contract;
        IReadOnlyDictionary<DocumentKind, int> has = e.Status?.InForce ?? new Dictionary<DocumentKind, int>();
        return new(Row(e), contract?.Receiver ?? "", contract?.Purpose ?? "", contract?.From, contract?.To,
            [.. (contract?.Fields ?? []).Select(static f => new ContractFieldRow(f.Machine, f.Metric, f.EverySeconds, f.Step, f.DelaySeconds))],
            [.. e.Documents.Values.OrderByDescending(static d => d.Made).Select(d => new EdgeDocumentRow(SignedDocument.Word(d.Document.Kind), d.Document.Version, d.Made, d.MadeBy, d.Document.Signatures.Any(static s => s.By == Signer.Hub),
                d.Document.Signatures.Any(static s => s.By == Signer.Supplier), e.Wanted.GetValueOrDefault(d.Document.Kind) == d.Document.Version, has.GetValueOrDefault(d.Document.Kind) == d.Document.Version))],
            [.. (e.Status?.Streams ?? []).Select(static s => new EdgeStreamRow(s.Stream, s.Last, s.Acknowledged))], [.. (e.Status?.Counts ?? new Dictionary<string, long>()).Select(static c => new EdgeCount(c.Key, c.Value))],
            e.Status?.ClockOffsetSeconds, e.Status?.LogBytes ?? 0, e.InForce is not null && MayRevoke(e.Party, person), [.. e.Findings], e.Status?.Findings ?? []);
    }

    private static long Count(EdgeState e, string name) => e.Counts.GetValueOrDefault(name);
}
