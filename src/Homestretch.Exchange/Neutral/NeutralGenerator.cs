namespace Homestretch.Exchange.Neutral;

/// <summary>What kind of instance to make.</summary>
/// <param name="Orders">Customer orders.</param>
/// <param name="Products">Configured products.</param>
/// <param name="Components">Bought sub-assemblies.</param>
/// <param name="PartsPerProduct">Different components in a kit.</param>
/// <param name="Days">Dues lie within so many days; the first three have none.</param>
/// <param name="Lines">Assembly lines; 0 = one per 2,500 orders.</param>
/// <param name="Load">Mean load of the lines over the days.</param>
/// <param name="Cover">Supply on its way over use, inside the lead time: below 1 not every order can be on time.</param>
public sealed record NeutralShape(int Orders = 10_000, int Products = 200, int Components = 300, int PartsPerProduct = 10,
    int Days = 120, int Lines = 0, double Load = 0.85, double Cover = 0.95, ulong Seed = 1);

/// <summary>Makes neutral instances: the same shape always makes the same instance. Every draw is a hash of seed, subject
/// and index, so a longer list begins with the shorter one's entries.</summary>
public static class NeutralGenerator
{
    private const int Day = 86_400, PurchaseDays = 14;
    private static readonly int[] s_leadDays = [7, 10, 14, 21, 28, 35, 45, 60, 70];
    private static readonly int[] s_quantities = [1, 1, 2, 2, 3, 4, 5];

    private enum Subject : ulong { Part = 1, PerUnit, Product, Quantity, Due, Class, Lead, OnHand, FirstArrival, Arrival, Size, Supplier }

    /// <summary>Makes an instance.</summary>
    public static NeutralInstance Make(NeutralShape shape)
    {
        int lineCount = shape.Lines > 0 ? shape.Lines : Math.Max(1, (shape.Orders + 2_499) / 2_500);
        double Draw(Subject subject, int i, int j = 0) => Uniform(shape.Seed, (ulong)subject, (ulong)i, (ulong)j);
        int Pick(Subject subject, int i, int count, int j = 0) => (int)(Draw(subject, i, j) * count);

        List<(int Component, int Quantity)>[] parts = [.. Enumerable.Range(0, shape.Products).Select(p => Kit(shape, p, Draw))];
        var orders = new NeutralOrder[shape.Orders];
        long[] units = new long[shape.Products];
        for (int o = 0; o < orders.Length; o++)
        {
            double draw = Draw(Subject.Class, o);
            int dueMinute = 3 * 1440 + (int)(Draw(Subject.Due, o) * (shape.Days - 3) * 1440);
            orders[o] = new NeutralOrder($"SO{o:D7}", Pick(Subject.Product, o, shape.Products), s_quantities[Pick(Subject.Quantity, o, s_quantities.Length)],
                dueMinute * 60, (byte)(draw < 0.1 ? 1 : draw < 0.4 ? 2 : 3));
            units[orders[o].Product] += orders[o].Quantity;
        }
        int unitMinutes = Math.Max(1, (int)(shape.Load * shape.Days * 1440 * lineCount / Math.Max(1, units.Sum())));
        int[] lineOf = Balance(units, lineCount);
        NeutralProduct[] products = [.. parts.Select((kit, p) => new NeutralProduct($"P{p:D4}", lineOf[p], unitMinutes * 60, kit))];

        double[] use = new double[shape.Components];
        for (int p = 0; p < parts.Length; p++)
            foreach ((int component, int quantity) in parts[p]) use[component] += quantity * (double)units[p] / shape.Days;
        var components = new NeutralComponent[shape.Components];
        var purchases = new List<NeutralPurchase>();
        for (int c = 0; c < components.Length; c++)
        {
            int leadDays = s_leadDays[Pick(Subject.Lead, c, s_leadDays.Length)], lot = Math.Max(1, (int)Math.Ceiling(use[c] * PurchaseDays));
            int multiple = lot < 20 ? 1 : 10, onHand = (int)Math.Ceiling(use[c] * (5 + 10 * Draw(Subject.OnHand, c)));
            components[c] = new NeutralComponent($"C{c:D4}", $"V{Pick(Subject.Supplier, c, 30):D3}", leadDays * Day, (lot + multiple - 1) / multiple * multiple, multiple, onHand);
            double covered = onHand;
            for (int day = 2 + Pick(Subject.FirstArrival, c, 10), k = 0; day < leadDays + 7 && covered < use[c] * (leadDays + 7); day += PurchaseDays, k++)
            {
                int quantity = (int)Math.Ceiling(use[c] * PurchaseDays * (0.85 + 0.2 * Draw(Subject.Size, c, k)) * shape.Cover);
                if (quantity == 0) continue;
                purchases.Add(new NeutralPurchase($"PO{purchases.Count:D6}", c, quantity, day * Day + Pick(Subject.Arrival, c, 1440, k) * 60));
                covered += quantity;
            }
        }
        return new NeutralInstance(components, [.. Enumerable.Range(0, lineCount).Select(l => new NeutralLine($"L{l:D2}", 1440))], products, orders, purchases);
    }

    /// <summary>Different components, those with low numbers more often (platform parts shared by many products).</summary>
    private static List<(int Component, int Quantity)> Kit(NeutralShape shape, int product, Func<Subject, int, int, double> draw)
    {
        double[] upTo = new double[shape.Components];
        double sum = 0;
        for (int c = 0; c < upTo.Length; c++) upTo[c] = sum += 1 / Math.Pow(c + 1, 0.6);
        var kit = new SortedDictionary<int, int>();
        for (int k = 0; kit.Count < Math.Min(shape.PartsPerProduct, shape.Components); k++)
        {
            int at = Array.BinarySearch(upTo, draw(Subject.Part, product, k) * sum);
            kit.TryAdd(Math.Min(at < 0 ? ~at : at, upTo.Length - 1), draw(Subject.PerUnit, product, k) < 0.75 ? 1 : 2);
        }
        return [.. kit.Select(part => (part.Key, part.Value))];
    }

    /// <summary>Gives each product, the busiest first, to the line with the least work.</summary>
    private static int[] Balance(long[] units, int lines)
    {
        long[] load = new long[lines];
        int[] lineOf = new int[units.Length];
        foreach (int product in Enumerable.Range(0, units.Length).OrderByDescending(p => units[p]).ThenBy(p => p))
        {
            int line = Array.IndexOf(load, load.Min());
            lineOf[product] = line;
            load[line] += units[product];
        }
        return lineOf;
    }

    /// <summary>A draw in [0, 1): SplitMix64 finaliser (Steele, Lea, Flood 2014) chained over the key.</summary>
    private static double Uniform(ulong seed, ulong subject, ulong i, ulong j) => (Mix(Mix(Mix(Mix(seed) ^ subject) ^ i) ^ j) >> 11) / (double)(1UL << 53);

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E37_79B9_7F4A_7C15;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }
}
