using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Walk.Stage;

/// <summary>The stage's answers: kits, orders and today. Test only; the product's window is cut from the model.</summary>
internal sealed partial class StageWindow(StageWorld world, Person person) : IWindow
{
    private static readonly Duration s_day = Duration.FromDays(1);

    public Person Person => person;
    public ClockView Clock => new(StageSeed.Start, world.Now, StageSeed.Zone, true, 60, world.Version);

    public event Action<LiveNote> Changed { add => world.Changed += value; remove => world.Changed -= value; }

    public TodayView Today()
    {
        OrderRow[] rows = [.. world.Kits.Select(Row)];
        StageKit[] week = [.. world.Kits.Where(k => k.Start < StageSeed.Start + s_day * 7)];
        OrderRow[] bad = [.. rows.Where(static r => r.State is PromiseState.AtRisk or PromiseState.Broken)];
        return new(week.Length, week.Count(k => Whole(k) >= 0.9), week.Sum(Whole), bad.Count(static r => r.State == PromiseState.AtRisk), bad.Count(static r => r.State == PromiseState.Broken),
            rows.Count(static r => r.Promised is not null), [new Money(bad.Where(static r => r.Market == "US").Sum(static r => r.Price!.Value.Minor), "USD"), new Money(bad.Where(static r => r.Market == "EU").Sum(static r => r.Price!.Value.Minor), "EUR")],
            bad.Length == 0 ? null : new(bad[0].OrderLine, bad[0].Customer, StageSeed.Start + Duration.FromHours(31.4), $"last flight that brings {bad[0].GateGroup.ToLowerInvariant()} in time"),
            1, 1, world.Lots.Count(l => l.Overdue(world.Now)), world.Changes);
    }

    public KitGridView Kits(KitQuery query)
    {
        KitRow[] rows = [.. world.Kits.Where(k => (query.Line is null || k.Line == query.Line) && (query.Market is null || k.Market == query.Market)).OrderBy(static k => k.Start).Select(KitRow)
            .Where(r => !query.OnlyAtRisk || r.State is PromiseState.AtRisk or PromiseState.Broken)];
        return new([.. StageSeed.Parts.Select(static p => p.Group)], [.. rows.Skip(query.Skip).Take(query.Take)], rows.Length);
    }

    public Page<OrderRow> Orders(OrderQuery query)
    {
        var rows = world.Kits.Select(Row).Where(r => (query.State is null || r.State == query.State) && (query.Market is null || r.Market == query.Market) && (query.Class is null || r.Class == query.Class)
            && (query.Customer is null || r.Customer == query.Customer) && (query.Text is null || $"{r.OrderLine} {r.Customer} {r.Variant}".Contains(query.Text, StringComparison.OrdinalIgnoreCase)));
        return Paged(Sorted(rows, query.Descending, query.Sort switch
        {
            "order" => static r => r.OrderLine,
            "customer" => static r => r.Customer,
            "requested" => static r => r.Requested,
            "p90" => static r => r.Forecast?.P90,
            "kept" => static r => r.KeptShare,
            "state" => static r => r.State,
            "price" => static r => r.Price!.Value.Minor,
            _ => static r => r.Promised ?? Instant.MaxValue,
        }), query.Skip, query.Take);
    }

    public OrderView? Order(string orderLine)
    {
        if (!person.May.Contains(Permission.SeeOrders) || world.Kits.Find(k => k.OrderLine == orderLine) is not { } kit) return null;
        OrderRow row = Row(kit);
        LocalDate[] days = row.Forecast is { } f ? [.. Enumerable.Range(0, 26).Select(i => f.P50.InZone(StageSeed.Zone).Date.PlusDays(i - 5))] : [];
        double[] shares = [.. Enumerable.Range(0, days.Length).Select(i => i < 3 ? 0.01 * i : Math.Exp(-Math.Pow((i - 5) / (i < 5 ? 1.2 : 1.5 + 4 * (1 - row.KeptShare ?? 0)), 2) / 2))];
        double all = shares.Sum();
        return new(row, kit.OrderLine, kit.Line, kit.Start, kit.Start + Duration.FromHours(2.5), days, [.. shares.Select(s => s / all)], Whole(kit) < 0.9 ? 0.8 : 0,
            Whole(kit) < 0.9 ? $"{row.GateGroup} a day earlier; fly the pallet from {StageSeed.Parts.First(p => p.Group == row.GateGroup).Supplier}" : "",
            [$"{row.GateGroup} arrives last in {row.GateShare:P0} of futures.", $"The build starts when line {kit.Line} reaches it, and the outbound carrier takes 3 days at P50."],
            row.Forecast is null ? "a part has never been reported and its supplier is silent" : "", [.. StageSeed.Parts.Select(p => Part(kit, p))], world.Promises(orderLine), world.Pins(orderLine));
    }

    public IReadOnlyList<ChangeView> Changes(int most) => [.. world.Changes.Take(most)];

    public IReadOnlyList<LineView> Lines(Instant from, Instant to) => [.. new[] { "G1", "G2" }.Select(line =>
    {
        var open = new List<OpenSpan>();
        for (LocalDate day = from.InZone(StageSeed.Zone).Date; day.AtStartOfDayInZone(StageSeed.Zone).ToInstant() < to; day = day.PlusDays(1))
        {
            if (day.DayOfWeek < IsoDayOfWeek.Saturday) open.Add(new(At(day, 6, 30), At(day, 15, 0)));
        }
        return new LineView(line, $"Final assembly {line}", "Greenville, hub", open, [.. world.Kits.Where(k => k.Line == line && k.Start >= from && k.Start < to).Select(k => new BuildBar(k.OrderLine, k.OrderLine, k.Customer, k.Market,
            k.Quantity, k.Start, k.Start + Duration.FromHours(2.6), null, Whole(k), k.Number < 5 ? OrderStatus.Confirmed : OrderStatus.Approved, Row(k).State))], 0.83);
    })];

