using System.Security.Claims;
using Homestretch.Server.Storage;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>What the audit log tells of.</summary>
internal enum AuditAction
{
    SignedIn, SignInRefused, SignedOut,
    Invited, PasswordLinkMade, Joined, PasswordChosen, Disabled, Enabled,
    TokenMade, TokenEnded, GatewayMade, GatewayEnded,
    EdgeKeyGiven, EdgeDocumentMade, EdgeContractRevoked,
    MaintenancePlanned, MaintenanceCalledOff,
    Exported,
    PassageClosed, PassageOpened,
    ModelAdded, ModelInForce, ModelTrained,
    NoticeTold, NoticeTaken, NoticeHandedOn, NotifyChosen, DeviceAdded, DeviceRemoved,
    WebhookMade, WebhookChanged, WebhookTested, WebhookTurnedOff, WebhookRemoved, MessageSentAgain,
    BuffersSet,
    Restocked, DesignKept, DesignAdopted,
    BranchMade, BranchChanged, BranchDiscarded, BranchCommitted,
    ReleaseListAccepted,
    FloorDeviceInvited, FloorDeviceEnrolled, FloorDeviceRevoked,
    CustomsSet, FirmwareReleased, FirmwareRefused,
    PassportSeen, PassportShared, PassportUnshared,
    SituationDecided, SituationOwned, SituationLetBe, SituationUseless, TaskAnswered, RuleMade, RuleWithdrawn,
}

/// <summary>Writes what a request did into the audit log, with the address it came from.</summary>
internal static class Audited
{
    private const int Longest = 200;

    /// <param name="by">Who did it; of a person not signed in what they claimed. Null: who the request is signed in as.</param>
    public static Task Note(this HttpContext http, AuditAction action, string subject = "", string detail = "", (string Party, string Login)? by = null)
    {
        var (party, login) = by ?? (http.User.FindFirstValue("party") ?? "", http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");
        string from = $"from {http.Connection.RemoteIpAddress?.ToString() ?? "unknown"}";
        // what was done is told even when the caller has gone
        return http.RequestServices.GetRequiredService<AuditLog>().Note(party, Short(login), Words.Of(action), Short(subject), detail.Length > 0 ? $"{Short(detail)}; {from}" : from, CancellationToken.None);
    }

    /// <summary>Notes who takes files of data out, exports of screens and tables over the API: the same file for the same account and address once in an hour,
    /// so that a program that reads tables every few seconds does not drown what people do.</summary>
    public static void NoteExports(this WebApplication app)
    {
        var told = new OncePerHour(app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (http, next) =>
        {
            await next(http);
            if (http.Response.StatusCode != 200 || !HttpMethods.IsGet(http.Request.Method) || !IsExport(http.Request.Path)) return;
            string file = http.Request.Path.Value![(http.Request.Path.Value!.LastIndexOf('/') + 1)..], query = http.Request.QueryString.Value ?? "";
            if (told.IsFirst($"{http.User.FindFirstValue(ClaimTypes.NameIdentifier)} {http.Connection.RemoteIpAddress} {file}{query}")) await http.Note(AuditAction.Exported, file, query);
        });
    }

    private static bool IsExport(PathString path) => path.StartsWithSegments("/export") || (path.StartsWithSegments("/api/v1/tables", out PathString table) && table.HasValue);

    private static string Short(string text) => text.Length <= Longest ? text : text[..Longest];

    private sealed class OncePerHour(TimeProvider time)
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _told = new(StringComparer.Ordinal);
        private long _hour;

        public bool IsFirst(string what)
        {
            long hour = time.GetUtcNow().Ticks / TimeSpan.TicksPerHour;
            lock (_gate)
            {
                if (hour != _hour) _told.Clear();
                _hour = hour;
                return _told.Add(what);
            }
        }
    }
}
