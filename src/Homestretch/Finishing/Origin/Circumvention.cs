using Homestretch.Landing;
using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>Whether assembly may circumvent an anti-dumping or countervailing measure: parts from its country are a large part of all parts, and little was added to them.</summary>
/// <remarks>Source: Regulation (EU) 2016/1036, article 13 (2): 60 % or more of the total value of the parts of the assembled product, unless the value added to the parts brought in is greater than 25 % of the manufacturing cost.
/// Undetermined parts count as those of the measure. Examples: parts 1,280 of 2,011 = 63.65 % with 213 added of 2,011 = 10.59 % is flagged; parts 129 of 1,798 = 7.17 % is not.</remarks>
internal static class Circumvention
{
    public const string Jurisdiction = "EU";

    /// <summary>Countries against whose product of this tariff code a measure is in force on the day of delivery; adds what is missing.</summary>
    public static IReadOnlyList<string> Countries(LandingTables tables, UnitContent unit, List<string> missing)
    {
        if (Listed.Digits(unit.Hs) is not { Length: >= 6 } digits) missing.Add("the tariff code of the product");
        else if (unit.Delivered is not { } day) missing.Add("the day of delivery");
        else
        {
            DutyMeasure[] all = [.. tables.Against(Jurisdiction, digits, day).Select(static m => m.Row)];
            if (all.FirstOrDefault(static m => m.Origins == Listed.All) is { } any) missing.Add($"the countries that {any.Key} in duty_measures is against");
            return [.. all.SelectMany(static m => Listed.Of(m.Origins)).Where(static o => o != Listed.All).Distinct().Order(StringComparer.Ordinal)];
        }
        return [];
    }

    /// <summary>One claim for each country of a measure; one that says so when there is none.</summary>
    public static IEnumerable<Claim> Of(OriginRules rules, LandingTables tables, UnitContent unit, IReadOnlyList<string>? countries)
    {
        var none = new Draft(rules, unit, "circumvention", "Assembly does not circumvent a measure (EU)", "");
        countries ??= Countries(tables, unit, none.Missing);
        var each = countries.Select(c => Of(rules, unit, c));
        if (countries.Count > 0 && none.Missing.Count == 0) return each;
        return [.. each, none.Done(ClaimState.DoesNotApply, $"duty_measures has no anti-dumping or countervailing measure of the EU on {unit.Hs} for delivery on {(unit.Delivered is { } day ? OriginRules.Day(day) : "that day")}.")];
    }

    public static Claim Of(OriginRules rules, UnitContent unit, string country)
    {
        var d = new Draft(rules, unit, $"circumvention-{country}", $"Assembly does not circumvent the measure against {country} (EU)", "parts from the measure's country / all parts; value added / manufacturing cost");
        OriginRule? most = d.Rule(RuleOfOrigin.CircumventionParts, Jurisdiction), enough = d.Rule(RuleOfOrigin.CircumventionValueAdded, Jurisdiction);
        bool From(UnitComponent c) => c.Origin == country || c.Origin.Length == 0;
        d.Tell(unit.Components.Where(static c => c.Origin.Length == 0), "the origin", $"it counts as from {country}");
        long parts = d.Input("all parts", d.Sum(static _ => true, static c => c.Value, "value")), from = d.Input($"parts from {country}", d.Sum(From, static c => c.Value, "value"));
        d.Notes.Add("Circumvention needs more than this: assembly that began or grew with the investigation, and a measure that it undermines (article 13 (1) and (2) (a), (c)). The Commission decides.");
        if (parts <= 0 && d.Missing.Count == 0) d.Missing.Add("parts of some value");
        if (most is null || enough is null || d.Missing.Count > 0) return d.Done(ClaimState.Unknown, "");
        var share = new Ratio(from, parts);
        decimal limit = most.Figure!.Value, least = enough.Figure!.Value;
        string counted = $"parts from {country} {new Money(from, unit.Currency)} of {new Money(parts, unit.Currency)} = {share.Beside(limit)}";
        if (!share.AtLeast(limit)) return d.Done(ClaimState.Holds, $"Not flagged: {counted}, below {Draft.Percent(limit)}.", share, limit);
        long assembly = d.Input("assembly", d.Known(unit.Assembly, "the cost of assembly")), own = d.Sum(static c => c.Own, static c => c.Value, "value");
        long added = d.Input("value added", assembly + own), cost = d.Input("manufacturing cost", parts + assembly);
        var value = new Ratio(added, cost);
        string rest = $"{counted}, {Draft.Percent(limit)} or more; value added {new Money(added, unit.Currency)} of {new Money(cost, unit.Currency)} = {value.Beside(least)}";
        return value.Exceeds(least) ? d.Done(ClaimState.Holds, $"Not flagged: {rest}, more than {Draft.Percent(least)}.", share, limit) : d.Done(ClaimState.Fails, $"Flagged: {rest}, not more than {Draft.Percent(least)}.", share, limit);
    }
}
