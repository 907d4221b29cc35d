namespace Homestretch.Arrivals.History;

/// <summary>What a line's forecast may look at: numbers made from what was known on its as-of day, and nothing later.</summary>
public sealed class DeliveryFeatures
{
    /// <summary>A kind of likeness between lines.</summary>
    private sealed record Kind(string Name, Func<Delivery, string> Word);

    private static readonly Kind[] s_kinds =
    [
        new("supplier", static d => d.Supplier), new("site", static d => d.Site), new("destination", static d => d.Destination), new("customer", static d => d.Customer),
        new("mode", static d => d.Mode), new("terms", static d => d.Terms), new("channel", static d => d.Channel), new("item", static d => d.Item),
        new("family", static d => d.Family), new("group", static d => d.Group),
        new("supplier.destination", static d => Both(d.Supplier, d.Destination)), new("site.destination", static d => Both(d.Site, d.Destination)),
        new("destination.mode", static d => Both(d.Destination, d.Mode)), new("channel.destination", static d => Both(d.Channel, d.Destination)),
        new("supplier.terms", static d => Both(d.Supplier, d.Terms)), new("item.destination", static d => Both(d.Item, d.Destination)),
        new("order", static d => d.Order), new("quote", static d => d.Quote),
    ];

    private static readonly string[] s_past = ["weight", "late", "recent", "delay", "on-day", "last", "age", "out"];

    private static readonly string[] s_plan =
    [
        "quantity", "value", "price", "lead-ordered", "lead-quoted", "quote-to-order", "weekday", "day", "to-month-end", "month",
        "order.lines", "order.value", "order.days", "order.since-first", "order.since-last", "quote.lines", "quote.since-first", "quote.since-last",
        "same-day", "same-day.destination", "same-day.supplier", "month-load.destination", "month-load.supplier", "month-load.ratio", "notice",
    ];

    private readonly DeliveryBook _book;
    private readonly int[][][] _alike;
    private readonly int[][] _orders, _quotes, _destinations, _suppliers;
    private readonly int[] _everything;
    private readonly double[] _share;

    public DeliveryFeatures(DeliveryBook book)
    {
        _book = book;
        _alike = [.. s_kinds.Select(k => book.Alike(k.Word))];
        _everything = [.. Enumerable.Range(0, book.Count)];
        (_orders, _quotes) = (_alike[Array.FindIndex(s_kinds, static k => k.Name == "order")], _alike[Array.FindIndex(s_kinds, static k => k.Name == "quote")]);
        (_destinations, _suppliers) = (_alike[Array.FindIndex(s_kinds, static k => k.Name == "destination")], _alike[Array.FindIndex(s_kinds, static k => k.Name == "supplier")]);
        // what arrives together and was planned together: lines planned later weigh apart, so that they change nothing of what was known
        var lines = new Dictionary<(int, int, int), int>();
        for (int i = 0; i < book.Count; i++) lines[Together(i)] = lines.GetValueOrDefault(Together(i)) + 1;
        _share = [.. _everything.Select(i => 1.0 / lines[Together(i)])];

        (int, int, int) Together(int i) => (book.Shipment(i), book.Scheduled(i), book.AsOf(i));
    }

    /// <summary>Names of the features, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. s_plan, .. s_past.Where(static p => p is not "age").Select(static p => "all." + p), .. s_kinds.SelectMany(static k => s_past.Select(p => $"{k.Name}.{p}"))];

    /// <summary>Directions in which a chance of being late may only rise: with the lateness of what is alike.</summary>
    public static IReadOnlyList<int> Rising { get; } = [.. Names.Select(static n => n.EndsWith(".late", StringComparison.Ordinal) || n.EndsWith(".recent", StringComparison.Ordinal) ? 1 : 0)];

    /// <summary>One over the lines of the line's shipment.</summary>
    public double Weight(int line) => _share[line];

