using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.Server;
using Homestretch.Server.Access;
using Homestretch.Server.Api;
using Homestretch.Server.Archiving;
using Homestretch.Server.Ingest;
using Homestretch.Server.Live;
using Homestretch.Server.Notifying;
using Homestretch.Server.Situating;
using Homestretch.Server.Storage;
using Homestretch.Server.Training;
using Homestretch.Server.Twins;
using Homestretch.Web;
using Homestretch.Web.Window;
using Scalar.AspNetCore;

if (StoreCommands.IsAsked(args)) return await StoreCommands.Run(args);
if (HealthCommand.IsAsked(args)) return await HealthCommand.Run(args);

using var signals = new StopSignals();
if (ServeHelp.IsAsked(args)) return ServeHelp.Print(Console.Out);
var (asked, wrong) = StartReading.Read(args, Environment.GetEnvironmentVariable);
if (asked is not { } options) return ServeHelp.Refuse(wrong);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Listen(options);
builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Polly", LogLevel.Warning);
builder.Services.AddSingleton<IHostLifetime>(signals);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddStorage(options.Storage);
builder.Services.AddLive();
builder.Services.AddSingleton<Slices>();
builder.Services.AddSingleton<Proposals>();
builder.Services.AddSingleton<MachineTwins>();
builder.Services.AddSingleton<LotTwins>();
builder.Services.AddSingleton<TwinBoard>();
builder.Services.AddSingleton<TwinKeeping>();
builder.Services.AddSingleton<TwinSilo>();
builder.Services.AddHostedService(static s => s.GetRequiredService<TwinSilo>());
builder.Services.AddSingleton<MachineHours>();
builder.Services.AddHostedService<HourKeeping>(); // before those who fold, so that it stops after them
builder.Services.AddSingleton<LateHours>();
builder.Services.AddHostedService(static s => s.GetRequiredService<LateHours>());
builder.Services.AddSingleton<MachineReports>();
builder.Services.AddHostedService(static s => s.GetRequiredService<MachineReports>());
builder.Services.AddSingleton<SparkplugHost>();
builder.Services.AddHostedService(static s => s.GetRequiredService<SparkplugHost>());
builder.Services.AddSingleton<EdgeTables>();
builder.Services.AddSingleton<HubKey>();
builder.Services.AddSingleton<Homestretch.Server.Floor.ReleaseKey>();
builder.Services.AddSingleton<Homestretch.Server.Passports.PassportIds>();
builder.Services.AddSingleton<Homestretch.Server.Passports.PassportDesk>();
builder.Services.AddSingleton<Homestretch.Server.Passports.PassportLinks>();
builder.Services.AddSingleton<Homestretch.Server.Passports.PassportSight>();
builder.Services.AddSingleton<EdgeHub>();
builder.Services.AddHostedService(static s => s.GetRequiredService<EdgeHub>());
builder.Services.AddSingleton<EdgeSight>();
builder.Services.AddTraining();
builder.Services.AddNotifying();
builder.Services.AddSituations(options.Situations);
builder.Services.AddHostedService<IngestMetrics>();
builder.Services.AddHostedService<InsideBroker>();
builder.Services.AddHostedService<OutsideBroker>();
builder.Services.AddSingleton<AuditLog>();
builder.Services.AddSingleton<Sessions>();
builder.Services.AddSingleton<Accounts>();
builder.Services.AddSingleton<Tokens>();
builder.Services.AddSingleton<Joining>();
builder.Services.AddSingleton<Gateways>();
builder.Services.AddSingleton<People>();
builder.Services.AddSingleton<Attempts>();
builder.Services.AddSingleton<Devices>();
builder.Services.AddSingleton<Homestretch.Server.Floor.FloorDevices>();
builder.Services.AddSingleton<Homestretch.Server.Floor.FloorDesk>();
builder.Services.AddSingleton<Homestretch.Server.Floor.FloorPhotos>();
builder.Services.AddHostedService<Homestretch.Server.Floor.PhotoExpiry>();
builder.Services.AddSingleton<Homestretch.Server.Floor.CardTables>();
builder.Services.AddSingleton<Homestretch.Server.Floor.CardKeeper>();
builder.Services.AddHostedService(static s => s.GetRequiredService<Homestretch.Server.Floor.CardKeeper>());
builder.Services.AddSingleton<UnitTables>();
builder.Services.AddSingleton<UnitArchive>();
builder.Services.AddHostedService<ArchiveKeeper>();
builder.Services.AddHostedService<PaceKeeper>();
builder.Services.AddSingleton<OperationTables>();
builder.Services.AddSingleton<LedgerArchive>();
builder.Services.AddHostedService<LedgerKeeper>();
builder.Services.AddSingleton<LiveNotes>();
builder.Services.AddSingleton<Administration>();
builder.Services.AddSingleton(new Entrance(options.Demo, options.Demo ? DemoPersons.All : []));
builder.Services.AddHttpContextAccessor();
builder.Services.AddScoped<PersonWindow>(WindowOf.Scope);
builder.Services.AddScoped<IWindow>(static s => s.GetRequiredService<PersonWindow>());
builder.Services.AddWeb();
builder.Services.AddOpenApi("v1");
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(static json =>
{
    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
    NodaJson.Add(json.SerializerOptions.Converters);
});
builder.Services.AddSignIn(options);
builder.Observe();

WebApplication app = builder.Build();
signals.Stop(app.Lifetime);
app.UseAnswerHeaders(options);
app.UseOwnSite(options);
app.UseFloorApp();
app.UseStatusCodePages();
app.UsePageForNowhere();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();
app.UseAntiforgery();
app.NoteExports();
app.MapStaticAssets();
app.MapOpenApi().AllowAnonymous();
app.MapScalarApiReference("/docs", static page => page.WithNonce().DisableDefaultFonts().DisableTelemetry().DisableAgent());
IEndpointConventionBuilder metrics = app.MapPrometheusScrapingEndpoint();
if (!options.Demo) metrics.RequireAuthorization("administrator");
app.MapHealth(options);
app.MapSignIn();
app.MapApi();
app.MapPeople();
app.MapEdges();
app.MapModels();
app.MapNotices();
app.MapBuffers();
app.MapStocks();
app.MapOrdering();
app.MapDesigns();
app.MapStudies();
app.MapExposure();
app.MapPapers();
app.MapBranches();
app.MapClearToBuild();
app.MapSituations();
app.MapFloor();
app.MapLabels();
app.MapPhotos();
app.MapCustoms();
app.MapReleases();
app.MapUnits();
app.MapChanges();
app.MapClaims();
app.MapPassports();
app.MapJobs();
app.MapFloorApp();
app.MapWeb();
Task started = app.Services.GetRequiredService<Planner>().Started;
try
{
    await FirstStart.Prepare(app);
    await app.RunAsync();
}
catch (Exception e) when (ServeHelp.IsStore(e))
{
    return ServeHelp.Failed(e);
}
catch (Exception e) when (ServeHelp.IsTaken(e))
{
    return ServeHelp.Taken(options);
}
return ServeHelp.Ended(started);
