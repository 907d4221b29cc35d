using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Planning;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Cutting;

/// <summary>cut landed: what a unit costs at the hub by every way to buy it.</summary>
internal static class LandedCommand
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public static Command Build()
    {
        var folder = new Argument<string?>("FOLDER") { Description = "Company folder: one CSV a table. None: the demonstration company.", Arity = ArgumentArity.ZeroOrOne };
        var item = new Option<string?>("--item") { Description = "Only this item." };
        var supplier = new Option<string?>("--supplier") { Description = "Only from this supplier." };
        var to = new Option<string?>("--to") { Description = "Only to this site, market or customs territory." };
        var on = new Option<string?>("--on") { Description = "Day of entry, such as 2026-11-24; default: today." };
        var quantity = new Option<decimal?>("--quantity") { Description = "Units in one consignment; default: the smallest purchase." };
        var rate = new Option<decimal>("--holding-rate") { Description = "Cost of holding a unit of value for a year.", DefaultValueFactory = static _ => 0.2m };
        var age = new Option<int>("--rate-days") { Description = "Days after which an exchange rate is too old.", DefaultValueFactory = static _ => 31 };
        var why = new Option<bool>("--why") { Description = "Print every component with its reason." };
        var json = new Option<bool>("--json") { Description = "Print JSON (see docs/command-line.md)." };
        var command = new Command("landed", "Landed cost of every way to buy an item: price, freight, insurance, duty, fees and holding, each with its reason.") { folder, item, supplier, to, on, quantity, rate, age, why, json };
        command.SetAction(r =>
        {
            Instant now = SystemClock.Instance.GetCurrentInstant();
            ParseResult<LocalDate>? day = r.GetValue(on) is { } text ? LocalDatePattern.Iso.Parse(text) : null;
            string? wrong = day is { Success: false } ? $"--on: '{r.GetValue(on)}' is no day. Write it like 2026-11-24." : r.GetValue(quantity) <= 0 ? "--quantity: give more than 0."
                : r.GetValue(rate) is not (>= 0 and <= 10) ? "--holding-rate: give 0 to 10." : r.GetValue(age) is not (>= 0 and <= 3660) ? "--rate-days: give 0 to 3660." : null;
            if (wrong is not null)
            {
                Console.Error.WriteLine(wrong);
                return Folder.BadInput;
            }
            LocalDate entered = day?.Value ?? now.InUtc().Date;
            if ((r.GetValue(folder) is { } path ? Folder.Read(path) : Snapshot.Of(DemoCompany.Make(entered.AtMidnight().InUtc().ToInstant(), DemoCompany.DefaultSeed))) is not { } world) return Folder.BadInput;
            var query = new SourceQuery(entered, r.GetValue(item), r.GetValue(supplier), r.GetValue(to), r.GetValue(quantity));
            IReadOnlyList<SourceLanded> all = Sources.Landed(world, query, new LandingPolicy { HoldingRate = r.GetValue(rate), MostRateDays = r.GetValue(age) });
            if (all.Count == 0) Console.Error.WriteLine("No way to buy is like that.");
            if (r.GetValue(json)) Json(entered, all);
            else Print(world, entered, all, r.GetValue(why));
            return all.Count > 0 && all.All(static s => s.Landed is not null) ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static void Print(Snapshot world, LocalDate entered, IReadOnlyList<SourceLanded> all, bool why)
    {
        var shown = CultureInfo.InvariantCulture;
        Console.Out.WriteLine($"One unit, entered on {LocalDatePattern.Iso.Format(entered)}\n{"item",-9} {"supplier",-10} {"lane",-14} {"of",-3} {"tariff code",-14} {"units",6} {"price",9} {"freight",8} {"insured",8} {"duty",8} {"fees",7} {"holding",8} {"landed",10}");
        foreach (SourceLanded s in all)
        {
            ConsignmentLine line = s.Consignment.Lines[0];
            string head = string.Create(shown, $"{s.Source.Item,-9} {s.Source.Supplier,-10} {s.Source.Lane,-14} {line.Origin ?? "?",-3} {line.Hs ?? "?",-14} {s.Quantity,6:0.###}");
            if (s.Landed is { } landed)
                Console.Out.WriteLine(string.Create(shown, $"{head} {Each(CostKind.Price),9:#,0.00} {Each(CostKind.Freight),8:0.00} {Each(CostKind.Insurance),8:0.00} {Each(CostKind.Duty),8:0.00} {Each(CostKind.Fee),7:0.00} {Each(CostKind.Holding),8:0.00} {landed.Total / s.Quantity,10:#,0.00} {landed.Currency}"));
            else
                Console.Out.WriteLine($"{head}  cannot be told: {s.Findings.Count} findings");
            if (why && s.Landed is { } told)
            {
                foreach (LandedComponent c in told.Components) Console.Out.WriteLine(string.Create(shown, $"  {c.Amount,12:#,0.00} {c.Currency}  {c.Title}: {c.Why}{(c.Row.Length > 0 ? $" [{c.Row}]" : "")}{(c.Source.Length > 0 ? $" ({c.Source})" : "")}"));
                foreach (SetAside x in told.SetAside) Console.Out.WriteLine($"  does not count: {x.Row}, {x.Why}");
            }
            decimal Each(CostKind kind) => s.Landed!.Of(line.Key, kind) / s.Quantity;
        }
        if (all.Any(static s => s.Landed?.Components.Any(static c => c.Sample) ?? false)) Console.Out.WriteLine("Samples are among the rows that made this: check them before you rely on it.");
        foreach (Finding f in all.SelectMany(static s => s.Findings)) Console.Error.WriteLine(f);
    }

    private static void Json(LocalDate entered, IReadOnlyList<SourceLanded> all) => Console.Out.WriteLine(JsonSerializer.Serialize(new
    {
        Entered = LocalDatePattern.Iso.Format(entered),
        Sources = all.Select(static s => new
        {
            Item = s.Source.Item.Value, Supplier = s.Source.Supplier.Value, Lane = s.Source.Lane.Value, s.Quantity, s.Consignment.Lines[0].Origin, s.Consignment.Lines[0].Hs, s.Landed?.Territory, s.Landed?.Currency,
            s.Landed?.Total, PerUnit = s.Landed is { } l ? decimal.Round(l.Total / s.Quantity, 4) : (decimal?)null, s.Landed?.Components, s.Landed?.SetAside, Findings = s.Findings.Select(static f => f.ToString()),
        }),
    }, s_json));
}
