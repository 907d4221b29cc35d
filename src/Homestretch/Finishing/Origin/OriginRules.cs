using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Origin;

/// <summary>The rules of origin, each with its dates: what none of them covers is unknown.</summary>
public sealed class OriginRules
{
    private readonly ILookup<(RuleOfOrigin, string), OriginRule> _rules;

    public OriginRules(IEnumerable<OriginRule> rules) => _rules = rules.OrderBy(static r => r.Key).ToLookup(static r => (r.Rule, r.Jurisdiction));

    /// <summary>The rules of a world.</summary>
    public static OriginRules Of(Snapshot world) => new(world.OriginRules);

    /// <summary>The rule in force on a day for a product, that with the longest tariff code; null when there is none or there are two, which is added to what is missing.</summary>
    /// <param name="hs">Tariff code of the product; empty: unknown, so that only rules for all products are met.</param>
    internal OriginRule? Find(RuleOfOrigin rule, string jurisdiction, string hs, LocalDate? day, List<string> missing)
    {
        if (day is not { } on)
        {
            Miss("the day of delivery");
            return null;
        }
        string digits = Listed.Digits(hs) ?? "";
        OriginRule[] all = [.. _rules[(rule, jurisdiction)].Where(r => LandingTables.InForce(r.From, r.To, on) && digits.StartsWith(Prefix(r), StringComparison.Ordinal)).OrderByDescending(static r => Prefix(r).Length)];
        if (all.Length == 0)
        {
            bool byCode = digits.Length == 0 && _rules[(rule, jurisdiction)].Any(r => LandingTables.InForce(r.From, r.To, on));
            Miss(byCode ? $"the tariff code of the product, on which {Words.Of(rule)} of {jurisdiction} hangs" : $"a row of origin_rules: {Words.Of(rule)} of {jurisdiction}{(digits.Length > 0 ? $" for {hs}" : "")} on {Day(on)}");
            return null;
        }
        if (all.Length > 1 && Prefix(all[1]).Length == Prefix(all[0]).Length)
        {
            Miss($"which of {all[0].Key} and {all[1].Key} in origin_rules holds on {Day(on)}; end one of them");
            return null;
        }
        return all[0];

        void Miss(string what)
        {
            if (!missing.Contains(what)) missing.Add(what);
        }
    }

    /// <summary>Whether a country counts as the rule's own.</summary>
    internal static bool Own(OriginRule rule, string country) => country.Length > 0 && Listed.Of(rule.Countries).Contains(country);

    internal static string Day(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    private static string Prefix(OriginRule rule) => rule.Hs == Listed.All ? "" : Listed.Digits(rule.Hs) ?? rule.Hs;
}
