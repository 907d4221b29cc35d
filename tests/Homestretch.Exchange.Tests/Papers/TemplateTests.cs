using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Cutting;
using Homestretch.Exchange.Papers;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Papers;

/// <summary>The template of a study, filled in and read back, and the studies that ship with the product.</summary>
public sealed class TemplateTests
{
    private static readonly Instant s_now = Instant.FromUtc(2026, 11, 24, 9, 0);

    [Fact]
    public void The_template_reads_back_as_the_worked_example_record_for_record()
    {
        var (tables, broken) = WorkbookReading.Read("study.xlsx", Workbook.Template());
        Assert.Empty(broken);
        var (world, findings) = CompanyFolder.ReadTables(tables);
        Assert.Empty(findings);
        Assert.True(world!.SameAs(StudySamples.Named("lamp")!.World));
        Assert.Equal(["parties", "studies", "study_stages", "study_links", "study_sources", "study_legs", "study_limits"], tables.Select(static t => t.Table));
    }

    [Fact]
    public void Every_column_of_a_study_is_on_its_sheet_with_a_line_about_it()
    {
        string[][] sheet = BookText.Sheet(Workbook.Template(), "study_sources");
        TableKind kind = TableKind.Named("study_sources")!;
        Assert.Equal(kind.Columns.Select(static c => c.Name), sheet[2]);
        Assert.All(kind.Columns.Zip(sheet[1]), static c => Assert.StartsWith(c.First.Doc, c.Second, StringComparison.Ordinal));
        Assert.Equal(kind.Doc, sheet[0][0]);
        Assert.Equal(3 + StudySamples.Named("lamp")!.World.StudySources.Count, sheet.Length);
    }

    [Fact]
    public void The_worked_example_can_be_solved_and_its_limit_changes_the_choice()
    {
        StudyCase lamp = Solvable("lamp");
        Configuration free = Solved(lamp, []), within = Solved(lamp, lamp.Limits);
        Assert.True(free.Proven && within.Proven);
        Assert.True(free.Cost.Total < within.Cost.Total);
        Assert.InRange(within.Measured.Countries.Single(static c => c.Of == "CN").Value, 0, 0.5);
    }

    /// <summary>S. Graves, S. Willems: Supply chain design: safety stock placement and supply chain configuration (2003).</summary>
    [Fact]
    public void The_bulldozer_that_ships_holds_the_safety_stock_that_was_published()
    {
        StudyCase bulldozer = Solvable("bulldozer");
        Configuration solved = Solved(bulldozer, []);
        Assert.True(solved.Proven);
        Assert.Equal(632_775, solved.Cost.Safety, 1.0);
        Assert.Equal(28, solved.Stages.Single(static s => s.Stage == "Main_Assembly").Stock.ServiceDays);
    }

    [Fact]
    public void A_sample_taken_into_a_company_belongs_to_its_brand_and_leaves_the_brand_as_it_is()
    {
        Snapshot company = Snapshot.Of([new Party("ACME", "Acme Lamps", PartyKind.Brand, "GB")]);
        foreach (StudySample sample in StudySamples.All)
        {
            Applied applied = company.Apply([.. sample.For("ACME").Select(static r => new WorldEvent.Put(r))]);
            Assert.Empty(applied.Findings);
            Assert.Equal("ACME", applied.World.Studies[sample.Study.Key].Party.Value);
            Assert.Equal("Acme Lamps", applied.World.Parties["ACME"].Name);
            Assert.Single(applied.World.Parties, static p => p.Kind == PartyKind.Brand);
        }
        var (owned, _) = WorkbookReading.Read("study.xlsx", Workbook.Template("ACME"));
        Assert.Empty(CompanyFolder.DryRun(company, owned).Applied.Findings);
    }

