using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.History;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.House;

/// <summary>Documents that the code writes or proves.</summary>
public sealed class DocsTests
{
    private const string Page = "docs/company-folder.md";

    [Fact]
    public void The_company_folder_is_documented_as_it_is_read()
    {
        var text = new StringBuilder();
        foreach (TableKind kind in TableKind.All) text.Append($"- [{kind.Name}](#{kind.Name})\n");
        foreach (TableKind kind in TableKind.All)
        {
            text.Append($"\n### {kind.Name}\n\n{kind.Doc}\n\n| column | holds | needed | |\n|---|---|---|---|\n");
            foreach (Column c in kind.Columns) text.Append($"| `{c.Name}` | {Linked(c.Form)} | {(c.Required ? "yes" : "")} | {c.Doc.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
        Repository.KeepBlock(Page, "tables", text.ToString());
    }

    [Fact]
    public void The_file_of_executed_shipments_is_documented_as_it_is_read()
    {
        var text = new StringBuilder("| column | holds | needed | |\n|---|---|---|---|\n");
        foreach (DeliveryColumn c in DeliveryColumns.All) text.Append($"| `{c.Name}` | {c.Holds} | {(c.Required ? "yes" : "")} | {c.Doc} |\n");
        Repository.KeepBlock("docs/forecasting.md", "columns", text.ToString());
    }

    /// <summary>The page's example is a real report: three slips in the small company's files.</summary>
    [Fact]
    public void The_example_report_is_what_these_errors_really_give()
    {
        var files = CompanyFolder.Write(SmallWorld.Make()).ToDictionary(static f => f.Key, static f => Encoding.UTF8.GetString(f.Value));
        files["lots.csv"] = files["lots.csv"].Replace("making", "baking", StringComparison.Ordinal);
        files["parties.csv"] = files["parties.csv"].Replace("Frames", "Frames, Ltd", StringComparison.Ordinal);
        files["stock.csv"] = files["stock.csv"].Replace(",7,EA,", ",7,KG,", StringComparison.Ordinal);
        files["promises.csv"] = files["promises.csv"].Replace(",0.9,", ",90,", StringComparison.Ordinal);
        files["order_lines.csv"] = files["order_lines.csv"].Replace(",UK,", ",GB,", StringComparison.Ordinal);
        var (world, findings) = CompanyFolder.Read(files.Select(static f => KeyValuePair.Create(f.Key, Encoding.UTF8.GetBytes(f.Value))));
        Assert.Null(world);
        Repository.KeepBlock(Page, "report", "```text\n" + string.Concat(findings.Select(static f => f + "\n")) + "```\n");
    }

    private static string Linked(string form) => form.StartsWith("key of ", StringComparison.Ordinal) ? $"key of [{form[7..]}](#{form[7..]})" : form;
}
