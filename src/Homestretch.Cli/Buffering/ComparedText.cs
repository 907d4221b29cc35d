using System.Globalization;
using Homestretch.Buffering;
using Homestretch.Cli.Planning;

namespace Homestretch.Cli.Buffering;

/// <summary>The comparison of ways to set buffers as a table and as JSON.</summary>
internal static class ComparedText
{
    public static void Json(TextWriter o, int first, BufferAnswer[] networks, double[] seconds) => PlanText.Write(o, new
    {
        networks = networks.Select((n, i) => new { seed = first + i, seconds = Math.Round(seconds[i], 2), answer = n.Match(static a => BufferText.Shape(a.Advice), static r => r.Reasons.Select(static f => f.ToString())) }),
    });

    public static void Print(TextWriter o, int first, BufferPolicy policy, BufferAnswer[] networks, double[] seconds)
    {
        (int Seed, BufferAdvice Advice, double Seconds)[] all = [.. networks.Select((n, i) => (Seed: first + i, Answer: n as BufferAnswer.Advised, Seconds: seconds[i])).Where(static x => x.Answer is not null).Select(static x => (x.Seed, x.Answer!.Advice, x.Seconds))];
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Target {policy.Target:0.0%}; whole = share of kits on fresh futures; cost = holding cost of the buffers of 1,000 kits, major units"));
        o.WriteLine("| seed | parts | least: whole | cost | gap | one quantile: whole | cost | normal: whole | cost | z tuned: whole | cost | saved over one quantile at equal whole | over z | s |");
        o.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (seed, a, s) in all)
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {seed} | {a.Parts.Count} | {Two(a.Advised)} | {a.Gap:0.0%} | {Two(a.Uniform)} | {Two(a.Classic)} | {Two(a.ClassicTuned)} | {a.SavedOverUniform:0.0%} | {a.SavedOverClassic:0.0%} | {s:0.0} |"));
        if (all.Length < networks.Length) o.WriteLine($"{networks.Length - all.Length} networks without advice: {string.Join("; ", networks.OfType<BufferAnswer.Refused>().Select(static r => r.Reasons[^1].What))}");
        if (all.Length == 0) return;
        Spread(o, "saved over one quantile, at equal whole", all.Select(static x => x.Advice.SavedOverUniform));
        Spread(o, "saved over the normal rule, at equal whole", all.Select(static x => x.Advice.SavedOverClassic));
        Spread(o, "gap proven", all.Select(static x => (double?)x.Advice.Gap));
        Spread(o, "whole, least cost", all.Select(static x => (double?)x.Advice.Advised.Whole.Value));
        Spread(o, "whole, one quantile", all.Select(static x => x.Advice.Uniform?.Whole.Value));
        Spread(o, "whole, normal as in textbooks", all.Select(static x => (double?)x.Advice.Classic.Whole.Value));
        Spread(o, "whole, z tuned", all.Select(static x => x.Advice.ClassicTuned?.Whole.Value));
    }

    private static string Two(BufferOutcome? x) => x is null ? "- | -" : string.Create(CultureInfo.InvariantCulture, $"{x.Whole.Value:0.0%} | {x.HoldingPerKit * 10:0}");

    private static void Spread(TextWriter o, string what, IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Order()];
        if (sorted.Length == 0) return;
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: least {sorted[0]:0.0%}, median {median:0.0%}, mean {sorted.Average():0.0%}, most {sorted[^1]:0.0%}, of {sorted.Length}"));
    }
}
