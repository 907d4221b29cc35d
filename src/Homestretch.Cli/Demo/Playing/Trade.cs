using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Plays the customers and the sales desk: new orders arrive and are promised a date, a few change, fewer are cancelled.</summary>
internal sealed class Customers(Stage stage)
{
    private const double OrdersPerDay = 3.4, ChangesPerDay = 0.5, CancelsPerDay = 0.25;
    private readonly SortedSet<string> _unpromised = new(stage.World.OrderLines.Where(o => o.Status == OrderStatus.Approved && !stage.World.Promises.Contains($"{o.Id}|001")).Select(static o => o.Id), StringComparer.Ordinal);
    private int _next = 1 + stage.World.OrderLines.Select(static o => Number(o.Id)).DefaultIfEmpty(7000).Max();

    public void Play()
    {
        double days = (stage.Now - stage.Before).TotalDays;
        long minute = stage.Now.ToUnixTimeSeconds() / 60;
        if (stage.Draw.Chance($"order|{minute}", OrdersPerDay * days)) Order();
        Promise();
        if (stage.Draw.Chance($"change|{minute}", ChangesPerDay * days) && Some($"which|{minute}") is { } changed)
            stage.Put(stage.Draw.Chance($"how|{minute}", 0.5) ? changed with { Requested = changed.Requested + Duration.FromDays(stage.Draw.Whole($"by|{minute}", 2, 7)) }
                : changed with { Quantity = Math.Max(1, changed.Quantity + stage.Draw.Of<int>($"by|{minute}", [-1, 1, 2])) });
        if (stage.Draw.Chance($"cancel|{minute}", CancelsPerDay * days) && Some($"gone|{minute}") is { } gone) stage.Put(gone with { Status = OrderStatus.Cancelled });
    }

    private void Order()
    {
        string order = $"SO-{_next++}";
        Instant wanted = stage.Now + Duration.FromDays(stage.Draw.Whole($"wanted|{order}", 24, 60));
        foreach (OrderLine line in Demand.Order(stage.Draw, order, stage.Now, wanted))
        {
            stage.Put(line);
            _unpromised.Add(line.Id);
        }
    }

    /// <summary>Sales promises a date as soon as the plan has given the order a slot, with a week's room.</summary>
    private void Promise()
    {
        foreach (string key in _unpromised.ToArray())
        {
            if (stage.World.OrderLines.Find(key) is not { } line || stage.World.Promises.Contains($"{key}|001")) _unpromised.Remove(key);
            else if (stage.World.Builds.FirstOrDefault(b => b.OrderLine == line.Key) is { } build && stage.World.Markets.Find(line.Market) is { } market)
                stage.Put(Demand.Promised(line, build.End + Voyage.Days((double)market.OutboundP90Days + 7), stage.Now));
        }
    }

    /// <summary>An open order line that nobody has begun to build.</summary>
    private OrderLine? Some(string key)
    {
        OrderLine[] open = [.. stage.World.OrderLines.Where(o => o.Status == OrderStatus.Approved && o.Requested > stage.Now + Duration.FromDays(14))];
        return open.Length == 0 ? null : stage.Draw.Of(key, open);
    }

    private static int Number(string key) => key.StartsWith("SO-", StringComparison.Ordinal) && int.TryParse(key.AsSpan(3, Math.Max(0, key.IndexOf('/', StringComparison.Ordinal) - 3)), out int n) ? n : 0;
}

/// <summary>Plays Meridian's buyers: keeps every lane's dispatches going in their rhythm, at the rate the order book asks.</summary>
internal sealed class Buyers(Stage stage)
{
    private readonly Dictionary<(string Hub, string Item), double> _perDay = Catalogue.Parts.SelectMany(static p => Hubs.Keys, static (p, hub) => (Part: p, Hub: hub))
        .ToDictionary(static x => (x.Hub, x.Part.Item), x => stage.World.OrderLines.Where(o => o.Hub == x.Hub && x.Part.Holds(o)).Sum(o => (double)o.Quantity * x.Part.PerUnit) / 56);

