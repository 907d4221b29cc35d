using System.Globalization;
using System.Text;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Branching;

/// <summary>Assumptions as lines of text, as a person writes them and an address carries them. A day is its midnight in UTC; a word with blanks stands in quotation marks.</summary>
public static class AssumptionText
{
    private static readonly LocalTimePattern s_time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary>The forms, one of each kind.</summary>
    public static IReadOnlyList<string> Forms { get; } =
    [
        "close PASSAGE [from DAY] [until DAY | for 3 weeks]",
        "lose SUPPLIER [from DAY] [until DAY | for 3 weeks]",
        "demand +20% [market MARKET] [family FAMILY]",
        "shift LINE 14:00-22:00 [from DAY] [until DAY | for 3 weeks]",
        "lane LANE +30%",
        "stock SITE ITEM +200",
        "stop MACHINE [from DAY] [until DAY | for 3 days]",
        "set TABLE KEY column=value ...",
        "remove TABLE KEY",
    ];

    /// <summary>Reads lines; empty ones and those that begin with # are passed over.</summary>
    /// <param name="source">Where they come from, for findings.</param>
    public static (IReadOnlyList<Assumption> Assumed, IReadOnlyList<Finding> Findings) Parse(IEnumerable<string> lines, string source)
    {
        var assumed = new List<Assumption>();
        var findings = new List<Finding>();
        int n = 0;
        foreach (string line in lines)
        {
            n++;
            if (line.Trim() is { Length: 0 } or ['#', ..]) continue;
            var (one, wrong, cure) = Parse(line);
            if (one is not null) assumed.Add(one);
            else findings.Add(new(new(source, n), "assumption", wrong!, cure!));
        }
        return (assumed, findings);
    }

    /// <summary>Reads one line; else says what is wrong with it.</summary>
    public static (Assumption? Value, string? Wrong, string? Cure) Parse(string line)
    {
        if (Words(line) is not { } words) return (null, "A quotation mark is not closed.", "Close it; a quotation mark inside is written twice.");
        if (words.Count == 0) return (null, "The line is empty.", Cure);
        var rest = new Reader(words);
        Assumption? read = words[0] switch
        {
            "close" => rest.Word("a passage") is { } p && rest.When() is { } when ? World.Words.Find<Passage>(p) is { } passage ? new Assumption.PassageClosed(passage, when)
                : rest.Refuse($"'{p}' is no passage.", $"Write one of: {string.Join(", ", World.Words.Of<Passage>())}.") : null,
            "lose" => rest.Word("a supplier") is { } s && rest.When() is { } when ? new Assumption.SupplierLost(s, when) : null,
            "demand" => rest.Change(-1, "demand") is { } change && rest.Demand() is var (market, family, read1) && read1 ? new Assumption.DemandChanged(change, market, family) : null,
            "shift" => rest.Word("an assembly line") is { } l && rest.Hours() is var (opens, closes) && rest.When() is { } when ? new Assumption.ShiftAdded(l, opens, closes, when) : null,
            "lane" => rest.Word("a lane") is { } l && rest.Change(-0.99m, "a lane's time") is { } change ? new Assumption.LaneChanged(l, change) : null,
            "stock" => rest.Word("a site") is { } site && rest.Word("an item") is { } item && rest.Units() is { } units ? new Assumption.StockChanged(site, item, units) : null,
            "stop" => rest.Word("a machine") is { } m && rest.When() is { } when ? new Assumption.MachineStopped(m, when) : null,
            "set" => rest.Word("a table") is { } table && rest.Word("a key") is { } id && rest.Cells() is { } cells ? new Assumption.RecordSet(table, id, cells) : null,
            "remove" => rest.Word("a table") is { } table && rest.Word("a key") is { } id ? new Assumption.RecordRemoved(table, id) : null,
            _ => rest.Refuse($"'{words[0]}' is nothing that can be assumed.", Cure),
        };
        if (read is not null && rest.Left is { } left) return (null, $"'{left}' is left over.", Cure);
        return read is null ? (null, rest.Wrong ?? "The line cannot be read.", rest.Cure ?? Cure) : (read, null, null);
    }

    /// <summary>The line that reads as this assumption.</summary>
    public static string Of(Assumption assumption) => assumption.Match(
        static x => $"close {World.Words.Of(x.Passage)}{Of(x.When)}",
        static x => $"lose {Quoted(x.Supplier.Value)}{Of(x.When)}",
        static x => $"demand {Percent(x.Change)}{(x.Market is { } m ? $" market {Quoted(m.Value)}" : "")}{(x.Family is { } f ? $" family {Quoted(f.Value)}" : "")}",
        static x => $"shift {Quoted(x.Line.Value)} {s_time.Format(x.Opens)}-{s_time.Format(x.Closes)}{Of(x.When)}",
        static x => $"lane {Quoted(x.Lane.Value)} {Percent(x.Change)}",
        static x => $"stock {Quoted(x.Site.Value)} {Quoted(x.Item.Value)} {Signed(x.Units)}",
        static x => $"stop {Quoted(x.Machine.Value)}{Of(x.When)}",
        static x => $"set {Quoted(x.Table)} {Quoted(x.Id)}{string.Concat(x.Cells.Select(static c => $" {Quoted($"{c.Column}={c.Cell}")}"))}",
        static x => $"remove {Quoted(x.Table)} {Quoted(x.Id)}");

    private static string Cure => $"Write one of: {string.Join("; ", Forms)}.";

    private static string Of(Stretch when) => (when.From is { } from ? $" from {Day(from)}" : "") + (when.Until is { } until ? $" until {Day(until)}" : when.Days is { } days ? $" for {days} days" : "");