    /// <summary>The features of a line on its as-of day.</summary>
    public void Fill(int line, Span<float> row)
    {
        int day = _book.AsOf(line), at = 0;
        Plan(line, day, row, ref at);
        Past all = Past.Of(_book, _everything, _share, _book.Shipment(line), day, 0.1, 0.1);
        Put(row, ref at, all.Weight, all.Late, all.Recent, all.Delay, all.OnDay, all.LastDelay, all.Out);
        foreach (int[][] alike in _alike)
        {
            Past past = Past.Of(_book, alike[line], _share, _book.Shipment(line), day, all.Late, all.Recent);
            Put(row, ref at, past.Weight, past.Late, past.Recent, past.Delay, past.OnDay, past.LastDelay, past.LastAge, past.Out);
        }
    }

    private void Plan(int line, int day, Span<float> row, ref int at)
    {
        Delivery d = _book.Deliveries[line];
        int scheduled = _book.Scheduled(line), ordered = Before(d.Ordered), quoted = Before(d.Quoted);
        Put(row, ref at, Log(d.Quantity), Log(d.Value), Log(d.Value / d.Quantity), Gap(scheduled, ordered), Gap(scheduled, quoted), Gap(ordered, quoted),
            (int)d.Scheduled.DayOfWeek, d.Scheduled.Day, d.Scheduled.Calendar.GetDaysInMonth(d.Scheduled.Year, d.Scheduled.Month) - d.Scheduled.Day, d.Scheduled.Month);
        double value = 0;
        int orderLines = 0, days = 0, first = scheduled, last = int.MinValue, seen = int.MinValue;
        foreach (int m in _orders[line])
        {
            if (_book.AsOf(m) > day) continue;
            (orderLines, value, first) = (orderLines + 1, value + (_book.Deliveries[m].Value ?? 0), Math.Min(first, _book.Scheduled(m)));
            if (_book.Scheduled(m) < scheduled) last = Math.Max(last, _book.Scheduled(m));
            if (_book.Scheduled(m) != seen) days++;
            seen = _book.Scheduled(m);
        }
        Put(row, ref at, orderLines, Log(value), days, scheduled - first, last == int.MinValue ? double.NaN : scheduled - last);
        (int quoteLines, int quoteFirst, int quoteLast) = (0, scheduled, int.MinValue);
        foreach (int m in _quotes[line])
        {
            if (_book.AsOf(m) > day) continue;
            (quoteLines, quoteFirst) = (quoteLines + 1, Math.Min(quoteFirst, _book.Scheduled(m)));
            if (_book.Scheduled(m) < scheduled) quoteLast = Math.Max(quoteLast, _book.Scheduled(m));
        }
        Put(row, ref at, quoteLines, scheduled - quoteFirst, quoteLast == int.MinValue ? double.NaN : scheduled - quoteLast);
        double toHere = Load(_destinations[line], scheduled - 30, scheduled, day), year = Load(_destinations[line], scheduled - 360, scheduled, day);
        Put(row, ref at, Load(_everything, scheduled - 1, scheduled, day), Load(_destinations[line], scheduled - 1, scheduled, day), Load(_suppliers[line], scheduled - 1, scheduled, day),
            toHere, Load(_suppliers[line], scheduled - 30, scheduled, day), year > 0 ? toHere * 12 / year : double.NaN, scheduled - day);

        int Before(NodaTime.LocalDate? date) => date is { } known && DeliveryBook.Day(known) <= day ? DeliveryBook.Day(known) : int.MinValue;
    }

    /// <summary>Shipments planned in (from, to], as known on a day.</summary>
    private double Load(int[] members, int from, int to, int day)
    {
        double load = 0;
        for (int i = members.Length - 1; i >= 0 && _book.Scheduled(members[i]) > from; i--)
        {
            if (_book.Scheduled(members[i]) <= to && _book.AsOf(members[i]) <= day) load += _share[members[i]];
        }
        return load;
    }

    private static double Gap(int later, int earlier) => later == int.MinValue || earlier == int.MinValue ? double.NaN : later - earlier;
    private static double Log(double? amount) => amount is > 0 and < double.PositiveInfinity ? Math.Log(amount.Value) : double.NaN;
    private static string Both(string a, string b) => a.Length > 0 && b.Length > 0 ? $"{a.Length}:{a}{b}" : "";

    private static void Put(Span<float> row, ref int at, params ReadOnlySpan<double> values)
    {
        foreach (double value in values) row[at++] = (float)value;
    }
}
