using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Server.Passports;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Passports;

/// <summary>Passports against a real server: what everybody sees, what only a link opens, and what leads there.</summary>
public sealed partial class PassportDoorTests
{
    private const string Serial = "C1-PASS-1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_sees_the_public_part_a_link_opens_more_until_it_is_revoked_and_the_audit_log_has_each_look()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        IRecord[] unit = Unit(UnitState.Complete);
        await server.Tell(unit);
        using HttpClient anyone = Anyone(server);
        JsonElement whole = await server.Get($"/api/v1/units/{Serial}/passport");
        string path = new Uri(whole.GetProperty("address").GetString()!).AbsolutePath;
        Assert.Matches("^/p/[A-Za-z0-9_-]{43}$", path);

        string json = await anyone.GetStringAsync($"{path}?format=json", Cancel);
        JsonElement battery = JsonElement.Parse(json).GetProperty("batteries")[0];
        Assert.All(battery.GetProperty("entries").EnumerateArray(), static e => Assert.Equal("public", e.GetProperty("tier").GetString()));
        Assert.Equal(("2027-02-18", "SN-BATTERY-7"), (battery.GetProperty("due").GetString(), Value(battery, "serial")));
        Assert.Equal(["conformity", "date_of_manufacture"], battery.GetProperty("missing").EnumerateArray().Select(static m => m.GetString()!).Order(StringComparer.Ordinal));
        OrderLine order = Order();
        Assert.All(new[] { order.Customer.Value, order.Id, "LOT-SECRET-7", "op-secret", "NMC 622", "repair_parts", "MIHO", "TX20", "USD", "EUR" }, t => Assert.DoesNotContain(t, json, StringComparison.Ordinal));

        // who has it built for whom at what price moves no byte
        await server.Tell([order with { Customer = DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<Party>().First(p => p.Kind == PartyKind.Customer && p.Key != order.Customer).Key, Price = new Money(1, "EUR") }, ((Unit)unit[0]) with { Operator = "another" }]);
        Assert.Equal(json, await anyone.GetStringAsync($"{path}?format=json", Cancel));

