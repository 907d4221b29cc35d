using System.Globalization;
using Homestretch.Finishing.Tracing;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Finishing.Passports;

/// <summary>Puts a passport together from the records. What nobody has recorded stands in it as unknown. Of customers, people, prices, lots and suppliers nothing is in what everybody may see.</summary>
public static class PassportWriting
{
    private static readonly LocalDatePattern s_month = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    /// <summary>The passport of a serial number; null when there is no such unit in the world.</summary>
    public static Passport? Of(Snapshot world, string serial) => UnitRecords.Of(world, serial) is { } record ? Of(world, record) : null;

    /// <summary>The passport of a unit by its as-built record, which may have been kept for longer than its order.</summary>
    public static Passport Of(Snapshot world, UnitRecord record)
    {
        LocalDate day = DayOf(world, record.Hub, record.Completed ?? record.Begun);
        MarketRule[] rules = [.. Rules(world, record.Market, record.Family, world.OrderLines.Find(record.OrderLine), MarketRuleKind.Passport)];
        PartRecord[] batteries = [.. record.Parts.Where(p => p.TakenOut is null && (rules.Any(r => r.Value == GroupOf(world, p)) || world.PassportData.StartingWith($"{p.Item}|").Any()))];
        return new(record.Serial, world.Markets.Find(record.Market)?.Name ?? record.Market, [.. Product(world, record, day)], [.. batteries.Select(p => Battery(world, p, rules, day))]);
    }

    /// <summary>The rule by which a unit's market asks for passports on the day the unit was made; null: it does not.</summary>
    public static MarketRule? AskedFor(Snapshot world, Unit unit)
    {
        OrderLine order = world.OrderLines[world.Builds[unit.Build].OrderLine];
        LocalDate day = DayOf(world, order.Hub.Value, unit.Completed ?? unit.Begun);
        return Rules(world, unit.Market.Value, unit.Family.Value, order, MarketRuleKind.Passport).FirstOrDefault(r => r.InForce(day));
    }

    /// <summary>Rules of any day for a unit, the earliest first. Of those that hold for some variants only, none where the order is no longer on record.</summary>
    private static IEnumerable<MarketRule> Rules(Snapshot world, string market, string family, OrderLine? order, MarketRuleKind kind)
    {
        IReadOnlyList<string> within = world.Within(market);
        return world.MarketRules.Where(r => r.Kind == kind && !(r.Family is { } only && only.Value != family) && (r.Market is not { } m || within.Contains(m.Value)) && (order is null ? r.When is Condition.Constant : r.When.Holds(within, order.Options)))
            .OrderBy(static r => r.From ?? LocalDate.MinIsoValue).ThenBy(static r => r.Id, StringComparer.Ordinal);
    }

    private static LocalDate DayOf(Snapshot world, string hub, Instant at) => at.InZone(Zone(world, hub)).Date;
    private static DateTimeZone Zone(Snapshot world, string site) => world.Sites.Find(site) is { } found ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(found.TimeZone) ?? DateTimeZone.Utc : DateTimeZone.Utc;
    private static string GroupOf(Snapshot world, PartRecord part) => world.Items.Find(part.Item)?.Group ?? "";

