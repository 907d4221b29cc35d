using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Homestretch.Server;
using Homestretch.Server.Access;
using Homestretch.Server.Api;
using Homestretch.Server.Ingest;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Twins;
using Homestretch.Web;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Scalar.AspNetCore;

if (StoreCommands.IsAsked(args)) return await StoreCommands.Run(args);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
ServerOptions options = ServerOptions.Of(builder.Configuration);
if (!options.Demo && builder.Configuration["urls"] is null) builder.WebHost.UseUrls("http://127.0.0.1:5080");
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddStorage(options.Storage);
builder.Services.AddLive();
builder.Services.AddSingleton<Slices>();
builder.Services.AddSingleton<Proposals>();
builder.Services.AddSingleton<MachineTwins>();
builder.Services.AddSingleton<MachineReports>();
builder.Services.AddHostedService(static s => s.GetRequiredService<MachineReports>());
builder.Services.AddSingleton<SparkplugHost>();
builder.Services.AddHostedService(static s => s.GetRequiredService<SparkplugHost>());
builder.Services.AddHostedService<IngestMetrics>();
builder.Services.AddHostedService<InsideBroker>();
builder.Services.AddHostedService<OutsideBroker>();
builder.Services.AddSingleton<Counters>();
builder.Services.AddSingleton<Accounts>();
builder.Services.AddSingleton<Administration>();
builder.Services.AddSingleton(new Entrance(options.Demo, options.Demo ? DemoPersons.All : []));
builder.Services.AddHttpContextAccessor();
builder.Services.AddScoped<PersonWindow>(WindowOf.Scope);
builder.Services.AddScoped<IWindow>(static s => s.GetRequiredService<PersonWindow>());
builder.Services.AddWeb();
builder.Services.AddAntiforgery();
builder.Services.AddOpenApi("v1");
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(static json =>
{
    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
    NodaJson.Add(json.SerializerOptions.Converters);
});
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(static cookie =>
    {
        cookie.LoginPath = "/signin";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.Name = "homestretch";
    })
    .AddScheme<AuthenticationSchemeOptions, BearerHandler>(SignIn.Bearer, null);
builder.Services.AddAuthorizationBuilder().AddPolicy("api", static policy => policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme, SignIn.Bearer).RequireAuthenticatedUser());
builder.Services.AddRateLimiter(static limiter =>
{
    limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
    limiter.AddFixedWindowLimiter("sign-in", static window => (window.PermitLimit, window.Window, window.QueueLimit) = (20, TimeSpan.FromMinutes(1), 0));
});
builder.Services.AddOpenTelemetry()
    .WithMetrics(static metrics => metrics.AddMeter(Counters.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter())
    .WithTracing(tracing =>
    {
        tracing.AddSource("Homestretch.*").AddAspNetCoreInstrumentation();
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null) tracing.AddOtlpExporter();
    });

WebApplication app = builder.Build();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapOpenApi().AllowAnonymous();
app.MapScalarApiReference("/docs");
app.MapPrometheusScrapingEndpoint();
app.MapGet("/health", (Planner planner) => planner.Started.IsCompletedSuccessfully ? Results.Ok(new { status = "ready", sequence = planner.Sequence }) : Results.StatusCode(503));
app.MapSignIn();
app.MapApi();
app.MapWeb();
await FirstStart.Prepare(app);
await app.RunAsync();
return 0;