        using var german = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" }, { "Accept-Language", "de-AT,de;q=0.9" } } };
        using HttpResponseMessage page = await anyone.SendAsync(german, Cancel);
        string html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.StartsWith("text/html", page.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.All(new[] { "<html lang=\"de\">", "Nennspannung", "unbekannt", "2027-02-18", "SN-BATTERY-7" }, t => Assert.Contains(t, html, StringComparison.Ordinal));
        Assert.DoesNotContain("LOT-SECRET-7", html, StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Set-Cookie"));

        var link = await Link(server, new { tier = "interest", to = "Repairer X, order 7", days = 30 });
        string opened = new Uri(link.GetProperty("url").GetString()!).AbsolutePath, more = await anyone.GetStringAsync($"{opened}?format=json", Cancel);
        Assert.All(new[] { "NMC 622", "TX20", "repair_parts" }, t => Assert.Contains(t, more, StringComparison.Ordinal));
        Assert.All(new[] { "LOT-SECRET-7", "test_reports", order.Customer.Value }, t => Assert.DoesNotContain(t, more, StringComparison.Ordinal));
        string authority = await anyone.GetStringAsync(new Uri((await Link(server, new { tier = "authority", to = "Market surveillance", days = 1 })).GetProperty("url").GetString()!).AbsolutePath + "?format=json", Cancel);
        Assert.True(authority.Contains("LOT-SECRET-7", StringComparison.Ordinal) && !authority.Contains("NMC 622", StringComparison.Ordinal));
        foreach (object wrong in new object[] { new { tier = "public", to = "X", days = 1 }, new { tier = "interest", to = " ", days = 1 }, new { tier = "interest", to = "X", days = 0 }, new { tier = "interest", to = "X", days = 366 } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Http.PostAsJsonAsync($"/api/v1/units/{Serial}/passport/links", wrong, Cancel)).StatusCode);

        Assert.Equal(2, (await server.Get("/api/v1/passport-links")).GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"/api/v1/passport-links/{link.GetProperty("link").GetProperty("id").GetString()}", Cancel)).StatusCode);
        string nothing = await Nothing(anyone, $"{opened}?format=json");
        foreach (string other in new[] { "/p/access/0123456789", "/p/AAAA", $"/p/{Serial}", $"/p/{(path[3] == 'A' ? 'B' : 'A')}{path[4..]}", $"/01/09506000134352/21/{Serial}", "/01/1/21/2" }) Assert.Equal(nothing, await Nothing(anyone, other + "?format=json"));
        string noted = (await server.Get("/api/v1/audit")).ToString();
        Assert.All(new[] { "passport-seen", "passport-shared", "passport-unshared", "Repairer X" }, t => Assert.Contains(t, noted, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, (await anyone.GetAsync($"/api/v1/units/{Serial}/passport", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_unit_has_an_address_once_it_is_done_the_same_after_a_start_and_its_label_leads_there_where_the_market_asks()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        await server.Tell(Unit(UnitState.InWork));
        using HttpClient anyone = Anyone(server);
        string address = (await server.Get($"/api/v1/units/{Serial}/passport")).GetProperty("address").GetString()!, path = new Uri(address).AbsolutePath;
        await Nothing(anyone, path);
        await server.Tell(Unit(UnitState.Complete));
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(path, Cancel)).StatusCode);
        Assert.Contains($"/units/{Serial}", await Label(server), StringComparison.Ordinal);
        IRecord[] all = [.. DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record)];
        await server.Tell([all.OfType<MarketRule>().Single(static r => r.Kind == MarketRuleKind.Passport) with { From = new(2026, 1, 1) }]);
        Assert.Contains(path, await Label(server), StringComparison.Ordinal);

        await server.Kill();
        await using RunningServer next = await RunningServer.Demo(server.Folder);
        using HttpClient later = Anyone(next);
        Assert.Equal(HttpStatusCode.OK, (await later.GetAsync(path, Cancel)).StatusCode);
        await next.Tell([all.OfType<Item>().Single(static i => i.Id == "C1") with { Gtin = "9506000134352" }]);
        Assert.Equal(HttpStatusCode.OK, (await later.GetAsync($"/01/09506000134352/21/{Serial}", Cancel)).StatusCode);
        Assert.Contains($"/01/09506000134352/21/{Serial}", await Label(next), StringComparison.Ordinal);
        await Nothing(later, $"/01/09506000134352/21/{Serial}X");
        HttpStatusCode last = default;
        for (int i = 0; i < 70 && last != HttpStatusCode.TooManyRequests; i++) last = (await later.GetAsync(path, Cancel)).StatusCode;
        Assert.Equal(HttpStatusCode.TooManyRequests, last);

        await next.Kill();
        await using RunningServer off = await RunningServer.Demo(server.Folder, "--passports", "false");
        using HttpClient shut = Anyone(off);
        await Nothing(shut, path);
        Assert.Contains($"/units/{Serial}", await Label(off), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await off.Http.PostAsJsonAsync($"/api/v1/units/{Serial}/passport/links", new { tier = "interest", to = "X", days = 1 }, Cancel)).StatusCode);
    }

    [Fact]
    public void Every_field_has_its_name_in_every_language_and_the_page_of_fields_has_it_too()
    {
        Assert.All(PassportField.All, static f => Assert.Contains(f.Key, PassportWords.Keys));
        Assert.All(PassportWords.Keys, static k => Assert.All(PassportWords.Languages, l => Assert.NotEmpty(PassportWords.Of(k, l.Code))));
        string page = Homestretch.Tests.House.Repository.Read("docs/passport.md");
        Assert.All(PassportField.All, f => Assert.Contains($"| `{f.Key}` | {PassportWords.Of(f.Key, "en")} | {f.Tier switch { PassportTier.Public => "everybody", PassportTier.Interest => "legitimate interest", _ => "authorities" }} | {(f.Individual ? "one battery" : "model")} | {(f.Needed ? NodaTime.Text.LocalDatePattern.Iso.Format(f.From) : "only where it applies")} | ", page, StringComparison.Ordinal));
        Assert.Equal(("de", "fr", "en", "es"), (PassportWords.Choose(null, "de-AT, en"), PassportWords.Choose("fr", "de"), PassportWords.Choose("xx", "desk"), PassportWords.Choose(null, "it,es;q=0.8")));
    }

    private static OrderLine Order()
    {
        IRecord[] all = [.. DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record)];
        HashSet<string> built = [.. all.OfType<Build>().Select(static b => b.OrderLine.Value)];
        return all.OfType<OrderLine>().First(o => o.Market.Value == "EU" && built.Contains(o.Id));
    }

    private static IRecord[] Unit(UnitState state)
    {
        OrderLine order = Order();
        Build build = DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<Build>().First(b => b.OrderLine == order.Key);
        return [new Unit(Serial, build.Party, build.Key, order.Family, order.Market, state, order.Ordered, state == UnitState.Complete ? order.Ordered + Duration.FromHours(1) : null, "op-secret"),
            new UnitPart(Serial, 1, build.Party, "BAT-500", "A", "LOT-SECRET-7", "SN-BATTERY-7", new(1, "EA"), order.Ordered, null, "")];
    }

    private static string? Value(JsonElement battery, string field) => battery.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("field").GetString() == field).GetProperty("value").GetString();

    private static async Task<string> Label(RunningServer server) => await server.Http.GetStringAsync($"/api/v1/floor/labels?unit={Serial}&format=zpl", Cancel);

    private static async Task<JsonElement> Link(RunningServer server, object request)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync($"/api/v1/units/{Serial}/passport/links", request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>What is said of nothing, but for the number of the request.</summary>
    private static async Task<string> Nothing(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return Trace().Replace(await answer.Content.ReadAsStringAsync(Cancel), "");
    }

    private static HttpClient Anyone(RunningServer server) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Http.BaseAddress };

    [GeneratedRegex("\"trace_?[iI]d\":\"[^\"]*\"")]
    private static partial Regex Trace();
}
