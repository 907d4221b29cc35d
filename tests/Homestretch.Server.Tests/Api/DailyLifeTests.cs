using System.Net;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Events;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>What an ERP sends every day, as CSV and as JSON, over HTTP.</summary>
public sealed class DailyLifeTests(OneServer one) : IClassFixture<OneServer>
{
    private static readonly TableKind s_orders = TableKind.Named("order_lines")!, s_lots = TableKind.Named("lots")!, s_purchases = TableKind.Named("purchase_order_lines")!;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<RunningServer> Server() => one.Server(static async () =>
    {
        RunningServer server = await RunningServer.Demo();
        await server.Load();
        return server;
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_change_split_and_cancel_lots_arrive_and_what_is_absent_stays(bool csv)
    {
        await using RunningServer server = await Server();
        int before = (await Rows<OrderLine>(server, s_orders)).Count;
        OrderLine[] open = [.. DemoFolder.World.OrderLines.Where(static o => o.Status == OrderStatus.Approved && o.Quantity >= 2).Skip(csv ? 0 : 2).Take(2)];
        OrderLine other = DemoFolder.World.OrderLines.Where(static o => o.Status == OrderStatus.Approved && o.Quantity == 1).ElementAt(csv ? 0 : 1);
        Lot sailing = DemoFolder.World.Lots.Where(static l => l.State == LotState.Shipped).ElementAt(csv ? 0 : 1);
        IRecord[] delta =
        [
            open[0] with { Class = 1 },
            open[1] with { Quantity = 1 }, open[1] with { Key = open[1].Id + "-rest", Quantity = open[1].Quantity - 1 },
            other with { Status = OrderStatus.Cancelled },
        ];
        await Accepted(server, csv, delta);
        await Accepted(server, csv, [sailing with { State = LotState.Received }]);

        var now = await Rows<OrderLine>(server, s_orders);
        Assert.Equal(before + 1, now.Count);
        Assert.Equal((1, 1, open[1].Quantity - 1, OrderStatus.Cancelled), (now[open[0].Id].Class, now[open[1].Id].Quantity, now[open[1].Id + "-rest"].Quantity, now[other.Id].Status));
        Assert.Equal(LotState.Received, (await Rows<Lot>(server, s_lots))[sailing.Id].State);
        long sequence = (await server.Get("/health")).GetProperty("sequence").GetInt64();
        await Accepted(server, csv, delta);
        Assert.Equal(sequence, (await server.Get("/health")).GetProperty("sequence").GetInt64());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_unit_or_currency_is_refused_with_a_finding_and_nothing_changes(bool csv)
    {
        await using RunningServer server = await Server();
        Lot lot = DemoFolder.World.Lots.Where(static l => l.State == LotState.Shipped).ElementAt(2);
        PurchaseOrderLine purchase = DemoFolder.World.PurchaseOrderLines.First(static p => p is { Status: OrderStatus.Approved or OrderStatus.Confirmed, Price: not null });
        await Refused(server, csv, s_lots, Altered(lot, "unit", "KG"), "unit-of-measure");
        await Refused(server, csv, s_purchases, Altered(purchase, "currency", "EURO"), "currency");
        Assert.Equal(lot, (await Rows<Lot>(server, s_lots))[lot.Id]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_is_confirmed_only_with_its_documents_and_within_the_rules_of_its_market(bool csv)
    {
        await using RunningServer server = await Server();
        OrderLine order = DemoFolder.World.OrderLines.Where(static o => o.Status == OrderStatus.Approved && o.Market == "US").ElementAt(csv ? ^1 : ^2);
        await Refused(server, csv, s_orders, Altered(order with { Market = "NYC" }, "status", "confirmed"), "document-missing");
        await Refused(server, csv, s_orders, Altered(order with { Options = order.Options.With("throttle", "28mph") }, "status", "confirmed"), "market-rule");
        Assert.Equal(OrderStatus.Approved, (await Rows<OrderLine>(server, s_orders))[order.Id].Status);
        await Accepted(server, csv, [order with { Status = OrderStatus.Confirmed }]);
        Assert.Equal(OrderStatus.Confirmed, (await Rows<OrderLine>(server, s_orders))[order.Id].Status);
    }

    private static async Task Accepted(RunningServer server, bool csv, IRecord[] records)
    {
        TableKind kind = TableKind.For(records[0]);
        using HttpResponseMessage answer = csv ? await server.Http.PostAsync($"/api/v1/tables/{kind.Name}.csv", new ByteArrayContent(CompanyFolder.WriteTable(kind, records)), Stop)
            : await server.Http.PostAsync("/api/v1/changes", RunningServer.Json(Encoding.UTF8.GetString(EventText.Write([.. records.Select(static r => new WorldEvent.Put(r))]))), Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task Refused(RunningServer server, bool csv, TableKind kind, Dictionary<string, string> row, string rule)
    {
        string text = csv ? $"{string.Join(',', row.Keys)}\n{string.Join(',', row.Values)}\n" : JsonSerializer.Serialize(new[] { new { put = kind.Name, row } });
        using HttpResponseMessage answer = await server.Http.PostAsync(csv ? $"/api/v1/tables/{kind.Name}.csv" : "/api/v1/changes", RunningServer.Json(text), Stop);
        string said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(JsonElement.Parse(said).GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString()!.Contains(rule, StringComparison.Ordinal));
    }

    /// <summary>A record's row with one cell changed.</summary>
    private static Dictionary<string, string> Altered(IRecord record, string column, string cell)
    {
        TableKind kind = TableKind.For(record);
        var row = kind.Columns.Zip(kind.Cells(record)).ToDictionary(static c => c.First.Name, static c => c.Second);
        Assert.NotEqual(cell, row[column]);
        row[column] = cell;
        return row;
    }

    private static async Task<Dictionary<string, R>> Rows<R>(RunningServer server, TableKind kind) where R : class, IRecord
    {
        byte[] bytes = await server.Http.GetByteArrayAsync($"/api/v1/tables/{kind.Name}.csv", Stop);
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (events, findings) = EventText.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(lines.Skip(1).Select(l => new { put = kind.Name, row = lines[0].TrimEnd('\r').Split(',').Zip(l.TrimEnd('\r').Split(',')).ToDictionary(static c => c.First, static c => c.Second) }))), "rows");
        Assert.Empty(findings);
        return events.Select(static e => (R)((WorldEvent.Put)e).Record).ToDictionary(static r => r.Id, StringComparer.Ordinal);
    }
}
