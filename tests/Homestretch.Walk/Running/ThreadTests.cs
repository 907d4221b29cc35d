using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

namespace Homestretch.Walk.Running;

/// <summary>The product's main job through real processes: a supplier's machine moves a customer's promise on an open screen.</summary>
public sealed class ThreadTests(Browser browser)
{
    /// <summary>A lot that waits for its sailing anyway is not late for a stop: then another machine is pulled down.</summary>
    [Fact]
    public async Task A_machine_pulled_down_moves_promises_on_an_open_screen_with_the_reason()
    {
        await using RunningServer server = await RunningServer.Start();
        await using RunningSimulator simulator = await RunningSimulator.Start(server);
        await using Walker today = await browser.Open(server.Address, "/", "paula");
        List<string> pulled = [];
        while (!await Moves(server, simulator, today, pulled)) Assert.True(pulled.Count < 5, $"No promise moved for {string.Join(", ", pulled)}.");
    }

    private async Task<bool> Moves(RunningServer server, RunningSimulator simulator, Walker today, List<string> pulled)
    {
        (string machine, string name, string order) = await Gating(server, pulled);
        pulled.Add(machine);
        await using Walker drawer = await browser.Open(server.Address, $"/orders?show=order:{Uri.EscapeDataString(order)}", "paula");
        string before = await Forecast(server, order);
        await drawer.Shoot("thread-order-before");

        Assert.Contains("is down", await simulator.Say($"down {machine} spindle seized"), StringComparison.Ordinal);

        if (!await Moved(server, machine, order, before)) return false;

        await today.Page.GetByText($"{name} at ").And(today.Page.GetByText("spindle seized")).First.WaitForAsync();
        await today.Shoot("thread-today-after");
        JsonElement change = await ChangeOf(server, machine) ?? throw new InvalidOperationException("The change is gone.");
        Assert.NotEqual("", change.GetProperty("consequence").GetString());
        await drawer.Page.GetByText("spindle seized").First.WaitForAsync();
        await drawer.Shoot("thread-order-after");
        Assert.Empty(today.Complaints.Concat(drawer.Complaints));
        return true;
    }

    /// <summary>A running machine whose own lot gates an order line, of those with most order lines behind them, and that order line.</summary>
    private static async Task<(string Machine, string Name, string Order)> Gating(RunningServer server, List<string> pulled)
    {
        for (int i = 0; i < 300; i++)
        {
            JsonElement rows = (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/machines?take=100")).GetProperty("rows");
            foreach (JsonElement m in rows.EnumerateArray().Where(m => Text(m, "state") == "running" && Text(m, "lot").Length > 0 && !pulled.Contains(Text(m, "machine"))).OrderByDescending(static m => m.GetProperty("order_lines_behind").GetInt32()))
            {
                JsonElement behind = (await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/machines/{Text(m, "machine")}")).GetProperty("behind");
                foreach (JsonElement order in behind.EnumerateArray().Where(o => Text(o, "gate_item") == Text(m, "item")).OrderByDescending(static o => o.GetProperty("gate_share").GetDouble()))
                {
                    JsonElement parts = (await server.Api.GetFromJsonAsync<JsonElement>(Path(Text(order, "order_line")))).GetProperty("parts");
                    if (parts.EnumerateArray().Any(p => p.GetProperty("cell").GetProperty("is_gate").GetBoolean() && Text(p.GetProperty("cell"), "lot") == Text(m, "lot")))
                        return (Text(m, "machine"), Text(m, "name"), Text(order, "order_line"));
                }
            }
            await Task.Delay(200);
        }
        throw new TimeoutException($"No further running machine's lot gates an order line.\n{server.Tail()}");
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static string Path(string order) => $"/api/v1/orders/{Uri.EscapeDataString(order)}";

    private static async Task<string> Forecast(RunningServer server, string order) =>
        (await server.Api.GetFromJsonAsync<JsonElement>(Path(order))).GetProperty("row").GetProperty("forecast").GetRawText();

    /// <summary>Whether the stop of the machine moved the order line, and its explanation says so; what does not within ten seconds does not.</summary>
    private static async Task<bool> Moved(RunningServer server, string machine, string order, string before)
    {
        for (int i = 0; i < 100; i++)
        {
            if (await ChangeOf(server, machine) is { } change && change.GetProperty("order_lines_moved").GetInt32() > 0 && before != await Forecast(server, order)
                && (await server.Api.GetStringAsync(Path(order), TestContext.Current.CancellationToken)).Contains("spindle seized", StringComparison.Ordinal)) return true;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        return false;
    }

    /// <summary>What the plan says of the machine's stop; null: nothing yet.</summary>
    private static async Task<JsonElement?> ChangeOf(RunningServer server, string machine) =>
        (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/changes?most=500")).EnumerateArray().Cast<JsonElement?>()
            .FirstOrDefault(c => c!.Value.GetProperty("machine").GetString() == machine && c.Value.GetProperty("cause").GetString()!.Contains("spindle seized", StringComparison.Ordinal));
}
