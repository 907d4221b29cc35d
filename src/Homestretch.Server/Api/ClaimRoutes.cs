using System.Globalization;
using Homestretch.Finishing.Origin;
using Homestretch.Papers;
using Homestretch.Server.Access;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>What may be claimed of a unit, over HTTP, with the evidence behind it.</summary>
internal static class ClaimRoutes
{
    private const string Given = "What no record says may be given: 'delivered' (a day), 'assembly', 'inland_freight', 'international_freight' (amounts in the currency of the hub), 'processing' (simple or substantial); else what hangs on it stays unknown";

    public static void MapClaims(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/units/{serial}").RequireAuthorization("api").DisableAntiforgery().WithTags("Units").ProducesProblem(401);
        api.MapGet("/evidence.json", (HttpContext http, PersonWindow w, string serial, [AsParameters] GivenQuery given) => Told(http, w, serial, given, static p => Results.Bytes(p.Json(), "application/json")))
            .Produces<byte[]>(200, "application/json").ProducesProblem(404).ProducesProblem(422).WithSummary($"Every claim of a unit by what is inside, with inputs, formulas, rules and sources, and whether it may carry the text of 'label'; the shape is that of 'claims check --json'. {Given}");
        api.MapGet("/evidence.pdf", (HttpContext http, PersonWindow w, string serial, [AsParameters] GivenQuery given) => Told(http, w, serial, given, p => Results.File(EvidenceDocument.Of(p), "application/pdf", $"{serial}-evidence.pdf")))
            .Produces<byte[]>(200, "application/pdf").ProducesProblem(404).ProducesProblem(422).WithSummary($"The same as a document to read. {Given}");
    }

    private static async Task<IResult> Told(HttpContext http, PersonWindow w, string serial, GivenQuery given, Func<EvidencePack, IResult> form)
    {
        var (read, wrong) = given.Read();
        if (read is null) return ApiRoutes.Problem(wrong);
        return await w.Evidence(serial, read, http.RequestAborted) switch
        {
            null => Results.Problem($"There is no unit '{serial}' whose claims you may see.", statusCode: 404),
            { Pack: { } pack } => form(pack),
            { Findings: var findings } => ApiRoutes.Problem(findings),
        };
    }

    internal sealed record GivenQuery(string? Label, string? Delivered, string? Assembly, [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "inland_freight")] string? InlandFreight, [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "international_freight")] string? InternationalFreight, string? Processing)
    {
        public (UnitGiven? Given, IReadOnlyList<Finding> Findings) Read()
        {
            var findings = new List<Finding>();
            var given = new UnitGiven(Label);
            if (Delivered is { Length: > 0 } day)
            {
                if (LocalDatePattern.Iso.Parse(day) is { Success: true } read) given = given with { Delivered = read.Value };
                else findings.Add(Wrong("delivered", $"'{day}' is no day.", "Write it like 2026-11-24."));
            }
            given = given with { Assembly = Amount("assembly", Assembly), InlandFreight = Amount("inland_freight", InlandFreight), InternationalFreight = Amount("international_freight", InternationalFreight) };
            if (Processing is { Length: > 0 } word)
            {
                if (Words.Find<Processing>(word) is { } found) given = given with { Processing = found };
                else findings.Add(Wrong("processing", $"'{word}' is no processing.", $"Write one of: {string.Join(", ", Words.Of<Processing>())}."));
            }
            return (findings.Count > 0 ? null : given, findings);

            decimal? Amount(string column, string? text)
            {
                if (text is not { Length: > 0 }) return null;
                if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) && amount <= 1_000_000_000) return amount;
                findings.Add(Wrong(column, $"'{text}' is no amount of money.", "Write it like 213.50."));
                return null;
            }
        }

        private static Finding Wrong(string column, string what, string cure) => new(new("request", 0, column), "value", what, cure);
    }
}
