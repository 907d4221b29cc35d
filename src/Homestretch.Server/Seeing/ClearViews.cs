using Homestretch.Clearing;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Release lists as people read them.</summary>
internal static class ClearViews
{
    public static bool Open(OrderLine order) => order.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed;

    /// <param name="sight">Of the plan that the list was made of.</param>
    public static ClearView Of(Sight sight, string name, ClearQuery query, ClearList list)
    {
        ClearBuild[] released = [.. list.Builds.Where(static b => b.Kind == ClearKind.Released)], held = [.. list.Builds.Where(b => IsHeld(b))];
        ClearBuild[] left = [.. list.Builds.Where(static b => b.Kind is ClearKind.GivesWay or ClearKind.Short)];
        int staying = list.Builds.Count(static b => b is { Kind: ClearKind.Stays, End: not null }), candidates = released.Length + left.Length;
        ClearNothing? nothing = released.Length > 0 ? null : sight.World.AssemblyLines.Count == 0 ? ClearNothing.NoLines : !sight.World.OrderLines.Any(Open) ? ClearNothing.NoOrders : left.Length == 0 ? ClearNothing.NothingDue : ClearNothing.NothingAtHand;
        var was = sight.World.Builds.ToLookup(static b => b.OrderLine.Value, StringComparer.Ordinal);
        return new(name, list.Epoch, sight.World.Version, false, list.Until, query, nothing, candidates, released.Length, released.Concat(left).Count(static b => b.InForce), released.Concat(left).Count(static b => b.ByPriority),
            Classes(sight, released, left), released.Sum(static b => b.SavesPromise?.Value ?? 0), list.Gap, list.MostKits, list.Score.Kits,
            Lines(sight, released, held, was), Groups(sight, left, was), staying, list.Events.Count);
    }

    private static bool IsHeld(ClearBuild build) => build is { Kind: ClearKind.Stays, End: null, Start: not null };

    private static ClearClass[] Classes(Sight sight, ClearBuild[] released, ClearBuild[] left) => [.. released.Concat(left).GroupBy(b => Math.Clamp(sight.World.OrderLines[b.OrderLine].Class, 1, 3)).OrderBy(static g => g.Key)
        .Select(static g => new ClearClass(g.Key, g.Key switch { 1 => 4, 2 => 2, _ => 1 }, g.Count(static b => b.Kind == ClearKind.Released), g.Count(static b => b.InForce), g.Count(static b => b.Kind != ClearKind.Released), g.Sum(static b => b.SavesPromise?.Value ?? 0)))];

    private static ClearLine[] Lines(Sight sight, ClearBuild[] released, ClearBuild[] held, ILookup<string, Build> was) => [.. released.Concat(held).GroupBy(static b => b.Line!.Value.Value).OrderBy(static g => g.Key, StringComparer.Ordinal)
        .Select(g => sight.World.AssemblyLines[g.Key] is var line ? new ClearLine(line.Id, line.Name, sight.World.Sites.Find(line.Site)?.Name ?? line.Site.Value, [.. g.OrderBy(static b => b.Start).Select(b => Release(sight, b, was))]) : null!)];

    private static ClearRelease Release(Sight sight, ClearBuild b, ILookup<string, Build> was)
    {
        OrderLine order = sight.World.OrderLines[b.OrderLine];
        Build? slot = was[order.Id].FirstOrDefault();
        Instant begins = b.Start!.Value, ends = b.End ?? Instant.Max(begins, slot?.End ?? begins);
        ClearChange change = IsHeld(b) ? ClearChange.Held : slot is null ? ClearChange.New : slot.Line != b.Line ? ClearChange.OtherLine
            : begins < slot.Start - s_same ? ClearChange.Sooner : begins > slot.Start + s_same ? ClearChange.Later : ClearChange.AsPlanned;
        Forecast? forecast = sight.Plan.Of(order.Key);
        return new(order.Id, sight.NameOf(order.Customer), order.Class, ProductOf(sight, order), order.Quantity, order.Market.Value, begins, ends, change, slot?.Start, slot is null ? "" : LineOf(sight, slot),
            Promised(sight, order), sight.StateOf(order, forecast), b.SavesPromise?.Value, b.ByPriority, ClearReasons.Of(b, sight.World, sight.Zone),
            [.. b.Parts.Where(static p => p.At is not null).OrderByDescending(static p => p.At).Select(p => new ClearComing(p.Item.Value, NameOf(sight, p.Item), LotOf(p.Supply), p.At!.Value))]);
    }

    private static readonly Duration s_same = Duration.FromMinutes(1);

