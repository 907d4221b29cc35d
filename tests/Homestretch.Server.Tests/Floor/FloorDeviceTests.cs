using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Finishing;
using Homestretch.Server.Tests.Archiving;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Floor;

/// <summary>Devices of the floor against a real server: let in once by a code, they see their site's floor and nothing else, and what they tell is done once.</summary>
public sealed class FloorDeviceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_is_let_in_by_a_code_once_sees_its_floor_alone_and_is_shut_out_at_once()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        string code = await Invite(server, "GVL-07", "GVL", "warehouse");
        Assert.Equal(HttpStatusCode.NotFound, (await Enrol(server, "0123")).Status);
        var (status, enrolled) = await Enrol(server, code);
        Assert.Equal((HttpStatusCode.OK, "GVL-07", "Greenville hub"), (status, Text(enrolled, "device"), Text(enrolled, "site_name")));
        Assert.Equal(HttpStatusCode.NotFound, (await Enrol(server, code)).Status);
        using HttpClient device = Device(server, enrolled);

        using HttpResponseMessage board = await device.GetAsync("/api/v1/floor/board", Cancel);
        JsonElement floor = JsonElement.Parse(await board.Content.ReadAsStringAsync(Cancel));
        Assert.NotEqual(0, floor.GetProperty("kits").GetArrayLength());       // of the next three days, of which two may be a weekend
        Assert.True(floor.GetProperty("bins").GetArrayLength() > 30);
        Assert.All(floor.GetProperty("kits").EnumerateArray(), static k => Assert.StartsWith("GVL", Text(k, "line"), StringComparison.Ordinal));
        Assert.False(floor.GetProperty("bins")[0].TryGetProperty("quantity", out _));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/floor/board") { Headers = { { "If-None-Match", board.Headers.ETag!.Tag } } };
        Assert.Equal(HttpStatusCode.NotModified, (await device.SendAsync(again, Cancel)).StatusCode);
        foreach (string elsewhere in new[] { "/api/v1/orders", "/api/v1/floor-devices", "/api/v1/people", "/api/v1/changes" }) Assert.Equal(HttpStatusCode.Unauthorized, (await device.GetAsync(elsewhere, Cancel)).StatusCode);

        string id = Text((await server.Get("/api/v1/floor-devices")).GetProperty("devices")[0], "id");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"/api/v1/floor-devices/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await device.GetAsync("/api/v1/floor/board", Cancel)).StatusCode);
        string noted = (await server.Get("/api/v1/audit")).ToString();
        Assert.All(new[] { "floor-device-invited", "floor-device-enrolled", "floor-device-revoked" }, a => Assert.Contains(a, noted, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_device_tells_is_done_once_moves_the_plan_and_outlives_a_kill()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        JsonElement enrolled = (await Enrol(server, await Invite(server, "GVL-08", "GVL", "administrator"))).Body;
        using HttpClient device = Device(server, enrolled);
        JsonElement board = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel));
        JsonElement kit = board.GetProperty("kits").EnumerateArray().First(static k => k.GetProperty("missing").GetArrayLength() == 0 && k.GetProperty("picks").GetArrayLength() > 0);
        string build = Text(kit, "build");
        JsonElement[] picks = [.. kit.GetProperty("picks").EnumerateArray()];
        object[] said = [.. picks.Select((p, i) => Pick(i + 1, p, build, p.GetProperty("quantity").GetDecimal())), Pick(picks.Length + 1, picks[0], build, 1), new { number = picks.Length + 2, act = "begin", happened = "2026-01-01T00:00:00Z", build, unit = "C1-TEST-1" }];
        JsonElement[] answers = await Say(device, said);
        Assert.All(answers[..picks.Length], static a => Assert.Equal("accepted", Text(a, "answer")));
        Assert.Equal(("refused", "kit-has-it"), (Text(answers[^2], "answer"), Text(answers[^2], "rule")));
        Assert.Equal("accepted", Text(answers[^1], "answer"));
        Assert.Equal(answers.Select(static a => a.ToString()), (await Say(device, said)).Select(static a => a.ToString()));
        Assert.Contains((await server.Http.GetStringAsync("/api/v1/tables/builds.csv", Cancel)).Split('\n'), r => r.StartsWith($"{build},", StringComparison.Ordinal) && r.Contains("confirmed", StringComparison.Ordinal));

        JsonElement record = await server.Get("/api/v1/units/C1-TEST-1"), recall = await server.Get($"/api/v1/recall?item={Text(picks[0], "item")}&lot={Uri.EscapeDataString(Text(picks[0], "lot"))}");
        Assert.Equal((build, "in-work"), (Text(record, "build"), Text(record, "state")));
        Assert.Contains(recall.GetProperty("stock").EnumerateArray(), s => Text(s, "bin") == $"kit:{build}");
        foreach (string bad in new[] { "", "?machine=WELD-01&until=yesterday", "?machine=WELD-01&from=soon", "?lot=X&from=2026-01-01T00:00:00Z" }) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Http.GetAsync($"/api/v1/recall{bad}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/api/v1/units/NONE", Cancel)).StatusCode);

        await server.Kill();
        await using RunningServer next = await RunningServer.Demo(server.Folder);
        using HttpClient back = Device(next, enrolled);
        Assert.Equal(answers.Select(static a => a.ToString()), (await Say(back, said)).Select(static a => a.ToString()));
        JsonElement unit = JsonElement.Parse(await back.GetStringAsync("/api/v1/floor/board", Cancel)).GetProperty("units")[0];
        Assert.Equal(("C1-TEST-1", build), (Text(unit, "serial"), Text(unit, "build")));
        Assert.True(unit.GetProperty("steps").GetArrayLength() > 10);
    }

    /// <summary>A build of two units or more and the next whole kit on its line: each step that passes brings both nearer, a part taken out takes both back.</summary>
    [Fact]
    public async Task What_is_recorded_at_the_bench_moves_the_promise_of_its_build_and_of_the_one_behind()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        using HttpClient device = Device(server, (await Enrol(server, await Invite(server, "GVL-12", "GVL", "administrator"))).Body);
        JsonElement[] kits = [.. JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel)).GetProperty("kits").EnumerateArray().Where(static k => k.GetProperty("missing").GetArrayLength() == 0 && k.GetProperty("picks").GetArrayLength() > 0)];
        JsonElement kit = kits.First(k => kits.Count(o => Text(o, "line") == Text(k, "line")) > 1), behind = kits.First(k => Text(k, "line") == Text(kit, "line") && Text(k, "build") != Text(kit, "build"));
        string build = Text(kit, "build");
        JsonElement[] picks = [.. kit.GetProperty("picks").EnumerateArray()];
        int number = 0;
        async Task Does(object said) => Assert.All(await Say(device, [said]), static a => Assert.Equal("accepted", Text(a, "answer")));
        async Task<(DateTimeOffset Own, DateTimeOffset Behind)> Ends() => (await Date(server, Text(kit, "order_line")), await Date(server, Text(behind, "order_line")));
        foreach (JsonElement pick in picks) await Does(Pick(++number, pick, build, pick.GetProperty("quantity").GetDecimal()));
        await Does(new { number = ++number, act = "begin", happened = "2026-01-01T00:00:00Z", build, unit = "C1-PACE-1" });
        var (begun, behindBegun) = await Ends();
        JsonElement[] steps = [.. JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel)).GetProperty("units").EnumerateArray().Single(static u => Text(u, "serial") == "C1-PACE-1").GetProperty("steps").EnumerateArray()];
        var (own, next) = (begun, behindBegun);
        foreach (JsonElement step in steps.TakeWhile(static s => Text(s, "kind") != "firmware").Take(3))
        {
            string item = Text(step, "kind") == "fit" ? Text(step, "item") : "";
            JsonElement from = picks.FirstOrDefault(p => Text(p, "item") == item);
            await Does(new { number = ++number, act = "work", happened = "2026-01-01T00:00:00Z", build, unit = "C1-PACE-1", step = Text(step, "step"), item = item.Length > 0 ? item : null, revision = item.Length > 0 ? Text(from, "revision") : null, lot_number = item.Length > 0 ? Text(from, "lot") : null, values = Within(step) });
            var (then, thenNext) = await Ends();
            Assert.True(then < own && thenNext < next, $"step {step}: {own:O} to {then:O}, behind {next:O} to {thenNext:O}");
            (own, next) = (then, thenNext);
        }
        JsonElement fitted = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel)).GetProperty("units").EnumerateArray().Single(static u => Text(u, "serial") == "C1-PACE-1").GetProperty("parts")[0];
        JsonElement again = picks.First(p => Text(p, "item") == Text(fitted, "item"));
        await Does(new { number = ++number, act = "take-out", happened = "2026-01-01T00:00:00Z", build, unit = "C1-PACE-1", from = $"{fitted.GetProperty("number").GetInt32()}", to = Text(again, "bin"), reason = "Dented" });
        await Does(Pick(++number, again, build, fitted.GetProperty("quantity").GetDecimal()));
        var (last, lastNext) = await Ends();
        Assert.True(last > own && lastNext > next, $"{own:O} to {last:O}, behind {next:O} to {lastNext:O}");
    }

    /// <summary>Values within a step's limits.</summary>
    private static string Within(JsonElement step) => !step.TryGetProperty("tolerances", out JsonElement text) ? "" : string.Join("; ", Tolerances.Parse(text.GetString() ?? "").Value!.All
        .Select(static t => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{t.Name}={t.Low ?? t.High}")));

    /// <summary>When an order line is there in half the futures.</summary>
    private static async Task<DateTimeOffset> Date(RunningServer server, string line)
    {
        JsonElement order = await server.Get($"/api/v1/orders/{Uri.EscapeDataString(line)}");
        Assert.True(order.GetProperty("row").GetProperty("forecast").ValueKind == JsonValueKind.Object, order.ToString());
        return order.GetProperty("row").GetProperty("forecast").GetProperty("p50").GetDateTimeOffset();
    }

    [Fact]
    public async Task A_device_does_what_it_is_for_and_nothing_is_done_of_what_cannot_be_read()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        using HttpClient device = Device(server, (await Enrol(server, await Invite(server, "GVL-09", "GVL", "assembler"))).Body);
        JsonElement refused = (await Say(device, [new { number = 1, act = "count", happened = "2026-01-01T00:00:00Z", item = "TYR-1", from = "A-27", quantity = 4 }]))[0];
        Assert.Equal(("refused", "role"), (Text(refused, "answer"), Text(refused, "rule")));
        await server.Tell(DoneUnits.Records(1, daysAgo: 15));
        await RunningServer.Until(() => server.Http.GetStringAsync("/api/v1/tables/units.csv", Cancel), static csv => !csv.Contains(DoneUnits.Serial(1), StringComparison.Ordinal));
        JsonElement board = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel));
        JsonElement used = (await Say(device, [new { number = 2, act = "begin", happened = "2026-01-01T00:00:00Z", build = Text(board.GetProperty("kits")[0], "build"), unit = DoneUnits.Serial(1) }]))[0];
        Assert.Equal(("refused", "serial-used"), (Text(used, "answer"), Text(used, "rule")));
        foreach (string bad in new[] { "[{\"number\":0,\"act\":\"count\",\"happened\":\"2026-01-01T00:00:00Z\"}]", "[{\"number\":1,\"act\":\"dance\",\"happened\":\"2026-01-01T00:00:00Z\"}]", "{}", $"[{{\"number\":2,\"act\":\"andon\",\"happened\":\"2026-01-01T00:00:00Z\",\"reason\":\"{new string('x', 501)}\"}}]" })
            Assert.True((await device.PostAsync("/api/v1/floor/operations", RunningServer.Json(bad), Cancel)).StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, bad);
        foreach (var (name, site, role) in new[] { ("x", "GVL", "warehouse"), ("GVL-10", "NOWHERE", "warehouse"), ("GVL-10", "GVL", "planner") })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Http.PostAsync("/api/v1/floor-devices", RunningServer.Json(JsonSerializer.Serialize(new { name, site, role })), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Labels_are_printed_and_customs_said_for_devices_of_the_site_and_people_who_may_and_for_nobody_else()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        using HttpClient device = Device(server, (await Enrol(server, await Invite(server, "GVL-11", "GVL", "administrator"))).Body);
        JsonElement board = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel));
        JsonElement lot = board.GetProperty("expected")[0];
        string number = Uri.EscapeDataString(Text(lot, "lot")), build = Text(board.GetProperty("kits").EnumerateArray().First(static k => k.GetProperty("has").GetArrayLength() == 0), "build");
        string zpl = await device.GetStringAsync($"/api/v1/floor/labels?lot={number}&quantity=3&format=zpl&copies=2", Cancel);
        Assert.StartsWith("^XA\n^CI28\n^PW800\n^LL400\n", zpl, StringComparison.Ordinal);
        Assert.Contains("^PQ2\n^XZ", zpl, StringComparison.Ordinal);
        Assert.Contains(Text(lot, "item"), zpl, StringComparison.Ordinal);
        foreach (string which in new[] { $"lot={number}", "bin=A-01", $"kit={Uri.EscapeDataString(build)}" })
        {
            byte[] pdf = await device.GetByteArrayAsync($"/api/v1/floor/labels?{which}", Cancel);
            Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString(pdf, 0, 5));
            Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync($"/api/v1/floor/labels?{which}&site=GVL&format=zpl", Cancel)).StatusCode);
        }
        foreach (var (bad, status) in new[] { ("", HttpStatusCode.UnprocessableEntity), ("lot=1&bin=2", HttpStatusCode.UnprocessableEntity), ("bin=A-01&format=doc", HttpStatusCode.UnprocessableEntity), ("bin=A-01&copies=101", HttpStatusCode.UnprocessableEntity), ($"lot={number}&quantity=0", HttpStatusCode.UnprocessableEntity), ("bin=NONE", HttpStatusCode.NotFound), ("unit=NONE", HttpStatusCode.NotFound) })
            Assert.Equal(status, (await device.GetAsync($"/api/v1/floor/labels?{bad}", Cancel)).StatusCode);
        JsonElement pick = board.GetProperty("kits").EnumerateArray().First(static k => k.GetProperty("picks").GetArrayLength() > 0), line = pick.GetProperty("picks")[0];
        async Task<JsonElement> Office(string operation, string customs, string document) => JsonElement.Parse(await (await server.Http.PostAsync("/api/v1/customs-standing", RunningServer.Json(JsonSerializer.Serialize(new { operation, site = "GVL", lot = Text(line, "lot"), item = Text(line, "item"), customs, document })), Cancel)).Content.ReadAsStringAsync(Cancel));
        Assert.Equal("no-document", Text(await Office("c-1", "customs-hold", ""), "rule"));
        Assert.Equal("accepted", Text(await Office("c-2", "customs-hold", "CBP-28"), "answer"));
        Assert.Equal("customs-hold", Text((await Say(device, [Pick(1, line, Text(pick, "build"), 1)]))[0], "rule"));
        Assert.Contains("CUSTOMS HOLD", await device.GetStringAsync($"/api/v1/floor/labels?lot={Uri.EscapeDataString(Text(line, "lot"))}&item={Uri.EscapeDataString(Text(line, "item"))}&format=zpl", Cancel), StringComparison.Ordinal);
        Assert.Contains("customs-set", (await server.Get("/api/v1/audit")).ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await device.PostAsync("/api/v1/customs-standing", RunningServer.Json("{}"), Cancel)).StatusCode);
        using var nobody = new HttpClient { BaseAddress = server.Http.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/floor/labels?bin=A-01", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Two_devices_that_ask_at_once_get_no_release_beyond_the_order_and_each_release_stands_on_its_own()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        using HttpClient one = Device(server, (await Enrol(server, await Invite(server, "GVL-21", "GVL", "administrator"))).Body), two = Device(server, (await Enrol(server, await Invite(server, "GVL-22", "GVL", "assembler"))).Body);
        JsonElement kit = JsonElement.Parse(await one.GetStringAsync("/api/v1/floor/board", Cancel)).GetProperty("kits")[0];
        string build = Text(kit, "build"), line = Text(kit, "order_line"), market = Text(kit, "market");
        int ordered = (int)DemoFolder.Events.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<OrderLine>().Single(o => o.Id == line).Quantity, asked = ordered + 6;
        await server.Tell([new FirmwareImage("C1", market, "9.9.9", "MERIDIAN", new string('b', 64), null, null, "Release 9.9.9", Released: true), .. Enumerable.Range(1, asked).Select(n => new Unit($"R-{n}", "MERIDIAN", build, "C1", market, UnitState.InWork, NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0), null, ""))]);

        object[] Wishes(int from) => [.. Enumerable.Range(0, asked / 2).Select(i => new { number = i + 1, act = "release-firmware", happened = "2026-01-01T00:00:00Z", build, unit = $"R-{from + 2 * i}" })];
        JsonElement[][] both = await Task.WhenAll(Say(one, Wishes(1)), Say(two, Wishes(2)));
        JsonElement[] answers = [.. both.SelectMany(static b => b)];
        Assert.Equal(ordered, answers.Count(static a => Text(a, "answer") == "accepted"));
        Assert.All(answers.Where(static a => Text(a, "answer") == "refused"), static a => Assert.Equal("over-production", Text(a, "rule")));
        Assert.Equal(both[0].Select(static a => a.ToString()), (await Say(one, Wishes(1))).Select(static a => a.ToString()));

        JsonElement book = (await server.Get("/api/v1/firmware-releases"))[0];
        Assert.Equal((ordered, ordered), (book.GetProperty("ordered").GetInt32(), book.GetProperty("given").GetInt32()));
        Assert.StartsWith("Over-production was asked for", Text(book, "finding"), StringComparison.Ordinal);
        string[] serials = [.. book.GetProperty("releases").EnumerateArray().Select(static r => Text(r, "serial"))];
        Assert.Equal(ordered, serials.Distinct().Count());
        using var nobody = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using ECDsa key = SignedDocument.Key(await nobody.GetStringAsync("/api/v1/firmware-key", Cancel))!;
        foreach (string serial in serials)
        {
            byte[] file = await one.GetByteArrayAsync($"/api/v1/floor/releases/{serial}", Cancel);
            var (release, wrong) = ReleaseFile.Verify(file, key);
            Assert.Equal(("", serial, line), (wrong, release!["serial"], release["order_line"]));
            Assert.NotEqual("", ReleaseFile.Verify(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(file).Replace(serial, "R-99", StringComparison.Ordinal)), key).Wrong);
            Assert.Equal(file, await server.Http.GetByteArrayAsync($"/api/v1/firmware-releases/{serial}", Cancel));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync($"/api/v1/floor/releases/R-{asked + 1}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/firmware-releases", Cancel)).StatusCode);
        string noted = (await server.Get("/api/v1/audit")).ToString();
        Assert.All(new[] { "firmware-released", "firmware-refused", "over-production" }, a => Assert.Contains(a, noted, StringComparison.Ordinal));

        await server.Kill();
        await using RunningServer next = await RunningServer.Demo(server.Folder);
        Assert.Equal("", ReleaseFile.Verify(await next.Http.GetByteArrayAsync($"/api/v1/firmware-releases/{serials[0]}", Cancel), key).Wrong);
    }

    private static object Pick(int number, JsonElement pick, string build, decimal quantity) => new { number, act = "pick", @operator = "op-1", happened = "2026-01-01T00:00:00Z", item = Text(pick, "item"), revision = Text(pick, "revision"), lot_number = Text(pick, "lot"), quantity, from = Text(pick, "bin"), build };

    private static async Task<string> Invite(RunningServer server, string name, string site, string role)
    {
        using HttpResponseMessage made = await server.Http.PostAsync("/api/v1/floor-devices", RunningServer.Json(JsonSerializer.Serialize(new { name, site, role })), Cancel);
        string body = await made.Content.ReadAsStringAsync(Cancel);
        Assert.True(made.IsSuccessStatusCode, body);
        string path = Text(JsonElement.Parse(body), "path");
        Assert.StartsWith("/floor/#enrol=", path, StringComparison.Ordinal);
        return path["/floor/#enrol=".Length..];
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Enrol(RunningServer server, string code)
    {
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using HttpResponseMessage answer = await http.PostAsync("/api/v1/floor/enrol", RunningServer.Json(JsonSerializer.Serialize(new { code })), Cancel);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)));
    }

    private static HttpClient Device(RunningServer server, JsonElement enrolled) =>
        new() { BaseAddress = server.Http.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Text(enrolled, "token")) } };

    private static async Task<JsonElement[]> Say(HttpClient device, object[] said)
    {
        using HttpResponseMessage answer = await device.PostAsync("/api/v1/floor/operations", RunningServer.Json(JsonSerializer.Serialize(said)), Cancel);
        string body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body);
        return [.. JsonElement.Parse(body).EnumerateArray()];
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
