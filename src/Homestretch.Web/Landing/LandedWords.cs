using System.Globalization;
using Homestretch.Landing;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Web.Landing;

/// <summary>Words of landed cost.</summary>
internal static class LandedWords
{
    public static IReadOnlyList<CostKind> Kinds { get; } = Enum.GetValues<CostKind>();

    public static string Of(CostKind kind) => kind switch
    {
        CostKind.Price => "Price",
        CostKind.Freight => "Freight",
        CostKind.Insurance => "Insurance",
        CostKind.Duty => "Duty",
        CostKind.Fee => "Fees",
        CostKind.Holding => "Holding",
    };

    public static string Item(LandedItem item) => item.Name == item.Item ? item.Item : $"{item.Item}, {item.Name}";

    /// <summary>What tells one way to buy from the others.</summary>
    public static string Key(LandedSource s) => $"{s.Supplier}|{s.Lane}";

    public static string Anchor(LandedSource s) => $"way-{string.Concat(Key(s).Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";

    /// <summary>A part as people call it: the key of its row stands beside it already.</summary>
    public static string Title(LandedComponent c)
    {
        string key = c.Row.Split(' ', 2) is [_, var own] ? $" {own}" : "", title = key.Length > 1 && c.Title.EndsWith(key, StringComparison.Ordinal) ? c.Title[..^key.Length] : c.Title;
        return Wording.Title(c.Kind == CostKind.Duty ? $"{title} duty" : title);
    }

    /// <summary>A row as people call it: its table in words, and its key.</summary>
    public static string Row(string row) => row.Split(' ', 2) is [var table, var key] ? $"{Table(table)} {key.Replace("|", ", ", StringComparison.Ordinal)}" : row.Length > 0 ? $"our {row}" : "an assumption";

    /// <summary>Since when and until when a row holds, where it says so.</summary>
    public static string Holds(LandedSource s, string row) => s.Rows.FirstOrDefault(r => r.Row == row) is { } r
        ? $", {(r.From is { } from ? $"since {Day(from)}" : "")}{(r.To is { } to ? $"{(r.From is null ? "" : " ")}until {Day(to.PlusDays(-1))}" : "")}" : "";

    /// <summary>What is wrong, without the key of the way to buy, which stands above it.</summary>
    public static string Wrong(Finding f) => f.Place.Source.Length > 0 && f.What.StartsWith($"{f.Place.Source}: ", StringComparison.Ordinal) ? Wording.Title(f.What[(f.Place.Source.Length + 2)..]) : f.What;

    /// <summary>A kind's part of one unit.</summary>
    public static string Each(LandedSource s, CostKind kind) => Amount(decimal.Round(s.Components.Where(c => c.Kind == kind).Sum(static c => c.Amount) / s.Quantity, 2));

    public static string Amount(decimal? amount) => amount is { } a ? a.ToString("#,0.00", CultureInfo.InvariantCulture) : "unknown";

    public static string Signed(decimal amount) => amount == 0 ? "0" : $"{(amount > 0 ? "+" : "−")}{Amount(Math.Abs(amount))}";

    private static string Table(string table) => table switch
    {
        "items" => "item",
        "purchase_order_lines" => "purchase",
        "freight_rates" => "freight rate",
        "insurance_rates" => "insurance rate",
        "duty_measures" => "duty measure",
        "customs_fees" => "customs fee",
        "item_suppliers" => "way to buy",
        "item_origins" => "origin of",
        "customs_items" => "tariff code of",
        "customs_territories" => "customs territory",
        "exchange_rates" => "exchange rate",
        _ => table.Replace('_', ' '),
    };

    private static string Day(LocalDate day) => LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu").Format(day);
}
