using Homestretch.Server.Access;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Http.Features;

namespace Homestretch.Server.Api;

/// <summary>Photos of the floor over HTTP, for who sees the floor.</summary>
internal static class PhotoRoutes
{
    public static void MapPhotos(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/floor-photos").RequireAuthorization("api").DisableAntiforgery().WithTags("Floor").ProducesProblem(401).ProducesProblem(404);
        api.MapGet("", static async (HttpContext http, PersonWindow w, string lot) => await w.Photos(lot, http.RequestAborted) is { } photos ? Results.Ok(photos) : Results.Problem($"There is no lot '{lot}', or its photos are not yours to see.", statusCode: 404))
            .Produces<IReadOnlyList<LotPhoto>>().WithSummary("Photos that were taken of a lot on the floor, such as of damage, oldest first; one without a hash has not come yet. For the brand owner's people who see the floor");
        api.MapGet("/{hash}", static async (HttpContext http, PersonWindow w, string hash) =>
        {
            if (await w.Photo(hash, http.RequestAborted) is not { } picture) return Results.Problem("There is no such photo, its time is over, or it is not yours to see.", statusCode: 404);
            http.Response.Headers.CacheControl = "private, max-age=3600";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            return Results.File(picture.Bytes, picture.Media);
        }).Produces<byte[]>(200, "image/jpeg", "image/png", "image/webp").WithSummary("A photo of the floor: the picture alone, without place, time or camera");
    }

    /// <summary>The file of a photo as it comes; null: it is too large.</summary>
    internal static async Task<byte[]?> Body(HttpContext http, int most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most + 1;
        if (http.Request.ContentLength > most) return null;
        using var buffer = new MemoryStream();
        byte[] part = new byte[81920];
        for (int n; (n = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0;)
        {
            if (buffer.Length + n > most) return null;
            buffer.Write(part, 0, n);
        }
        return buffer.ToArray();
    }
}
