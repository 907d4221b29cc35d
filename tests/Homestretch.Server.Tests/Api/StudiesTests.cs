using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Exchange.Cutting;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Studies over the API: begun from a sample, a kept design opened as it is and played through the live planner; nobody's who may not.</summary>
public sealed class StudiesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sample_is_begun_once_and_never_written_over_what_is_there()
    {
        await using RunningServer server = await RealStart.Begin();
        JsonElement samples = await server.Get("/api/v1/studies/samples");
        Assert.Equal(StudySamples.All.Select(static s => (s.Name, s.Study.Id, false)), samples.EnumerateArray().Select(static s => (s.GetProperty("sample").GetString()!, s.GetProperty("study").GetString()!, s.GetProperty("here").GetBoolean())));
        JsonElement begun = await Post(server, "/api/v1/studies/samples/lamp");
        Assert.Equal("LAMP", begun.GetProperty("key").GetString());
        Assert.Equal([true], (await server.Get("/api/v1/studies/samples")).EnumerateArray().Where(static s => s.GetProperty("sample").GetString() == "lamp").Select(static s => s.GetProperty("here").GetBoolean()));
        string stages = await server.Http.GetStringAsync("/api/v1/tables/study_stages.csv", Stop);
        Assert.Equal(StudySamples.Named("lamp")!.World.StudyStages.Count, stages.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
        Assert.All(stages.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1), static row => Assert.Contains("MERIDIAN", row, StringComparison.Ordinal));

        // again, or where there is none such
        Assert.Equal("key-in-use", await Refused(server, "lamp"));
        Assert.Equal("unknown-key", await Refused(server, "tractor"));
        string planner = await RealStart.Person(server, "pia", "MERIDIAN", "planner"), supplier = await RealStart.Person(server, "sven", "SONGBE", "supplier"), officer = await RealStart.Person(server, "ines", "MERIDIAN", "ip-officer");
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/studies/samples", planner));
        foreach (string other in (string[])[supplier, officer])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/studies/samples", other));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await RealStart.StatusOf(server, HttpMethod.Post, "/api/v1/studies/samples/bulldozer", other));
        }
    }

    [Fact]
    public async Task An_empty_server_begins_with_a_sample_of_the_administrators_own_party_and_one_whose_supplier_is_somebody_else_here_is_refused_whole()
    {
        await using RunningServer server = await RunningServer.Start(null, "--urls", "http://127.0.0.1:0");
        await RealStart.Join(server, (await server.Hears(RealStart.FirstLink())).Value, ("login", "ada"), ("name", "Ada Lindgren"), ("party", "NEWCO"));
        server.As(await RealStart.TokenOf(server, "ada"));
        Assert.Equal("BULLDOZER", (await Post(server, "/api/v1/studies/samples/bulldozer")).GetProperty("key").GetString());
        Assert.Contains("NEWCO,", await server.Http.GetStringAsync("/api/v1/tables/parties.csv", Stop), StringComparison.Ordinal);
        Assert.Contains("BULLDOZER,NEWCO", await server.Http.GetStringAsync("/api/v1/tables/studies.csv", Stop), StringComparison.Ordinal);

        await server.Tell([new WorldEvent.Put(new Party("LUMEN", "Lumen of ours", PartyKind.Supplier, "SE"))]);
        Assert.Equal("key-in-use", await Refused(server, "lamp"));
        Assert.DoesNotContain("LAMP", await server.Http.GetStringAsync("/api/v1/tables/studies.csv", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_design_is_played_beside_the_company_as_it_is_and_a_trial_is_ended()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        using HttpResponseMessage kept = await server.Http.PostAsJsonAsync("/api/v1/designs", new { study = "CUT-1", limits = (string[])["country-share=0.5"], name = "Half", note = "" }, Stop);
        Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync(Stop));
        const string trial = "/api/v1/designs/CUT-1-1/trial";
        Assert.Equal(HttpStatusCode.NotFound, await Status(server, HttpMethod.Get, trial));
        Assert.Equal(HttpStatusCode.NotFound, await Status(server, HttpMethod.Post, "/api/v1/designs/NONE/trial"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(server, HttpMethod.Delete, trial));

        // all that is wrong with what is asked, at once
        using HttpResponseMessage wrong = await server.Http.PostAsJsonAsync(trial, new { days = 10, futures = 99, closed = (string[])["styx"], lost = (string[])["NOBODY", "MERIDIAN"] }, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(["days", "futures", "closed", "lost", "lost"], (await RealStart.JsonOf(wrong)).GetProperty("findings").EnumerateArray().Select(static f => f.GetProperty("place").GetProperty("column").GetString()));

        // a long one is ended, a short one is played to its end
        await Post(server, trial, new { days = 365, futures = 5 });
        Assert.Equal(HttpStatusCode.OK, await Status(server, HttpMethod.Delete, trial));
        Assert.Equal("ended", (await Over(server, trial)).GetProperty("state").GetString());
        await Post(server, trial, new { days = 60, futures = 1, lost = (string[])["MIHO"] });
        JsonElement done = await Over(server, trial);
        Assert.Equal(("done", 240, false), (done.GetProperty("state").GetString(), done.GetProperty("all_days").GetInt32(), done.GetProperty("older").GetBoolean()));
        Assert.Equal(["", DemoFolder.World.Parties["MIHO"].Name], done.GetProperty("rows").EnumerateArray().Select(static r => r.GetProperty("lost").GetString()));
        JsonElement model = done.GetProperty("model"), usual = done.GetProperty("rows")[0];
        Assert.InRange(model.GetProperty("kits").GetDouble(), 0.01, 0.99);
        Assert.True(model.GetProperty("stock_value").GetDouble() > 0);
        Assert.True(usual.GetProperty("design").GetProperty("stock_value").GetDouble() > usual.GetProperty("today").GetProperty("stock_value").GetDouble(), "The design keeps stock at the hubs that the company as it is does not.");
        Assert.True(usual.GetProperty("design").GetProperty("units_per_day").GetDouble() > 0);
    }

    private static async Task<JsonElement> Over(RunningServer server, string trial)
    {
        for (; ; )
        {
            JsonElement now = await server.Get(trial);
            if (now.GetProperty("state").GetString() is not ("waiting" or "playing")) return now;
            await Task.Delay(200, Stop);
        }
    }

    private static async Task<JsonElement> Post(RunningServer server, string path, object? body = null)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(path, body ?? new { }, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await RealStart.JsonOf(answer);
    }

    private static async Task<string?> Refused(RunningServer server, string sample)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync($"/api/v1/studies/samples/{sample}", new { }, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return (await RealStart.JsonOf(answer)).GetProperty("findings")[0].GetProperty("rule").GetString();
    }

    private static async Task<HttpStatusCode> Status(RunningServer server, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
