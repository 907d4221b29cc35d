using System.Globalization;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;

namespace Homestretch.Web.Supply;

/// <summary>How buffers read.</summary>
internal static class BufferWords
{
    public static string Of(BufferRule rule) => rule switch
    {
        BufferRule.InForce => "In force",
        BufferRule.Advised => "Advised",
        BufferRule.OneQuantile => "One quantile for all parts",
        BufferRule.Normal => "Normal, part by part",
        BufferRule.NormalTuned => "Normal, raised to the target",
    };

    public static string Said(BufferRule rule) => rule switch
    {
        BufferRule.InForce => "as the ways to buy have it now",
        BufferRule.Advised => "least holding cost",
        BufferRule.OneQuantile => "the lowest that reaches the target",
        BufferRule.Normal => "mean + z σ, parts taken as independent",
        BufferRule.NormalTuned => "the lowest z that reaches the target",
    };

    /// <summary>'95', '12.5': hundredths without a sign.</summary>
    public static string Hundred(double share) => Math.Round(share * 100, 4).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>'95.3 %': tenths matter where nearly everything is there; never a rounded 0 or 100.</summary>
    public static string Percent(double share) => share switch
    {
        >= 1 => "100 %",
        > 0.9995 => ">99.9 %",
        <= 0 => "0 %",
        < 0.0005 => "<0.1 %",
        _ => $"{Wording.Number(share * 100, 1)} %",
    };

    /// <summary>'USD 16.45'; 'unknown' without a price.</summary>
    public static string Cost(string currency, double? major, double factor) => major is { } m && currency.Length > 0 ? $"{currency} {Wording.Number(m * factor, m * factor >= 1000 ? 0 : 2)}" : "unknown";

    public static string Days(decimal days) => days.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Why a part has the buffer it has.</summary>
    public static string Why(BufferRow r, string currency) => string.Join(", ", new[]
    {
        $"its times spread over {Wording.Number(r.SpreadDays, r.SpreadDays < 9.95 ? 1 : 0)} days",
        r.LatestDays >= 0.5 ? $"1 in 100 comes {Wording.Number(r.LatestDays, r.LatestDays < 9.95 ? 1 : 0)} days or more after its plan" : "hardly one in 100 comes after its plan",
        r.TakenShare < 0.995 ? $"in {Wording.Percent(r.TakenShare)} of kits" : "in every kit",
        currency.Length == 0 ? "" : r.CostKnown ? r.Cost is { } c ? $"costs {currency} {Wording.Number(c, 2)}" : "" : "cost unknown: not traded against others",
    }.Where(static t => t.Length > 0));
}
