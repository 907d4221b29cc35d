using Homestretch.Papers;
using Homestretch.Server.Access;

namespace Homestretch.Server.Api;

/// <summary>Files to take away or to fill in, over HTTP. Through the caller's window, like everything.</summary>
internal static class PaperRoutes
{
    private const string Book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapPapers(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/studies").RequireAuthorization("api").DisableAntiforgery().WithTags("Studies").ProducesProblem(401);
        api.MapGet("/template.xlsx", (PersonWindow w) => w.StudyTemplate() is { } book ? Results.File(book, Book, "study-template.xlsx") : Results.Problem(statusCode: 403))
            .Produces<byte[]>(200, Book).ProducesProblem(403).WithSummary("What to fill in for a study, as a workbook: its tables with a line about each column and a worked example. The Import screen reads it back");
        foreach (var (name, form, type) in ((string, DesignForm, string)[])[("design.zip", DesignForm.Zip, "application/zip"), ("design.xlsx", DesignForm.Xlsx, Book), ("design.pdf", DesignForm.Pdf, "application/pdf")])
            api.MapGet($"/{{study}}/{name}", async Task<IResult> (HttpContext http, PersonWindow w, string study, string? design = null, string[]? limit = null) =>
                    await w.DesignPaper(study, design, http.Request.Query.ContainsKey("limit") ? limit : null, form, http.RequestAborted) is not { } told ? Results.Problem(statusCode: 403)
                        : told.Findings.Count > 0 ? ApiRoutes.Problem(told.Findings, told.Findings[0].Rule == "unknown-key" && told.Findings[0].Place.Source is "studies" or "designs" ? 404 : 422)
                        : Results.File(told.Bytes, type, $"{design ?? study}{Path.GetExtension(name)}"))
                .Produces<byte[]>(200, type).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
                .WithSummary(form switch
                {
                    DesignForm.Zip => "A design as CSV tables in a zip: the kept one that 'design' names, by the records of now, or else the best within the study's own limits, or those that 'limit' gives in their place (empty: none), searched for at most half a minute, with what the limits cost",
                    DesignForm.Xlsx => "The same as a workbook, a sheet a table",
                    _ => "The same as a business case to read",
                });
    }
}
