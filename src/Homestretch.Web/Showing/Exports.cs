using System.Globalization;
using System.IO.Compression;
using System.Text;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Homestretch.Web.Showing;

/// <summary>Every table as RFC 4180 CSV, whole, under the filters of its page: <c>GET /export/{table}.csv?filters</c>.</summary>
internal static class Exports
{
    private const int All = 1_000_000;

    public static void MapExports(this IEndpointRouteBuilder app)
    {
        var export = app.MapGroup("/export").RequireAuthorization();
        export.MapGet("/kits.csv", static (IWindow w, string? line, string? market, bool? risk) => Kits(w.Kits(new(Line: line, Market: market, OnlyAtRisk: risk == true, Take: All))));
        export.MapGet("/orders.csv", static (IWindow w, [AsParameters] OrderFilter f) => Orders(w.Orders(f.Query(0, All)).Rows));
        export.MapGet("/supply.csv", static (IWindow w, [AsParameters] LotFilter f) => Lots(w.Lots(f.Query(0, All)).Rows));
        export.MapGet("/machines.csv", static (IWindow w, [AsParameters] MachineFilter f) => Machines(w.Machines(f.Query(0, All)).Rows));
        export.MapGet("/lines.csv", static (IWindow w, DateTimeOffset from, DateTimeOffset to) => Lines(w.Lines(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to))));
        export.MapGet("/units.csv", static async (HttpContext http, IWindow w, [AsParameters] UnitFilter f) => Units((await w.Units(f.Query(0, All), http.RequestAborted)).Rows));
        export.MapGet("/ledger.csv", static async (HttpContext http, IWindow w, [AsParameters] LedgerFilter f) => Ledger((await w.Ledger(f.Query(0, All), http.RequestAborted)).Rows));
        export.MapGet("/accounts.csv", static (IWindow w) => w.Administration() is { } a ? Csv("accounts", ["login", "name", "role", "party", "party_name", "disabled"],
            a.Accounts.Select(static r => new object?[] { r.Login, r.Name, Wording.Of(r.Role), r.Party, r.PartyName, r.Disabled })) : Results.NotFound());
        export.MapGet("/counters.csv", static (IWindow w) => w.Administration() is { } a ? Csv("counters", ["name", "value", "meaning"],
            a.Counters.Select(static r => new object?[] { r.Name, r.Value, r.Doc })) : Results.NotFound());
        export.MapGet("/audit.csv", static async (IWindow w, string? text, CancellationToken cancel) => w.Person.May.Contains(Permission.SeeAudit) ? Csv("audit", ["number", "at", "party", "actor", "action", "subject", "detail"],
            (await w.Audit(text, 0, All, cancel)).Rows.Select(static r => new object?[] { r.Number, r.At, r.Party, r.Actor, r.Action, r.Subject, r.Detail })) : Results.NotFound());
        export.MapGet("/table/{table}.csv", static (IWindow w, string table) => w.Person.May.Contains(Permission.Import) && TableKind.Named(table) is { } kind
            ? Results.File(Table(w, kind), "text/csv; charset=utf-8", $"{table}.csv") : Results.NotFound());
        export.MapGet("/company.zip", static (IWindow w) => w.Person.May.Contains(Permission.Import) ? Results.File(Company(w), "application/zip", "company.zip") : Results.NotFound());
    }

    /// <summary>Every table that has rows, in the form Import reads.</summary>
    private static byte[] Company(IWindow w)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (TableKind kind in TableKind.All.Where(k => w.Records(k).Any()))
            {
                using Stream entry = zip.CreateEntry($"{kind.Name}.csv").Open();
                entry.Write(Table(w, kind));
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Table(IWindow w, TableKind kind)
    {
        var text = new StringBuilder().AppendJoin(',', kind.Columns.Select(static c => c.Name)).Append("\r\n");
        foreach (IRecord record in w.Records(kind)) text.AppendJoin(',', kind.Cells(record).Select(Rfc)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IResult Kits(KitGridView g) => Csv("kits", ["build", "order_line", "customer", "market", "line", "start", "whole_share", "gate_group", "gate_item", "gate_share", "slack_days", "state", .. g.Groups.Select(static c => $"{c} on_time_share")],
        g.Rows.Select(static r => (object?[])[r.Build, r.OrderLine, r.Customer, r.Market, r.Line, r.Start, r.WholeShare, r.GateGroup, r.GateItem, r.GateShare, r.SlackDays, r.State, .. r.Cells.Select(static c => (object?)c?.OnTimeShare)]));

    private static IResult Orders(IEnumerable<OrderRow> rows) => Csv("orders", ["order_line", "customer", "family", "quantity", "market", "variant", "class", "requested", "promised", "confidence", "p50", "p80", "p90", "p95", "kept_share", "state", "gate_group", "gate_item", "gate_share", "price", "currency", "status"],
        rows.Select(static r => new object?[] { r.OrderLine, r.Customer, r.Family, r.Quantity, r.Market, r.Variant, r.Class, r.Requested, r.Promised, r.Confidence, r.Forecast?.P50, r.Forecast?.P80, r.Forecast?.P90, r.Forecast?.P95, r.KeptShare, r.State, r.GateGroup, r.GateItem, r.GateShare, r.Price?.Major, r.Price?.Currency, r.Status }));

    private static IResult Lots(IEnumerable<LotRow> rows) => Csv("supply", ["lot", "item", "item_name", "group", "supplier", "quantity", "unit", "lane", "state", "now", "due", "p50", "p90", "on_time_share", "shipment", "container", "order_lines_held", "gates_order_lines", "as_of", "overdue"],
        rows.Select(static r => new object?[] { r.Lot, r.Item, r.ItemName, r.Group, r.Supplier, r.Quantity.Value, r.Quantity.Unit, r.Lane, r.State, r.Now, r.Due, r.P50, r.P90, r.OnTimeShare, r.Shipment, r.Container, r.OrderLinesHeld, r.GatesOrderLines, r.AsOf, r.Overdue }));

    private static IResult Machines(IEnumerable<MachineRow> rows) => Csv("machines", ["machine", "name", "supplier", "site", "state", "since", "reason", "as_of", "oee", "rate_per_hour", "remaining_p10_hours", "remaining_p50_hours", "lot", "item", "progress", "lot_ready_p50", "lot_ready_p90", "order_lines_behind", "promises_behind", "at_stake_promises", "waiting_costs_promises", "best_slot", "good_until"],
        rows.Select(static r => new object?[] { r.Machine, r.Name, r.Supplier, r.Site, r.State, r.Since, r.Reason, r.AsOf, r.Oee, r.RatePerHour, r.RemainingP10Hours, r.RemainingP50Hours, r.Lot, r.Item, r.Progress, r.LotReadyP50, r.LotReadyP90, r.OrderLinesBehind, r.Upkeep?.Promises, r.Upkeep?.AtStake, r.Upkeep?.WaitingCosts, r.Upkeep?.Best, r.Upkeep?.GoodUntil }));

    private static IResult Lines(IEnumerable<LineView> lines) => Csv("builds", ["line", "build", "order_line", "customer", "market", "quantity", "start", "end", "end_p90", "whole_share", "status", "state"],
        lines.SelectMany(static l => l.Builds.Select(b => new object?[] { l.Line, b.Build, b.OrderLine, b.Customer, b.Market, b.Quantity, b.Start, b.End, b.EndP90, b.WholeShare, b.Status, b.State })));

    private static IResult Units(IEnumerable<UnitRow> rows) => Csv("units", ["serial", "family", "market", "order_line", "customer", "hub", "state", "begun", "completed", "parts", "parts_without_lot"],
        rows.Select(static r => new object?[] { r.Serial, r.Family, r.Market, r.OrderLine, r.Customer, r.Hub, r.State, r.Begun, r.Completed, r.Parts, r.NoLot }));

    private static IResult Ledger(IEnumerable<FloorOperation> rows) => Csv("ledger", ["operation", "site", "act", "happened", "heard", "device", "operator", "item", "revision", "lot", "part_serial", "quantity", "from", "to", "build", "unit", "step", "values", "reason", "on_hand_change", "answer", "rule", "said"],
        rows.Select(static o => new object?[] { o.Id, o.Site.Value, o.Act, o.Happened, o.Heard, o.Device, o.Operator, o.Item, o.Revision, o.LotNumber, o.PartSerial, o.Quantity, o.From, o.To, o.Build, o.Unit, o.Step, o.Values, o.Reason, o.Change, o.Answer, o.Rule, o.Said }));

    internal static IResult Csv(string name, IEnumerable<string> header, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder().AppendJoin(',', header.Select(Quoted)).Append("\r\n");
        foreach (object?[] row in rows) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"{name}.csv");
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        Instant at => When.Iso(at),
        Enum kind => Kebab(kind),
        bool yes => yes ? "true" : "false",
        string text => Quoted(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    // A cell that begins like a formula would be run by a spreadsheet; an apostrophe keeps it text (OWASP, CSV injection).
    private static string Quoted(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '@' or '-' or '\t') text = $"'{text}";
        return Rfc(text);
    }

    private static string Rfc(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Kebab(Enum kind) => string.Concat(kind.ToString().Select(static (c, i) => char.IsAsciiLetterUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));
}
