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
        builder.Services.AddHsts(static hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        if (!options.BehindProxy) return;
        builder.Services.Configure<ForwardedHeadersOptions>(static forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // Only the proxy can reach us, from wherever it stands.
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
    }

    /// <summary>Ready once the journal was replayed. How much it holds is nobody's business outside the demonstration.</summary>
    public static void MapHealth(this WebApplication app, ServerOptions options) => app.MapGet("/health", (Planner planner) => !planner.Started.IsCompletedSuccessfully ? Results.StatusCode(503)
        : options.Demo ? Results.Ok(new { status = Status(planner), sequence = planner.Sequence }) : Results.Ok(new { status = Status(planner) }))
        .WithSummary("200 when the server is ready, or degraded: it keeps what it is told, but the plan cannot follow; 503 before");

    private static string Status(Planner planner) => planner.Degraded ? "degraded" : "ready";
}
