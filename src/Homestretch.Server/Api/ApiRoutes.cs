using System.Text.Json.Serialization;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Events;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>The public HTTP API, version 1. Everything goes through the caller's window.</summary>
internal static class ApiRoutes
{
    private const int MostBytes = 64 * 1024 * 1024;

    public static void MapApi(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().ProducesProblem(401);
        Reads(api.MapGroup("").WithTags("Read"));
        Writes(api.MapGroup("").WithTags("Tell").ProducesProblem(422));
        Demo(api.MapGroup("").ExcludeFromDescription());
    }

    private static void Reads(RouteGroupBuilder api)
    {
        api.MapGet("/clock", (PersonWindow w) => w.Clock is var c ? new { epoch = c.Epoch, now = c.Now, zone = c.Zone.Id, demo = c.Demo, times_real = c.TimesReal } : null).WithSummary("The hub's clock");
        api.MapGet("/plan", (PersonWindow w) => w.Plan).WithSummary("The plan everything is forecast by: identity, epoch, world version, policy");
        api.MapGet("/me", (PersonWindow w) => w.Person).WithSummary("Who this token or session stands for");
        api.MapGet("/today", (PersonWindow w) => new Tagged<TodayView>(w.Today())).WithSummary("The first screen's figures and ranked changes");
        api.MapGet("/kits", (PersonWindow w, int skip = 0, int take = 60, bool atRisk = false, string? line = null, string? market = null) =>
            new Tagged<KitGridView>(w.Kits(new(Line: line, Market: market, OnlyAtRisk: atRisk, Skip: skip, Take: Most(take))))).WithSummary("Kits by planned start");
        api.MapGet("/orders", Results<Tagged<Page<OrderRow>>, ProblemHttpResult> (PersonWindow w, string? text = null, string? state = null, string? market = null, int skip = 0, int take = 50) =>
        {
            PromiseState? one = state is null ? null : Words.Find<PromiseState>(state);
            if (state is not null && one is null) return NoChoice<PromiseState>("state", state);
            return new Tagged<Page<OrderRow>>(w.Orders(new(text, one, market, Skip: skip, Take: Most(take))));
        }).WithSummary("Order lines with promise and forecast; state is one of the words in the answers, such as at-risk");
        api.MapGet("/orders/{*orderLine}", (PersonWindow w, string orderLine) => Found(w.Order(Uri.UnescapeDataString(orderLine)), "order line", orderLine)).ProducesProblem(404).WithSummary("One order line with its reason");
        api.MapGet("/lots", (PersonWindow w, string? text = null, bool late = false, int skip = 0, int take = 50) =>
            new Tagged<Page<LotRow>>(w.Lots(new(text, OnlyLate: late, Skip: skip, Take: Most(take))))).WithSummary("Lots on their way");
        api.MapGet("/lots/{lot}", (PersonWindow w, string lot) => Found(w.Lot(lot), "lot", lot)).ProducesProblem(404).WithSummary("One lot with its steps");
        api.MapGet("/passages", (PersonWindow w) => new Tagged<PassagesView>(w.Passages())).WithSummary("Passages of the sea, whether they are closed, and what has each before it");
        api.MapGet("/sources", (PersonWindow w) => w.Sources()).WithSummary("How good each source of estimates has been, by lane and distance");
        api.MapGet("/machines", (PersonWindow w, int skip = 0, int take = 50) => new Tagged<Page<MachineRow>>(w.Machines(new(Skip: skip, Take: Most(take))))).WithSummary("Machines by what waiting costs");
        api.MapGet("/machines/{machine}", (PersonWindow w, string machine) => Found(w.Machine(machine), "machine", machine)).ProducesProblem(404).WithSummary("One machine with what it still makes and its slots for maintenance, priced");
        api.MapGet("/machines/{machine}/history", async Task<IResult> (HttpContext http, PersonWindow w, string machine, string from, string to, int points = 200) =>
            Stretch(from, to) is { } asked ? Results.Ok(await w.History(machine, asked.From, asked.To, points, http.RequestAborted)) : NoStretch()).Produces<MachineHistory>().ProducesProblem(400).WithSummary("States and measured values of a machine over [from, to)");
        api.MapGet("/machines/{machine}/oee", async Task<IResult> (HttpContext http, PersonWindow w, string machine, string from, string to, string by = "day") =>
            Words.Find<Bucket>(by) is not { } bucket ? NoChoice<Bucket>("by", by)
                : Stretch(from, to) is { } asked ? Results.Ok(await w.Spent(machine, asked.From, asked.To, bucket, http.RequestAborted)) : NoStretch())
            .Produces<IReadOnlyList<MachinePeriod>>().ProducesProblem(400).WithSummary("How a machine spent the days of its site over [from, to), its shifts (by=shift) or the clock hours (by=hour), with its OEE in each");
        api.MapGet("/machines/{machine}/stops", async Task<IResult> (HttpContext http, PersonWindow w, string machine, string from, string to, int micro = 300) =>
            micro is < 0 or > 86_400 ? TypedResults.Problem("'micro' is a number of seconds from 0 to 86400.", statusCode: 400, title: "Not a time")
                : Stretch(from, to) is not { } asked ? NoStretch()
                : await w.Stops(machine, asked.From, asked.To, Duration.FromSeconds(micro), http.RequestAborted) is { } stops ? Results.Ok(stops) : TypedResults.Problem($"There is no machine '{machine}' that you may see.", statusCode: 404))
            .Produces<StopsView>().ProducesProblem(400).ProducesProblem(404).WithSummary("How a machine stood over [from, to) and why, the longest reasons first; stops shorter than 'micro' seconds are counted apart");
        api.MapGet("/changes", (PersonWindow w, int most = 100) => w.Changes(most)).WithSummary("What changed, newest first");
        api.MapGet("/tables", () => TableKind.All.Select(static k => new { table = k.Name, doc = k.Doc, columns = k.Columns.Select(static c => new { name = c.Name, form = c.Form, required = c.Required, doc = c.Doc }) })).WithSummary("Every table and its columns");
        api.MapGet("/tables/{table}.csv", Results<FileContentHttpResult, NotFound> (PersonWindow w, string table) => TableKind.Named(table) is { } kind
            ? TypedResults.File(CompanyFolder.WriteTable(kind, w.Records(kind)), "text/csv; charset=utf-8", $"{table}.csv") : TypedResults.NotFound()).WithSummary("A table as CSV, cut to your slice");
        api.MapGet("/live", (HttpContext http, PersonWindow w, LiveNotes notes) => TypedResults.ServerSentEvents(notes.Of(w, http.Request.Headers["Last-Event-ID"], http.RequestAborted)))
            .WithSummary("What changes, as server-sent events; with Last-Event-ID what was missed, or an event 'reset': read again what you show");
    }

