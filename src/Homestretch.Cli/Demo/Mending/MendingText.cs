using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Simulating;
using Homestretch.World;

namespace Homestretch.Cli.Demo.Mending;

/// <summary>Late orders and cost by policy, as text and as JSON: each world, and how worlds are spread.</summary>
internal static class MendingText
{
    /// <summary>'world 3: nothing 41, expedite 30 for 12,300 EUR'.</summary>
    public static string Row(int seed, IReadOnlyList<MendingOutcome> outcomes) =>
        $"world {seed}, {outcomes[0].Promises} promises, late: {string.Join(", ", outcomes.Select(static o => $"{Words.Of(o.Policy)} {o.Late}{(o.Cost > 0 ? Invariant($" for {o.Cost / 100m:#,0} EUR") : "")}"))}";

    public static void Print(TextWriter o, MendingSetup setup, SortedDictionary<int, IReadOnlyList<MendingOutcome>> worlds)
    {
        o.WriteLine(Invariant($"{worlds.Count} worlds of {setup.Days} days from {PlanText.Text(setup.Start)}, mishaps {setup.Mishaps}, S = {setup.Samples}"));
        if (worlds.Count == 0) return;
        foreach (var (seed, outcomes) in worlds) o.WriteLine(Row(seed, outcomes));
        o.WriteLine();
        o.WriteLine("| policy | late a world | least | quartile | median | quartile | most | cost a world, EUR |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (MendingPolicy policy in Enum.GetValues<MendingPolicy>())
        {
            MendingOutcome[] all = [.. worlds.Values.Select(w => w[(int)policy])];
            double[] late = Spread(all.Select(static x => (double)x.Late));
            o.WriteLine(Invariant($"| {Words.Of(policy)} | {all.Average(static x => x.Late):0.0} | {late[0]:0} | {late[1]:0.0} | {late[2]:0.0} | {late[3]:0.0} | {late[4]:0} | {all.Average(static x => x.Cost / 100m):#,0} |"));
        }
        o.WriteLine();
        foreach (Compared c in Comparisons(worlds))
            o.WriteLine(Invariant($"{Words.Of(c.Policy)} against {Words.Of(c.Against)}: {100 * c.Fewer.Value:0.0} % fewer late orders ({100 * c.Fewer.Low:0.0} to {100 * c.Fewer.High:0.0} %); by world {string.Join(" / ", c.ByWorld.Select(static x => Invariant($"{100 * x:0}")))} % (least, quartiles, most)"));
        o.WriteLine();
        foreach (MendingPolicy policy in (MendingPolicy[])[MendingPolicy.SituationsFree, MendingPolicy.Situations])
            o.WriteLine($"{Words.Of(policy)} took: {string.Join(", ", worlds.Values.SelectMany(w => w[(int)policy].Kinds).GroupBy(static k => k.Kind).OrderBy(static g => g.Key).Select(static g => Invariant($"{Words.Of(g.Key)} {g.Sum(static k => k.Count)} (+{g.Sum(static k => k.Expected):0.0})")))}");
    }

    public static void Json(TextWriter o, MendingSetup setup, SortedDictionary<int, IReadOnlyList<MendingOutcome>> worlds) => PlanText.Write(o, new
    {
        start = PlanText.Text(setup.Start), days = setup.Days, mishaps = setup.Mishaps, samples = setup.Samples, order_lines = setup.OrderLines, allowance_minor = setup.Allowance, currency = "EUR",
        policies = worlds.Count == 0 ? [] : Enum.GetValues<MendingPolicy>().Select(p => new
        {
            policy = Words.Of(p), late = Math.Round(worlds.Values.Average(w => w[(int)p].Late), 4), cost_minor = Math.Round(worlds.Values.Average(w => (decimal)w[(int)p].Cost)),
            late_spread = Spread(worlds.Values.Select(w => (double)w[(int)p].Late)).Select(static x => Math.Round(x, 4)),
        }),
        comparisons = worlds.Count == 0 ? [] : Comparisons(worlds).Select(static c => new
        {
            policy = Words.Of(c.Policy), against = Words.Of(c.Against), fewer_late = Math.Round(c.Fewer.Value, 4), low = Rounded(c.Fewer.Low), high = Rounded(c.Fewer.High), by_world_spread = c.ByWorld.Select(static x => Math.Round(x, 4)),
        }),
        worlds = worlds.Select(static w => new
        {
            seed = w.Key, promises = w.Value[0].Promises,
            policies = w.Value.Select(static x => new { policy = Words.Of(x.Policy), late = x.Late, cost_minor = x.Cost, remedies = x.Kinds.Select(static k => new { kind = Words.Of(k.Kind), taken = k.Count, expected = Math.Round(k.Expected, 4) }) }),
        }),
    });

    /// <param name="Fewer">Late orders avoided over late orders of the other, over all worlds; the interval by drawing worlds again.</param>
    /// <param name="ByWorld">The same share in each world: least, quartiles, most.</param>
    private sealed record Compared(MendingPolicy Policy, MendingPolicy Against, Estimate Fewer, double[] ByWorld);

    private static IEnumerable<Compared> Comparisons(SortedDictionary<int, IReadOnlyList<MendingOutcome>> worlds)
    {
        foreach (var (policy, against) in ((MendingPolicy, MendingPolicy)[])[(MendingPolicy.Situations, MendingPolicy.FirstComePaying), (MendingPolicy.SituationsFree, MendingPolicy.FirstCome),
            (MendingPolicy.Situations, MendingPolicy.Expedite), (MendingPolicy.Situations, MendingPolicy.Nothing)])
        {
            (double Fewer, double Of)[] pairs = [.. worlds.Values.Select(w => ((double)w[(int)against].Late - w[(int)policy].Late, (double)w[(int)against].Late))];
            if (Estimates.Ratio(pairs) is { } fewer) yield return new(policy, against, fewer, Spread(pairs.Where(static p => p.Of > 0).Select(static p => p.Fewer / p.Of)));
        }
    }

    /// <summary>Least, quartiles and most, between neighbours by straight lines (Hyndman and Fan 1996, definition 7).</summary>
    private static double[] Spread(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return [.. new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(p =>
        {
            double at = p * (sorted.Length - 1);
            int below = (int)at;
            return sorted[below] + (at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        })];
    }

    private static double? Rounded(double? x) => x is { } value ? Math.Round(value, 4) : null;
    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
