using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>Promises of one customer class.</summary>
/// <param name="Promises">Open order lines with a promise.</param>
/// <param name="Kept">Of these, expected to be kept: the sum of the shares of samples.</param>
/// <param name="AtConfidence">Of these, kept in at least the share of samples that was promised.</param>
/// <param name="AtRisk">Of these, kept in fewer samples than the policy calls safe.</param>
public sealed record ClassFigures(int Class, int Promises, double Kept, int AtConfidence, int AtRisk);

/// <summary>What lies on the shelves, by currency of its cost.</summary>
/// <param name="Value">Mean value on hand over <see cref="BranchFigures.Weeks"/> weeks from the epoch.</param>
/// <param name="Days">How long that lasts at the rate at which kits take it; null: they take nothing.</param>
public sealed record StockFigures(Money Value, double? Days);

/// <summary>One week of one assembly line.</summary>
/// <param name="From">Begin of the week (Monday, local to the line), or the epoch.</param>
/// <param name="Open">Open time.</param>
/// <param name="Booked">Of it, what builds are planned to take; more than open where slots lie on top of each other.</param>
public sealed record LineWeek(Instant From, Duration Open, Duration Booked)
{
    /// <summary>Null: the line is closed all week.</summary>
    public double? Utilisation => Open > Duration.Zero ? Booked / Open : null;
}

/// <summary>The weeks of one assembly line, in order.</summary>
public sealed record LineFigures(Key<AssemblyLine> Line, string Name, IReadOnlyList<LineWeek> Weeks);

/// <summary>What a plan is worth, measure by measure. Plans of one epoch and seed were drawn from the same samples and may be compared.</summary>
/// <param name="OrderLines">Open order lines.</param>
/// <param name="Undated">Of these, without a date.</param>
/// <param name="Classes">By class.</param>
/// <param name="Unpromised">Open order lines that nobody was promised anything of.</param>
/// <param name="Asked">Of these, expected to be delivered by the date the customer asked for.</param>
/// <param name="KitsWhole">Kits expected to be whole on the day their build is planned to start.</param>
/// <param name="Revenue">Price of the open order lines, by currency; of those that have one.</param>
/// <param name="AtRisk">Price times the share of samples that break the promise, by currency; of those that have both.</param>
/// <param name="Purchases">Planned purchases that nobody approved yet, by currency; of those that have a price.</param>
/// <param name="Stock">By currency; of items that have a cost.</param>
/// <param name="Lines">In order of key.</param>
/// <param name="KeptBySample">Of each sample: promises kept in it.</param>
public sealed record BranchFigures(int OrderLines, int Undated, IReadOnlyList<ClassFigures> Classes, int Unpromised, double Asked, double KitsWhole, IReadOnlyList<Money> Revenue, IReadOnlyList<Money> AtRisk,
    IReadOnlyList<Money> Purchases, IReadOnlyList<StockFigures> Stock, IReadOnlyList<LineFigures> Lines, IReadOnlyList<int> KeptBySample)
{
    /// <summary>How far stock and lines are looked at: a quarter.</summary>
    public const int Weeks = 13;

    public int Promises => Classes.Sum(static c => c.Promises);
    public double Kept => Classes.Sum(static c => c.Kept);
    public int AtConfidence => Classes.Sum(static c => c.AtConfidence);
    public int PromisesAtRisk => Classes.Sum(static c => c.AtRisk);

    /// <summary>The figures of a plan. Only reads it.</summary>
    public static BranchFigures Of(Plan plan)
    {
        var orders = new OrdersCounted(plan);
        StockFigures[] shelved = [];
        LineFigures[] loaded = [];
        int[] kept = [];
        Many.All(orders.Count, () => shelved = [.. Shelved(plan)], () => loaded = [.. Loaded(plan)], () => kept = plan.KeptBySample());
        return new(orders.Lines, orders.Undated, orders.Classes, orders.Unpromised, orders.Asked, orders.Whole, Sums(orders.Revenue), Sums(orders.AtRisk), Sums(Proposed(plan.World)), shelved, loaded, kept);
    }

    private static SortedDictionary<string, decimal> Proposed(Snapshot world)
    {
        var purchases = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (PurchaseOrderLine p in world.PurchaseOrderLines)
            if (p is { Status: OrderStatus.Proposed, Price: { } price }) purchases[price.Currency] = purchases.GetValueOrDefault(price.Currency) + price.Minor * p.Quantity.Value;
        return purchases;
    }

    /// <summary>The promise in force of an open order line, with or without a date; null without one.</summary>
    internal static Promise? Promised(Snapshot world, Forecast forecast) => forecast is Forecast.Dated d ? d.Promise : world.Promises.StartingWith($"{forecast.OrderLine}|").LastOrDefault();

    /// <summary>Share of samples not after a second.</summary>
    internal static double KeptBy(int[] dates, int due)
    {
        int kept = 0;
        foreach (int date in dates)
            if (date <= due) kept++;
        return kept / (double)dates.Length;
    }

    internal static Money[] Sums(SortedDictionary<string, decimal> minor) => [.. minor.Select(static m => new Money((long)decimal.Round(m.Value), m.Key))];

    private static IEnumerable<StockFigures> Shelved(Plan plan)
    {
        double days = 7 * Weeks;
        var byCurrency = new SortedDictionary<string, (double OnHand, double Taken)>(StringComparer.Ordinal);
        foreach (var (item, (unitDays, taken)) in plan.ShelvedUntil(Duration.FromDays(days)))
        {
            if (plan.World.Items[item].Cost is not { } cost) continue;
            var (onHand, took) = byCurrency.GetValueOrDefault(cost.Currency);
            byCurrency[cost.Currency] = (onHand + unitDays * cost.Minor, took + taken * cost.Minor);
        }
        foreach (var (currency, (onHand, taken)) in byCurrency) yield return new(new Money((long)Math.Round(onHand / days), currency), taken > 0 ? onHand / taken : null);
    }

    private static IEnumerable<LineFigures> Loaded(Plan plan)
    {
        foreach (var (line, bounds, open, booked) in plan.Loads(l => WeeksOf(plan, l)))
            yield return new(line.Key, line.Name, [.. Enumerable.Range(0, open.Length).Select(k => new LineWeek(bounds[k], Duration.FromSeconds(open[k]), Duration.FromSeconds(booked[k])))]);
    }

    /// <summary>The epoch, then every Monday at midnight where the line stands.</summary>
    private static Instant[] WeeksOf(Plan plan, AssemblyLine line)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[plan.World.Sites[line.Site].TimeZone];
        LocalDate monday = plan.Epoch.InZone(zone).Date.Next(IsoDayOfWeek.Monday);
        return [plan.Epoch, .. Enumerable.Range(0, Weeks).Select(k => zone.AtStartOfDay(monday.PlusWeeks(k)).ToInstant())];
    }
}
