using Homestretch.Landing;
using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>What may be claimed of one unit, by its serial number.</summary>
public static class Claims
{
    /// <summary>Every claim of a unit by the rules of its day of delivery, or what is wrong with its content.</summary>
    /// <param name="agreement">Agreement whose regional value content is counted.</param>
    /// <param name="measureCountries">Countries whose parts are weighed for circumvention; null: those against which duty_measures has a measure on the product.</param>
    public static (IReadOnlyList<Claim> Claims, IReadOnlyList<Finding> Findings) Of(OriginRules rules, LandingTables tables, UnitContent unit, string agreement = "USMCA", IReadOnlyList<string>? measureCountries = null)
    {
        IReadOnlyList<Finding> findings = [.. Checking.Of(unit), .. Checking.Countries(measureCountries ?? [])];
        return findings.Count > 0 ? ([], findings) :
        ([
            RegionalValue.ByTransactionValue(rules, unit, agreement), RegionalValue.ByNetCost(rules, unit, agreement), DomesticContent.Of(rules, unit),
            NonPreferential.Of(rules, unit, "EU"), NonPreferential.Of(rules, unit, "UK"), .. Circumvention.Of(rules, tables, unit, measureCountries),
        ], []);
    }

    /// <summary>The same by the tables of a world.</summary>
    public static (IReadOnlyList<Claim> Claims, IReadOnlyList<Finding> Findings) Of(Snapshot world, UnitContent unit, string agreement = "USMCA", IReadOnlyList<string>? measureCountries = null) =>
        Of(OriginRules.Of(world), LandingTables.Of(world), unit, agreement, measureCountries);
}
