using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>Regional value content of a unit under an agreement, by both methods.</summary>
/// <remarks>Source: USMCA, article 4.5, and 19 CFR 182 appendix A, section 7: RVC = (TV - VNM)/TV and RVC = (NC - VNM)/NC. TV leaves out what the international shipment cost; VNM counts materials of undetermined origin.
/// Example: TV 2,690, NC 2,106, VNM 1,671 give 37.88 % and 20.66 %.</remarks>
internal static class RegionalValue
{
    public static Claim ByTransactionValue(OriginRules rules, UnitContent unit, string agreement)
    {
        var d = new Draft(rules, unit, $"rvc-transaction-{agreement}", $"Regional value content under {agreement}, transaction value", "RVC = (TV - VNM) / TV");
        long price = d.Input("transaction value", d.Known(unit.TransactionValue, "the transaction value")), abroad = d.Input("international freight in it", d.Known(unit.InternationalFreight, "the international freight that the transaction value includes"));
        if (unit.InlandFreight is null) d.Undetermined.Add("inland freight to the point of shipment is unknown: nothing is added to the value for it");
        long inland = d.Input("inland freight not in it", unit.InlandFreight ?? 0);
        return Against(d, unit, agreement, RuleOfOrigin.RvcTransaction, d.Input("TV", price - abroad + inland), "TV");
    }

    /// <remarks>Net cost is taken as materials, their freight and the final assembly. Duty is left out, which never raises the content.</remarks>
    public static Claim ByNetCost(OriginRules rules, UnitContent unit, string agreement)
    {
        var d = new Draft(rules, unit, $"rvc-net-cost-{agreement}", $"Regional value content under {agreement}, net cost", "RVC = (NC - VNM) / NC");
        long materials = d.Input("materials", d.Sum(static _ => true, static c => c.Value, "value")), assembly = d.Input("assembly", d.Known(unit.Assembly, "the cost of assembly")), freight = d.Input("freight of the materials", d.Sum(static _ => true, static c => c.Freight, "freight"));
        d.Notes.Add("Net cost leaves out sales promotion, royalties, shipping, packing and interest that is not allowed; none of them is in it. Duty on materials is left out besides.");
        return Against(d, unit, agreement, RuleOfOrigin.RvcNetCost, d.Input("NC", materials + assembly + freight), "NC");
    }

    private static Claim Against(Draft d, UnitContent unit, string agreement, RuleOfOrigin kind, long value, string symbol)
    {
        long foreign = d.Input("VNM", d.Sum(c => c.Originating?.Contains(agreement) != true, static c => c.Value, "value"));
        d.Tell(unit.Components.Where(static c => c.Originating is null), $"whether it originates under {agreement}", "it counts as non-originating");
        OriginRule? rule = d.Rule(kind, agreement);
        if (unit.MadeIn.Length == 0) d.Missing.Add("the country of the final assembly");
        if (value <= 0 && d.Missing.Count == 0) d.Missing.Add($"a {symbol} above 0");
        d.Notes.Add($"A rule of {agreement} for a tariff code may ask for a change of heading besides, or instead.");
        if (rule is null || d.Missing.Count > 0) return d.Done(ClaimState.Unknown, "");
        var share = new Ratio(value - foreign, value);
        decimal least = rule.Figure!.Value;
        string counted = $"({new Money(value, unit.Currency)} - {new Money(foreign, unit.Currency)}) / {new Money(value, unit.Currency)} = {share.Beside(least)}; {Draft.Percent(least)} is required";
        return !OriginRules.Own(rule, unit.MadeIn) ? d.Done(ClaimState.Fails, $"It is made in {unit.MadeIn}, outside {agreement}. {counted}.", share, least)
            : d.Done(share.AtLeast(least) ? ClaimState.Holds : ClaimState.Fails, $"{counted}.", share, least);
    }
}
