using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Parts that were taken out of a row of stock for a build.</summary>
internal sealed record Issued(Part Part, Stock Stock, decimal Quantity);

/// <summary>What the floor would have told of a build's first unit: serial number, parts with the lots that went in, steps with values within their limits. Of a build of several that one stands for all: a quarter of a year of every
/// unit would be a hundred thousand records.</summary>
internal sealed class FirstUnit(Snapshot world, Draw draw)
{
    private const int PeopleOfALine = 4;

    /// <summary>Records of a build's first unit, which takes its share of the line's time, and the pace of the day.</summary>
    /// <param name="latest">No later than this it was done.</param>
    public IEnumerable<IRecord> Of(Build build, OrderLine order, IReadOnlyList<Issued> issued, Instant latest)
    {
        string serial = SerialOf(build), who = $"op-{build.Line.Value.ToLowerInvariant()}-{draw.Whole($"who|{serial}", 1, PeopleOfALine)}";
        double minutes = (double)(world.Routings.Find($"{order.Family}|{build.Line}")?.MinutesPerUnit ?? 30) * draw.Between($"pace|{serial}", 0.93, 1.12);
        Instant begun = build.Start, done = Instant.Max(begun, Voyage.Whole(Instant.Min(latest, begun + Duration.FromMinutes(minutes))));
        UnitPart[] parts = [.. Parts(serial, build.Party, begun, done, issued)];
        WorkStep[] steps = [.. world.WorkSteps.StartingWith($"{order.Family}|").Where(s => s.When.Holds(world.Within(order.Market.Value), order.Options) && (s.Revision.Length == 0 || parts.Any(p => p.Item == s.Item && p.Revision == s.Revision)))];
        yield return new Unit(serial, build.Party, build.Key, order.Family, order.Market, UnitState.Complete, begun, done, who);
        foreach (UnitPart part in parts) yield return part;
        foreach (var (step, i) in steps.Select(static (s, i) => (s, i)))
            if (Measured(serial, step, order, done) is { } values) yield return new UnitStep(serial, step.Step, 1, build.Party, YesNo.Yes, values, who, Between(begun, done, (i + 1.0) / (steps.Length + 1)), "");
    }

    /// <summary>Serial number of a build's first unit.</summary>
    public static string SerialOf(Build build) => $"{Catalogue.Family}-{build.Id.Replace('/', '-')}";

    /// <summary>What one unit takes of what was issued, in the order in which it was.</summary>
    private IEnumerable<UnitPart> Parts(string serial, Key<Party> party, Instant begun, Instant done, IReadOnlyList<Issued> issued)
    {
        int number = 0;
        var kinds = issued.GroupBy(static x => x.Part).ToArray();
        foreach (var (kind, i) in kinds.Select(static (k, i) => (k, i)))
        {
            decimal left = kind.Key.PerUnit;
            foreach (Issued from in kind)
            {
                decimal takes = Math.Min(left, from.Quantity);
                if (takes <= 0) continue;
                left -= takes;
                string item = from.Stock.Item.Value, key = item.StartsWith("MOT-", StringComparison.Ordinal) || item.StartsWith("BAT-", StringComparison.Ordinal) ? $"{item}-{draw.Whole($"part|{serial}|{item}", 10_000_000, 99_999_999)}" : "";
                yield return new(serial, ++number, party, from.Stock.Item, from.Stock.Revision, from.Stock.LotNumber, key, from.Stock.Quantity with { Value = takes }, Between(begun, done, (i + 0.5) / kinds.Length), null, "");
            }
        }
    }

    /// <summary>Values that a step asks for; null when it cannot be done for want of firmware.</summary>
    private string? Measured(string serial, WorkStep step, OrderLine order, Instant done)
    {
        if (step.Kind == WorkKind.Firmware) return world.Firmware(order.Market, order.Family, done.InUtc().Date) is { } image ? $"sha256={image.Sha256}" : null;
        return string.Join("; ", step.Tolerances.All.Select(t => $"{t.Name}={Value(t, draw.Between($"measured|{serial}|{step.Step}|{t.Name}", 0.15, 0.85)).ToString(CultureInfo.InvariantCulture)}"));
    }

    /// <summary>A value at a share of the way between the limits; where one is missing, within a third or three times the other.</summary>
    private static decimal Value(Tolerance t, double share)
    {
        decimal low = t.Low ?? t.High!.Value / 3, high = t.High ?? t.Low!.Value * 3;
        return Math.Round(low + (high - low) * (decimal)share, 2);
    }

    private static Instant Between(Instant from, Instant to, double share) => Voyage.Whole(from + (to - from) * share);
}