    [Fact]
    public void All_that_is_wrong_in_a_workbook_is_told_at_once_with_sheet_row_and_column()
    {
        byte[] book = BookText.Change(Workbook.Template(), ("study_sources", "I6", "cheap"), ("study_stages", "B5", ""), ("study_links", "A3", "studie"), ("study_limits", "B4", "country-share:CN"), ("study_legs", "A4", "LAMB"));
        var (tables, _) = WorkbookReading.Read("study.xlsx", book);
        var (world, findings) = CompanyFolder.ReadTables(tables);
        Assert.Null(world);
        Assert.Contains("study.xlsx, sheet study_sources:6 (cost): 'cheap' is no number.", findings.Select(static f => f.ToString()), Begins);
        Assert.Contains("study.xlsx, sheet study_stages:5 (stage)", findings.Select(static f => f.ToString()), Begins);
        Assert.Contains("study.xlsx, sheet study_links:3 (studie): study_links has no column 'studie'.", findings.Select(static f => f.ToString()), Begins);
        Assert.Contains("study.xlsx, sheet study_legs:4 (study)", findings.Select(static f => f.ToString()), Begins);
    }

    [Fact]
    public void A_sheet_nobody_knows_is_told_and_one_that_is_about_or_empty_is_left_aside()
    {
        var (tables, _) = WorkbookReading.Read("study.xlsx", BookText.Rename(Workbook.Template(), "study_limits", "limits of mine"));
        Finding only = Assert.Single(CompanyFolder.ReadTables(tables).Findings);
        Assert.Equal(("unknown-table", "study.xlsx, sheet limits of mine"), (only.Rule, only.Place.Source));
        Assert.DoesNotContain(tables, static t => t.Table == "about");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 not a workbook")]
    [InlineData("party,name\nX,Y\n")]
    public void What_is_no_workbook_is_a_finding_and_never_an_exception(string text)
    {
        var (tables, findings) = WorkbookReading.Read("study.xlsx", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Empty(tables);
        Assert.Equal("workbook-broken", Assert.Single(findings).Rule);
    }

    [Fact]
    public void A_workbook_that_was_cut_short_or_changed_anywhere_never_throws_through()
    {
        byte[] whole = Workbook.Template();
        var random = new Random(5);
        for (int n = 0; n < 150; n++)
        {
            byte[] bytes = n % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (n % 3 != 0) for (int k = 0; k < 5; k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var (tables, findings) = WorkbookReading.Read("study.xlsx", bytes);
            if (findings.Count == 0) CompanyFolder.ReadTables(tables);
            else Assert.Empty(tables);
        }
    }

    [Fact]
    public void Days_numbers_and_yes_or_no_are_read_as_a_spreadsheet_shows_them()
    {
        byte[] book = BookText.Typed();
        var (tables, _) = WorkbookReading.Read("book.xlsx", book);
        Assert.Equal(["2026-11-24", "2026-11-24T13:30:00", "0.3", "1234567.25", "yes", "x"], tables.Single().Rows[0].Cells);
    }

    [Fact]
    public void The_folder_form_explains_every_column_too()
    {
        string text = StudyTemplate.Readme();
        foreach (var (kind, _) in StudyTemplate.Tables()) Assert.All(kind.Columns, c => Assert.Contains($"  {c.Name}: {c.Doc}", text, StringComparison.Ordinal));
        Assert.DoesNotContain("sheet", text, StringComparison.OrdinalIgnoreCase);
    }

    internal static StudyCase Solvable(string sample)
    {
        Snapshot world = StudySamples.Named(sample)!.World;
        var (solvable, findings) = Studies.Of(world, world.Studies.First().Id, s_now);
        Assert.Empty(findings);
        return solvable!;
    }

    internal static Configuration Solved(StudyCase study, IReadOnlyList<Limit> limits) => Configuring.Of(study.Sourcing, study.Policy, limits, null, null, TestContext.Current.CancellationToken).Configuration!;

    private static readonly IEqualityComparer<string> Begins = EqualityComparer<string>.Create(static (expected, told) => expected is not null && told is not null && (told.StartsWith(expected, StringComparison.Ordinal) || expected.StartsWith(told, StringComparison.Ordinal)), static _ => 0);
}
