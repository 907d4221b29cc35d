using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Homestretch.Server.Api;

/// <summary>An answer with a tag made of its own bytes: equal tags mean equal answers, before and after a restart, for whoever asks.</summary>
/// <param name="Value">Null: 404, the same whether it does not exist or is not the caller's to see.</param>
/// <param name="Missing">What a 404 says.</param>
internal sealed record Tagged<T>(T? Value, string Missing = "") : IResult, IEndpointMetadataProvider where T : class
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (Value is null)
        {
            await Results.Problem(Missing, statusCode: 404, title: "Not found").ExecuteAsync(httpContext);
            return;
        }
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(Value, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        httpContext.Response.Headers.ETag = tag;
        if (httpContext.Request.Headers.IfNoneMatch.Any(known => known is "*" || known?.Split(',').Any(k => k.Trim() is var one && (one == tag || one == "W/" + tag)) == true))
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        else await Results.Bytes(body, "application/json; charset=utf-8").ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
