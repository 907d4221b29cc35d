using Homestretch.Branching;
using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>What people do with branches: keep, compare, discard.</summary>
internal sealed class BranchSight(BranchTable table, BranchStudio studio, HubClock clock)
{
    private const int MostLines = 2_000, MostBranches = 500, MostCompared = 5, LongestName = 80, LongestLine = 1_000;

    public Task<IReadOnlyList<KeptBranch>> Of(string party, CancellationToken cancel) => table.Of(party, cancel);

    public async Task<KeptBranch?> Find(string party, string key, CancellationToken cancel) => (await table.Of(party, cancel)).FirstOrDefault(b => b.Key == key);

    /// <summary>Keeps a branch: its key, or why not.</summary>
    public async Task<(string? Key, IReadOnlyList<Finding> Findings)> Keep(Person by, string? key, BranchOrder order, CancellationToken cancel)
    {
        string name = (order.Name ?? "").Trim();
        string[] lines = [.. (order.Assumed ?? []).Select(static l => l.Trim()).Where(static l => l.Length > 0)];
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) return (null, [Wrong("name", "name", $"A name of {name.Length} characters.", $"Give a name of 1 to {LongestName} characters.")]);
        if (lines.Length > MostLines || lines.Any(static l => l.Length > LongestLine || l.Any(char.IsControl))) return (null, [Wrong("assumed", "how-many", $"{lines.Length} lines, the longest of {(lines.Length == 0 ? 0 : lines.Max(static l => l.Length))} characters.", $"Give at most {MostLines} lines of at most {LongestLine} characters.")]);
        var (_, findings) = AssumptionText.Parse(lines, "assumed");
        if (findings.Count > 0) return (null, findings);
        IReadOnlyList<KeptBranch> all = await table.Of(by.Party, cancel);
        KeptBranch? was = key is null ? null : all.FirstOrDefault(b => b.Key == key);
        if (key is not null && was is null) return (null, [Unknown(key)]);
        if (was is not null && was.Owner != by.Login) return (null, [Foreign(was)]);
        if (was is null && all.Count >= MostBranches) return (null, [Wrong("", "how-many", $"There are {all.Count} branches.", "Discard some that nobody needs.")]);
        Instant now = clock.Now;
        KeptBranch kept = was is not null ? was with { Name = name, Lines = lines, Changed = now } : new(BranchViews.Key(name, [.. all.Select(static b => b.Key)]), by.Party, by.Login, name, lines, now, now, null);
        await table.Put(kept, cancel);
        return (kept.Key, []);
    }

    /// <summary>Discards a branch; why not, else null.</summary>
    public async Task<Finding?> Discard(Person by, string key, CancellationToken cancel)
    {
        if (await Find(by.Party, key, cancel) is not { } was) return Unknown(key);
        if (was.Owner != by.Login) return Foreign(was);
        await table.Remove(key, cancel);
        return null;
    }

    public Task Committed(KeptBranch branch, CancellationToken cancel) => table.Put(branch with { Committed = clock.Now }, cancel);

    /// <summary>Branches beside the world as it is; null when one is not known, or too many are asked for.</summary>
    public async Task<CompareView?> Compare(Person by, IReadOnlyList<string> keys, bool money, Instant epoch, int futures, CancellationToken cancel)
    {
        IReadOnlyList<KeptBranch> all = await table.Of(by.Party, cancel);
        KeptBranch?[] asked = [.. keys.Distinct().Take(MostCompared).Select(k => all.FirstOrDefault(b => b.Key == k))];
        if (asked.Any(static b => b is null)) return null;
        var (asItIs, branches) = await Task.Run(() => studio.Plan([.. asked.Select(static b => Read(b!))]), cancel);
        return new(epoch, futures, [BranchViews.AsItIs(asItIs, money), .. branches.Select((b, i) => BranchViews.Column(asked[i]!.Key, b, asItIs, money))]);
    }

    /// <summary>What a kept branch assumes; lines were read before they were kept.</summary>
    public static Branch Read(KeptBranch kept) => new(kept.Name, AssumptionText.Parse(kept.Lines, kept.Name).Assumed);

    internal static Finding Unknown(string key) => Wrong("key", "unknown-key", $"There is no branch '{key}'.", "Check the address: it may have been discarded.");

    private static Finding Foreign(KeptBranch was) => Wrong("key", "not-yours", $"'{was.Name}' is {was.Owner}'s branch.", "Make one of your own from it.");

    private static Finding Wrong(string column, string rule, string what, string cure) => new(new("request", 0, column), rule, what, cure);
}
