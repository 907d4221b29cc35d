using Homestretch.Arrivals.History;
using NodaTime;

namespace Homestretch.Solvers;

/// <summary>A trial of the delay forecast on deliveries it has not seen.</summary>
/// <param name="Dropped">Lines of the training file left out because their shipment, or they themselves, are in the test file.</param>
/// <param name="Trainings">Times the trees were grown.</param>
public sealed record DelayTrial(DelayReport Report, IReadOnlyList<(Delivery Delivery, StatedDelay Stated)> Lines, int Dropped, int Trainings)
{
    /// <summary>Learns from one set and states the delays of another, each line on its own day.</summary>
    /// <param name="refitDays">While going through the test lines, grow the trees anew after so many days from what is settled by then; 0: once, at the first line.</param>
    public static DelayTrial Run(IReadOnlyList<Delivery> train, IReadOnlyList<Delivery> test, int refitDays, CancellationToken stop = default)
    {
        var shipments = test.Where(static d => d.Shipment.Length > 0).Select(static d => d.Shipment).ToHashSet(StringComparer.Ordinal);
        var lines = test.Select(static d => d.Line).ToHashSet(StringComparer.Ordinal);
        Delivery[] kept = [.. train.Where(d => !lines.Contains(d.Line) && !shipments.Contains(d.Shipment))];
        var book = new DeliveryBook(kept.Concat(test));
        LocalDate first = test.Min(static d => d.AsOf), last = test.Max(static d => d.AsOf);
        var walk = new DelayWalk(book);
        walk.Go(first.PlusDays(-DelayWalk.WarmUpDays), first, refitDays == 0 ? 30 : refitDays, stop);
        walk.Go(first, last.PlusDays(1), refitDays, stop);
        var stated = walk.Stated.Where(s => lines.Contains(book.Deliveries[s.Key].Line)).ToDictionary();
        return new(DelayReport.Of(book, stated), [.. stated.OrderBy(static s => s.Key).Select(s => (book.Deliveries[s.Key], s.Value))], train.Count - kept.Length, walk.Trainings);
    }
}