    private static IEnumerable<PassportEntry> Product(Snapshot world, UnitRecord record, LocalDate day)
    {
        const string Made = "as-built record";
        OrderLine? order = world.OrderLines.Find(record.OrderLine);
        Item? family = world.Items.Find(record.Family);
        Site? hub = world.Sites.Find(record.Hub);
        MarketRule[] labels = [.. Rules(world, record.Market, record.Family, order, MarketRuleKind.Label).Where(r => r.InForce(day))];
        PaperNeed[] papers = order is null ? [] : [.. world.Papers(order, record.Completed ?? record.Begun).Needs];
        yield return Entry("maker", family is null ? "" : world.Parties[family.Party].Name, "items");
        yield return Entry("model", family is null ? record.Family : $"{family.Name} ({family.Key})", "items");
        yield return Entry("serial", record.Serial, Made);
        yield return Entry("made_in", hub is null ? "" : $"{hub.Name}, {hub.Country}", "sites");
        yield return Entry("made_on", record.Completed is null ? "" : LocalDatePattern.Iso.Format(day), Made);
        yield return Entry("market", world.Markets.Find(record.Market)?.Name ?? record.Market, Made);
        yield return Entry("firmware", record.Firmware?.Split(' ')[0] ?? "", "firmware_images");
        yield return Entry("documents", string.Join("; ", papers.Where(static n => n.State == PaperState.InForce).Select(static n => $"{n.Title} ({n.Requirement})")), "documents") with { Sample = papers.Any(static n => n.Rule?.Sample == true || n.Held?.Source.StartsWith("Sample", StringComparison.Ordinal) == true) };
        yield return Entry("labels", string.Join("; ", labels.Select(static r => r.Value)), "market_rules") with { Sample = labels.Any(static r => r.Sample) };
        yield return Entry("repair_parts", string.Join("; ", record.Parts.Where(static p => p.TakenOut is null).Select(static p => p.Revision.Length > 0 ? $"{p.Item} {p.Name}, revision {p.Revision}" : $"{p.Item} {p.Name}").Distinct(StringComparer.Ordinal)), Made) with { Tier = PassportTier.Interest };

        static PassportEntry Entry(string field, string value, string source) => new(field, PassportTier.Public, false, null, value, "", false, "", source);
    }

    private static BatteryPassport Battery(Snapshot world, PartRecord part, MarketRule[] rules, LocalDate made)
    {
        string group = GroupOf(world, part);
        MarketRule? rule = Array.Find(rules, r => r.Value == group);
        LocalDate? due = rule is null ? null : rule.From ?? LocalDate.MinIsoValue;
        LocalDate day = due is { } first && first > made ? first : made;
        PassportData[] said = [.. world.PassportData.StartingWith($"{part.Item}|").Where(d => d.PartSerial.Length == 0 || (d.PartSerial == part.PartSerial && part.PartSerial.Length > 0))];
        return new(part.Name, due, rule?.InForce(made) == true, day, rule?.Source ?? "", [.. PassportField.All.Select(f => Field(world, f, part, said, made, day, rule is not null)), Batch(part)]);
    }

    private static PassportEntry Field(Snapshot world, PassportField field, PartRecord part, PassportData[] said, LocalDate made, LocalDate day, bool asked)
    {
        // of a model what held when the unit was made; of one battery what was learned last, whenever it was
        PassportData? data = said.Where(d => d.Field == field.Key && (field.Individual || d.Holds(made))).MaxBy(static d => d.Since);
        var entry = new PassportEntry(field.Key, field.Tier, asked && field.Needed && field.From <= day, field.From, data?.Value ?? "", data?.Unit ?? "", data?.Sample == true, data?.Document is { } paper ? world.Documents.Find(paper.Value)?.Title ?? "" : "", field.Source);
        return data is not null ? entry : entry with { Value = FromRecords(world, field.Key, part, made) };
    }

    /// <summary>What the as-built record says where nobody has said more; empty: nothing.</summary>
    private static string FromRecords(Snapshot world, string field, PartRecord part, LocalDate made) => field switch
    {
        "model" => $"{part.Name} ({part.Item})",
        "serial" => part.PartSerial,
        "date_of_manufacture" => part.Made.Select(m => m.Begun is { } begun ? s_month.Format(DayOf(world, m.Site, begun)) : "").Distinct().ToArray() is [var one] ? one : "",
        "status" => string.Create(CultureInfo.InvariantCulture, $"original, as put in on {LocalDatePattern.Iso.Format(made)}"),
        _ => "",
    };

    private static PassportEntry Batch(PartRecord part) => new("batch", PassportTier.Authority, false, null, part.Lot, "", false, "", "Regulation (EU) 2023/1542, article 38(6); as-built record");
}