    private static void Writes(RouteGroupBuilder api)
    {
        api.MapPost("/changes", async (HttpContext http, PersonWindow w) =>
        {
            var (events, findings) = EventText.Read(await Body(http), "body");
            return findings.Count > 0 ? Problem(findings) : Told(await w.Tell(events, http.RequestAborted, idempotencyKey: Key(http)));
        }).Takes("application/json", """[{"put": "parties", "row": {"party": "ACME", "name": "Acme Bikes", "kind": "customer", "country": "US"}}]""").Produces<Told>().WithSummary("Puts and removals, all or none; repeat with the same Idempotency-Key is safe");
        api.MapPost("/epcis/capture", async (HttpContext http, PersonWindow w) =>
        {
            var (told, captured) = await w.Capture(await Body(http), http.RequestAborted, Key(http));
            return told.Accepted ? Results.Ok(new { told.Accepted, told.Version, captured.Read, changes = captured.Events.Count, captured.PassedOver }) : Problem(told.Findings);
        }).WithSummary("EPCIS 2.0 events in JSON-LD become milestones of shipments and news of lots, all of a document or none");
        api.MapPost("/tables/{table}.csv", async (HttpContext http, PersonWindow w, string table, bool dryRun = false) =>
        {
            byte[] bytes = await Body(http);
            ImportView view = dryRun ? w.DryRun($"{table}.csv", bytes) : await w.Import($"{table}.csv", bytes, http.RequestAborted);
            return view.Findings.Count > 0 ? Problem(view.Findings) : Results.Ok(view);
        }).Takes("text/csv", "party,name,kind,country\nACME,Acme Bikes,customer,US\n").Produces<ImportView>().WithSummary("A CSV delta: rows are upserts, an absent row never deletes");
        api.MapPost("/quotes", (PersonWindow w, QuoteRequest request) => w.Quote(request)).WithSummary("A date for an order that does not exist yet");
        api.MapPost("/orders/{orderLine}/promises", async (HttpContext http, PersonWindow w, string orderLine, Instant date, string reason) =>
            Told(await w.GivePromise(Uri.UnescapeDataString(orderLine), date, reason, http.RequestAborted))).Produces<Told>().WithSummary("Gives the customer a date");
        api.MapPost("/machines/{machine}/service", async Task<IResult> (HttpContext http, PersonWindow w, string machine, string from, string to) =>
            Stretch(from, to) is { } slot ? Told(await w.Service(machine, slot.From, slot.To, http.RequestAborted)) : NoStretch()).Produces<Told>().ProducesProblem(400).WithSummary("Plans maintenance of a machine over [from, to): moves its next planned stop, or plans new work");
        api.MapPost("/maintenance/{maintenance}/call-off", async (HttpContext http, PersonWindow w, string maintenance) => Told(await w.CallOff(maintenance, http.RequestAborted))).Produces<Told>().WithSummary("Calls planned maintenance off");
        api.MapPost("/passages", async (HttpContext http, PersonWindow w, PassageOrder order, bool ask = false) =>
        {
            if (!ask) return Told(await w.TellPassage(order, http.RequestAborted));
            WhatIfView view = await w.IfPassage(order, http.RequestAborted);
            return view.Findings.Count > 0 ? Problem(view.Findings) : Results.Ok(view);
        }).Produces<Told>().WithSummary("Closes a passage of the sea from now on, or opens it; with ask=true answers what would come of it and changes nothing");
        api.MapPost("/what-if", async (HttpContext http, PersonWindow w) =>
        {
            var (events, findings) = EventText.Read(await Body(http), "body");
            if (findings.Count > 0) return Problem(findings);
            WhatIfView view = await w.If(events, http.RequestAborted);
            return view.Findings.Count > 0 ? Problem(view.Findings) : Results.Ok(view);
        }).Takes("application/json", """[{"put": "pins", "row": {"pin": "STRIKE", "party": "MERIDIAN", "kind": "supply", "target": "MOT-1-GVL-2648", "at": "2027-01-10T08:00:00Z", "reason": "strike at the port", "by": "paula"}}]""").Produces<WhatIfView>().WithSummary("What would come of changes that have not happened; takes what /changes takes and changes nothing");
        api.MapPost("/proposals", async (HttpContext http, PersonWindow w) => w.Person.May.Contains(Permission.Replan) ? Results.Ok(await w.Propose(http.RequestAborted)) : Results.Problem(statusCode: 403)).Produces<ProposalView>().WithSummary("A full re-plan as a proposal");
        api.MapPost("/proposals/{proposal}/accept", async (HttpContext http, PersonWindow w, string proposal) => Told(await w.Accept(proposal, http.RequestAborted))).Produces<Told>().WithSummary("Accepts a proposal");
    }

