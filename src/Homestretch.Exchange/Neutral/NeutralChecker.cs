namespace Homestretch.Exchange.Neutral;

/// <summary>What a check of a plan found.</summary>
/// <param name="Violations">Broken rules, at most 20 examples of each; empty: the plan is feasible.</param>
/// <param name="Counts">Times each rule was broken.</param>
/// <param name="OnTime">Orders shipped whole by their due.</param>
/// <param name="Late">Orders shipped whole, but later.</param>
/// <param name="Short">Orders not shipped whole.</param>
public sealed record NeutralVerdict(IReadOnlyList<Finding> Violations, IReadOnlyDictionary<string, int> Counts, int OnTime, int Late, int Short,
    IReadOnlyList<ClassShipped> ByClass, double TardinessDays, double MostDaysLate)
{
    public bool Feasible => Counts.Count == 0;
}

/// <summary>Orders of one class and how many of them were shipped whole and in time.</summary>
public sealed record ClassShipped(int Class, int Orders, int OnTime);

/// <summary>Checks any planner's plan of a neutral instance from its rows alone: knows nothing of how it was made.</summary>
/// <remarks>Rules: no balance of a component or product falls below zero, arrivals counted before use at the same
/// instant; open purchases unchanged and all there; planned ones not placed before now, at least the lead time long, of
/// an allowed size; builds not before now, on the product's line, long enough, one at a time; no order shipped beyond
/// its quantity. A minute of rounding is half tolerated (0.51).</remarks>
public static class NeutralChecker
{
    private const decimal Tolerance = 0.51m, Speck = 0.0001m;
    private const int MostExamples = 20;

    private sealed record Event(decimal Time, int Kind, decimal Quantity, int Line);

    public static NeutralVerdict Check(NeutralInstance instance, IReadOnlyList<NeutralPlanRow> plan, string file = "plan.csv")
    {
        var broken = new Broken(file);
        var components = Index(instance.Components.Select(c => c.Key));
        var products = Index(instance.Products.Select(p => p.Key));
        var orders = Index(instance.Orders.Select(o => o.Key));
        var purchases = Index(instance.Purchases.Select(p => p.Key));
        var balances = new SortedDictionary<string, List<Event>>(StringComparer.Ordinal);
        var busy = new SortedDictionary<string, List<NeutralPlanRow>>(StringComparer.Ordinal);
        void Move(string item, decimal time, int kind, decimal quantity, int line)
        {
            if (!balances.TryGetValue(item, out List<Event>? events)) balances.Add(item, events = []);
            events.Add(new(time, kind, quantity, line));
        }
        foreach (NeutralComponent c in instance.Components) Move(c.Key, decimal.MinValue, 0, c.OnHand, 0);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        decimal[] shipped = new decimal[orders.Count], last = new decimal[orders.Count];
        foreach (NeutralPlanRow row in plan)
        {
            if (row.Kind == "PO" && components.TryGetValue(row.Item, out int component))
            {
                Move(row.Item, row.End, 0, row.Quantity, row.Line);
                if (row.Status == "confirmed") CheckOpen(instance, purchases, row, seen, broken);
                else CheckPlanned(instance.Components[component], row, broken);
            }
            else if (row.Kind == "MO" && products.TryGetValue(row.Item, out int product))
            {
                CheckBuild(instance, instance.Products[product], row, broken);
                if (!busy.TryGetValue(row.Resource, out List<NeutralPlanRow>? builds)) busy.Add(row.Resource, builds = []);
                builds.Add(row);
                foreach ((int part, int quantity) in instance.Products[product].Parts) Move(instance.Components[part].Key, row.Start, 1, -quantity * row.Quantity, row.Line);
                Move(row.Item, row.End, 0, row.Quantity, row.Line);
            }
            else if (row.Kind == "DLVR" && orders.TryGetValue(row.Order, out int order))
            {
                shipped[order] += row.Quantity;
                last[order] = Math.Max(last[order], row.End);
                Move(instance.Products[instance.Orders[order].Product].Key, row.End, 1, -row.Quantity, row.Line);
            }
            else
            {
                broken.Add("unknown-row", row.Line, $"{row.Kind} '{row.Id}' names no item, product or order of the instance.");
            }
        }
        foreach (NeutralPurchase open in instance.Purchases)
            if (!seen.Contains(open.Key)) broken.Add("open-purchase-missing", 0, $"Open purchase {open.Key} is not in the plan.");
        foreach (var (item, events) in balances) CheckBalance(item, events, broken);
        foreach (var (line, builds) in busy) CheckLine(line, builds, broken);
        return Verdict(instance, shipped, last, broken);
    }

