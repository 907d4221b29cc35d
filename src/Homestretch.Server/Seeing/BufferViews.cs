using System.Globalization;
using System.Text.RegularExpressions;
using Homestretch.Buffering;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Advice on buffers, what setting them tells the world, and what is noted of it.</summary>
internal static partial class BufferViews
{
    private const int MostSettings = 500, LongestReason = 200;

    public static BuffersView Of(Sight sight, BufferBoard board, double target)
    {
        double[] targets = [.. BufferBoard.Targets.Order()];
        double nearest = targets.MinBy(t => Math.Abs(t - target));
        IReadOnlyList<BufferAnswer>? answers = board.For(nearest);
        BufferAdvice? any = answers?.OfType<BufferAnswer.Advised>().FirstOrDefault()?.Advice;
        return new(nearest, targets, any?.Policy.RatePerYear ?? new BufferPolicy().RatePerYear, any is null ? 0 : any.Policy.Days * any.Policy.SamplesPerDay, answers is null ? null : any?.Epoch ?? sight.Plan.Epoch, board.Stale, [.. (answers ?? []).Select(a => a.Match(x => Hub(sight, x.Advice), r => new HubBuffers(r.Hub.Value, NameOf(sight, r.Hub), "", 0, 0, [], null, null, 0, [], r.Reasons)))]);
    }

    private static string NameOf(Sight sight, Key<Site> hub) => sight.World.Sites.Find(hub)?.Name ?? hub.Value;

    private static HubBuffers Hub(Sight sight, BufferAdvice a)
    {
        bool priced = sight.Money && a.Currency.Length > 0;
        BufferWay Way(BufferRule rule, BufferOutcome x) => new(rule, x.Whole.Value, x.WorstKind.Value, priced ? x.HoldingPerKit / 100 : null, priced ? x.HoldingPerKit / 100 * a.Units : null);
        var ways = new List<BufferWay> { Way(BufferRule.InForce, a.Now), Way(BufferRule.Advised, a.Advised) };
        if (a.Uniform is { } uniform) ways.Add(Way(BufferRule.OneQuantile, uniform));
        ways.Add(Way(BufferRule.Normal, a.Classic));
        if (a.ClassicTuned is { } tuned) ways.Add(Way(BufferRule.NormalTuned, tuned));
        return new(a.Hub.Value, NameOf(sight, a.Hub), priced ? a.Currency : "", a.Kinds, a.Units, ways, sight.Money ? a.SavedOverUniform : null, sight.Money ? a.SavedOverClassic : null, a.Gap,
            [.. a.Parts.Select(p => Row(sight, p, priced)).OfType<BufferRow>().OrderByDescending(static r => r.Gates).ThenBy(static r => r.Item, StringComparer.Ordinal)], a.Findings);
    }

    /// <summary>The days in force are the world's of now, not those that the advice was reckoned with.</summary>
    private static BufferRow? Row(Sight sight, PartBuffer p, bool priced)
    {
        if (sight.World.ItemSuppliers.Find(p.Source.Value) is not { } buy) return null;
        Item? item = sight.ItemOf(p.Item);
        return new(p.Item.Value, item?.Name ?? "", item?.Group ?? "", p.Source.Value, sight.NameOf(buy.Supplier), buy.Lane.Value, priced ? (double?)p.Cost?.Major : null, p.HoldingAdvised is not null, p.TakenShare, buy.HardSafetyDays, buy.SoftSafetyDays, p.Advised,
            p.LeadDays, p.SpreadDays, p.LatestDays, priced ? p.HoldingNow / 100 : null, priced ? p.HoldingAdvised / 100 : null, p.OnTimeNow.Value, p.OnTimeAdvised.Value, p.GatesNow.Value, p.GatesAdvised.Value);
    }

    /// <summary>What an order tells the world, or why it cannot.</summary>
    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<BufferSetting> Before, IReadOnlyList<Finding> Wrong) Meant(Sight sight, BufferOrder order)
    {
        var (events, before, wrong) = (new List<WorldEvent>(), new List<BufferSetting>(), new List<Finding>());
        void Bad(string column, string rule, string what, string cure) => wrong.Add(new(new("request", 0, column), rule, what, cure));
        if (string.IsNullOrWhiteSpace(order.Reason)) Bad("reason", "missing", "The decision has no reason.", "Say why.");
        else if (order.Reason.Length > LongestReason) Bad("reason", "too-long", $"The reason has {order.Reason.Length} characters.", $"Use at most {LongestReason}.");
        if (order.Settings.Count is 0 or > MostSettings) Bad("settings", "how-many", $"{order.Settings.Count} buffers are given.", $"Give 1 to {MostSettings}.");
        foreach (BufferSetting s in order.Settings.Take(MostSettings))
        {
            if (sight.World.ItemSuppliers.Find(s.Source) is not { } known || sight.World.Lanes.Find(known.Lane)?.To.Value != order.Hub) Bad("source", "unknown-key", $"There is no way '{s.Source}' to buy for {order.Hub}.", "Take it from the advice: item|supplier|lane.");
            else if (before.Any(b => b.Source == s.Source)) Bad("source", "twice", $"'{s.Source}' is given twice.", "Give each once.");
            else
            {
                before.Add(new(s.Source, known.HardSafetyDays, known.SoftSafetyDays));
                events.Add(new WorldEvent.Put(known with { HardSafetyDays = s.HardDays, SoftSafetyDays = s.SoftDays }));
            }
        }
        return (events, before, wrong);
    }

    /// <summary>What is noted: reason, then each way to buy with its days before and after, hard + soft. <see cref="Read"/> reads it back.</summary>
    public static string Note(BufferOrder order, IReadOnlyList<BufferSetting> before) => string.Create(CultureInfo.InvariantCulture,
        $"{order.Reason.Trim().Replace(';', ',')}; {string.Join("; ", order.Settings.Select((s, i) => string.Create(CultureInfo.InvariantCulture, $"{s.Source} from {before[i].HardDays:0.######} + {before[i].SoftDays:0.######} to {s.HardDays:0.######} + {s.SoftDays:0.######} days")))}");

    public static BufferDecision Read(AuditEntry entry)
    {
        string[] said = entry.Detail.Split("; ");
        Match[] rows = [.. said.Skip(1).Select(static t => Setting().Match(t))];
        BufferSetting Of(Match m, int hard, int soft) => new(m.Groups[1].Value, decimal.Parse(m.Groups[hard].Value, CultureInfo.InvariantCulture), decimal.Parse(m.Groups[soft].Value, CultureInfo.InvariantCulture));
        return rows.All(static m => m.Success) ? new(entry.At, entry.Actor, said[0], [.. rows.Select(m => Of(m, 2, 3))], [.. rows.Select(m => Of(m, 4, 5))]) : new(entry.At, entry.Actor, said[0], [], []);
    }

    [GeneratedRegex(@"^(.+) from (\d{1,6}(?:\.\d{1,6})?) \+ (\d{1,6}(?:\.\d{1,6})?) to (\d{1,6}(?:\.\d{1,6})?) \+ (\d{1,6}(?:\.\d{1,6})?) days$")]
    private static partial Regex Setting();
}
