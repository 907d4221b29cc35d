using Homestretch.Arrivals.History;
using Homestretch.Exchange.Models;
using Homestretch.Promising.Lots;
using Homestretch.Solvers;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Training;

/// <summary>Trains the forecast of delays from the deliveries that the hub has seen. The same world and day give the same bytes.</summary>
internal static class DelayTraining
{
    /// <summary>Fewest deliveries that two models are compared on.</summary>
    public const int LeastCompared = 30;

    private const string Own = "own history", Schedule = "trust the schedule";

    /// <summary>When a version is put in force by itself.</summary>
    public static readonly string Rule = $"A version trained here is put in force by itself when its mean pinball loss over P50, P80, P90 and P95, on deliveries that it had not seen, is not above that of the version in force on the same deliveries "
        + $"({LeastCompared} at least, later than all that version was trained on); without one in force, not above that of the lanes' own history and of trust in the schedule.";

    /// <param name="now">The version in force; null: none.</param>
    public static Trained Run(Snapshot world, Instant t, (int Version, DelayModel Model)? now, CancellationToken stop)
    {
        IReadOnlyList<Delivery> deliveries = DeliveryHistory.Of(world, t);
        LocalDate asOf = t.InUtc().Date;
        var book = new DeliveryBook(deliveries);
        if (TooFew(book, asOf) is { Count: > 0 } few) return new Trained.NotEnough(few);
        var walk = new DelayWalk(book);
        walk.Go(asOf.PlusDays(-DelayWalk.WarmUpDays), asOf, 30, stop);
        DelayModel model = walk.Model(asOf, stop);
        if (model.Forests is null) return new Trained.NotEnough(["What has been delivered holds too few shipments, or too few late ones, to grow trees from."]);
        var judged = walk.Stated.Where(s => book.Deliveries[s.Key].Delay is not null).ToDictionary();
        DelayReport? report = judged.Count == 0 ? null : DelayReport.Of(book, judged);
        var (better, why) = Weigh(book, judged, report, now);
        ModelCard card = DelayModelFile.CardOf(model, $"deliveries of this hub: {model.Card.Lines} lines of {model.Card.Shipments} shipments, {model.Card.LateShipments} of them late");
        return new Trained.Made(DelayModelFile.Write(model, card with { Figures = [.. card.Figures, .. Beside(report)] }), better, why);
    }

    /// <summary>Mean pinball loss over the levels, days.</summary>
    public static double Loss(DelayScores scores) => scores.Levels.Average(static l => l.Pinball);

    private static List<string> TooFew(DeliveryBook book, LocalDate asOf)
    {
        int day = DeliveryBook.Day(asOf);
        var settled = Enumerable.Range(0, book.Count).Where(i => book.Scheduled(i) < day).GroupBy(book.Shipment).ToList();
        int late = settled.Count(g => g.Any(i => book.Delay(i, day) > 0));
        var said = new List<string>();
        if (settled.Count < DelayModel.LeastShipments) said.Add($"{settled.Count} of {DelayModel.LeastShipments} shipments needed have passed their schedule.");
        if (late < DelayModel.LeastLate) said.Add($"{late} of {DelayModel.LeastLate} late shipments needed are among them.");
        if (said.Count > 0) said.Add("Until then forecasts come from the lanes' own times and their pooled history.");
        return said;
    }

    private static (bool Better, string Why) Weigh(DeliveryBook book, IReadOnlyDictionary<int, StatedDelay> judged, DelayReport? report, (int Version, DelayModel Model)? now)
    {
        if (report is null) return (false, "None of the deliveries that it had not seen has come yet: there is nothing to judge it by.");
        if (now is not { } force)
        {
            double loss = Loss(report.Overall[0].Scores), own = Loss(Scores(report, Own)), schedule = Loss(Scores(report, Schedule));
            return (loss <= Math.Min(own, schedule), $"On {report.Overall[0].Scores.Lines} deliveries that it had not seen its loss is {Trained.Shown(loss)} days; the lanes' own history pays {Trained.Shown(own)}, trust in the schedule {Trained.Shown(schedule)}.");
        }
        int[] unseen = [.. judged.Keys.Where(i => book.Deliveries[i].AsOf >= force.Model.Card.AsOf).Order()];
        if (unseen.Length < LeastCompared) return (false, $"{unseen.Length} of {LeastCompared} deliveries needed for a comparison with version {force.Version} are later than what that was trained on.");
        var features = new DeliveryFeatures(book);
        float[] row = new float[DeliveryFeatures.Names.Count];
        PooledDelay pooled = PooledDelay.Of(book, force.Model.Card.AsOf);
        double candidate = Loss(DelayScores.Of([.. unseen.Select(i => (book.Deliveries[i], judged[i]))])), before = Loss(DelayScores.Of([.. unseen.Select(i => (book.Deliveries[i], Said(i)))]));
        return (candidate <= before, $"On the same {unseen.Length} deliveries that neither had seen its loss is {Trained.Shown(candidate)} days and that of version {force.Version} {Trained.Shown(before)}.");

        StatedDelay Said(int line)
        {
            features.Fill(line, row);
            return force.Model.State(book.Deliveries[line], row, pooled);
        }
    }

    /// <summary>What costs nothing, on the same deliveries, for the card.</summary>
    private static IEnumerable<ModelFigure> Beside(DelayReport? report)
    {
        if (report is null) yield break;
        yield return new("loss_days", Loss(report.Overall[0].Scores));
        yield return new("judged_lines", report.Overall[0].Scores.Lines);
        foreach (var (name, word) in new[] { (Own, "own_history"), (Schedule, "schedule") })
        {
            DelayScores scores = Scores(report, name);
            yield return new($"{word}_loss_days", Loss(scores));
            yield return new($"{word}_p90_pinball_days", scores.Levels.First(static l => l.Level == 0.9).Pinball);
        }
    }

    private static DelayScores Scores(DelayReport report, string name) => report.Overall.First(j => j.Name == name).Scores;
}
