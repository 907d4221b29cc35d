using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homestretch.Server.Situating;
using Homestretch.Server.Tests.Running;
using Homestretch.Situations;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Each open situation of a real server is one notice to those who may see it, and has one owner.</summary>
public sealed class SituationNoticeTests
{
    [Fact]
    public async Task A_situation_is_one_notice_with_its_severity_deadline_and_owner_and_none_when_situations_are_off()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.LoadNow();
        using HttpClient paula = await server.SignedIn("paula"), sam = await server.SignedIn("sam");
        // as soon as remedies are found a notice says until when it can be mended, as the room does
        var (notices, open) = await RunningServer.Until(async () => (await server.Standing(), await server.Open()), static now => now.Item1.Any(n => Mendable(now.Item2.GetValueOrDefault(n.Key)) && SaysAs(n.Value, now.Item2[n.Key])));
        Assert.Contains(notices, n => Mendable(open.GetValueOrDefault(n.Key)) && SaysAs(n.Value, open[n.Key]));
        string key = notices.Keys.Where(open.ContainsKey).MaxBy(k => open[k].GetProperty("promises").GetDouble())!, notice = $"situation:{key}", take = $"/api/v1/notices/take?key={Uri.EscapeDataString(notice)}", own = $"/api/v1/situations/{key}/own";
        Assert.Equal($"/situations/{key}", notices[key].GetProperty("path").GetString());
        Assert.DoesNotContain("SIT-", await sam.GetStringAsync("/api/v1/notices", Storage.Store.Stop), StringComparison.Ordinal);

