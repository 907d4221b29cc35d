using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Homestretch.Server.Api;

/// <summary>What the API's description says of bodies that we read ourselves.</summary>
internal static class Described
{
    /// <summary>Says what a body holds, with an example; any content type is read.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, string media, string example) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [media] = new() { Example = media == "application/json" ? JsonNode.Parse(example) : JsonValue.Create(example) } },
        };
        return Task.CompletedTask;
    });
}
