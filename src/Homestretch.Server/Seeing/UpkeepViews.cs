using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What maintenance of machines is worth, and when it is planned.</summary>
internal static class UpkeepViews
{
    public static UpkeepRow? Row(WorkList? list, Key<Machine> machine) => list?.Find(machine) is { } m
        ? new(m.Promises, m.AtStake?.Promises, m.WaitingCosts, m.Best?.From, m.GoodUntil, m.Planned is not null, list.Epoch) : null;

    /// <param name="told">The machine's own device has stated it.</param>
    /// <param name="judge">The edge that speaks for it, with the version of the model by which it judges.</param>
    public static LifeView? Life(Machine machine, MachineReport? report, bool told, (string Edge, int Model)? judge) => LifeLeft.Of(machine, report) is not { } life ? null
        : new(life.Source, life.P10Hours, life.P50Hours, life.P90Hours, !told ? LifeTeller.Record : judge is null ? LifeTeller.Device : LifeTeller.Edge, !told ? "" : judge?.Edge ?? machine.Device, told ? judge?.Model ?? 0 : 0);

    /// <summary>What a machine still has to make, in that order.</summary>
    public static IReadOnlyList<QueuedView> Queue(Sight sight, Key<Machine> machine) => [.. Runs.Of(sight.World).Queue(machine).Where(r => sight.World.Lots.Find(r.Lot) is { State: < LotState.Made }).Select(r =>
    {
        Lot lot = sight.World.Lots[r.Lot];
        var held = sight.Plan.HeldBy(lot.Key);
        (Instant P50, Instant P90)? ready = SupplyViews.Ends(sight, lot).TryGetValue(0, out var end) ? end : null;
        return new QueuedView(lot.Id, lot.Item.Value, sight.ItemOf(lot.Item)?.Name ?? "", r.Quantity, r.Produced, ready?.P50, ready?.P90, held.Count, held.Count(h => sight.Plan.Of(h.OrderLine)?.AsDated?.Promise is not null));
    })];

    /// <summary>Stops of a machine that are planned or under way.</summary>
    public static IReadOnlyList<PlannedStopView> Planned(Sight sight, Key<Machine> machine) => [.. sight.World.Maintenance.Where(m => m.Machine == machine && m.Status < OrderStatus.Completed && m.To > sight.Now)
        .OrderBy(static m => m.From).ThenBy(static m => m.Id, StringComparer.Ordinal).Select(static m => new PlannedStopView(m.Id, m.From, m.To, m.Work, m.Status))];

    /// <summary>Slots that can still be taken.</summary>
    public static IReadOnlyList<SlotView> Slots(Sight sight, WorkList? list, Key<Machine> machine) => list?.Find(machine) is not { } m ? []
        : [.. m.Slots.Where(s => s.From > sight.Now).Select(s => new SlotView(s.From, s.To, s.Gain.Promises, s.Gain.Kits, sight.Money ? s.Gain.Money : [], s.Gain.Better, s.Gain.Worse, s == m.Best))];

    /// <summary>The stop that a chosen slot stands for, or why it cannot be.</summary>
    public static (Maintenance? Work, Finding? Wrong) Chosen(Sight sight, string machine, Instant from, Instant to)
    {
        Finding Bad(string column, string rule, string what, string cure) => new(new("request", 0, column), rule, what, cure);
        if (sight.World.Machines.Find(machine) is not { } known) return (null, Bad("machine", "unknown-key", $"There is no machine '{machine}'.", "Check the code."));
        if (from <= sight.Now) return (null, Bad("from", "past", "The slot has begun already.", "Choose one that is still to come."));
        if (to <= from) return (null, Bad("to", "interval", "The slot ends before it begins.", "Let it end after its begin."));
        if (to - from > Duration.FromDays(30)) return (null, Bad("to", "too-long", "The slot is longer than thirty days.", "Split the work."));
        return (PlannedWork.In(known, PlannedWork.Next(sight.World, known.Key, sight.Now), from, to), null);
    }
}
