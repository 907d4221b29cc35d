using Homestretch.Branching;
using Homestretch.Server.Seeing;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Branches of the world: for the brand owner's people whose role lets them re-plan.</summary>
internal sealed partial class PersonWindow
{
    private bool Branching => Brand && May(Permission.Replan);

    public async Task<IReadOnlyList<BranchRow>> Branches(CancellationToken cancel) => Branching ? [.. (await _branches.Of(Person.Party, cancel)).Select(b => BranchViews.Row(b, Person.Login))] : [];

    public async Task<Told> KeepBranch(string? key, BranchOrder order, CancellationToken cancel)
    {
        if (!Branching) return Refused("make branches of the world");
        var (kept, findings) = await _branches.Keep(Person, key, order, cancel);
        if (kept is null) return new(false, Clock.Version, findings);
        return await Noted(new(true, Clock.Version, [], kept), key is null ? AuditAction.BranchMade : AuditAction.BranchChanged, kept, $"{order.Name}: {string.Join("; ", order.Assumed.Take(5))}");
    }

    public async Task<Told> DiscardBranch(string key, CancellationToken cancel)
    {
        if (!Branching) return Refused("discard branches");
        if (await _branches.Discard(Person, key, cancel) is { } wrong) return new(false, Clock.Version, [wrong]);
        return await Noted(new(true, Clock.Version, [], key), AuditAction.BranchDiscarded, key, "");
    }

    public async Task<CompareView?> CompareBranches(IReadOnlyList<string> keys, CancellationToken cancel)
    {
        if (!Branching) return null;
        var (epoch, futures) = Look(static s => (s.Plan.Epoch, s.Plan.Policy.Samples));
        return await _branches.Compare(Person, keys, May(Permission.SeeMoney), epoch, futures, cancel);
    }

    public async Task<CommitView?> WouldCommit(string key, CancellationToken cancel)
    {
        if (!Branching || await _branches.Find(Person.Party, key, cancel) is not { } kept) return null;
        Branch branch = BranchSight.Read(kept);
        var (written, findings) = Meant(branch, [.. Enumerable.Range(0, branch.Assumed.Count)]);
        return BranchViews.Would(written, branch, findings);
    }

    public async Task<Told> CommitBranch(string key, CommitOrder order, CancellationToken cancel)
    {
        if (!Branching) return Refused("commit branches");
        if (await _branches.Find(Person.Party, key, cancel) is not { } kept) return new(false, Clock.Version, [BranchSight.Unknown(key)]);
        if (string.IsNullOrWhiteSpace(order.Reason) || order.Reason.Length > 200) return Wrong("reason", "missing", "Nobody says why, or at too great length.", "Give a reason of up to 200 characters.");
        Branch branch = BranchSight.Read(kept);
        if (order.Places.Any(p => p < 0 || p >= branch.Assumed.Count)) return Wrong("places", "unknown-key", $"The branch assumes {branch.Assumed.Count} things, counted from 0.", "Choose among them.");
        if (order.Places.Select(p => branch.Assumed[p]).FirstOrDefault(static a => a.Nature == Nature.Supposition) is { } supposed) return Wrong("places", "supposition", $"'{supposed}' is only supposed; writing it would invent it.", "Leave it out.");
        var (written, findings) = Meant(branch, order.Places);
        if (findings.Count > 0) return new(false, Clock.Version, findings);
        WorldEvent[] events = [.. written.SelectMany(static w => w.Events)];
        if (events.Length == 0) return Wrong("places", "how-many", "Nothing would be written.", "Choose a decision, or a fact that is so.");
        Told told = await Tell(events, cancel, key);
        if (!told.Accepted) return told;
        await _branches.Committed(kept, cancel);
        return await Noted(told, AuditAction.BranchCommitted, key, $"{order.Reason}: {string.Join("; ", written.Select(static w => w.Assumption.ToString()).Take(5))}");
    }

    private (IReadOnlyList<Committed> Written, IReadOnlyList<Finding> Findings) Meant(Branch branch, IReadOnlyCollection<int> places) => Look(s => Committing.Of(s.World, s.Plan.Epoch, branch, places, Person.Login));
}
