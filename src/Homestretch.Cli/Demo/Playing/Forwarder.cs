using Homestretch.Arrivals.Sea;
using Homestretch.Exchange.Sea;
using Homestretch.World;
using NodaTime;
using StepEdge = Homestretch.World.Edge;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Plays everything that moves: loads finished lots, lets shipments run their true course, reports milestones as late and as
/// patchily as carriers do, and brings arrived lots into stock.</summary>
internal sealed class Forwarder(Stage stage)
{
    /// <summary>A lot that is made waits this long for the others of its dispatch, then leaves without them: the plan counts on lots to leave when they are made.</summary>
    private static readonly Duration s_patience = Duration.FromDays(1);

    /// <summary>Days that a ship waits whose every way is closed: then the demonstration's authorities give in.</summary>
    private const double Longest = 60;

    private readonly Dictionary<string, SeaLeg?> _legs = new(StringComparer.Ordinal);
    private Table<PassageClosure>? _closures;

    private readonly SortedDictionary<string, Trip> _trips = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<int, double>> _delays = new(StringComparer.Ordinal);

    private sealed record Trip(Shipment Shipment, Instant Departs, IReadOnlyList<Passage> Way);

    /// <summary>Shipments under way.</summary>
    public IEnumerable<string> UnderWay => _trips.Keys;

    public void Play()
    {
        foreach (string s in stage.World.Lots.Where(l => l is { State: LotState.Shipped, Shipment: not null } && !_trips.ContainsKey(l.Shipment.Value.Value)).Select(static l => l.Shipment!.Value.Value).Distinct().ToArray()) Follow(s);
        Turn();
        Load();
        foreach (Trip trip in _trips.Values.ToArray())
        {
            foreach (Milestone m in Voyage.Reported(stage.Draw, trip.Shipment.Id, trip.Way, stage.Before, stage.Now)) stage.Put(m);
            if (trip.Way[^1].End <= stage.Now) Receive(trip);
        }
    }

    /// <summary>Adds days to the step a shipment is in; its carrier says so at once.</summary>
    /// <returns>What was done, or why not.</returns>
    public string Delay(string shipment, double days)
    {
        if (!_trips.TryGetValue(shipment, out Trip? trip)) return $"No shipment '{shipment}' is under way.";
        Passage now = trip.Way.First(p => p.End > stage.Now);
        if (!_delays.TryGetValue(shipment, out var delays)) _delays.Add(shipment, delays = []);
        delays[now.Step.Sequence] = delays.GetValueOrDefault(now.Step.Sequence) + days;
        trip = trip with { Way = Way(trip.Shipment, trip.Departs) };
        _trips[shipment] = trip;
        Passage late = trip.Way.First(p => p.Step.Sequence == now.Step.Sequence);
        Key<Party> carrier = late.Step.Carrier ?? Cast.Forwarder;
        stage.Put(new Milestone(shipment, late.Step.Sequence, StepEdge.End, Classifier.Estimated, carrier, carrier, Voyage.Whole(late.End), Voyage.Whole(stage.Now)));
        return $"{shipment} is {days} days later at {late.Step.To}.";
    }

    /// <summary>Closes a site for some days: every shipment that would get there while it is closed comes so much later.</summary>
    public string Storm(string site, double days)
    {
        Instant opens = stage.Now + Voyage.Days(days);
        string[] held = [.. _trips.Values.Where(t => t.Way.First(p => p.End > stage.Now) is var p && p.Step.To == site && p.End < opens).Select(static t => t.Shipment.Id)];
        foreach (string shipment in held) Delay(shipment, days);
        return held.Length == 0 ? $"No shipment reaches '{site}' within {days} days." : $"{held.Length} shipments to {site} are {days} days later: {string.Join(", ", held)}.";
    }

    /// <summary>Puts lots on the way: all of one dispatch when all are made, or the made ones when patience ends.</summary>
    private void Load()
    {
        foreach (var dispatch in stage.World.Lots.Where(static l => l.Shipment is null && l.State <= LotState.Made).GroupBy(DispatchOf, StringComparer.Ordinal).ToArray())
        {
            Lot[] made = [.. dispatch.Where(static l => l.State == LotState.Made)];
            if (made.Length == 0 || made.Length < dispatch.Count() && stage.Now < made.Min(static l => l.Ready) + s_patience) continue;
            string key = $"SHP-{dispatch.Key}";
            for (int n = 2; stage.World.Shipments.Contains(key); n++) key = $"SHP-{dispatch.Key}-{n}";
            Key<Lane> lane = made[0].Lane;
            LaneStep main = stage.World.LaneSteps.StartingWith($"{lane}|").MaxBy(static s => s.P50Days)!;
            var shipment = new Shipment(key, main.Carrier ?? Cast.Forwarder, lane, main.Mode == Mode.Sea ? Voyage.Container($"MRDU{stage.Draw.Whole($"box|{key}", 100000, 999999)}") : "", "");
            stage.Put(shipment);
            foreach (Lot lot in made) stage.Put(lot with { State = LotState.Shipped, Shipment = new Key<Shipment>(key) });
            var trip = new Trip(shipment, stage.Now, Way(shipment, stage.Now));
            _trips.Add(key, trip);
            foreach (Milestone m in Voyage.Reported(stage.Draw, key, trip.Way, Instant.MinValue, stage.Now)) stage.Put(m);
        }
    }