    /// <param name="Now">The world's present.</param>
    /// <param name="TimesReal">Seconds of the world per real second; 0: it stands still.</param>
    private sealed record ClockSetting(Instant Now, [property: JsonPropertyName("timesReal")] double TimesReal);

    private static void Demo(RouteGroupBuilder api)
    {
        api.MapGet("/demo/clock", (ServerOptions options, HubClock clock, Planner planner) => !options.Demo || planner.Empty ? Results.NotFound() : Results.Ok(new { now = clock.Now, times_real = clock.Speed })).WithSummary("Demo only: the world's clock");
        api.MapPost("/demo/clock", (PersonWindow w, ServerOptions options, HubClock clock, ClockSetting setting) =>
        {
            if (!options.Demo || !w.Person.May.Contains(Permission.Administer)) return Results.NotFound();
            clock.Run(setting.Now, Math.Clamp(setting.TimesReal, 0, 100_000));
            return Results.Ok(new { now = clock.Now, times_real = clock.Speed });
        }).WithSummary("Demo only: sets the world's clock");
    }

    private static (Instant From, Instant To)? Stretch(string from, string to) =>
        InstantPattern.ExtendedIso.Parse(from) is { Success: true, Value: var begin } && InstantPattern.ExtendedIso.Parse(to) is { Success: true, Value: var end } ? (begin, end) : null;

    private static ProblemHttpResult NoStretch() => TypedResults.Problem("'from' and 'to' are instants, such as 2026-03-02T06:00:00Z.", statusCode: 400, title: "Not a time");

    /// <summary>Pages hold at most a thousand rows.</summary>
    internal static int Most(int take) => Math.Clamp(take, 1, 1000);

    private static Tagged<T> Found<T>(T? answer, string what, string key) where T : class => new(answer, $"There is no {what} '{key}' that you may see.");

    private static ProblemHttpResult NoChoice<E>(string name, string value) where E : struct, Enum =>
        TypedResults.Problem($"'{value}' is no {name}. Write one of: {string.Join(", ", Words.Of<E>())}.", statusCode: 400, title: "Not a choice");

    private static string? Key(HttpContext http) => http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 200 } key] ? key : null;

    private static IResult Told(Told told) => told.Accepted ? Results.Ok(told) : Problem(told.Findings);

    internal static IResult Problem(IReadOnlyList<Finding> findings, int status = 422) => Results.Problem(title: "Refused; nothing was changed", statusCode: status,
        detail: findings[0].ToString(), extensions: new Dictionary<string, object?> { ["findings"] = findings });

    private static async Task<byte[]> Body(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }
}
