using Homestretch.Arrivals.History;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.Solvers;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>What one plan said of one lot's arrival, and when it came.</summary>
/// <param name="Left">Whether it was under way when this was said.</param>
/// <param name="DaysAhead">Days from the saying to the arrival.</param>
/// <param name="Days">P50, P80, P90 and P95 less the arrival, days.</param>
internal sealed record DelayStatement(DelayWord Word, bool Left, double DaysAhead, double[] Days);

/// <summary>The demonstration played for weeks with a delay model that is trained on what it remembers: what plans would say of each lot that was bought, taking the model's word in each way, beside what came.</summary>
internal static class DelayReplay
{
    public static IReadOnlyList<double> Levels { get; } = [0.5, 0.8, 0.9, 0.95];

    /// <summary>Weeks between two trainings.</summary>
    private const int Retrain = 4;

    /// <summary>Weeks in which what was said comes.</summary>
    private const int MostAfter = 26;

    /// <param name="weeks">Weeks in which something is said; they are played on until it has come.</param>
    public static IReadOnlyList<DelayStatement> Play(Instant start, int seed, int weeks, CancellationToken stop)
    {
        var played = new Weeks(start, seed, Past.Remembered);
        var said = new List<(DelayWord Word, bool Left, Key<Lot> Lot, Instant At, Instant[] Quantiles)>();
        DelayModel? model = null;
        for (int week = 0; week < weeks; week++, played.Next())
        {
            if (week % Retrain == 0) model = Train(played.World, played.Now, stop);
            played.Tell(DelayEstimates.Due(played.World, model, $"model of week {week / Retrain * Retrain}", played.Now));
            foreach (DelayWord word in Enum.GetValues<DelayWord>())
            {
                Plan plan = Plan.Make(played.World, played.Now, new PlanPolicy { DelayWord = word });
                foreach (Lot lot in played.World.LotDelays.Select(d => played.World.Lots.Find(d.Lot)!))
                    if (plan.ArrivalOf(lot.Key, 0.5) is not null) said.Add((word, lot.State >= LotState.Shipped, lot.Key, played.Now, [.. Levels.Select(p => plan.ArrivalOf(lot.Key, p)!.Value)]));
            }
        }
        var came = new Dictionary<Key<Lot>, Instant?>();
        for (int week = 0; week < MostAfter && said.Any(s => Came(s.Lot) is null && played.World.Lots.Find(s.Lot) is { State: < LotState.Received }); week++) played.Next();
        if (played.Refused.Count > 0) throw new InvalidOperationException($"The play was refused: {played.Refused[0]}.");
        return [.. said.Where(s => Came(s.Lot) is not null).Select(s => new DelayStatement(s.Word, s.Left, (Came(s.Lot)!.Value - s.At).TotalDays, [.. s.Quantiles.Select(q => (q - Came(s.Lot)!.Value).TotalDays)]))];

        // a lot whose arrival nobody told is not judged
        Instant? Came(Key<Lot> key)
        {
            if (came.TryGetValue(key, out Instant? at)) return at;
            if (played.World.Lots.Find(key) is not { State: >= LotState.Received, Shipment: { } shipment } lot) return null;
            int last = played.World.LaneSteps.StartingWith($"{lot.Lane}|").Max(static s => s.Sequence);
            return came[key] = played.World.Milestones.StartingWith($"{shipment}|{last:00}|").FirstOrDefault(static m => m is { Classifier: Classifier.Actual, Edge: World.Edge.End })?.At;
        }
    }

    private static DelayModel Train(Snapshot world, Instant t, CancellationToken stop)
    {
        LocalDate asOf = t.InUtc().Date;
        var book = new DeliveryBook(DeliveryHistory.Of(world, t));
        var walk = new DelayWalk(book);
        walk.Go(asOf.PlusDays(-DelayWalk.WarmUpDays), asOf, 30, stop);
        DelayModel model = walk.Model(asOf, stop);
        DelayReport report = DelayReport.Of(book, walk.Stated.Where(s => book.Deliveries[s.Key].Delay is not null).ToDictionary());
        foreach (var judged in report.Overall) Console.Error.WriteLine($"   {judged.Name}: {judged.Scores.Lines} lines, loss {judged.Scores.Levels.Average(static l => l.Pinball):0.000}, AUC {judged.Scores.Auc:0.000}, {string.Join(" ", judged.Scores.Levels.Select(static l => $"P{l.Level * 100:0} {l.Coverage:0.000} {l.Pinball:0.000}"))}");
        Console.Error.WriteLine($"{asOf}: {model.Card.Lines} lines of {model.Card.Shipments} shipments, {model.Card.LateShipments} late; trees: {model.Forests is not null}");
        return model;
    }
}
