using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Screens;
using Microsoft.Playwright;

namespace Homestretch.Walk.Running;

/// <summary>The product's main job through real processes: a supplier's machine moves a customer's promise on an open screen.</summary>
public sealed class ThreadTests(Browser browser)
{
    [Fact]
    public async Task A_machine_pulled_down_moves_promises_on_an_open_screen_with_the_reason()
    {
        await using RunningServer server = await RunningServer.Start();
        await using RunningSimulator simulator = await RunningSimulator.Start(server);
        (string machine, string name, string order) = await Busiest(server);
        await using Walker today = await browser.Open(server.Address, "/", "paula");
        await using Walker drawer = await browser.Open(server.Address, $"/orders?show=order:{Uri.EscapeDataString(order)}", "paula");
        string before = await Forecast(server, order);
        await drawer.Shoot("thread-order-before");

        Assert.Contains("is down", await simulator.Say($"down {machine} spindle seized"), StringComparison.Ordinal);

        ILocator cause = today.Page.GetByText($"{name} at ").And(today.Page.GetByText("spindle seized")).First;
        await cause.WaitForAsync();
        await today.Shoot("thread-today-after");
        JsonElement change = await ChangeOf(server, machine);
        Assert.True(change.GetProperty("order_lines_moved").GetInt32() > 0, $"No order line moved: {change}");
        Assert.NotEqual("", change.GetProperty("consequence").GetString());
        Assert.NotEqual(before, await Forecast(server, order));
        await drawer.Page.GetByText("spindle seized").First.WaitForAsync();
        await drawer.Shoot("thread-order-after");
        Assert.Empty(today.Complaints.Concat(drawer.Complaints));
    }

    /// <summary>The running machine that the most order lines wait for, and one of them.</summary>
    private static async Task<(string Machine, string Name, string Order)> Busiest(RunningServer server)
    {
        for (int i = 0; i < 100; i++)
        {
            JsonElement rows = (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/machines?take=100")).GetProperty("rows");
            foreach (JsonElement m in rows.EnumerateArray().Where(static m => m.GetProperty("state").GetString() == "running").OrderByDescending(static m => m.GetProperty("order_lines_behind").GetInt32()))
            {
                string key = m.GetProperty("machine").GetString()!;
                JsonElement behind = (await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/machines/{key}")).GetProperty("behind");
                foreach (JsonElement order in behind.EnumerateArray())
                    if (order.GetProperty("gate_item").GetString() == m.GetProperty("item").GetString()) return (key, m.GetProperty("name").GetString()!, order.GetProperty("order_line").GetString()!);
            }
            await Task.Delay(200);
        }
        throw new TimeoutException($"No running machine gates an order line.\n{server.Tail()}");
    }

    private static async Task<string> Forecast(RunningServer server, string order) =>
        (await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{Uri.EscapeDataString(order)}")).GetProperty("row").GetProperty("forecast").GetRawText();

    private static async Task<JsonElement> ChangeOf(RunningServer server, string machine) =>
        (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/changes?most=500")).EnumerateArray()
            .First(c => c.GetProperty("machine").GetString() == machine && c.GetProperty("cause").GetString()!.Contains("spindle seized", StringComparison.Ordinal));
}
