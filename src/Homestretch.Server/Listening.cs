using Homestretch.Server.Live;
using Microsoft.AspNetCore.HttpOverrides;

namespace Homestretch.Server;

/// <summary>Where and how the process takes HTTP.</summary>
internal static class Listening
{
    /// <summary>Binds the addresses of the options and nothing else, whatever the environment says.</summary>
    public static void Listen(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseUrls([.. options.Urls]);
        // Paths can hold one-time secrets: requests are counted and traced, not logged.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.Certificate is { } certificate)
                kestrel.ConfigureHttpsDefaults(https => (https.ServerCertificate, https.ServerCertificateChain) = (certificate, options.Chain));
        });
        if (!options.BehindProxy) return;
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = 1; // what the proxy itself saw; all before it is what the caller says
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (System.Net.IPNetwork network in options.Proxies) forwarded.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>Ready once the journal was replayed. How much it holds is nobody's business outside the demonstration.</summary>
    public static void MapHealth(this WebApplication app, ServerOptions options) => app.MapGet("/health", (Planner planner) => !planner.Started.IsCompletedSuccessfully ? Results.StatusCode(503)
        : options.Demo ? Results.Ok(new { status = Status(planner), sequence = planner.Sequence }) : Results.Ok(new { status = Status(planner) }))
        .WithSummary("200 when the server is ready, or degraded: it keeps what it is told, but the plan cannot follow; 503 before");

    private static string Status(Planner planner) => planner.Degraded ? "degraded" : "ready";
}