        // who takes the notice takes the situation, and the other way round
        Assert.Equal(HttpStatusCode.NoContent, (await paula.PostAsync(take, null, Storage.Store.Stop)).StatusCode);
        Assert.Equal(("paula", "paula"), await Owners("paula"));
        Assert.Contains((await server.Get($"/api/v1/audit?text={key}")).GetProperty("rows").EnumerateArray(), static r => (r.GetProperty("action").GetString(), r.GetProperty("actor").GetString()) == ("situation-owned", "paula"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sam.PostAsync(take, null, Storage.Store.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Post($"{own}?take=true")).StatusCode);
        Assert.Equal(("admin", "admin"), await Owners("admin"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await paula.PostAsync($"{take}&take=false", null, Storage.Store.Stop)).StatusCode); // it is another's
        Assert.Equal(HttpStatusCode.OK, (await server.Post($"{own}?take=false")).StatusCode);
        Assert.Equal(("", ""), await Owners(""));
        Assert.Equal(HttpStatusCode.NoContent, (await paula.PostAsync(take, null, Storage.Store.Stop)).StatusCode);
        Assert.Equal(("paula", "paula"), await Owners("paula"));
        Assert.Equal(HttpStatusCode.NoContent, (await paula.PostAsync($"{take}&take=false", null, Storage.Store.Stop)).StatusCode);
        Assert.Equal(("", ""), await Owners(""));

        // how much a situation must take to be told at once is a person's own choice; who does not say it asks for none
        await paula.Wish(("least_promises", 0.5));
        JsonNode choice = JsonNode.Parse(await paula.GetStringAsync("/api/v1/notify", Storage.Store.Stop))!["choice"]!;
        Assert.Equal(0.5, (double)choice["least_promises"]!);
        choice["least_promises"] = -1;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await paula.PutAsJsonAsync("/api/v1/notify", choice, Storage.Store.Stop)).StatusCode);
        choice.AsObject().Remove("least_promises");
        Assert.Equal(HttpStatusCode.NoContent, (await paula.PutAsJsonAsync("/api/v1/notify", choice, Storage.Store.Stop)).StatusCode);
        Assert.Equal(0, JsonElement.Parse(await paula.GetStringAsync("/api/v1/notify", Storage.Store.Stop)).GetProperty("choice").GetProperty("least_promises").GetDouble());

        // a server that looks for none has no notices of them
        await server.Stop();
        await using RunningServer off = await RunningServer.Demo(server.Folder);
        Assert.Empty(await RunningServer.Until(() => off.Standing(), static n => n.Count == 0));
        Assert.Contains((await off.Get("/api/v1/notices?over=true")).EnumerateArray(), n => n.GetProperty("key").GetString() == notice);
        Assert.Contains(key, (await off.Open()).Keys);

        async Task<(string Situation, string Notice)> Owners(string wanted) => await RunningServer.Until(async () =>
        {
            string? told = (await server.Standing()).GetValueOrDefault(key) is { ValueKind: JsonValueKind.Object } n ? n.GetProperty("owner").GetString() ?? "" : null;
            return ((await server.Get($"/api/v1/situations/{key}")).GetProperty("row").GetProperty("owner").GetString()!, told ?? "no notice");
        }, o => o == (wanted, wanted));
    }

    [Fact]
    public async Task One_that_nobody_takes_while_the_time_runs_down_goes_to_the_next_role_and_one_that_has_an_owner_does_not()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.LoadNow();
        var (notices, open) = await RunningServer.Until(async () => (await server.Standing(), await server.Open()), static now => Counting(now.Item1, now.Item2).Length > 1);
        string[] two = [.. Counting(notices, open).Take(2)];
        Assert.Equal(2, two.Length);
        using HttpClient paula = await server.SignedIn("paula");
        Assert.Equal(HttpStatusCode.OK, (await paula.PostAsync($"/api/v1/situations/{two[0]}/own?take=true", null, Storage.Store.Stop)).StatusCode);
        Assert.Equal("paula", (await RunningServer.Until(() => server.Standing(), n => n[two[0]].GetProperty("owner").GetString() == "paula"))[two[0]].GetProperty("owner").GetString());
        // more than half of the time of both has passed
        Instant half = two.Max(k => At(notices[k].GetProperty("created")) + (At(notices[k].GetProperty("deadline")) - At(notices[k].GetProperty("created"))) * 0.55);
        await server.Post("/api/v1/demo/clock", RunningServer.Json($$"""{"now": "{{InstantPattern.General.Format(half)}}", "timesReal": 1}"""));
        notices = await RunningServer.Until(() => server.Standing(), n => Handed(n, two[1]) == "administrator");
        Assert.Equal(("", "administrator"), (Handed(notices, two[0]), Handed(notices, two[1])));
        // given back it goes the same way
        Assert.Equal(HttpStatusCode.OK, (await paula.PostAsync($"/api/v1/situations/{two[0]}/own?take=false", null, Storage.Store.Stop)).StatusCode);
        Assert.Equal("administrator", Handed(await RunningServer.Until(() => server.Standing(), n => Handed(n, two[0]) == "administrator"), two[0]));

        static string Handed(IReadOnlyDictionary<string, JsonElement> notices, string key) => notices.TryGetValue(key, out JsonElement n) ? string.Join(' ', n.GetProperty("handed_to").EnumerateArray().Select(static r => r.GetString())) : "over";
        static string[] Counting(IReadOnlyDictionary<string, JsonElement> notices, IReadOnlyDictionary<string, JsonElement> open) =>
            [.. notices.Where(n => n.Value.GetProperty("deadline").ValueKind == JsonValueKind.String && n.Value.GetProperty("handed_to").GetArrayLength() == 0 && open.ContainsKey(n.Key)).Select(static n => n.Key).OrderByDescending(k => open[k].GetProperty("promises").GetDouble())];
    }

    [Theory]
    [InlineData(0.9, 3.0, 1.0, NoticeSeverity.Information)]    // no promise is at risk
    [InlineData(0.5, 3.0, null, NoticeSeverity.Warning)]
    [InlineData(0.5, 3.0, 2.1, NoticeSeverity.Warning)]
    [InlineData(0.5, 3.0, 1.9, NoticeSeverity.Critical)]
    [InlineData(0.5, 0.9, 1.9, NoticeSeverity.Warning)]        // not one promise is expected to be broken
    [InlineData(0.5, 3.0, -0.1, NoticeSeverity.Critical)]      // the time has run out
    public void It_is_critical_when_a_promise_will_be_broken_and_less_than_two_days_are_left(double kept, double takes, double? daysLeft, NoticeSeverity weighs)
    {
        Instant now = Instant.FromUtc(2026, 11, 27, 8, 0);
        Assert.Equal(weighs, SituationNotices.Weight(Taking(now, takes, kept, 2), daysLeft is { } d ? now + Duration.FromDays(d) : null, now));
    }

    [Fact]
    public void Its_days_are_the_worst_of_the_promises_that_it_hurts_and_unknown_when_one_has_no_date()
    {
        Instant now = Instant.FromUtc(2026, 11, 27, 8, 0);
        LostPromise One(double share, double? days) => Taking(now, share, 0.5, days).Lost[0];
        Assert.Equal(4, Of(One(0.6, 3), One(0.05, 4), One(0.01, 30)).DaysLate);
        Assert.Equal(0, Of(One(0.6, -3)).DaysLate);
        Assert.Null(Of(One(0.6, 3), One(0.2, null)).DaysLate);
        Assert.Equal(7, Of(One(0.04, 7), One(0.03, 2)).DaysLate);    // none is hurt much: the worst of all

        static Assessment Of(params LostPromise[] lost) => new(new(CauseKind.Lot, "L-1"), lost, lost.Sum(static l => l.Share), []);
    }

    private static Assessment Taking(Instant now, double promises, double kept, double? daysLate) => new(new(CauseKind.Lot, "L-1"),
        [new("SO-1/1", "ACME", 1, new Promise("SO-1/1", 1, "MERIDIAN", now, new(0.9), now, "paula", ""), promises, kept, kept < 0.8, daysLate, "lot:L-1", false)], promises, []);

    private static bool Mendable(JsonElement row) => row.ValueKind == JsonValueKind.Object && row.GetProperty("point_of_no_return").ValueKind == JsonValueKind.String;

    /// <summary>Whether a notice says what the row of its situation says.</summary>
    private static bool SaysAs(JsonElement notice, JsonElement row) => notice.GetProperty("title").GetString()!.StartsWith(row.GetProperty("title").GetString()!, StringComparison.Ordinal)
        && (notice.GetProperty("severity").GetString() == "information") == (row.GetProperty("at_risk").GetInt32() == 0) && notice.GetProperty("deadline").ValueKind == JsonValueKind.String
        && Math.Abs((At(notice.GetProperty("deadline")) - At(row.GetProperty("point_of_no_return"))).TotalSeconds) < 1;

    private static Instant At(JsonElement at) => InstantPattern.ExtendedIso.Parse(at.GetString()!).Value;
}
