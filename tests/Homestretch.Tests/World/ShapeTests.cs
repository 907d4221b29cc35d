using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class ShapeTests
{
    public static TheoryData<string> Tables => [.. TableKind.All.Select(static k => k.Name)];

    [Theory, MemberData(nameof(Tables))]
    public void A_record_reads_back_from_its_text_as_it_was(string table)
    {
        TableKind kind = TableKind.Named(table)!;
        var records = new RandomRecords(new Random(20261124));
        for (int n = 0; n < 300; n++)
        {
            IRecord record = records.Next(kind);
            IReadOnlyList<string> cells = kind.Cells(record);
            var findings = new List<Finding>();
            IRecord? read = kind.Read(RowOf(kind, cells), findings);
            Assert.Empty(findings);
            Assert.Equal(record, read);
            Assert.Equal(record.Id, read!.Id);
            Assert.Equal(cells, kind.Cells(read));
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void The_keys_that_a_record_names_are_those_in_its_columns_of_keys(string table)
    {
        TableKind kind = TableKind.Named(table)!;
        var records = new RandomRecords(new Random(20261125));
        for (int n = 0; n < 100; n++)
        {
            IRecord record = records.Next(kind);
            var named = kind.Columns.Zip(kind.Cells(record)).Where(static c => c.First.Form.StartsWith("key of ", StringComparison.Ordinal) && c.Second.Length > 0)
                .Select(static c => (c.First.Name, c.First.Form["key of ".Length..], c.Second));
            Assert.Equal(named, kind.References(record));
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void A_shape_declares_each_column_once_in_snake_case_with_a_sentence(string table)
    {
        TableKind kind = TableKind.Named(table)!;
        Assert.Equal(kind.Columns.Count, kind.Columns.Select(static c => c.Name).Distinct().Count());
        Assert.All(kind.Columns, static c => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", c.Name));
        Assert.All(kind.Columns, static c => Assert.EndsWith(".", c.Doc, StringComparison.Ordinal));
        Assert.EndsWith(".", kind.Doc, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Tables))]
    public void Each_row_says_whose_it_is(string table) =>
        Assert.Contains(TableKind.Named(table)!.Columns, static c => c.Name == "party" && c.Required);

    [Theory, MemberData(nameof(Tables))]
    public void An_empty_row_is_refused_for_each_required_column_and_no_other(string table)
    {
        TableKind kind = TableKind.Named(table)!;
        var findings = new List<Finding>();
        Assert.Null(kind.Read(RowOf(kind, [.. kind.Columns.Select(static _ => "")]), findings));
        Assert.Equal(kind.Columns.Where(static c => c.Required).Select(static c => c.Name), findings.Select(static f => f.Place.Column));
    }

    [Theory, MemberData(nameof(Tables))]
    public void A_row_of_nonsense_is_findings_and_never_an_exception(string table)
    {
        TableKind kind = TableKind.Named(table)!;
        foreach (string cell in new[] { "?", "|", "NaN", "1e999", "-79228162514264337593543950335", "99999999999999999999999999999999", "9999-12-31T23:59:59-18:00", "24:00", "none", "\0", "Infinity", "2026-02-30" })
        {
            var findings = new List<Finding>();
            kind.Read(RowOf(kind, [.. kind.Columns.Select(_ => cell)]), findings);
            Assert.True(findings.Count > 0 || cell != "|");
            Assert.All(findings, static f => Assert.NotEqual("", f.Cure));
        }
    }

    [Fact]
    public void Every_record_type_has_its_table_and_every_table_its_record_type()
    {
        Assert.Equal(TableKind.All.Select(static k => k.Name).Order(StringComparer.Ordinal), RandomRecords.Types.Keys.Order(StringComparer.Ordinal));
        Assert.All(TableKind.All, static k => Assert.Same(k, TableKind.Named(k.Name)));
        Assert.Null(TableKind.Named("Lots"));
    }

    [Theory]
    [InlineData("amount of money beyond long", "cost", "99999999999999999", "amount")]
    [InlineData("fractions of a cent", "cost", "1.005", "minor-units")]
    [InlineData("no currency", "currency", "usd", "currency")]
    [InlineData("no number", "step", "1,5", "number")]
    [InlineData("no choice", "kind", "assembly", "choice")]
    [InlineData("divided key", "item", "A|B", "key")]
    [InlineData("missing name", "name", "   ", "required")]
    public void A_wrong_cell_is_named_by_column_and_rule(string why, string column, string cell, string rule)
    {
        Assert.NotEqual("", why);
        TableKind kind = TableKind.Named("items")!;
        string[] cells = ["FR-1", "MC", "Frame", "sub-assembly", "frame", "EA", "1", "10.50", "USD"];
        cells[kind.Columns.Select(static c => c.Name).ToList().IndexOf(column)] = cell;
        var findings = new List<Finding>();
        Assert.Null(kind.Read(RowOf(kind, cells), findings));
        Assert.Equal([(column, rule)], findings.Select(static f => (f.Place.Column, f.Rule)));
    }

    [Fact]
    public void Blanks_around_keys_numbers_and_words_are_passed_over()
    {
        TableKind kind = TableKind.Named("items")!;
        var findings = new List<Finding>();
        var item = (Item)kind.Read(RowOf(kind, [" FR-1 ", "MC ", "Frame", " Sub-Assembly", "frame", "EA", " 2 ", " 10.50", " USD "]), findings)!;
        Assert.Empty(findings);
        Assert.Equal(("FR-1", "MC", ItemKind.SubAssembly, 2m, new Money(1050, "USD")), (item.Key.Value, item.Party.Value, item.Kind, item.Step, item.Cost));
    }

    private static Row RowOf(TableKind kind, IReadOnlyList<string> cells) =>
        new(new("test", 1), kind.Columns.Select(static (c, i) => (c.Name, i)).ToDictionary(static c => c.Name, static c => c.i), cells);
}
