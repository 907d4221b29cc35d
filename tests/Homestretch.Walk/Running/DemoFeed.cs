using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Walk.Running;

/// <summary>What the tests tell a running server over its public API, and read back from it.</summary>
internal static class DemoFeed
{
    /// <summary>Gives an empty server the demonstration company and stops its clock at the company's present.</summary>
    public static async Task<Snapshot> LoadDemo(this RunningServer server)
    {
        using var clock = await server.Api.GetAsync("/api/v1/clock");
        JsonElement read = await clock.Content.ReadFromJsonAsync<JsonElement>();
        Instant now = InstantPattern.ExtendedIso.Parse(read.GetProperty("now").GetString()!).Value + Duration.FromMinutes(1);
        IRecord[] company = [.. DemoCompany.Make(now, DemoCompany.DefaultSeed)];
        await server.Tell([.. company.Select(static r => new WorldEvent.Put(r))], "company");
        using HttpResponseMessage set = await server.Api.PostAsJsonAsync("/api/v1/demo/clock", new { now = InstantPattern.ExtendedIso.Format(now), timesReal = 0 });
        set.EnsureSuccessStatusCode();
        return Snapshot.Of(company);
    }

    /// <summary>Tells events under an idempotency key; throws when they are refused.</summary>
    public static async Task Tell(this RunningServer server, IReadOnlyList<WorldEvent> events, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/changes") { Content = new StringContent(ServerLink.Text(events), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage answer = await server.Api.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The whole world as the API gives it, table by table.</summary>
    public static async Task<Snapshot> World(this RunningServer server)
    {
        var files = new List<KeyValuePair<string, byte[]>>();
        foreach (TableKind kind in TableKind.All) files.Add(new($"{kind.Name}.csv", await server.Api.GetByteArrayAsync($"/api/v1/tables/{kind.Name}.csv")));
        var (world, findings) = CompanyFolder.Read(files);
        return world ?? throw new InvalidDataException(findings[0].ToString());
    }

    /// <summary>A pin that holds a lot for ninety days, one that customers wait for.</summary>
    public static async Task<Pin> Strike(this RunningServer server, Snapshot world, string reason)
    {
        Promising.Plan made = Promising.Plan.Make(world, await server.Epoch());
        Lot held = world.Lots.First(l => l.State == LotState.Making && made.HeldBy(l.Key).Count > 0);
        return new("STRIKE", held.Party, PinKind.Supply, held.Id, "", made.Epoch + Duration.FromDays(90), reason, "paula", null);
    }

    /// <summary>All order lines with their forecasts, as text.</summary>
    public static async Task<string> Orders(this RunningServer server) =>
        (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/orders?take=1000&sort=order")).GetProperty("rows").GetRawText();

    /// <summary>The plan's identity: epoch, world version, policy, code.</summary>
    public static async Task<string> Plan(this RunningServer server) => await server.Api.GetStringAsync("/api/v1/plan");

    /// <summary>The moment from which the plan looks ahead.</summary>
    public static async Task<Instant> Epoch(this RunningServer server) => InstantPattern.ExtendedIso.Parse(JsonElement.Parse(await server.Plan()).GetProperty("epoch").GetString()!).Value;
}
