using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>Non-preferential origin: the place of the last substantial, economically justified processing.</summary>
/// <remarks>Source: Regulation (EU) 952/2013, article 60 (2); Delegated Regulation (EU) 2015/2446, articles 33 and 34. Putting parts together by simple operations confers no origin; the place of the major portion of the materials is then told, by value, and somebody reviews it.</remarks>
internal static class NonPreferential
{
    public static Claim Of(OriginRules rules, UnitContent unit, string jurisdiction)
    {
        var d = new Draft(rules, unit, $"origin-{jurisdiction}", $"Non-preferential origin by the law of {jurisdiction}", "place of the last substantial, economically justified processing; without one, the place of the largest part of the materials by value");
        OriginRule? rule = d.Rule(RuleOfOrigin.LastProcessing, jurisdiction);
        if (unit.MadeIn.Length == 0) d.Missing.Add("the country of the final assembly");
        if (rule is null || d.Missing.Count > 0) return d.Done(ClaimState.Unknown, "");
        string Place(string country) => OriginRules.Own(rule, country) ? jurisdiction : country;
        string here = Place(unit.MadeIn);
        if (unit.Components.All(c => c.Origin.Length > 0 && Place(c.Origin) == here)) return d.Done(ClaimState.Holds, $"Made in {unit.MadeIn} of nothing but components of {here}.", answer: here);
        UnitComponent[] unknown = [.. unit.Components.Where(static c => c.Origin.Length == 0)];
        if (unit.Processing == Processing.Unknown) d.Missing.Add($"whether the processing in {unit.MadeIn} is simple or substantial");
        if (unit.Processing == Processing.Substantial && unit.Justified is null) d.Missing.Add($"whether the processing in {unit.MadeIn} is economically justified");
        if (unit.Processing == Processing.Substantial && unit.Evidence.Length == 0) d.Missing.Add("what shows that the processing is substantial, such as a ruling");
        if (d.Missing.Count > 0) return d.Done(ClaimState.Unknown, "");
        if (unit is { Processing: Processing.Substantial, Justified: true }) return d.Done(ClaimState.Holds, $"Last substantial, economically justified processing in {unit.MadeIn}, shown by {unit.Evidence}.", answer: here);
        long all = d.Input("all materials", d.Sum(static _ => true, static c => c.Value, "value"));
        var places = unit.Components.Where(static c => c.Origin.Length > 0).GroupBy(c => Place(c.Origin)).Select(static g => (Place: g.Key, Value: g.Sum(static c => c.Value ?? 0))).OrderByDescending(static p => p.Value).ThenBy(static p => p.Place, StringComparer.Ordinal).ToArray();
        foreach (var (place, value) in places) d.Input($"materials of {place}", value);
        long open = unknown.Sum(static c => c.Value ?? 0);
        d.Tell(unknown, "the origin", "it counts for no place, and for the one that comes next");
        if (d.Missing.Count == 0 && (places.Length == 0 || places[0].Value <= (places.Length > 1 ? places[1].Value : 0) + open))
            d.Missing.Add(unknown.Length > 0 ? $"the origin of {string.Join(", ", unknown.Select(static c => c.Name))}, on which the largest part hangs" : "a place with more of the materials than any other");
        if (d.Missing.Count > 0) return d.Done(ClaimState.Unknown, "");
        var share = new Ratio(places[0].Value, all);
        string how = unit.Processing == Processing.Simple ? "Simple assembly confers no origin" : "The processing is not economically justified";
        return d.Done(ClaimState.NeedsReview, $"{how} in {unit.MadeIn}; the largest part of the materials is of {places[0].Place}: {new Money(places[0].Value, unit.Currency)} of {new Money(all, unit.Currency)} = {share}.", share, answer: places[0].Place, signedBy: rule.SignedBy);
    }
}