    private static string Day(Instant at) => at.InUtc() is { TimeOfDay: var time } utc && time == LocalTime.Midnight ? LocalDatePattern.Iso.Format(utc.Date) : InstantPattern.ExtendedIso.Format(at);

    private static string Percent(decimal change) => $"{Signed(change * 100)}%";

    private static string Signed(decimal value) => value.ToString("+0.##########;-0.##########;+0", CultureInfo.InvariantCulture);

    private static string Quoted(string word) => word.Length > 0 && !word.Contains('"', StringComparison.Ordinal) && !word.Any(char.IsWhiteSpace) && word[0] != '#' ? word : $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Words between blanks; null when a quotation mark stays open.</summary>
    private static List<string>? Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool within = false, any = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && within && i + 1 < line.Length && line[i + 1] == '"') word.Append(line[++i]);
            else if (c == '"') (within, any) = (!within, true);
            else if (within || !char.IsWhiteSpace(c)) (_, any) = (word.Append(c), true);
            else if (any)
            {
                words.Add(word.ToString());
                word.Clear();
                any = false;
            }
        }
        if (any) words.Add(word.ToString());
        return within ? null : words;
    }

    /// <summary>Takes word after word; keeps the first thing that is wrong.</summary>
    private sealed class Reader(List<string> words)
    {
        private int _at = 1;

        public string? Wrong { get; private set; }
        public string? Cure { get; private set; }
        public string? Left => _at < words.Count ? words[_at] : null;

        public Assumption? Refuse(string wrong, string cure)
        {
            (Wrong, Cure) = (Wrong ?? wrong, Cure ?? cure);
            return null;
        }

        public string? Word(string what)
        {
            if (Left is { Length: > 0 } word)
            {
                _at++;
                return word;
            }
            Refuse($"'{words[0]}' names {what}, and none is given.", AssumptionText.Cure);
            return null;
        }

        public decimal? Change(decimal least, string what)
        {
            if (Word("a change in percent") is not { } word) return null;
            if (word.EndsWith('%') && Number(word[..^1]) is { } percent && percent is >= -100 and <= 1_000 && percent / 100 >= least) return percent / 100;
            Refuse($"'{word}' is no change of {what}.", "Write percent with a sign, from -99 % to +1000 %, such as +20%.");
            return null;
        }

        public decimal? Units()
        {
            if (Word("an amount") is not { } word) return null;
            if (Number(word) is { } units && Math.Abs(units) <= 1_000_000_000) return units;
            Refuse($"'{word}' is no amount.", "Write a number with a sign, such as +200 or -35.5.");
            return null;
        }

        public (LocalTime, LocalTime)? Hours()
        {
            if (Word("hours") is not { } word) return null;
            if (word.Split('-') is [var opens, var closes] && s_time.Parse(opens) is { Success: true } from && s_time.Parse(closes) is { Success: true } to) return (from.Value, to.Value);
            Refuse($"'{word}' are no hours.", "Write when it begins and ends, such as 14:00-22:00.");
            return null;
        }

        public (Key<Market>? Market, Key<Item>? Family, bool Read) Demand()
        {
            (Key<Market>? market, Key<Item>? family) = (null, null);
            while (Left is "market" or "family")
            {
                string which = words[_at++];
                if (Word($"a {which}") is not { } key) return (null, null, false);
                if (which == "market") market = key; else family = key;
            }
            return (market, family, true);
        }

        public Stretch? When()
        {
            Instant? from = null, until = null;
            int? days = null;
            while (Left is "from" or "until" or "for")
            {
                string which = words[_at++];
                if (which == "for")
                {
                    if (Lasts() is not { } lasts) return null;
                    days = lasts;
                }
                else if (At() is not { } at) return null;
                else if (which == "from") from = at;
                else until = at;
            }
            if (until is not null && days is not null)
            {
                Refuse("It has an end and a length.", "Give one of them.");
                return null;
            }
            if (until <= from)
            {
                Refuse($"It ends {from - until} before it begins, or at once.", "End it after its begin.");
                return null;
            }
            return new Stretch(from, until, days);
        }

        public List<(string, string)>? Cells()
        {
            var cells = new List<(string, string)>();
            while (Left is { } word)
            {
                int at = word.IndexOf('=', StringComparison.Ordinal);
                if (at < 1)
                {
                    Refuse($"'{word}' sets nothing.", "Write column=value.");
                    return null;
                }
                cells.Add((word[..at], word[(at + 1)..]));
                _at++;
            }
            if (cells.Count > 0) return cells;
            Refuse("Nothing is set.", "Write column=value.");
            return null;
        }

        private int? Lasts()
        {
            if (Word("a length") is not { } count || Word("days or weeks") is not { } unit) return null;
            int each = unit is "day" or "days" ? 1 : unit is "week" or "weeks" ? 7 : 0;
            if (each > 0 && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is > 0 and <= 3_650) return n * each;
            Refuse($"'{count} {unit}' is no length.", "Write days or weeks, such as for 3 weeks.");
            return null;
        }

        private Instant? At()
        {
            if (Word("a day") is not { } word) return null;
            if (LocalDatePattern.Iso.Parse(word) is { Success: true, Value.Year: > 0 and < 9999 } day) return day.Value.AtMidnight().InUtc().ToInstant();
            if (OffsetDateTimePattern.ExtendedIso.Parse(word) is { Success: true, Value.Year: > 0 and < 9999 } moment) return moment.Value.ToInstant();
            Refuse($"'{word}' is no day.", "Write a day or a moment with offset, such as 2026-12-01 or 2026-12-01T06:00:00Z.");
            return null;
        }

        private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n) ? n : null;
    }
}
