using System.Net;
using System.Text.Json;
using Homestretch.Exposure;
using Homestretch.Landing;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Exposure and landed cost over the API: the figures are the core's, and nobody's who may not.</summary>
public sealed class ExposureTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parties_owners_and_countries_are_those_of_the_core()
    {
        await using RunningServer server = await atRest.Demo();
        JsonElement view = await server.Get("/api/v1/exposure");
        Exposures told = Exposures.Of(DemoFolder.World, At(view));
        ExposureReport given = ExposureReport.Of(told.Given.Done()), planned = ExposureReport.Of(told.Given);
        Assert.Equal(planned.Parties.Select(p => (told.Given.Holders[p.Holder].Party, Of(given, p.Holder), p.Reconstructed)), Rows(view, "parties").Select(static p => (Text(p, "party"), Number(p, "given"), Number(p, "planned"))));
        Assert.All(Rows(view, "parties"), p => Assert.Equal(told.Given.Holders.Single(h => h.Party == Text(p, "party")).Owner, Text(p, "owner")));
        Assert.Equal(planned.Coalitions.Select(c => (c.Of.Name, c.Reconstructed, string.Join(' ', c.Of.Members.Select(m => told.Given.Holders[m].Party)))).Order(),
            Rows(view, "groups").Select(static g => (Text(g, "name"), Number(g, "planned"), string.Join(' ', Rows(g, "members").Select(static m => m.GetString())))).Order());
        JsonElement house = Rows(view, "groups").Single(static g => Text(g, "kind") == "owner");
        Assert.Equal(given.Coalitions.Single(static c => c.Of.Kind == CoalitionKind.Owner).Reconstructed, Number(house, "given"));
        Assert.Equal((given.Home, planned.Home, ExposureReport.Reached), (Number(view, "home"), Number(view, "home_planned"), Number(view, "threshold")));
        Assert.True(view.GetProperty("settled").GetBoolean());
        Assert.Null(planned.Fewest);
        Assert.Equal(JsonValueKind.Null, view.GetProperty("fewest").ValueKind);
        Assert.Equal(told.Findings.Select(static f => f.What), Rows(view, "findings").Select(static f => Text(f, "what")));
        Assert.Contains(told.Findings, static f => f.Rule == "agreement-ended");
    }

    [Fact]
    public async Task What_a_party_knows_and_what_one_more_level_would_change_are_those_of_the_core()
    {
        await using RunningServer server = await atRest.Demo();
        Instant now = At(await server.Get("/api/v1/exposure"));
        ExposureCase all = Exposures.Of(DemoFolder.World, now).Given;
        int taihu = all.Holders.ToList().FindIndex(static h => h.Party == "TAIHU");
        double[] known = [.. ExposureReport.Of(all).Parties.Single(p => p.Holder == taihu).Known];
        JsonElement view = await server.Get("/api/v1/exposure/TAIHU");
        Assert.NotEmpty(Rows(view, "items"));
        foreach (JsonElement item in Rows(view, "items"))
        {
            int i = all.Items.ToList().IndexOf(Text(item, "item"));
            Assert.Equal((known[i], Words.Of(all.Levels()[taihu][i]), Words.Of(all.Done().Levels()[taihu][i])), (Number(item, "known_planned"), Text(item, "level_planned"), Text(item, "level")));
        }
        IReadOnlyList<Marginal> marginals = Marginal.Of(all, taihu);
        Assert.Equal(marginals.Where(static m => m.Party > 0).Select(m => (all.Items[m.Item], Words.Of(m.Level), m.Party, m.Owner, m.Country, m.Outside)).Order(),
            Rows(view, "items").SelectMany(static i => Rows(i, "next")).Where(static n => Number(n, "party") > 0).Select(static n => (Text(n, "item"), Text(n, "level"), Number(n, "party"), Number(n, "owner"), Number(n, "country"), Number(n, "outside"))).Order());
        Assert.Equal(marginals.Max(static m => m.Party), Number(view.GetProperty("most"), "party"));
        foreach (string none in (string[])["MERIDIAN", "NOBODY"])      // who is inside knows nothing that has left home
            Assert.Equal(HttpStatusCode.NotFound, await Status(server, $"/api/v1/exposure/{none}"));
    }

    [Fact]
    public async Task Landed_cost_is_that_of_the_core_with_the_row_of_each_component()
    {
        await using RunningServer server = await atRest.Demo();
        var day = new LocalDate(2026, 3, 2);
        SourceLanded[] core = [.. Sources.Landed(DemoFolder.World, new(day, "FRM-M", To: "US"), new())];
        Assert.NotEmpty(core);
        JsonElement view = await server.Get("/api/v1/landed-cost?item=FRM-M&to=US&on=2026-03-02");
        Assert.Equal(core.Select(static s => (s.Source.Supplier.Value, s.Source.Lane.Value, s.Landed?.Total)), Rows(view, "sources").Select(static s => (Text(s, "supplier"), Text(s, "lane"), s.GetProperty("total") is { ValueKind: JsonValueKind.Number } t ? t.GetDecimal() : (decimal?)null)));
        Assert.Contains(core, static s => s.Landed is not null);
        Assert.Equal(core.SelectMany(static s => s.Landed?.Components ?? []).Select(static c => (c.Title, c.Amount, c.Row)), Rows(view, "sources").SelectMany(static s => Rows(s, "components")).Select(static c => (Text(c, "title"), c.GetProperty("amount").GetDecimal(), Text(c, "row"))));
        Assert.Empty(Rows(await server.Get("/api/v1/landed-cost?item=NONE"), "sources"));
        foreach (string bad in (string[])["on=tomorrow", "quantity=0", "quantity=-1"])
            Assert.Equal(HttpStatusCode.BadRequest, await Status(server, $"/api/v1/landed-cost?{bad}"));
    }

    [Fact]
    public async Task The_ip_officer_sees_exposure_and_no_prices_and_neither_warehouse_nor_supplier_sees_any()
    {
        await using RunningServer server = await atRest.Company();
        string iris = await RealStart.Person(server, "exposure-iris", "MERIDIAN", "ip-officer"), wanda = await RealStart.Person(server, "exposure-wanda", "MERIDIAN", "warehouse"), sam = await RealStart.Person(server, "exposure-sam", "SONGBE", "supplier"), paula = await RealStart.Person(server, "exposure-paula", "MERIDIAN", "planner");
        foreach (var (who, exposure, cost) in ((string, bool, bool)[])[(iris, true, false), (paula, true, true), (wanda, false, false), (sam, false, false)])
        {
            Assert.Equal(exposure ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/exposure", who));
            Assert.Equal(exposure ? HttpStatusCode.OK : HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/exposure/SONGBE", who));
            Assert.Equal(cost ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/landed-cost?item=FRM-M", who));
            server.As(who);
            foreach (string table in (string[])["know_how", "relations", "inferences", "disclosures"])
                Assert.Equal(exposure, (await server.Http.GetStringAsync($"/api/v1/tables/{table}.csv", Stop)).TrimEnd().Contains('\n', StringComparison.Ordinal));
        }
    }

    private static async Task<HttpStatusCode> Status(RunningServer server, string path)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(path, Stop);
        return answer.StatusCode;
    }

    private static Instant At(JsonElement view) => InstantPattern.ExtendedIso.Parse(Text(view, "at")).GetValueOrThrow();
    private static double Of(ExposureReport report, int holder) => report.Parties.Single(p => p.Holder == holder).Reconstructed;
    private static IEnumerable<JsonElement> Rows(JsonElement of, string name) => of.GetProperty(name).EnumerateArray();
    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
