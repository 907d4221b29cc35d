using Homestretch.World;
using NodaTime;
using StepEdge = Homestretch.World.Edge;

namespace Homestretch.Cli.Demo;

/// <summary>What came to the hubs before the company as it stands: every dispatch of every lane in its rhythm, back over months, each with its purchases, its lots, its shipment
/// and what was reported of its steps. They went as shipments go in this world (<see cref="Voyage"/>), the season with them; nothing is written for a screen.</summary>
internal sealed class Past(Draw draw, Instant start, Snapshot frame)
{
    /// <summary>Days that a company on a server remembers: two winters.</summary>
    public const int Remembered = 640;

    private readonly List<IRecord> _records = [];

    /// <param name="days">How far back the first dispatches were due.</param>
    public IReadOnlyList<IRecord> Records(int days)
    {
        foreach (string hub in Hubs.Keys)
        {
            foreach (Ways.Origin origin in Ways.Origins)
            {
                Part[] parts = [.. Catalogue.Parts.Where(p => p.Origin == origin.Key && Ways.Taken(p, hub))];
                if (parts.Length > 0) Lane(hub, $"{origin.Key}-{hub}", parts, days);
            }
        }
        return _records;
    }

    /// <summary>The rhythm is the pipeline's, which takes over at its first day.</summary>
    private void Lane(string hub, string lane, Part[] parts, int days)
    {
        int cadence = Pipeline.Cadence(hub);
        double phase = draw.Between($"phase|{lane}", 0, cadence);
        for (double due = phase - cadence * Math.Ceiling((phase + days) / cadence); due <= Pipeline.FirstDay; due += cadence)
            if (due >= -days) Dispatch(hub, lane, parts, due);
    }

    private void Dispatch(string hub, string lane, Part[] parts, double due)
    {
        var (p50, p90) = Ways.DoorToHub[lane];
        Instant ready = Voyage.Whole(start + Voyage.Days(due - Lognormal.At(p50, p90, Pipeline.BuyersScore))), wanted = Voyage.Whole(start + Voyage.Days(due));
        string week = Pipeline.WeekOf(ready), order = $"PO-{lane}-{week}", key = $"SHP-{lane}-{week}";
        LaneStep[] steps = [.. frame.LaneSteps.StartingWith($"{lane}|")];
        IReadOnlyList<Passage> way = Voyage.Of(draw, key, ready, steps, frame.Loadings.StartingWith($"{lane}|").ToLookup(static l => l.Sequence));
        if (way[^1].End > start) return;
        LaneStep main = steps.MaxBy(static s => s.P50Days)!;
        _records.Add(new Shipment(key, main.Carrier ?? Cast.Forwarder, lane, main.Mode == Mode.Sea ? Voyage.Container($"MRDU{draw.Whole($"box|{key}", 100000, 999999)}") : "", ""));
        // of what came long ago nobody keeps plans and estimates
        _records.AddRange(Voyage.Reported(draw, key, way, Instant.MinValue, start).Where(static m => m.Classifier == Classifier.Actual && (m.Edge == StepEdge.End || m.Sequence == 1)));
        foreach (Part part in parts)
        {
            double usual = Demand.UnitsPerDay(hub) * Demand.Share(part) * part.PerUnit * Pipeline.Cadence(hub);
            int quantity = Math.Max(10, (int)Math.Round(usual * draw.Between($"bought|{order}|{part.Item}", 0.6, 1.4) / 5) * 5);
            string lot = $"{part.Item}-{hub}-{week}";
            _records.Add(new PurchaseOrderLine($"{order}/{part.Item}", Cast.Brand, part.Supplier, part.Item, "A", new Quantity(quantity, "EA"), new Money(part.Cents, "USD"), lane,
                Voyage.Whole(ready - Duration.FromDays(part.LeadDays + draw.Whole($"early|{order}", 1, 6))), wanted, OrderStatus.Completed));
            _records.Add(new Lot(lot, part.Supplier, new Key<PurchaseOrderLine>($"{order}/{part.Item}"), part.Item, "A", new Quantity(quantity, "EA"), lane, LotState.Received,
                Voyage.Whole(ready - Voyage.Days(draw.Between($"made|{lot}", 0.1, 1.2))), 0, new Key<Shipment>(key)));
        }
    }
}
