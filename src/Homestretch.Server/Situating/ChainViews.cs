using System.Globalization;
using Homestretch.Arrivals.Sea;
using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.Situations;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>The chain from a cause to the customers: what stands on the way, and what part of the loss goes through each.</summary>
internal static class ChainViews
{
    private const int Most = 8;

    public static IReadOnlyList<ChainLink> Of(Sight sight, Assessment a)
    {
        double all = Math.Max(1e-9, a.Promises);
        var lots = a.Lost.Where(static l => l.Supply.StartsWith("lot:", StringComparison.Ordinal)).GroupBy(static l => l.Supply[4..], StringComparer.Ordinal)
            .Select(g => (Lot: sight.World.Lots.Find(g.Key), Share: g.Sum(static l => l.Share) / all)).Where(static l => l.Lot is not null).OrderByDescending(static l => l.Share).ThenBy(static l => l.Lot!.Id, StringComparer.Ordinal).Select(static l => (Lot: l.Lot!, l.Share)).ToList();
        var chain = new List<ChainLink>();
        if (Cause(sight, a.Cause) is { } cause) chain.Add(cause);
        if (lots.Count > 0)
        {
            chain.Add(new(ChainPlace.Lots, lots.Count == 1 ? "1 lot" : $"{lots.Count} lots", string.Join(", ", lots.Select(l => sight.ItemOf(l.Lot.Item)?.Name ?? l.Lot.Item.Value).Distinct().Take(3)), true,
                [.. lots.Take(Most).Select(static l => new ChainItem("lot", l.Lot.Id, l.Lot.Id, l.Share))], Math.Max(0, lots.Count - Most)));
            chain.Add(Way(sight, lots));
        }
        var built = a.Lost.Select(l => (l.Share, Forecast: sight.Plan.Of(l.OrderLine)?.AsDated)).Where(static b => b.Forecast is not null).ToList();
        var lines = built.GroupBy(static b => b.Forecast!.Build.Line.Value, StringComparer.Ordinal).Select(g => new ChainItem("", g.Key, sight.World.AssemblyLines.Find(g.Key)?.Name ?? g.Key, g.Sum(static b => b.Share) / all)).OrderByDescending(static i => i.Share).ToList();
        if (a.Cause.Kind != CauseKind.Order)
            chain.Add(new(ChainPlace.Kits, Wording.Count(a.Lost.Count, "kit"), built.Count == 0 ? "none has a build yet" : $"the first is built on {sight.Said.Day(built.Min(static b => b.Forecast!.Build.Start))}{(a.ShortOfThisAlone > 0 ? $"; {Wording.Number(a.ShortOfThisAlone)} {(a.ShortOfThisAlone == 1 ? "lacks" : "lack")} only this" : "")}", true, [.. lines.Take(Most)], Math.Max(0, lines.Count - Most)));
        chain.Add(new(ChainPlace.Promises, Wording.Count(a.Lost.Count, "promise"), a.AtRisk > 0 ? $"{a.AtRisk} at risk, about {Wording.Promises(a.Promises)} lost" : $"about {Wording.Promises(a.Promises)} lost in all, none at risk", true,
            [.. a.Lost.Take(Most).Select(l => new ChainItem("order", l.OrderLine.Value, l.OrderLine.Value, l.Share / all))], Math.Max(0, a.Lost.Count - Most)));
        var customers = a.Lost.GroupBy(static l => l.Customer).Select(g => new ChainItem("", g.Key.Value, sight.NameOf(g.Key), g.Sum(static l => l.Share) / all)).OrderByDescending(static i => i.Share).ThenBy(static i => i.Key, StringComparer.Ordinal).ToList();
        chain.Add(new(ChainPlace.Customers, Wording.Count(customers.Count, "customer"), $"class {string.Join(", ", a.Lost.Select(static l => l.Class).Distinct().Order())}", true, [.. customers.Take(Most)], Math.Max(0, customers.Count - Most)));
        return chain;
    }

