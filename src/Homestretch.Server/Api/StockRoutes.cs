using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Stock with a target over HTTP: what is free, and buying what is below. Through the caller's window, like everything.</summary>
internal static class StockRoutes
{
    public static void MapStocks(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/stocks").RequireAuthorization("api").DisableAntiforgery().WithTags("Stock").ProducesProblem(401);
        api.MapGet("", static (PersonWindow w) => w.Stocks()).WithSummary("Stocks with a target: what is there, comes, is taken by near kits and is free, and what would be bought where it is below. Empty for who may not see supply or is not the brand owner's");
        api.MapPost("", static async (HttpContext http, PersonWindow w, RestockOrder order) =>
        {
            Told told = await w.Restock(order, http.RequestAborted);
            return told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings);
        }).Produces<Told>().ProducesProblem(422).WithSummary("Buys what the named stocks are below their targets ('stocks': hub|item), or all that are when none is named; approved purchases with their lots, all or none");
    }
}
