using Homestretch.Server.Access;
using Homestretch.Server.Floor;
using Homestretch.Server.Notifying;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Api;

/// <summary>The floor's devices over HTTP, each let in by a token of its own that sees and tells nothing but its site's floor.</summary>
internal static class FloorRoutes
{
    private const string Device = "floor-device";

    /// <param name="Code">As the QR has it.</param>
    /// <param name="Install">As the app was named when it was enrolled before, 16 hexadecimal digits; empty: a new one.</param>
    private sealed record EnrolRequest(string? Code, string? Install);

    /// <param name="Name">As people call it, such as GVL-07.</param>
    /// <param name="Role">Warehouse, assembler, or administrator for both.</param>
    private sealed record InviteRequest(string? Name, string? Site, Role Role);

    /// <param name="P256dh">As the browser's subscription has it, base64url; Auth too.</param>
    /// <param name="Language">As BCP 47 has it.</param>
    private sealed record CardRequest(string? Endpoint, string? P256dh, string? Auth, string? Language);

    public static void MapFloor(this WebApplication app)
    {
        OfPeople(app.MapGroup("/api/v1/floor-devices").RequireAuthorization("api").DisableAntiforgery().WithTags("Floor").ProducesProblem(401));
        RouteGroupBuilder floor = app.MapGroup("/api/v1/floor").AllowAnonymous().DisableAntiforgery().WithTags("Floor").ProducesProblem(401);
        floor.MapPost("/enrol", async (HttpContext http, FloorDevices devices, Live.LiveWorld live, EnrolRequest request) =>
        {
            if (await devices.Enrol(request.Code ?? "", request.Install, http.RequestAborted) is not var (token, d))
                return Results.Problem("The code is not known, has been used, or is older than half an hour. Have a new one shown on the screen for devices.", statusCode: 404, title: "No such code");
            await http.Note(AuditAction.FloorDeviceEnrolled, d.Name, $"{d.Site}, {d.Role}", (d.Party, d.Name));
            string site = live.World.Sites.Find(d.Site)?.Name ?? d.Site;
            return Results.Ok(new { token, device = d.Name, install = d.Install, site = d.Site, site_name = site, party = d.Party, role = d.Role, until = d.Until });
        }).RequireRateLimiting("sign-in").ProducesProblem(404).WithSummary("Enrols a device by the one-time code that a person shows it as QR; the token is told this once");
        RouteGroupBuilder own = floor.MapGroup("").AddEndpointFilter(SignIn);
        own.MapGet("/board", (HttpContext http, FloorDesk desk, CardKeeper cards, bool resting = false) =>
        {
            cards.Looks(Of(http).Id, !resting);
            var (bytes, tag) = desk.Board(Of(http).Site);
            http.Response.Headers.ETag = $"\"{tag}\"";
            http.Response.Headers.CacheControl = "no-cache";
            return http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal) ? Results.StatusCode(304) : Results.Bytes(bytes, "application/json");
        }).Produces<Finishing.Floor.FloorBoard>().WithSummary("What is to be done at the device's site: lots that come, kits with their picks and what they wait for, units in work with their steps. How much lies in a bin is not told. resting=true: nobody looks at the app, so that a card may be sent");
        own.MapGet("/releases/{serial}", static (HttpContext http, Live.LiveWorld live, string serial) =>
        {
            Snapshot world = live.World;
            Unit? unit = world.Units.Find(serial) is { } u && world.AssemblyLines[world.Builds[u.Build].Line].Site.Value == Of(http).Site ? u : null;
            return ReleaseRoutes.File(unit is null ? null : world.FirmwareReleases.StartingWith($"{world.Builds[unit.Build].OrderLine}|").LastOrDefault(r => r.Serial == unit.Key), serial);
        }).Produces<byte[]>(200, "application/json").ProducesProblem(404).WithSummary("The last firmware release of a unit of the device's site, signed, to be kept until it is written");
        own.MapPost("/operations", async (HttpContext http, FloorDesk desk, FloorSaying[] said) =>
        {
            var (answers, findings) = await desk.Tell(Of(http), said, http.RequestAborted);
            foreach (var (s, a) in said.Zip(answers).Where(static x => x.First.Act == FloorAct.ReleaseFirmware))
                await http.Note(a.Answer == FloorAnswer.Accepted ? AuditAction.FirmwareReleased : AuditAction.FirmwareRefused, s.Unit ?? "", a.Rule.Length > 0 ? $"{a.Rule}: {a.Said}" : a.Said, (Of(http).Party, Of(http).Name));
            return findings.Count > 0 ? ApiRoutes.Problem(findings) : Results.Ok(answers);
        }).Produces<IReadOnlyList<FloorSaid>>().ProducesProblem(422).WithSummary("Does what the device says, in its order; each is accepted or refused with the reason, and one told before gets the answer it got then");
        Cards(own);
        own.MapPut("/photos/{number:int}/{hash}", Photo).Produces(204).ProducesProblem(413).ProducesProblem(422)
            .WithSummary("A photo of an operation that was done and names it in its values (photo= and the file's SHA-256): JPEG, PNG or WebP by its first bytes, at most 4 MB. Only the picture is kept, for a year");
    }

    /// <summary>What comes next, as a notification of the device's browser.</summary>
    private static void Cards(RouteGroupBuilder own)
    {
        own.MapGet("/card", static (PushKey key) => Results.Ok(new { push_key = key.Public })).WithSummary("The key by which push services know this hub, base64url: what a browser subscribes with");
        own.MapPut("/card", async (HttpContext http, CardTables tables, CardKeeper cards, Outside outside, CardRequest request) =>
        {
            FloorDevice device = Of(http);
            var at = new PushSubscription(request.Endpoint ?? "", request.P256dh ?? "", request.Auth ?? "", device.Name);
            if (NotifySight.Wrong(outside, at) is { } wrong) return ApiRoutes.Problem([wrong]);
            if (request.Language is not { Length: >= 2 and <= 35 }) return ApiRoutes.Problem([NotifySight.Wrong("language", "language", "The language is none.", "Write it as BCP 47 has it, such as en or zh-Hans.")]);
            if (await tables.Put(device.Id, at, request.Language, http.RequestAborted)) await http.Note(AuditAction.DeviceAdded, device.Name, new Uri(at.Endpoint).Host, (device.Party, device.Name));
            cards.Renew();
            return Results.NoContent();
        }).Produces(204).ProducesProblem(422).WithSummary("What comes next is sent to this browser as a push message from now on, encrypted for it: names and numbers, no texts but the step's title in the language given. One a device");
        own.MapDelete("/card", async (HttpContext http, CardTables tables) =>
        {
            if (await tables.Remove(Of(http).Id, null, http.RequestAborted)) await http.Note(AuditAction.DeviceRemoved, Of(http).Name, "", (Of(http).Party, Of(http).Name));
            return Results.NoContent();
        }).Produces(204).WithSummary("No cards any more");
    }

    /// <summary>A photo that an operation of the device names, sent after it; sent again it is kept once.</summary>
    private static async Task<IResult> Photo(HttpContext http, FloorPhotos photos, int number, string hash)
    {
        if (await PhotoRoutes.Body(http, FloorPhotos.MostBytes) is not { } file)
            return Results.Problem($"A photo has at most {FloorPhotos.MostBytes / 1024 / 1024} MB. Make it smaller; 1600 pixels a side are enough.", statusCode: 413, title: "Too large");
        return await photos.Put(Of(http), number, hash, file, http.RequestAborted) is { } wrong ? ApiRoutes.Problem([wrong]) : Results.NoContent();
    }

    private static void OfPeople(RouteGroupBuilder people)
    {
        people.MapGet("", static (PersonWindow w) => w.FloorDevices() is { } view ? Results.Ok(view) : Results.Problem(statusCode: 403)).Produces<FloorDevicesView>().WithSummary("Devices of the floor that may come in, and hubs that can have one");
        people.MapPost("", async (HttpContext http, PersonWindow w, InviteRequest request) =>
        {
            if (!w.Person.May.Contains(Permission.Administer)) return Results.Problem(statusCode: 403);
            FloorCodeView code = await w.InviteFloorDevice(request.Name ?? "", request.Site ?? "", request.Role, http.RequestAborted);
            return code.Path is { } path ? Results.Ok(new { path }) : ApiRoutes.Problem(code.Findings);
        }).ProducesProblem(403).ProducesProblem(422).WithSummary("A one-time path for a device, valid half an hour: it opens it once");
        people.MapDelete("/{id}", async (HttpContext http, PersonWindow w, string id) =>
        {
            if (!w.Person.May.Contains(Permission.Administer)) return Results.Problem(statusCode: 403);
            Told told = await w.RevokeFloorDevice(id, http.RequestAborted);
            return told.Accepted ? Results.NoContent() : Results.Problem(told.Findings[0].What, statusCode: 404);
        }).ProducesProblem(403).ProducesProblem(404).WithSummary("Shuts a device out at once; what it has queued stays on it");
    }

    private static FloorDevice Of(HttpContext http) => (FloorDevice)http.Items[Device]!;

    private static async ValueTask<object?> SignIn(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        string? bearer = http.Request.Headers.Authorization.ToString() is { Length: > 7 } given && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? given[7..].Trim() : null;
        if (bearer is null || await http.RequestServices.GetRequiredService<FloorDevices>().Of(bearer, http.RequestAborted) is not { } device)
            return Results.Problem("This device is not enrolled, was shut out, or its time is over. Have a new code shown on the screen for devices; what is queued stays.", statusCode: 401, title: "Not enrolled");
        http.Items[Device] = device;
        return await next(context);
    }
}