    private void Receive(Trip trip)
    {
        _trips.Remove(trip.Shipment.Id);
        Key<Site> hub = stage.World.Lanes[trip.Shipment.Lane].To;
        foreach (Lot lot in Aboard(trip.Shipment.Id).Where(static l => l.State == LotState.Shipped).ToArray())
        {
            stage.Put(lot with { State = LotState.Received });
            decimal came = Math.Max(0, lot.Quantity.Value - lot.Received);     // somebody may have received some of it already
            var stock = new Stock(hub, lot.Item, lot.Revision, lot.Id, Cast.Brand, lot.Quantity with { Value = came }, StockStatus.Available);
            if (stage.World.Stock.Find(stock.Id) is { } there) stock = stock with { Quantity = stock.Quantity with { Value = there.Quantity.Value + came } };
            stage.Put(stock);
            BinStock dock = FloorPlan.OnDock(stock with { Quantity = lot.Quantity with { Value = came } });
            if (stage.World.BinStock.Find(dock.Id) is { } lies) dock = lies with { Quantity = dock.Quantity with { Value = lies.Quantity.Value + came } };
            if (stage.World.Bins.Contains($"{hub}|{dock.Bin}")) stage.Put(dock);
            if (stage.World.PurchaseOrderLines.Find(lot.PurchaseOrderLine) is { Status: OrderStatus.Confirmed or OrderStatus.Approved } bought) stage.Put(bought with { Status = OrderStatus.Completed });
        }
    }

    /// <summary>Takes up a shipment the world already knows, from its planned departure.</summary>
    private void Follow(string shipment)
    {
        if (stage.World.Shipments.Find(shipment) is not { } s) return;
        Milestone[] said = [.. stage.World.Milestones.StartingWith($"{s.Id}|01|")];
        Instant departs = said.FirstOrDefault(static m => m is { Edge: StepEdge.Begin, Classifier: Classifier.Actual })?.At ?? said.FirstOrDefault(static m => m.Edge == StepEdge.Begin)?.At ?? stage.Now;
        _trips.Add(s.Id, new Trip(s, departs, Way(s, departs)));
    }

    private IReadOnlyList<Passage> Way(Shipment s, Instant departs) => Voyage.Of(stage.Draw, s.Id, departs, stage.World.LaneSteps.StartingWith($"{s.Lane}|"),
        stage.World.Loadings.StartingWith($"{s.Lane}|").ToLookup(static l => l.Sequence), _delays.GetValueOrDefault(s.Id), stage.World.PassageClosures.Count == 0 ? null : Detour);

    /// <summary>Ships learn of closed passages, and of open ones, at once.</summary>
    private void Turn()
    {
        if (ReferenceEquals(_closures, stage.World.PassageClosures)) return;
        if (_closures is not null)
            foreach (Trip trip in _trips.Values.ToArray()) _trips[trip.Shipment.Id] = trip with { Way = Way(trip.Shipment, trip.Departs) };
        _closures = stage.World.PassageClosures;
    }

    private double Detour(LaneStep step, Instant begins)
    {
        if (!_legs.TryGetValue(step.Id, out SeaLeg? leg)) _legs[step.Id] = leg = SeaLegs.Of(stage.World, SeaAtlas.World, From(step), step, (double)step.P50Days);
        return leg?.Under(SeaClosures.Of(stage.World), begins) is { } voyage ? Math.Min(Longest, voyage.ExtraDays) : 0;
    }

    /// <summary>Where the leg before a step ended.</summary>
    private Key<Site> From(LaneStep step) => stage.World.LaneSteps.StartingWith($"{step.Lane}|").LastOrDefault(s => s.Sequence < step.Sequence && s.Kind == StepKind.Leg)?.To ?? stage.World.Lanes[step.Lane].From;

    private IEnumerable<Lot> Aboard(string shipment) => stage.World.Lots.Where(l => l.Shipment?.Value == shipment);

    /// <summary>Lots of one purchase order leave together: PO-VN-GVL-2648 leaves as VN-GVL-2648.</summary>
    private static string DispatchOf(Lot lot) => lot.PurchaseOrderLine is { } line && line.Value.StartsWith("PO-", StringComparison.Ordinal) && line.Value.IndexOf('/', StringComparison.Ordinal) is var slash and > 3
        ? line.Value[3..slash] : $"{lot.Lane}-{lot.Id}";
}
