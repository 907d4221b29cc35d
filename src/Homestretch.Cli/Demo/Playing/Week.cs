using System.Globalization;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>One week of the demonstration in figures.</summary>
/// <param name="Done">Order lines whose build was finished in the week, with those of them that left early enough for the promised date nine times in ten.</param>
/// <param name="AtRisk">Open promises that are kept in 50 to 80 % of futures, with <paramref name="Broken"/> those below.</param>
/// <param name="Overdue">Open order lines whose promised date was more than a fortnight ago.</param>
/// <param name="Stuck">What has stood still for weeks, by what it is; empty in a sound run.</param>
/// <param name="RePlans">How often the planner on duty stepped in.</param>
/// <param name="Gates">Items that hold most of the promises that are broken or at risk, with how many; <c>line</c>: all parts are there.</param>
internal sealed record Week(Instant Ends, int Arrived, int Done, int Kept, int Open, int OnTrack, int AtRisk, int Broken, int Overdue, int Undated, int Bought, int Made, int Shipped,
    int Received, int StockPieces, int Records, int RePlans, IReadOnlyList<string> Stuck, IReadOnlyList<(string Item, int Lines)> Gates)
{
    public const string Head = """
        | week | orders | built | in time | open | on track | at risk | broken | overdue | bought | made | left | came in | pieces in stock | records | re-plans | gates of those at risk or broken |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """;

    /// <summary>The figures as a row under <see cref="Head"/>.</summary>
    public string Row(int week) => string.Create(CultureInfo.InvariantCulture,
        $"| {week} | {Arrived} | {Done} | {Kept} | {Open} | {OnTrack} | {AtRisk} | {Broken} | {Overdue} | {Bought} | {Made} | {Shipped} | {Received} | {StockPieces:N0} | {Records:N0} | {RePlans} | {string.Join(", ", Gates.Select(static g => $"{(g.Item.Length > 0 ? g.Item : "line")} {g.Lines}"))} |");

    public static Week Of(Snapshot before, Plan plan, IReadOnlyList<MachinePlayer> machines, int rePlans)
    {
        Snapshot now = plan.World;
        Instant t = plan.Epoch;
        OrderLine[] done = [.. now.OrderLines.Where(o => o.Status == OrderStatus.Completed && before.OrderLines.Find(o.Id)?.Status != OrderStatus.Completed)];
        Forecast[] open = [.. plan.Forecasts];
        Forecast.Dated[] late = [.. open.OfType<Forecast.Dated>().Where(static f => f.Kept?.Value < 0.8)];
        return new(t, now.OrderLines.Count(o => !before.OrderLines.Contains(o.Id)), done.Length, done.Count(o => InTime(now, o)),
            open.Length, open.Count(static f => f.AsDated?.Kept?.Value >= 0.8), late.Count(static f => f.Kept!.Value.Value >= 0.5), late.Count(static f => f.Kept!.Value.Value < 0.5),
            now.OrderLines.Count(o => IsOpen(o) && PromisedOf(now, o) < t - Duration.FromDays(14)), open.Count(static f => f.AsDated is null),
            now.PurchaseOrderLines.Count(p => p.Status != OrderStatus.Proposed && (before.PurchaseOrderLines.Find(p.Id) is not { } was || was.Status == OrderStatus.Proposed)),
            Passed(before, now, LotState.Made), Passed(before, now, LotState.Shipped), Passed(before, now, LotState.Received),
            (int)now.Stock.Sum(static s => s.Quantity.Value), TableKind.All.Sum(k => now.Records(k).Count()), rePlans, [.. StuckIn(now, t, machines)],
            [.. late.GroupBy(static f => f.Gate.Item.Value).Select(static g => (Item: g.Key, Lines: g.Count())).OrderByDescending(static g => g.Lines).ThenBy(static g => g.Item, StringComparer.Ordinal).Take(6)]);
    }

    private static bool IsOpen(OrderLine o) => o.Status is OrderStatus.Proposed or OrderStatus.Approved or OrderStatus.Confirmed;

    private static Instant? PromisedOf(Snapshot now, OrderLine o) => now.Promises.StartingWith($"{o.Id}|").LastOrDefault()?.Date;

    private static bool InTime(Snapshot now, OrderLine o) => PromisedOf(now, o) is not { } promised
        || now.Builds.Where(b => b.OrderLine == o.Key).Select(static b => b.End).DefaultIfEmpty(Instant.MinValue).Max() + Voyage.Days((double)now.Markets[o.Market].OutboundP90Days) <= promised;

    private static int Passed(Snapshot before, Snapshot now, LotState state) => now.Lots.Count(l => l.State >= state && !(before.Lots.Find(l.Id)?.State >= state));

    /// <summary>Everything a person would come upon and ask what it is doing there.</summary>
    private static IEnumerable<string> StuckIn(Snapshot now, Instant t, IReadOnlyList<MachinePlayer> machines)
    {
        foreach (Lot lot in now.Lots.Where(l => l.State < LotState.Shipped && l.Ready < t - Duration.FromDays(14))) yield return $"lot {lot.Id} is {Words.Of(lot.State)}, was to be ready {lot.Ready:uuuu-MM-dd}";
        foreach (Lot lot in now.Lots.Where(l => l.State == LotState.Shipped && l.Ready < t - Duration.FromDays(120))) yield return $"lot {lot.Id} has been on the way since {lot.Ready:uuuu-MM-dd}";
        foreach (PurchaseOrderLine line in now.PurchaseOrderLines.Where(p => p.Status < OrderStatus.Completed && p.Due < t - Duration.FromDays(45))) yield return $"purchase {line.Id} is {Words.Of(line.Status)}, was due {line.Due:uuuu-MM-dd}";
        foreach (MachinePlayer m in machines.Where(m => m.State == MachineState.Down && m.Since < t - Duration.FromDays(7))) yield return $"machine {m.Machine.Key} is down since {m.Since:uuuu-MM-dd}";
        foreach (Build build in now.Builds.Where(b => b.Status < OrderStatus.Completed && b.End < t - Duration.FromDays(21) && now.OrderLines.Find(b.OrderLine) is { } o && IsOpen(o))) yield return $"build {build.Id} was to end {build.End:uuuu-MM-dd}";
    }
}
