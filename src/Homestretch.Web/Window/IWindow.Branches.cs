namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Branches that people of this party have made, the last changed first; nothing for who may not re-plan or is not the brand owner.</summary>
    Task<IReadOnlyList<BranchRow>> Branches(CancellationToken cancel);

    /// <summary>Makes a branch, or changes one's own; its key comes back.</summary>
    /// <param name="key">Null: a new one.</param>
    Task<Told> KeepBranch(string? key, BranchOrder order, CancellationToken cancel);

    /// <summary>Discards one's own branch; nothing of it was in the world.</summary>
    Task<Told> DiscardBranch(string key, CancellationToken cancel);

    /// <summary>Branches beside the world as it is; null when one is not known.</summary>
    Task<CompareView?> CompareBranches(IReadOnlyList<string> keys, CancellationToken cancel);

    /// <summary>What committing a branch would write, assumption by assumption; null when it is not known.</summary>
    Task<CommitView?> WouldCommit(string key, CancellationToken cancel);

    /// <summary>Makes the chosen assumptions real, in one batch or not at all.</summary>
    Task<Told> CommitBranch(string key, CommitOrder order, CancellationToken cancel);
}
