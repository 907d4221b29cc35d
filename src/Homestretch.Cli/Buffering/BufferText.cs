using System.Globalization;
using Homestretch.Buffering;
using Homestretch.Cli.Planning;

namespace Homestretch.Cli.Buffering;

/// <summary>Advice on buffers as text and as JSON (docs/command-line.md has the shape).</summary>
internal static class BufferText
{
    public static void Print(TextWriter o, IReadOnlyList<BufferAnswer> answers)
    {
        foreach (BufferAnswer answer in answers)
        {
            answer.Match(a => Print(o, a.Advice), r =>
            {
                o.WriteLine($"{r.Hub}: no advice");
                foreach (Finding f in r.Reasons) o.WriteLine($"  {f}");
                return false;
            });
        }
    }

    public static void Json(TextWriter o, IReadOnlyList<BufferAnswer> answers) => PlanText.Write(o, new { hubs = answers.Select(static a => a.Match(static x => Shape(x.Advice), static r => new { hub = r.Hub.Value, findings = Shape(r.Reasons) })) });

    internal static object Shape(BufferAdvice a) => new
    {
        hub = a.Hub.Value,
        epoch = PlanText.Text(a.Epoch),
        world = a.WorldVersion,
        target = a.Policy.Target,
        rate_per_year = a.Policy.RatePerYear,
        currency = a.Currency,
        kinds = a.Kinds,
        kits_on_order = a.Units,
        now = Shape(a.Now),
        advised = Shape(a.Advised),
        uniform = a.Uniform is { } u ? Shape(u) : null,
        classic = Shape(a.Classic),
        classic_tuned = a.ClassicTuned is { } t ? Shape(t) : null,
        uniform_equal_per_kit_minor = Round(a.UniformEqual),
        classic_equal_per_kit_minor = Round(a.ClassicEqual),
        saved_over_uniform = Round(a.SavedOverUniform),
        saved_over_classic = Round(a.SavedOverClassic),
        whole_where_chosen = Round(a.FitWhole.Value),
        gap = Round(a.Gap),
        parts = a.Parts.Select(static p => new
        {
            item = p.Item.Value,
            source = p.Source.Value,
            cost = p.Cost is { } c ? new { minor = c.Minor, currency = c.Currency } : null,
            per_kit = Round(p.PerKit),
            taken_share = Round(p.TakenShare),
            now_days = p.Now,
            advised_days = p.Advised,
            lead_days = Round(p.LeadDays),
            spread_days = Round(p.SpreadDays),
            latest_days = Round(p.LatestDays),
            holding_now = Round(p.HoldingNow),
            holding_advised = Round(p.HoldingAdvised),
            on_time_now = Round(p.OnTimeNow.Value),
            on_time_advised = Round(p.OnTimeAdvised.Value),
            gates_now = Round(p.GatesNow.Value),
            gates_advised = Round(p.GatesAdvised.Value),
        }),
        findings = Shape(a.Findings),
    };

    private static object Shape(BufferOutcome o) => new { whole = Round(o.Whole.Value), worst_kind = Round(o.WorstKind.Value), holding_per_kit_minor = Round(o.HoldingPerKit) };
    private static IEnumerable<object> Shape(IReadOnlyList<Finding> findings) => findings.Select(static f => new { place = f.Place.ToString(), rule = f.Rule, what = f.What, cure = f.Cure });

    private static bool Print(TextWriter o, BufferAdvice a)
    {
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{a.Hub}: {a.Units} kits of {a.Kinds} kinds on order; target {a.Policy.Target:0.0%}, holding {a.Policy.RatePerYear:0%} a year"));
        o.WriteLine($"{"",-34} {"whole",7} {"worst kind",11} {"a kit, " + a.Currency,12}");
        Row(o, "buffers in force", a.Now);
        Row(o, "least cost", a.Advised);
        if (a.Uniform is { } u) Row(o, "one quantile for all", u);
        Row(o, "normal, each part by itself", a.Classic);
        if (a.ClassicTuned is { } t) Row(o, "the same, z raised to the target", t);
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chosen at {a.FitWhole.Value:0.0%} in its own futures; at most {a.Gap:0.0%} of its cost could be saved there"));
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"against the same share of kits whole: {a.SavedOverUniform:0.0%} less than one quantile for all, {a.SavedOverClassic:0.0%} less than the normal rule"));
        o.WriteLine($"{"part",-12} {"cost",10} {"in kits",7} {"now, d",7} {"advised",7} {"spread",7} {"latest",7} {"gates now",10} {"then",6}");
        foreach (PartBuffer p in a.Parts)
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{p.Item,-12} {(p.Cost is { } c ? c.Major.ToString("0.00", CultureInfo.InvariantCulture) : "unknown"),10} {p.TakenShare,7:0%} {p.Now,7:0.#} {p.Advised,7:0.#} {p.SpreadDays,7:0.0} {p.LatestDays,7:0.0} {p.GatesNow.Value,10:0%} {p.GatesAdvised.Value,6:0%}"));
        foreach (Finding f in a.Findings) o.WriteLine(f);
        return true;
    }

    private static void Row(TextWriter o, string name, BufferOutcome x) =>
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {x.Whole.Value,7:0.0%} {x.WorstKind.Value,11:0.0%} {x.HoldingPerKit / 100,12:0.000}"));

    internal static double Round(double x) => Math.Round(x, 6);
    private static double? Round(double? x) => x is { } y ? Round(y) : null;
}
