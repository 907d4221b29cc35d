using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>The ledger of the floor: what was done and what was refused, the last that happened first; empty for who is not of the brand owner or may not see lines.</summary>
    Task<Page<FloorOperation>> Ledger(LedgerQuery query, CancellationToken cancel);
}

/// <summary>What the ledger is asked for: each that is given narrows it.</summary>
/// <param name="Lot">Lot number as scanned.</param>
/// <param name="Bin">Where it comes from or goes to.</param>
/// <param name="From">Happened at this moment or later.</param>
/// <param name="Until">Happened before.</param>
public sealed record LedgerQuery(string? Site = null, string? Item = null, string? Lot = null, string? Unit = null, string? Bin = null, FloorAct? Act = null, FloorAnswer? Answer = null, Instant? From = null, Instant? Until = null, int Skip = 0, int Take = 50);
