using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Plays Meridian's buyers: keeps every lane's dispatches going in their rhythm, as far ahead as orders are promised and as
/// much as known orders and the sales forecast ask; and places the purchases that the planner proposes when their day has come.</summary>
internal sealed class Buyers(Stage stage)
{
    /// <summary>Orders are promised this far ahead; supply has to be in sight as far, or the plan must propose purchases of its own.</summary>
    private const int SightDays = 70;

    /// <summary>Days before a proposed purchase must be placed at which the buyers place it.</summary>
    private const int EarlyDays = 2;

    /// <summary>A dispatch makes up for what is missing in steps: it brings at most so much of what a usual one does.</summary>
    private const double MostShare = 1.5;

    /// <summary>Looks at every lane once a day.</summary>
    public void Play()
    {
        if (stage.Before.ToUnixTimeSeconds() / 86400 == stage.Now.ToUnixTimeSeconds() / 86400) return;
        foreach (PurchaseOrderLine proposed in stage.World.PurchaseOrderLines.Where(p => p.Status == OrderStatus.Proposed && p.Ordered <= stage.Now + Duration.FromDays(EarlyDays)).ToArray()) Place(proposed);
        foreach (string hub in Hubs.Keys)
        {
            foreach (Ways.Origin origin in Ways.Origins) Keep(hub, origin.Key);
        }
    }

    /// <summary>A proposed purchase becomes an order, and its supplier takes it into its machine's plan.</summary>
    private void Place(PurchaseOrderLine proposed)
    {
        if (stage.World.Lots.FirstOrDefault(l => l.PurchaseOrderLine == proposed.Key) is not { State: LotState.Planned } lot) return;
        stage.Put(proposed with { Status = OrderStatus.Approved, Ordered = Voyage.Whole(stage.Now) });
        Make(lot, Catalogue.Parts.First(p => lot.Item == p.Item));
    }

    private void Keep(string hub, string origin)
    {
        string lane = $"{origin}-{hub}";
        Part[] parts = [.. Catalogue.Parts.Where(p => p.Origin == origin && Ways.Taken(p, hub))];
        if (parts.Length == 0) return;
        var (p50, p90) = Ways.DoorToHub[lane];
        Duration way = Voyage.Days(Lognormal.At(p50, p90, Pipeline.BuyersScore)), lead = Duration.FromDays(parts.Max(static p => p.LeadDays));
        int cadence = Pipeline.Cadence(hub);
        Instant last = stage.World.Lots.Where(l => l.Lane == lane && l.State < LotState.Shipped && IsRhythm(l)).Select(static l => l.Ready).DefaultIfEmpty(stage.Now).Max();
        if (last > stage.Now + lead && last + way > stage.Now + Duration.FromDays(SightDays)) return;
        Instant ready = Instant.Max(last + Duration.FromDays(cadence), stage.Now + lead);
        string order = $"PO-{lane}-{Pipeline.WeekOf(ready)}";
        if (stage.World.PurchaseOrderLines.StartingWith($"{order}/").Any()) return;
        Instant due = Voyage.Whole(ready + way);
        foreach (Part part in parts) Buy(part, hub, order, ready, due, Wanted(part, hub, due + Duration.FromDays(cadence + Pipeline.Cover(part))));
    }

    /// <summary>Pieces that will be missing on that day, as many as a dispatch may bring: known orders or, where those are fewer, the forecast, less what there is and comes.</summary>
    private double Wanted(Part part, string hub, Instant by)
    {
        Instant full = stage.Now + Duration.FromDays(Demand.LeastNotice);
        double near = 0, far = 0;
        foreach (OrderLine o in stage.World.OrderLines.Where(o => o.Hub == hub && o.Status is OrderStatus.Approved or OrderStatus.Confirmed && o.Requested <= by && part.Holds(o)))
        {
            if (o.Requested <= full) near += o.Quantity * part.PerUnit;
            else far += o.Quantity * part.PerUnit;
        }
        double rate = Demand.UnitsPerDay(hub) * Demand.Share(part) * part.PerUnit, forecast = rate * Math.Max(0, (by - full).TotalDays);
        double have = stage.World.Stock.StartingWith($"{hub}|{part.Item}|").Where(static s => s.Status == StockStatus.Available).Sum(static s => (double)s.Quantity.Value)
            + stage.World.Lots.Where(l => l.Item == part.Item && l.State < LotState.Received && stage.World.Lanes[l.Lane].To == hub).Sum(static l => (double)l.Quantity.Value);
        return Math.Min(near + Math.Max(far, forecast) - have, MostShare * rate * Pipeline.Cadence(hub));
    }

    private void Buy(Part part, string hub, string order, Instant ready, Instant due, double wanted)
    {
        string key = $"{part.Item}-{hub}-{Pipeline.WeekOf(ready)}";
        int quantity = (int)Math.Ceiling(wanted / 5) * 5;
        if (quantity < 10 || stage.World.Lots.Contains(key)) return;
        stage.Put(new PurchaseOrderLine($"{order}/{part.Item}", Cast.Brand, part.Supplier, part.Item, "A", new Quantity(quantity, "EA"), new Money(part.Cents, "USD"), $"{part.Origin}-{hub}", Voyage.Whole(stage.Now), due, OrderStatus.Approved));
        var lot = new Lot(key, part.Supplier, new Key<PurchaseOrderLine>($"{order}/{part.Item}"), part.Item, "A", new Quantity(quantity, "EA"), $"{part.Origin}-{hub}", LotState.Planned, Voyage.Whole(ready), 2, null);
        Make(lot, part);
    }

    /// <summary>The supplier takes a lot into its machine's plan: as late as the lot's ready date and the runs that are there allow, else as early as they do,
    /// and says that date.</summary>
    private void Make(Lot lot, Part part)
    {
        Plants.Equipment machine = Plants.Machines.First(m => m.Key == part.Machine);
        Duration time = Plants.Time(machine, (int)lot.Quantity.Value);
        (Instant From, Instant To)[] taken = [.. stage.World.ProductionRuns.Where(r => r.Machine == machine.Key && r.Status is OrderStatus.Approved or OrderStatus.Confirmed)
            .Select(r => (r.Start, r.Start + Plants.Time(machine, (int)r.Quantity.Value) + Plants.Changeover)).OrderBy(static r => r.Start)];
        Instant begin = lot.Ready - time;
        for (int i = taken.Length - 1; i >= 0; i--)
        {
            if (taken[i].To > begin && taken[i].From < begin + time + Plants.Changeover) begin = taken[i].From - time - Plants.Changeover;
        }
        if (begin < stage.Now)
        {
            begin = stage.Now;
            foreach (var (from, to) in taken)
            {
                if (to > begin && from < begin + time + Plants.Changeover) begin = to;
            }
        }
        stage.Put(lot with { Ready = Voyage.Whole(begin + time), ReadyP90Days = 2 });
        stage.Put(new ProductionRun($"RUN-{lot.Id}", part.Supplier, machine.Key, lot.Key, lot.Quantity, 0, Voyage.Whole(begin), OrderStatus.Approved, Voyage.Whole(stage.Now)));
    }

    /// <summary>Whether a lot belongs to the lane's rhythm, and was not proposed by the planner for one need.</summary>
    private static bool IsRhythm(Lot lot) => lot.PurchaseOrderLine is { } line && line.Value.StartsWith("PO-", StringComparison.Ordinal);
}