    private static Instant At(LocalDate day, int hour, int minute) => day.At(new LocalTime(hour, minute)).InZoneLeniently(StageSeed.Zone).ToInstant();

    private OrderRow Row(StageKit kit)
    {
        var (gate, share) = Gate(kit);
        StageLot?[] lots = [.. kit.Pegs.Values.Select(world.Lot)];
        bool known = lots.All(static l => l?.AsOf is not null);
        double Delay(double z) => lots.Max(l => Math.Max(0, (l!.P50 + s_day * (z * l.Sigma) - kit.Start).TotalDays));
        Instant Date(double z) => kit.Start + s_day * (Delay(z) + 3.2 + Math.Max(0, z) * 0.7);
        DatesView? dates = known ? new(Date(0), Date(0.84), Date(1.28), Date(1.64)) : null;
        PromiseView? promise = world.Promises(kit.OrderLine) is [.., var last] ? last : null;
        double? kept = promise is null || dates is null ? null : Math.Clamp(StageSeed.Phi((promise.Date - dates.P50).TotalDays / Math.Max(0.7, (dates.P90 - dates.P50).TotalDays / 1.28)), 0.01, 0.995);
        PromiseState state = !known ? PromiseState.Unknown : promise is null ? PromiseState.NoPromise : kept >= 0.85 ? PromiseState.OnTrack : kept >= 0.4 ? PromiseState.AtRisk : PromiseState.Broken;
        return new(kit.OrderLine, kit.Customer, "C1", kit.Quantity, kit.Market, $"battery=504Wh; brake={(kit.Market == "UK" ? "right-front" : "left-front")}; frame=M", kit.Class, kit.Start + s_day * 7,
            promise?.Date, promise?.Confidence, dates, kept, state, gate.Group, gate.Item, share, new Money(kit.Quantity * 214900L, kit.Market == "EU" ? "EUR" : kit.Market == "UK" ? "GBP" : "USD"), kit.Number < 5 ? OrderStatus.Confirmed : OrderStatus.Approved);
    }

    private double Whole(StageKit kit) => kit.Pegs.Values.Aggregate(1.0, (p, l) => p * Math.Pow(world.Lot(l)!.OnTime(kit.Start, world.Now) ?? 0, 0.8));

    private ((string Group, string Item) Part, double Share) Gate(StageKit kit)
    {
        var worst = kit.Pegs.MinBy(p => world.Lot(p.Value)!.OnTime(kit.Start, world.Now) ?? 2);
        return ((StageSeed.Parts.First(p => p.Item == worst.Key).Group, worst.Key), 0.35 + 0.5 * StageSeed.Draw(kit.OrderLine));
    }

    private KitRow KitRow(StageKit kit)
    {
        OrderRow row = Row(kit);
        Instant ready = kit.Pegs.Values.Max(l => world.Lot(l)!.P90);
        return new(kit.OrderLine, kit.OrderLine, kit.Customer, kit.Market, kit.Line, kit.Start, Whole(kit), row.GateGroup, row.GateItem, row.GateShare, (kit.Start - ready).TotalDays, row.State,
            [.. StageSeed.Parts.Select(p => Cell(kit, p.Item, p.Name, p.Lane, row.GateItem))]);
    }

    private KitCell? Cell(StageKit kit, string item, string name, string lane, string gate)
    {
        if (item == "RK-030" && kit.Number % 5 == 2) return null;
        if (lane.Length == 0) return new(item, name, PartState.InStock, 1, $"stock:{item}", null, StageSeed.Start, false, false);
        StageLot lot = world.Lot(kit.Pegs[item])!;
        double? share = lot.OnTime(kit.Start, world.Now);
        PartState state = share is null ? PartState.Unknown : lot.State(world.Now) is var s && s == LotState.Received ? (lot.P50 > world.Now - s_day * 2 ? PartState.Arrived : PartState.InStock)
            : share < 0.5 ? PartState.Late : share < 0.85 ? PartState.AtRisk : s switch { LotState.Shipped or LotState.Made => PartState.OnTheWay, LotState.Making => PartState.Making, _ => kit.Number > 55 && lane == "MX" ? PartState.PlannedPurchase : PartState.NotStarted };
        return new(item, name, state, share, $"lot:{lot.Key}", lot.Key, lot.P90, item == gate && share < 0.99, world.Pins(kit.OrderLine).Any(p => p.Value == $"lot:{lot.Key}"));
    }

    private KitPartView Part(StageKit kit, (string Group, string Item, string Name, string Supplier, string Lane, string Machine) p)
    {
        var (gate, share) = Gate(kit);
        KitCell cell = Cell(kit, p.Item, p.Name, p.Lane, gate.Item) ?? new(p.Item, p.Name, PartState.InStock, 1, $"stock:{p.Item}", null, null, false, false);
        StageLot? lot = cell.Lot is { } key ? world.Lot(key) : null;
        return new(p.Item, p.Name, p.Group, new Quantity(kit.Quantity, "EA"), cell, p.Item == gate.Item ? share : (1 - share) / 20, lot is null ? null : Row(lot), lot is null ? [] : Steps(lot));
    }

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> rows, bool down, Func<T, object?> by) => down ? rows.OrderByDescending(by) : rows.OrderBy(by);
    private static Page<T> Paged<T>(IEnumerable<T> rows, int skip, int take)
    {
        T[] all = [.. rows];
        return new([.. all.Skip(skip).Take(take)], all.Length, skip);
    }
}
