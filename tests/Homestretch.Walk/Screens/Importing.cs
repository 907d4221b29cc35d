using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>A planner brings a changed table back from a spreadsheet.</summary>
public sealed class Importing(Browser browser)
{
    [Fact]
    public async Task A_dry_run_names_line_and_column_of_every_error_and_applies_nothing()
    {
        await using Walker walker = await browser.Open("/import");
        (string[] header, string[][] rows) = await OrderLines();
        rows[0][At(header, "market")] = "MARS";
        rows[2][At(header, "requested")] = "next week";
        await Choose(walker, header, rows[..3]);
        await walker.Page.Locator("[data-dryrun='findings']").WaitForAsync();
        string[] findings = [.. await walker.Page.Locator("[data-dryrun] tbody tr").AllInnerTextsAsync()];
        Assert.Equal(2, findings.Length);
        Assert.Matches(@"order_lines\.csv\s+2\s+market\s+.*MARS", findings[0]);
        Assert.Matches(@"order_lines\.csv\s+4\s+requested\s+.*next week", findings[1]);
        Assert.Equal(0, await walker.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).CountAsync());
        await walker.Shoot("import-findings");
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task What_the_dry_run_says_is_what_is_applied()
    {
        await using Walker walker = await browser.Open("/import");
        (string[] header, string[][] rows) = await OrderLines();
        string[] row = rows.First(r => r[At(header, "status")] == "approved" && r[At(header, "class")] == "2");
        row[At(header, "class")] = "3";
        await Choose(walker, header, [row, rows.First(r => r != row)]);
        await walker.Page.GetByRole(AriaRole.Button, new() { Name = "What would it do to promises?" }).ClickAsync();
        await walker.Page.GetByText("Promises expected to be kept").WaitForAsync();
        await walker.Shoot("import-consequence");
        await walker.Page.GetByRole(AriaRole.Button, new() { Name = "Apply 1 row" }).ClickAsync();
        await walker.Page.GetByText("The rows are in the world now. See Today").WaitForAsync();
        string key = row[At(header, "order_line")];
        JsonElement order = await browser.Ask($"orders/{Uri.EscapeDataString(key)}");
        Assert.Equal(3, order.GetProperty("row").GetProperty("class").GetInt32());
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task What_a_file_would_do_to_promises_is_told_before_it_is_applied_and_nothing_moves()
    {
        await using Walker walker = await browser.Open("/import");
        JsonElement[] lots = [.. (await browser.Ask("lots?take=500")).GetProperty("rows").EnumerateArray()];
        string lot = lots.MaxBy(static l => l.GetProperty("order_lines_held").GetInt32()).GetProperty("lot").GetString()!;
        await Choose(walker, "pins.csv", Encoding.UTF8.GetBytes($"pin,party,kind,target,at,reason,by\r\nSTRIKE,MERIDIAN,supply,{lot},2030-01-10T08:00:00Z,strike at the port,paula\r\n"));
        await walker.Page.GetByRole(AriaRole.Button, new() { Name = "What would it do to promises?" }).ClickAsync();
        await walker.Page.GetByText("Promises expected to be kept").WaitForAsync();
        Assert.True(await walker.Page.Locator("table.cards tbody tr").CountAsync() > 3);
        Assert.Contains("not in sight", await walker.Page.Locator("table.cards tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("STRIKE", await browser.Table("pins"), StringComparison.Ordinal);
        await walker.Shoot("import-strike", whole: true);
        await walker.Page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("import-strike-phone", whole: true);
        Assert.Equal(0, await walker.Page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_table_brought_back_as_it_was_changes_nothing_and_says_so()
    {
        await using Walker walker = await browser.Open("/import");
        await Choose(walker, "parties.csv", Encoding.UTF8.GetBytes(await browser.Table("parties")));
        await walker.Page.GetByText("there is nothing to apply").WaitForAsync();
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task The_template_of_a_study_is_taken_from_the_screen_and_read_back_with_every_error_by_sheet_row_and_column()
    {
        await using Walker walker = await browser.Open("/import");
        IDownload got = await walker.Page.RunAndWaitForDownloadAsync(() => walker.Page.GetByText("a template with a worked example").ClickAsync());
        byte[] book = await File.ReadAllBytesAsync(await got.PathAsync(), TestContext.Current.CancellationToken);
        await Choose(walker, "study.xlsx", book);
        await walker.Page.Locator("[data-dryrun='clean']").WaitForAsync();
        Assert.Equal("0 rows", await walker.Page.Locator("[data-dryrun] .facts div", new() { HasTextRegex = new("^Changed") }).Locator("dd").InnerTextAsync());
        await Choose(walker, "study.xlsx", Broken(book));
        await walker.Page.Locator("[data-dryrun='findings']").WaitForAsync();
        string finding = Assert.Single(await walker.Page.Locator("[data-dryrun] table tbody tr").AllInnerTextsAsync());
        Assert.Matches(@"study\.xlsx, sheet study_legs\s+4\s+days\s+'36 or so' is no number", finding);
        await walker.Shoot("import-workbook-findings", whole: true);
        Assert.Empty(walker.Complaints);
    }

    /// <summary>The days of the first leg in words.</summary>
    private static byte[] Broken(byte[] book)
    {
        using var bytes = new MemoryStream();
        bytes.Write(book);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry sheet = zip.Entries.Single(static e => Text(e).Contains("from_stage", StringComparison.Ordinal));
            string text = Text(sheet), name = sheet.FullName;
            sheet.Delete();
            int row = text.IndexOf("<x:row r=\"4\">", StringComparison.Ordinal), days = text.IndexOf("<x:v>36</x:v>", row, StringComparison.Ordinal), cell = text.LastIndexOf("<x:c ", days, StringComparison.Ordinal);
            using var to = new StreamWriter(zip.CreateEntry(name).Open());
            to.Write(text[..cell] + text[cell..days].Replace("<x:c ", "<x:c t=\"inlineStr\" ", StringComparison.Ordinal) + "<x:is><x:t>36 or so</x:t></x:is>" + text[(days + "<x:v>36</x:v>".Length)..]);
        }
        return bytes.ToArray();

        static string Text(ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }
    }

    private static int At(string[] header, string column) => Array.IndexOf(header, column) is >= 0 and var at ? at : throw new ArgumentException($"No column '{column}' in {string.Join(',', header)}.", nameof(column));

    /// <summary>The demonstration's order lines hold no quoted cells.</summary>
    private async Task<(string[] Header, string[][] Rows)> OrderLines()
    {
        string[] lines = (await browser.Table("order_lines")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return (lines[0].Split(','), [.. lines[1..].Select(static l => l.Split(','))]);
    }

    private static Task Choose(Walker walker, string[] header, string[][] rows) =>
        Choose(walker, "order_lines.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Prepend(header).Select(static r => string.Join(',', r)))));

    private static Task Choose(Walker walker, string name, byte[] bytes) =>
        walker.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = bytes });
}
