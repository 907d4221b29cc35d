using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>Buy American: what the domestic components cost of what all components cost.</summary>
/// <remarks>Source: FAR 25.101 (a) and 52.225-1 (a), 'cost of components': what was paid with transport to the place where they are built in, and the applicable duty whether or not a duty-free certificate is issued; final assembly stays out. The threshold is that of the day of delivery and must be exceeded.</remarks>
internal static class DomesticContent
{
    public const string Jurisdiction = "US";

    public static Claim Of(OriginRules rules, UnitContent unit)
    {
        var d = new Draft(rules, unit, "buy-american", "Domestic end product (Buy American)", "domestic components / all components, each at value + freight + duty");
        OriginRule? rule = d.Rule(RuleOfOrigin.DomesticContent, Jurisdiction);
        if (unit.MadeIn.Length == 0) d.Missing.Add("the country of the final assembly");
        d.Tell(unit.Components.Where(static c => c.Origin.Length == 0), "the origin", "it counts as foreign");
        long Cost(Func<UnitComponent, bool> of) => d.Sum(of, static c => c.Value, "value") + d.Sum(of, static c => c.Freight, "freight") + d.Sum(of, static c => c.Duty, "duty");
        long all = d.Input("all components", Cost(static _ => true));
        long domestic = d.Input("domestic components", rule is null ? 0 : Cost(c => OriginRules.Own(rule, c.Origin)));
        d.Notes.Add("Commercially available off-the-shelf items need no component test (FAR 25.101 (a)(2)(i)), and products mostly of iron or steel have a rule of their own; neither is looked at here.");
        if (all <= 0 && d.Missing.Count == 0) d.Missing.Add("components that cost something");
        if (rule is null || d.Missing.Count > 0) return d.Done(ClaimState.Unknown, "");
        var share = new Ratio(domestic, all);
        decimal above = rule.Figure!.Value;
        string counted = $"{new Money(domestic, unit.Currency)} of {new Money(all, unit.Currency)} = {share.Beside(above)} domestic; more than {Draft.Percent(above)} is required for delivery on {OriginRules.Day(unit.Delivered!.Value)}";
        return !OriginRules.Own(rule, unit.MadeIn) ? d.Done(ClaimState.Fails, $"It is made in {unit.MadeIn}, not in the United States. {counted}.", share, above)
            : d.Done(share.Exceeds(above) ? ClaimState.Holds : ClaimState.Fails, $"{counted}.", share, above);
    }
}