    private static void CheckOpen(NeutralInstance instance, Dictionary<string, int> purchases, NeutralPlanRow row, HashSet<string> seen, Broken broken)
    {
        if (!purchases.TryGetValue(row.Id, out int open) || !seen.Add(row.Id) || Math.Abs(instance.Purchases[open].Quantity - row.Quantity) > Speck
            || Math.Abs(instance.Purchases[open].EtaSecond / 60m - row.End) > Tolerance || instance.Components[instance.Purchases[open].Component].Key != row.Item)
            broken.Add("open-purchase-changed", row.Line, $"'{row.Id}' is not the open purchase of the instance.");
    }

    private static void CheckPlanned(NeutralComponent component, NeutralPlanRow row, Broken broken)
    {
        if (row.Start < -Tolerance) broken.Add("purchase-in-past", row.Line, $"'{row.Id}' is placed at {row.Start}.");
        if (row.End - row.Start < component.LeadSeconds / 60m - Tolerance) broken.Add("purchase-lead-time", row.Line, $"'{row.Id}' takes {row.End - row.Start} minutes; the lead time is {component.LeadSeconds / 60m}.");
        if (row.Quantity < component.Minimum - Speck || row.Quantity % component.Multiple > Speck) broken.Add("purchase-size", row.Line, $"'{row.Id}' is of {row.Quantity}; at least {component.Minimum}, in multiples of {component.Multiple}.");
    }

    private static void CheckBuild(NeutralInstance instance, NeutralProduct product, NeutralPlanRow row, Broken broken)
    {
        if (row.Start < -Tolerance) broken.Add("build-in-past", row.Line, $"'{row.Id}' starts at {row.Start}.");
        if (row.Resource != instance.Lines[product.Line].Key) broken.Add("build-line", row.Line, $"'{row.Id}' is on '{row.Resource}', {product.Key} is built on '{instance.Lines[product.Line].Key}'.");
        if (row.End - row.Start < row.Quantity * product.UnitSeconds / 60m - Tolerance) broken.Add("build-too-short", row.Line, $"'{row.Id}' takes {row.End - row.Start} minutes for {row.Quantity} units.");
    }

    private static void CheckBalance(string item, List<Event> events, Broken broken)
    {
        decimal balance = 0;
        foreach (Event e in events.OrderBy(e => e.Time).ThenBy(e => e.Kind))
        {
            if ((balance += e.Quantity) >= -Speck) continue;
            broken.Add("negative-balance", e.Line, $"{item} falls to {balance} at minute {e.Time}.");
            return;
        }
    }

    private static void CheckLine(string line, List<NeutralPlanRow> builds, Broken broken)
    {
        decimal? end = null;
        foreach (NeutralPlanRow row in builds.OrderBy(b => b.Start).ThenBy(b => b.End))
        {
            if (end - Tolerance > row.Start) broken.Add("line-overlap", row.Line, $"'{row.Id}' starts on {line} at {row.Start}, before the build there ends at {end}.");
            end = Math.Max(end ?? row.End, row.End);
        }
    }

    private static NeutralVerdict Verdict(NeutralInstance instance, decimal[] shipped, decimal[] last, Broken broken)
    {
        int onTime = 0, late = 0, without = 0;
        decimal tardiness = 0, most = 0;
        var byClass = new SortedDictionary<int, (int Orders, int OnTime)>();
        for (int o = 0; o < shipped.Length; o++)
        {
            NeutralOrder order = instance.Orders[o];
            decimal over = last[o] - order.DueSecond / 60m;
            bool whole = shipped[o] >= order.Quantity - Speck, inTime = whole && over <= Tolerance;
            if (shipped[o] > order.Quantity + Speck) broken.Add("over-shipped", 0, $"{order.Key} is shipped {shipped[o]} of {order.Quantity}.");
            var (orders, before) = byClass.GetValueOrDefault(order.Class);
            byClass[order.Class] = (orders + 1, before + (inTime ? 1 : 0));
            if (inTime) onTime++;
            else if (!whole) without++;
            else
            {
                late++;
                tardiness += over;
                most = Math.Max(most, over);
            }
        }
        return new(broken.Examples, broken.Counts, onTime, late, without, [.. byClass.Select(c => new ClassShipped(c.Key, c.Value.Orders, c.Value.OnTime))],
            (double)tardiness / 1440, (double)most / 1440);
    }

    private static Dictionary<string, int> Index(IEnumerable<string> keys) => keys.Select((key, i) => (key, i)).ToDictionary(k => k.key, k => k.i, StringComparer.Ordinal);

    private sealed class Broken(string file)
    {
        public readonly List<Finding> Examples = [];
        public readonly SortedDictionary<string, int> Counts = new(StringComparer.Ordinal);

        public void Add(string rule, int line, string what)
        {
            int count = Counts[rule] = Counts.GetValueOrDefault(rule) + 1;
            if (count <= MostExamples) Examples.Add(new(new(file, line), rule, what, "The plan cannot be carried out as it stands."));
        }
    }
}
