using Homestretch.Exchange.Cutting;
using Homestretch.World;

namespace Homestretch.Exchange.Papers;

/// <summary>What a newcomer fills in to have a study: its tables with a line about each column and a small worked example.</summary>
public static class StudyTemplate
{
    private static readonly string[] s_tables = [Party.TableName, Study.TableName, StudyStage.TableName, StudyLink.TableName, StudySource.TableName, StudyLeg.TableName, StudyLimit.TableName];

    /// <summary>What a person reads first, a paragraph each.</summary>
    public static IReadOnlyList<string> About { get; } =
    [
        "A study of where to cut a product: who could make what, by which ways, and what the choice must meet.",
        "Each sheet is one table. Row 1 says what a row is, row 2 what each column holds, row 3 names the columns, and the rows below are a worked example: a desk lamp. Write over it; its figures are made up.",
        "Begin with study_stages: what is made, moved or sold. study_links says what goes into what, study_sources who could do a stage, study_legs how places are joined, study_limits what every choice must meet.",
        "A cell that is empty means unknown, or that there is none; 0 is a figure. Columns with a star must be filled in. The names of columns must stay; their order, and rows above them, are free.",
        "The column party is your own company's key throughout. A supplier that is not among your parties yet gets a row in parties.",
        "Then: homestretch cut study FILE.xlsx, or choose the file on the Import screen. All that is wrong is told at once, with sheet, row and column.",
    ];

    /// <summary>The tables with the worked example in them.</summary>
    /// <param name="owner">Brand owner of the company that it is for; null: the example's own, with a row in parties.</param>
    public static IReadOnlyList<(TableKind Kind, IReadOnlyList<IRecord> Rows)> Tables(Key<Party>? owner = null)
    {
        StudySample lamp = StudySamples.Named("lamp")!;
        IRecord[] rows = owner is { } own ? [.. lamp.For(own)] : [.. lamp.World.Parties, .. lamp.For(lamp.Brand.Key).Where(static r => r is not Party)];
        return [.. s_tables.Select(name => (TableKind.Named(name)!, (IReadOnlyList<IRecord>)[.. rows.Where(r => TableKind.For(r).Name == name)]))];
    }

    /// <summary>What a column holds, in one line.</summary>
    public static string Says(Column column) => $"{column.Doc} {(column.Form is "text" or "key" ? "" : $"({column.Form}) ")}{(column.Required ? "*" : "")}".TrimEnd();

    /// <summary>All of it as text, for a folder of CSV files, which has no room for it.</summary>
    public static string Readme()
    {
        var text = new System.Text.StringBuilder();
        foreach (string paragraph in About.Where(static p => !p.Contains("Row 1", StringComparison.Ordinal))) text.Append(paragraph.Replace("sheet, row", "file, line", StringComparison.Ordinal).Replace("FILE.xlsx", "FOLDER", StringComparison.Ordinal)).Append("\n\n");
        foreach (var (kind, _) in Tables())
        {
            text.Append(kind.Name).Append(".csv: ").Append(kind.Doc).Append('\n');
            foreach (Column c in kind.Columns) text.Append("  ").Append(c.Name).Append(": ").Append(Says(c)).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }
}
