using System.Net;
using System.Text.Json;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Exchange.Csv;
using Homestretch.Papers;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Files to take away and to fill in over the API: a study's template, a design in each form; nobody's who may not.</summary>
public sealed class PapersTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_template_of_a_company_is_accepted_by_it_as_it_is()
    {
        await using RunningServer server = await atRest.Demo();
        var (tables, broken) = WorkbookReading.Read("study.xlsx", await server.Http.GetByteArrayAsync("/api/v1/studies/template.xlsx", Stop));
        Assert.Empty(broken);
        var (applied, events) = CompanyFolder.DryRun(DemoFolder.World, tables);
        Assert.Empty(applied.Findings);
        Assert.All(events.OfType<WorldEvent.Put>().Where(static e => e.Record is not Party), static e => Assert.Equal("MERIDIAN", e.Record.Party.Value));
    }

    [Fact]
    public async Task A_design_comes_as_a_workbook_a_zip_and_a_document_with_the_figures_of_the_core()
    {
        await using RunningServer server = await atRest.Demo();
        Instant now = InstantPattern.ExtendedIso.Parse((await server.Get("/api/v1/clock")).GetProperty("now").GetString()!).Value;
        StudyCase study = Studies.Of(DemoFolder.World, "CUT-1", now).Case!;
        Configuration free = Configuring.Of(study.Sourcing, study.Policy, [], null, null, Stop).Configuration!;
        Assert.Equal(free.Cost.Total, await Cost(server, "design.xlsx?limit="), 1e-6 * free.Cost.Total);
        Assert.True(await Cost(server, "design.xlsx") > 1.01 * free.Cost.Total);
        using HttpResponseMessage zip = await server.Http.GetAsync("/api/v1/studies/CUT-1/design.zip", Stop), pdf = await server.Http.GetAsync("/api/v1/studies/CUT-1/design.pdf", Stop);
        Assert.Equal(("application/zip", "application/pdf", "CUT-1.pdf"), (zip.Content.Headers.ContentType!.MediaType, pdf.Content.Headers.ContentType!.MediaType, pdf.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal("%PDF"u8.ToArray(), (await pdf.Content.ReadAsByteArrayAsync(Stop))[..4]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(server, "CUT-1/design.zip?limit=country"));
        foreach (string none in (string[])["NONE/design.xlsx", "CUT-1/design.pdf?design=NONE"]) Assert.Equal(HttpStatusCode.NotFound, await Status(server, none));
    }

    [Fact]
    public async Task A_planner_takes_designs_away_and_neither_ip_officer_warehouse_nor_supplier_does()
    {
        await using RunningServer server = await atRest.Company();
        foreach (var (role, party, papers, template) in ((string, string, bool, bool)[])[("planner", "MERIDIAN", true, true), ("ip-officer", "MERIDIAN", false, false), ("warehouse", "MERIDIAN", false, false), ("supplier", "SONGBE", false, false)])
        {
            string who = await RealStart.Person(server, $"papers-{role}", party, role);
            Assert.Equal(papers ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/studies/CUT-1/design.zip?limit=", who));
            Assert.Equal(template ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/studies/template.xlsx", who));
            Assert.Equal(papers ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/landed-cost/lots/NONE", who));
        }
    }

    [Fact]
    public async Task A_lot_that_came_lands_as_the_core_says_beside_its_plan()
    {
        await using RunningServer server = await atRest.Demo();
        var tables = Homestretch.Landing.LandingTables.Of(DemoFolder.World);
        Lot lot = DemoFolder.World.Lots.First(l => l.State == LotState.Received && Homestretch.Landing.LandedCost.Of(tables, Homestretch.Landing.Sources.Arrived(DemoFolder.World, tables, l), new()).Landed is not null);
        JsonElement view = await server.Get($"/api/v1/landed-cost/lots/{Uri.EscapeDataString(lot.Id)}");
        Assert.Equal(Homestretch.Landing.LandedCost.Of(tables, Homestretch.Landing.Sources.Arrived(DemoFolder.World, tables, lot), new()).Landed!.Total, view.GetProperty("came").GetProperty("total").GetDecimal());
        Assert.Equal(lot.Quantity.Value, view.GetProperty("quantity").GetDecimal());
        Assert.NotEqual(JsonValueKind.Null, view.GetProperty("planned").ValueKind);
    }

    /// <summary>What a design costs a year, as its workbook says.</summary>
    private static async Task<double> Cost(RunningServer server, string design)
    {
        var (tables, _) = WorkbookReading.Read("design.xlsx", await server.Http.GetByteArrayAsync($"/api/v1/studies/CUT-1/{design}", Stop));
        return double.Parse(tables.Single(static t => t.Table == "cost").Rows[^1].Cells[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<HttpStatusCode> Status(RunningServer server, string path)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync($"/api/v1/studies/{path}", Stop);
        return answer.StatusCode;
    }
}