    /// <summary>Looks at every lane once a day.</summary>
    public void Play()
    {
        if (stage.Before.ToUnixTimeSeconds() / 86400 == stage.Now.ToUnixTimeSeconds() / 86400) return;
        foreach (string hub in Hubs.Keys)
        {
            foreach (Ways.Origin origin in Ways.Origins) Keep(hub, origin.Key);
        }
    }

    private void Keep(string hub, string origin)
    {
        string lane = $"{origin}-{hub}";
        Part[] parts = [.. Catalogue.Parts.Where(p => p.Origin == origin && Ways.Taken(p, hub))];
        if (parts.Length == 0) return;
        int lead = parts.Max(static p => p.LeadDays), cadence = Pipeline.Cadence(hub);
        Instant last = stage.World.Lots.Where(l => l.Lane == lane && l.State < LotState.Shipped).Select(static l => l.Ready).DefaultIfEmpty(stage.Now).Max();
        if (last > stage.Now + Duration.FromDays(lead)) return;
        Instant ready = Instant.Max(last + Duration.FromDays(cadence), stage.Now + Duration.FromDays(lead));
        string order = $"PO-{lane}-{Pipeline.WeekOf(ready)}";
        if (stage.World.PurchaseOrderLines.StartingWith($"{order}/").Any()) return;
        var (p50, p90) = Ways.DoorToHub[lane];
        Instant due = Voyage.Whole(ready + Voyage.Days(Lognormal.At(p50, p90, Pipeline.BuyersScore)));
        foreach (Part part in parts) Buy(part, hub, order, ready, due, _perDay[(hub, part.Item)] * cadence - Surplus(part, hub, due));
    }

    /// <summary>What will be over on that day, orders of today only; at most what a dispatch brings.</summary>
    private double Surplus(Part part, string hub, Instant due)
    {
        double have = stage.World.Stock.StartingWith($"{hub}|{part.Item}|").Sum(static s => (double)s.Quantity.Value)
            + stage.World.Lots.Where(l => l.Item == part.Item && l.State < LotState.Received && l.Lane == $"{part.Origin}-{hub}").Sum(static l => (double)l.Quantity.Value);
        double rate = _perDay[(hub, part.Item)], spoken = rate * Math.Max(0, (due - stage.Now).TotalDays);
        return Math.Clamp(have - spoken, -rate * 14, rate * 14);
    }

    private void Buy(Part part, string hub, string order, Instant ready, Instant due, double wanted)
    {
        string lot = $"{part.Item}-{hub}-{Pipeline.WeekOf(ready)}";
        int quantity = (int)Math.Ceiling(wanted / 5) * 5;
        if (quantity < 10 || stage.World.Lots.Contains(lot)) return;
        Plants.Equipment machine = Plants.Machines.First(m => m.Key == part.Machine);
        Instant now = Voyage.Whole(stage.Now);
        stage.Put(new PurchaseOrderLine($"{order}/{part.Item}", Cast.Brand, part.Supplier, part.Item, "A", new Quantity(quantity, "EA"), new Money(part.Cents, "USD"), $"{part.Origin}-{hub}", now, due, OrderStatus.Approved));
        stage.Put(new Lot(lot, part.Supplier, new Key<PurchaseOrderLine>($"{order}/{part.Item}"), part.Item, "A", new Quantity(quantity, "EA"), $"{part.Origin}-{hub}", LotState.Planned, Voyage.Whole(ready), 2, null));
        stage.Put(new ProductionRun($"RUN-{lot}", part.Supplier, machine.Key, lot, new Quantity(quantity, "EA"), 0, Voyage.Whole(ready - Plants.Time(machine, quantity)), OrderStatus.Approved, now));
    }
}