    /// <summary>Grouped by what would have to come for the build to be whole, the part that comes last; the largest group of each cause first.</summary>
    private static ClearGroup[] Groups(Sight sight, ClearBuild[] left, ILookup<string, Build> was) => [.. left.GroupBy(Cause).OrderBy(static g => g.Key.Cause).ThenByDescending(static g => g.Count()).ThenBy(static g => g.Key.Item, StringComparer.Ordinal)
        .Select(g => new ClearGroup(g.Key.Cause, g.Key.Item, g.Key.Item.Length == 0 ? "" : NameOf(sight, new(g.Key.Item)), g.Key.Cause == ClearCause.Short ? Sum(g.Select(b => b.Short.First(s => s.Item.Value == g.Key.Item).Missing)) : "", [.. g.Select(b => Waiting(sight, b, was))]))];

    private static (ClearCause Cause, string Item) Cause(ClearBuild b) => b.Kind == ClearKind.Short ? (ClearCause.Short, Last(b)[0].Item.Value) : b.Contested.Count > 0 ? (ClearCause.Given, b.Contested[0].Value) : (ClearCause.Time, "");

    private static ClearShort[] Last(ClearBuild b) => [.. b.Short.OrderByDescending(static s => s.At ?? Instant.MaxValue).ThenBy(static s => s.Item.Value, StringComparer.Ordinal)];

    private static ClearWaiting Waiting(Sight sight, ClearBuild b, ILookup<string, Build> was)
    {
        OrderLine order = sight.World.OrderLines[b.OrderLine];
        return new(order.Id, sight.NameOf(order.Customer), order.Class, ProductOf(sight, order), order.Quantity, order.Market.Value, was[order.Id].FirstOrDefault()?.Start, Promised(sight, order), sight.StateOf(order, sight.Plan.Of(order.Key)),
            ClearReasons.Of(b, sight.World, sight.Zone), [.. Last(b).Select(s => new ClearLack(s.Item.Value, NameOf(sight, s.Item), s.Missing.ToString(), s.Next is { } next ? LotOf(next) : "", s.At))], [.. b.Takers.Select(static t => t.Value)]);
    }

    /// <summary>What accepting it would change, planned beside the plan that it was made of.</summary>
    public static ClearEffect Effect(Snapshot world, Instant epoch, PlanPolicy policy, IReadOnlyList<Forecast> forecasts, ClearList list, string name)
    {
        WhatIfView moved = MovedViews.Of(world, WhatIf.Of(world, epoch, policy, forecasts, list.Events));
        var before = world.Builds.ToDictionary(static b => b.Id, StringComparer.Ordinal);
        var moves = new List<ClearMove>();
        var otherParts = new HashSet<string>(StringComparer.Ordinal);
        int purchases = 0, recalled = 0;
        foreach (WorldEvent e in list.Events)
        {
            if (e is WorldEvent.Put { Record: PurchaseOrderLine }) purchases++;
            else if (e is WorldEvent.Removed && e.Kind.Name == PurchaseOrderLine.TableName) recalled++;
            else if (e.Kind.Name == Peg.TableName) otherParts.Add(e.Key[..e.Key.IndexOf('|', StringComparison.Ordinal)]);
            else if (e.Kind.Name == Build.TableName && Move(world, before.GetValueOrDefault(e.Key), (e as WorldEvent.Put)?.Record as Build) is { } move) moves.Add(move);
        }
        return new(name, false, MovedViews.LosersFirst(moved.Rows), moved.PromisesKeptBefore, moved.PromisesKeptAfter, [.. moves.OrderBy(static m => m.To ?? Instant.MaxValue).ThenBy(static m => m.OrderLine, StringComparer.Ordinal)],
            moves.Count(static m => m.From is null), moves.Count(static m => m.To is null), otherParts.Count, purchases, recalled);
    }

    private static ClearMove? Move(Snapshot world, Build? was, Build? now)
    {
        if ((was ?? now) is not { } any || was is not null && now is not null && was.Line == now.Line && was.Start == now.Start) return null;
        OrderLine order = world.OrderLines[any.OrderLine];
        string Name(Build? b) => b is null ? "" : world.AssemblyLines.Find(b.Line)?.Name ?? b.Line.Value;
        return new(order.Id, world.Parties.Find(order.Customer)?.Name ?? "", order.Class, was?.Start, Name(was), now?.Start, Name(now));
    }

    private static string Sum(IEnumerable<Quantity> quantities)
    {
        Quantity[] all = [.. quantities];
        return new Quantity(all.Sum(static q => q.Value), all[0].Unit).ToString();
    }

    private static Instant? Promised(Sight sight, OrderLine order) => sight.World.Promises.StartingWith($"{order.Key}|").LastOrDefault()?.Date;
    private static string ProductOf(Sight sight, OrderLine order) => sight.ItemOf(order.Family)?.Name ?? order.Family.Value;
    private static string NameOf(Sight sight, Key<Item> item) => sight.ItemOf(item)?.Name ?? item.Value;
    private static string LineOf(Sight sight, Build build) => sight.World.AssemblyLines.Find(build.Line)?.Name ?? build.Line.Value;
    private static string LotOf(string supply) => supply.StartsWith("lot:", StringComparison.Ordinal) ? supply[4..] : "";
}
