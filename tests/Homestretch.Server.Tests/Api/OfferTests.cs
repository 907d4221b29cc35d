using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>A customer is asked about another option and answers, through the real server: question, task, answer, remedy, decision, and the kit is whole.</summary>
public sealed class OfferTests
{
    private static readonly Instant s_now = DemoFolder.NowAt;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_customer_agrees_to_stands_among_the_remedies_and_is_built()
    {
        await using RunningServer server = await RealStart.Begin(null, "--situations", "true");
        string admin = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        await server.Tell(Company());
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier");
        JsonElement ask = await Remedy(server, "ask-option");
        Assert.Equal("Ask Corner Shop about SO-1 with battery 400 Wh instead of battery 500 Wh (kept in 100 % of futures then, not 0 %)", ask.GetProperty("what").GetString());
        Assert.Equal("customer-question", Assert.Single(ask.GetProperty("work").EnumerateArray()).GetProperty("kind").GetString());
        await Decide(server, ask);
        JsonElement task = Assert.Single((await server.Get("/api/v1/tasks")).GetProperty("rows").EnumerateArray(), static t => t.GetProperty("kind").GetString() == "customer-question");
        Assert.Equal("option_offers:OFFER-00001", task.GetProperty("subject").GetString());
        Assert.Contains(",open,", await Offer(server), StringComparison.Ordinal);
        server.As(sam);     // nobody else learns what a customer is asked
        Assert.Equal(0, (await server.Get("/api/v1/tasks")).GetProperty("total").GetInt32());
        Assert.DoesNotContain("OFFER-00001", await server.Http.GetStringAsync("/api/v1/tables/option_offers.csv", Stop), StringComparison.Ordinal);
        server.As(admin);

        (HttpStatusCode code, string said) = await Post(server, $"/api/v1/tasks/{task.GetProperty("task").GetString()}", new { state = "done", answer = "if it comes in time" });
        Assert.True(code == HttpStatusCode.OK, said);
        string offer = await RunningServer.Until(() => Offer(server), static o => o.Contains(",agreed,", StringComparison.Ordinal));
        Assert.Contains("if it comes in time", offer, StringComparison.Ordinal);

        JsonElement take = await Remedy(server, "other-option");
        Assert.Equal("SO-1 takes battery 400 Wh instead of battery 500 Wh, as Corner Shop agreed", take.GetProperty("what").GetString());
        await Decide(server, take);
        Assert.Contains("battery=400Wh", await RunningServer.Until(() => server.Http.GetStringAsync("/api/v1/tables/order_lines.csv", Stop), static o => o.Contains("400Wh", StringComparison.Ordinal)), StringComparison.Ordinal);
        string pegs = await server.Http.GetStringAsync("/api/v1/tables/pegs.csv", Stop);
        Assert.Contains("SO-1,BAT-4,stock:HUB|BAT-4||", pegs, StringComparison.Ordinal);
        Assert.DoesNotContain("BAT-5", pegs, StringComparison.Ordinal);
        JsonElement order = await RunningServer.Until(() => server.Get("/api/v1/orders/SO-1"), static o => o.GetProperty("row").GetProperty("kept_share").GetDouble() > 0);
        Assert.Equal(("battery=400Wh", 1.0), (order.GetProperty("row").GetProperty("variant").GetString(), order.GetProperty("row").GetProperty("kept_share").GetDouble()));
        JsonElement part = Assert.Single(order.GetProperty("parts").EnumerateArray());
        Assert.Equal(("BAT-4", "in-stock"), (part.GetProperty("item").GetString(), part.GetProperty("cell").GetProperty("state").GetString()));
        Assert.Equal(["line-change", "customer-notice"], (await server.Get("/api/v1/tasks")).GetProperty("rows").EnumerateArray().Select(static t => t.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_customer_who_does_not_want_it_is_not_asked_again()
    {
        await using RunningServer server = await RealStart.Begin(null, "--situations", "true");
        await server.Tell(Company());
        await Decide(server, await Remedy(server, "ask-option"));
        string task = (await server.Get("/api/v1/tasks")).GetProperty("rows").EnumerateArray().Single(static t => t.GetProperty("kind").GetString() == "customer-question").GetProperty("task").GetString()!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(server, $"/api/v1/tasks/{task}", new { state = "refused" })).Code);
        Assert.Contains(",open,", await Offer(server), StringComparison.Ordinal);
        (HttpStatusCode code, string said) = await Post(server, $"/api/v1/tasks/{task}", new { state = "refused", answer = "too weak for the hills" });
        Assert.True(code == HttpStatusCode.OK, said);
        Assert.Contains("too weak for the hills", await RunningServer.Until(() => Offer(server), static o => o.Contains(",refused,", StringComparison.Ordinal)), StringComparison.Ordinal);
        JsonElement found = await RunningServer.Until(() => Found(server), static f => f.ValueKind == JsonValueKind.Object && f.GetProperty("remedies").EnumerateArray().All(static r => r.GetProperty("kind").GetString() != "ask-option"));
        Assert.DoesNotContain(found.GetProperty("remedies").EnumerateArray(), static r => r.GetProperty("kind").GetString() is "ask-option" or "other-option");
    }

    /// <summary>One bike that was to be built on the fifth day with a battery that now comes on the fortieth, while smaller ones lie on the shelf.</summary>
    private static IEnumerable<IRecord> Company()
    {
        yield return new Party("SHOP", "Corner Shop", PartyKind.Customer, "US");
        yield return new Site("HUB", "MERIDIAN", "Hub", SiteKind.Hub, "", "US", "Etc/UTC", null, null);
        yield return new Item("BIKE", "MERIDIAN", "Bike", ItemKind.Family, "", "EA", 1, null);
        foreach (var (item, option, cents) in ((string, string, long)[])[("BAT-4", "400", 28_000), ("BAT-5", "500", 31_000)])
        {
            yield return new Item(item, "MERIDIAN", $"Battery {option} Wh", ItemKind.SubAssembly, "battery", "EA", 1, new Money(cents, "USD"));
            yield return new ProductOption("BIKE", "battery", $"{option}Wh", "MERIDIAN", $"battery {option} Wh", true);
            yield return new BomLine("BIKE", option, item, "MERIDIAN", new(1, "EA"), Condition.Parse($"battery={option}Wh").Value!, null, null);
        }
        yield return new Market("US", "MERIDIAN", "United States", "US", 110, "B", "en-US", 1, 1);
        yield return new AssemblyLine("L", "MERIDIAN", "HUB", "Line", "always");
        yield return new Routing("BIKE", "L", "MERIDIAN", 60, 1);
        yield return new Lane("SEA", "MERIDIAN", "By sea", "PL-MIHO", "HUB");
        yield return new LaneStep("SEA", 1, "MERIDIAN", StepKind.Leg, Mode.Road, null, "HUB", 10, 10, null, null);
        yield return new Lot("LATE", "MIHO", null, "BAT-5", "", new(9, "EA"), "SEA", LotState.Planned, s_now + Duration.FromDays(30), 0, null);
        yield return new Stock("HUB", "BAT-4", "", "", "MERIDIAN", new(4, "EA"), StockStatus.Available);
        yield return new OrderLine("SO-1", "MERIDIAN", "SHOP", "BIKE", 1, "US", Choices.Parse("battery=500Wh").Value!, "HUB", s_now, s_now + Duration.FromDays(9), 1, new Money(250_000, "USD"), ShipComplete.Whole, OrderStatus.Approved);
        yield return new Promise("SO-1", 1, "MERIDIAN", s_now + Duration.FromDays(9), new(0.9), s_now, "ada", "");
        yield return new Build("SO-1", "MERIDIAN", "SO-1", "L", 1, s_now + Duration.FromDays(5), s_now + Duration.FromDays(5) + Duration.FromHours(1), OrderStatus.Approved);
        yield return new Peg("SO-1", "BAT-5", "lot:LATE", "MERIDIAN", new(1, "EA"));
    }

    /// <summary>A remedy of this kind, once it is found, with the situation it mends.</summary>
    private static async Task<JsonElement> Remedy(RunningServer server, string kind)
    {
        JsonElement found = await RunningServer.Until(() => Found(server), f => f.ValueKind == JsonValueKind.Object && f.GetProperty("remedies").EnumerateArray().Any(r => r.GetProperty("kind").GetString() == kind && !r.GetProperty("stale").GetBoolean()));
        Assert.True(found.ValueKind == JsonValueKind.Object, server.Said);
        return found.GetProperty("remedies").EnumerateArray().Single(r => r.GetProperty("kind").GetString() == kind);
    }

    /// <summary>The one situation; asking has it looked for.</summary>
    private static async Task<JsonElement> Found(RunningServer server) => (await server.Get("/api/v1/situations")).GetProperty("rows") is var rows && rows.GetArrayLength() == 0 ? default : await server.Get($"/api/v1/situations/{rows[0].GetProperty("situation").GetString()}");

    private static async Task Decide(RunningServer server, JsonElement remedy)
    {
        string situation = (await server.Get("/api/v1/situations")).GetProperty("rows")[0].GetProperty("situation").GetString()!;
        (HttpStatusCode code, string said) = await Post(server, $"/api/v1/situations/{situation}/decisions", new { remedy = remedy.GetProperty("remedy").GetString(), reason = "it keeps the promise" });
        Assert.True(code == HttpStatusCode.OK, said);
    }

    private static async Task<string> Offer(RunningServer server) => (await server.Http.GetStringAsync("/api/v1/tables/option_offers.csv", Stop)).Split('\n').Single(static l => l.StartsWith("OFFER-00001", StringComparison.Ordinal));

    private static async Task<(HttpStatusCode Code, string Said)> Post(RunningServer server, string path, object body)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync(path, RunningServer.Json(JsonSerializer.Serialize(body)), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
