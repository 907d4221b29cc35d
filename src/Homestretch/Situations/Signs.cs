using Homestretch.Arrivals.Sea;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>What speaks for a cause, read from the world of a plan at its epoch. What nobody has said is no sign: a machine that has never reported is not silent, and a life that nobody states is not short.</summary>
public static class Signs
{
    /// <summary>Items aboard a shipment of which a stock-out is told.</summary>
    private const int MostItems = 3;

    /// <summary>In the order of kinds; empty when nothing but the forecast speaks for it.</summary>
    public static IReadOnlyList<Sign> Of(Plan plan, Cause cause, Watch? watch = null)
    {
        watch ??= new();
        Snapshot world = plan.World;
        IEnumerable<Sign?> found = cause.Kind switch
        {
            CauseKind.Machine => MachineSigns.Of(plan, cause.Key, watch),
            CauseKind.Passage => [Closed(plan, cause.Key)],
            CauseKind.Shipment when plan.Links.Aboard(world, cause.Key).Where(Supply.Coming).ToArray() is [var first, ..] aboard =>
                [.. OnWay(plan, first, $"shipment:{cause.Key}", watch), .. aboard.Select(static l => l.Item).Distinct().Select(i => StockOuts.Of(plan, world.Lanes[first.Lane].To, i, watch)).OfType<Sign>().OrderBy(static s => s.At).Take(MostItems)],
            CauseKind.Lot when world.Lots.Find(cause.Key) is { } lot && Supply.Coming(lot) => [.. OnWay(plan, lot, $"lot:{lot.Id}", watch), .. MachineSigns.OfLot(plan, lot, watch), StockOuts.Of(plan, world.Lanes[lot.Lane].To, lot.Item, watch)],
            CauseKind.Part when cause.Key.Split('/', 2) is [var hub, var item] && world.Items.Contains(item) => [StockOuts.Of(plan, hub, item, watch)],
            CauseKind.Document when world.Documents.Find(cause.Key) is { } document => [Lapse(plan, document)],
            _ => [],
        };
        return [.. found.OfType<Sign>().OrderBy(static s => s.Kind)];
    }

    /// <summary>The first time that is not over in which a document bars a family of its market.</summary>
    private static Sign.Lapse? Lapse(Plan plan, Document document)
    {
        Bar[] bars = [.. Bars.By(plan.World, plan.Epoch, document).Where(b => !(b.Until <= plan.Epoch))];
        return bars is [var first, ..] ? new(document.Key, first.From, first.Until, first.From - plan.Epoch) : null;
    }

    private static Sign.Closed? Closed(Plan plan, string key) => Words.Find<Passage>(key) is { } passage && SeaClosures.Of(plan.World)?.At(passage, plan.Epoch) is { } c
        ? new(passage, c.From, plan.Epoch - c.From, c.Until, c.Source, c.Note) : null;

    private static IEnumerable<Sign?> OnWay(Plan plan, Lot lot, string of, Watch watch)
    {
        ExplainedStep[] ahead = [.. plan.WayOf(lot.Key).Where(static s => !s.Done)];
        LotForecast? forecast = plan.Of(lot.Key);
        yield return (Sign?)Overdue(plan.Epoch, lot, of, ahead) ?? Outlasted(plan.Epoch, forecast, of, ahead);
        yield return Silent(plan.Epoch, lot, forecast, of, ahead, watch);
        yield return ahead.Select(s => Contradiction(of, s, watch)).FirstOrDefault(static s => s is not null);
    }

    /// <summary>The first planned moment that has passed; those behind it follow from it.</summary>
    private static Sign.Overdue? Overdue(Instant t, Lot lot, string of, ExplainedStep[] ahead)
    {
        foreach (ExplainedStep step in ahead)
        {
            if (step.Begin is null && Planned(step, Edge.Begin) is { } begin && begin < t) return new(of, step.Step, Edge.Begin, begin, t - begin);
            Instant? end = step.Step is null ? lot.Ready : Planned(step, Edge.End);
            if (end < t) return new(of, step.Step, Edge.End, end.Value, t - end.Value);
        }
        return null;
    }

    private static Instant? Planned(ExplainedStep step, Edge edge) => step.Evidence.Where(m => m.Classifier == Classifier.Planned && m.Edge == edge).MaxBy(static m => m.Reported)?.At;

    /// <summary>As the forecast has it, which conditions on it.</summary>
    private static Sign.Outlasted? Outlasted(Instant t, LotForecast? forecast, string of, ExplainedStep[] ahead) =>
        forecast is { Overdue: true } && ahead is [{ Step: { } step, Begin: { } begun }, ..] ? new(of, step, begun, t - begun) : null;

    private static Sign.Silent? Silent(Instant t, Lot lot, LotForecast? forecast, string of, ExplainedStep[] ahead, Watch watch)
    {
        if (lot.State != LotState.Shipped || forecast is null || ahead is not [{ Running: true, Step: { } step, Begin: { } begun }, ..]) return null;
        Duration usual = step is { Kind: StepKind.Wait } or { Kind: StepKind.Leg, Mode: Mode.Sea } ? watch.SilentAtSea : watch.SilentOnLand, lasted = t - (forecast.AsOf ?? begun);
        return lasted > usual ? new(of, forecast.AsOf, lasted, usual) : null;
    }

    private static Sign.Contradiction? Contradiction(string of, ExplainedStep step, Watch watch)
    {
        Milestone[] said = [.. step.Evidence.Where(static m => m is { Classifier: Classifier.Estimated, Edge: Edge.End, Observed: true }).OrderBy(static m => m.At).ThenBy(static m => m.Id, StringComparer.Ordinal)];
        return step.Step is { } leg && said.Length > 1 && said[^1].At - said[0].At > watch.Apart ? new(of, leg, said[0], said[^1]) : null;
    }
}
