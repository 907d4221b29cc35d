using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Simulating;

/// <summary>Scores of played futures as text and as JSON (docs/command-line.md has the shape).</summary>
internal static class SimulateText
{
    public static void Print(TextWriter o, Instant start, SimulationPolicy policy, Scores s)
    {
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.Seeds.Count} futures of {policy.Days} days from {PlanText.Text(start)}, allocated at P{policy.Plan.AllocationQuantile * 100:0}, promised at P{policy.Plan.PromiseConfidence * 100:0}"));
        foreach (PromiseScore p in s.Promises)
            o.WriteLine($"promises kept, {(p.NoticeDays is { } days ? $"in force {days} days before" : "first"),-22} {Shown(p.Kept),-26} of {p.Count} given at {Percent(p.Confidence)}");
        if (s.OnTime is { } onTime) o.WriteLine($"on time for the requested date       {Shown(onTime)}");
        if (s.KitsWhole is { } whole) o.WriteLine($"kits whole by their planned start    {Shown(whole)}");
        foreach (StockScore hub in s.Stock)
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stock at {hub.Hub,-8} {hub.Pieces,8:0} pieces, {hub.UsedPerDay:0.0} used a day: {(hub.DaysOnHand is { } days ? days.ToString("0.0", CultureInfo.InvariantCulture) : "-")} days on hand"));
        foreach (HorizonScore h in s.Horizons.Where(static h => h.Count > 0))
        {
            o.WriteLine($"said {h.HorizonDays} days before the planned start, {h.Count} times");
            o.WriteLine("  P(kit) said   count   stated    came    gap   95 % interval");
            foreach (CalibrationBin b in h.Kits)
                o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {b.From:0.0} - {b.From + 0.1:0.0}   {b.Count,7}  {b.Stated * 100,6:0.0} %  {b.Came * 100,5:0.0} %  {b.Gap.Value * 100,5:+0.0;-0.0;0.0}   {(b.Gap.Low is { } low ? $"{low * 100:+0.0;-0.0;0.0} to {b.Gap.High * 100:+0.0;-0.0;0.0}" : "-")}{(b.Holds ? "" : "  off")}"));
            foreach (QuantileCoverage q in h.Dates) o.WriteLine($"  delivered by the stated P{q.Stated * 100:0}: {Shown(q.Came)}");
        }
        if (s.Undated > 0) o.WriteLine($"{s.Undated} times an open order line had no date at a look");
    }

    public static void Json(TextWriter o, Snapshot world, Instant start, SimulationPolicy policy, Scores s) => PlanText.Write(o, new
    {
        world = world.Version,
        start = PlanText.Text(start),
        days = policy.Days,
        policy = policy.Plan.Identity,
        promise_confidence = policy.Plan.PromiseConfidence,
        renew_below = policy.RenewBelow,
        replan = policy.Replan,
        new_orders = policy.NewOrders,
        fit_lanes = policy.FitLanes,
        promises = s.Promises.Select(static p => new { notice_days = p.NoticeDays, count = p.Count, stated_share = Round(p.Confidence), kept = Shape(p.Kept) }),
        on_time = Shape(s.OnTime),
        kits_whole = Shape(s.KitsWhole),
        stock = s.Stock.Select(static h => new { hub = h.Hub.Value, pieces = Round(h.Pieces), used_per_day = Round(h.UsedPerDay), days_on_hand = Round(h.DaysOnHand) }),
        horizons = s.Horizons.Select(static h => new
        {
            horizon_days = h.HorizonDays,
            count = h.Count,
            kits = h.Kits.Select(static b => new { from = b.From, to = Round(b.From + 0.1), count = b.Count, stated_share = Round(b.Stated), came_share = Round(b.Came), gap = Shape(b.Gap), holds = b.Holds }),
            dates = h.Dates.Select(static q => new { quantile = q.Stated, came = Shape(q.Came) }),
        }),
        seeds = s.Seeds.Select(static x => new { seed = x.Seed, orders = x.Orders, delivered = x.Delivered, first_promises_kept = Round(x.FirstPromisesKept), on_time = Round(x.OnTime), kits_whole = Round(x.KitsWhole) }),
        undated = s.Undated,
    });

    private static object? Shape(Estimate? e) => e is { } known ? new { share = Round(known.Value), low = Round(known.Low), high = Round(known.High) } : null;
    private static double? Round(double? x) => x is { } known ? Math.Round(known, 6) : null;
    private static string Percent(double x) => (x * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
    private static string Shown(Estimate e) => e.Low is { } low ? $"{Percent(e.Value)} ({Percent(low)} to {Percent(e.High!.Value)})" : Percent(e.Value);
}