    private static ChainLink? Cause(Sight sight, Cause cause)
    {
        switch (cause.Kind)
        {
            case CauseKind.Machine:
                Machine? machine = sight.World.Machines.Find(cause.Key);
                MachineReport? report = sight.World.MachineReports.Find(cause.Key);
                string state = report is null ? "no data" : report.State == MachineState.Down ? $"down{(report.Since is var since ? $" since {sight.Said.DayTime(since)}" : "")}{(report.Reason.Length > 0 ? $": {report.Reason}" : "")}"
                    : report.RemainingP50Hours is { } left ? $"about {left.ToString("0", CultureInfo.InvariantCulture)} running hours left" : "likely to fail";
                return new(ChainPlace.Machine, machine?.Name ?? cause.Key, state, true, [new("machine", cause.Key, machine is null ? cause.Key : $"{cause.Key}, {sight.NameOf(machine.Party)}", null)], 0);
            case CauseKind.Passage:
                Passage? passage = Words.Find<Passage>(cause.Key);
                PassageClosure? closed = passage is { } p ? SeaClosures.Of(sight.World)?.At(p, sight.Now) : null;
                return new(ChainPlace.Passage, Wording.Title(CauseWords.Passage(cause.Key)), closed?.Until is { } until ? $"closed until {sight.Said.Day(until)}" : "closed, nobody says until when", true, [], 0);
            case CauseKind.Part:
                return new(ChainPlace.Part, CauseWords.Part(sight, cause.Key), "not bought yet", true, [], 0);
            case CauseKind.Line:
                return new(ChainPlace.Line, sight.World.AssemblyLines.Find(cause.Key)?.Name ?? cause.Key, "its queue is longer than its hours", true, [], 0);
            case CauseKind.Delivery:
                return new(ChainPlace.Way, sight.World.Markets.Find(cause.Key)?.Name ?? cause.Key, "the way to the customers", true, [], 0);
            case CauseKind.Order:
                return new(ChainPlace.Part, "No way to build it", (sight.Plan.Of(new Key<OrderLine>(cause.Key)) as Forecast.Unknown)?.Reasons is [var first, ..] ? first.What : "", true, [], 0);
            case CauseKind.Document:
                Document? document = sight.World.Documents.Find(cause.Key);
                string force = document switch
                {
                    null => "not among the documents",
                    { ValidFrom: var from } when from > sight.Now => $"in force from {sight.Said.Day(from)}",
                    { ValidUntil: { } lapses, RenewalExpected: { } next } when next > sight.Now => $"in force until {sight.Said.Day(lapses)}, the next expected by {sight.Said.Day(next)}",
                    { ValidUntil: { } lapses } => $"in force until {sight.Said.Day(lapses)}, no renewal in sight",
                    _ => "in force",
                };
                return new(ChainPlace.Document, document?.Title ?? cause.Key, force, true, [new("", cause.Key, document is null ? cause.Key : $"{document.Requirement}, {sight.NameOf(document.Party)}", null)], 0);
            default:
                return null;    // a shipment and a lot stand in the chain themselves
        }
    }

    private static ChainLink Way(Sight sight, List<(Lot Lot, double Share)> lots)
    {
        var lanes = lots.GroupBy(static l => l.Lot.Lane).Select(g => new ChainItem("", g.Key.Value, sight.World.Lanes.Find(g.Key)?.Name ?? g.Key.Value, g.Sum(static l => l.Share))).OrderByDescending(static i => i.Share).ToList();
        Instant[] here = [.. lots.Select(l => sight.Plan.Of(l.Lot.Key)?.P90).OfType<Instant>()];
        string[] ships = [.. lots.Select(static l => l.Lot.Shipment?.Value).OfType<string>().Distinct()];
        string when = here.Length == 0 ? "arrival unknown" : !sight.Said.Sees(here.Min()) ? "no arrival is in sight" : !sight.Said.Sees(here.Max()) ? $"the first is here by {sight.Said.Day(here.Min())}, nine times in ten; of others no arrival is in sight" : here.Length == 1 || here.Min() == here.Max() ? $"here by {sight.Said.Day(here[0])}, nine times in ten" : $"here by {sight.Said.Day(here.Min())} to {sight.Said.Day(here.Max())}, nine times in ten";
        return new(ChainPlace.Way, ships.Length == 1 ? $"Shipment {ships[0]}" : lanes.Count == 1 ? "The way" : $"{lanes.Count} lanes", when, true, [.. lanes.Take(Most)], Math.Max(0, lanes.Count - Most));
    }
}
