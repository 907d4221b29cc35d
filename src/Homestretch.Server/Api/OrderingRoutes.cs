using Homestretch.Server.Access;
using Homestretch.Web.Window;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>Orders chosen by the rules of their market, over HTTP. Through the caller's window, like everything.</summary>
internal static class OrderingRoutes
{
    public static void MapOrdering(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().WithTags("Read").ProducesProblem(401);
        api.MapGet("/configure", static IResult (HttpContext http, PersonWindow w, string? family = null, string? market = null, string? hub = null, string? requested = null, string[]? choose = null) =>
        {
            LocalDate? day = null;
            if (requested is not null)
            {
                if (!LocalDatePattern.Iso.Parse(requested).TryGetValue(default, out LocalDate on)) return TypedResults.Problem("'requested' is a day, such as 2027-03-01.", statusCode: 400, title: "Not a day");
                day = on;
            }
            if (w.Configure(new(family, market, hub, day, choose ?? []), http.RequestAborted) is not { } view) return Results.Problem(statusCode: 403);
            return view.Findings.Count > 0 ? ApiRoutes.Problem(view.Findings) : Results.Ok(view);
        }).Produces<ConfigureView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(422)
            .WithSummary("An order while it is chosen ('choose' as feature=option, repeated, in order): each option possible, chosen, forced or impossible with its reasons and the smallest change, price, dates and domestic content of what is left, what the market asks for and how its documents stand. For who may promise dates; moves nothing");
        api.MapPost("/orders/{orderLine}/confirm", static async (HttpContext http, PersonWindow w, string orderLine) =>
        {
            Told told = await w.Confirm(Uri.UnescapeDataString(orderLine), http.RequestAborted);
            return told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings);
        }).WithTags("Tell").Produces<Told>().ProducesProblem(422).WithSummary("Confirms an order line, or refuses with each document that is not in force at its promised date and each rule that its options break");
    }
}
