using System.Text.RegularExpressions;
using Homestretch.Exchange.Sparkplug;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>docs/standards/sparkplug-coverage.csv names every assertion of the specification and the test that checks it, or why none does.</summary>
public sealed partial class CoverageTests
{
    private static readonly (string Assertion, string Test, string Reason)[] Rows =
        [.. File.ReadLines(Repository.Path("docs", "standards", "sparkplug-coverage.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[1], cells[2]))];

    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "standards", "sparkplug.md"));

    [Fact]
    public void Every_assertion_stands_once_with_a_test_or_a_reason()
    {
        Assert.Equal(299, Rows.Length);
        Assert.Equal(299, Rows.Select(r => r.Assertion).Distinct().Count());
        Assert.All(Rows, row => Assert.StartsWith("tck-id-", row.Assertion, StringComparison.Ordinal));
        Assert.All(Rows, row => Assert.True(row.Test.Length > 0 != row.Reason.Length > 0, row.Assertion));
    }

    [Fact]
    public void Every_named_test_exists()
    {
        var tests = Directory.EnumerateFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories).SelectMany(TestsIn).ToHashSet();
        Assert.Contains("CoverageTests.Every_named_test_exists", tests);
        Assert.Empty(Rows.Select(r => r.Test).Where(test => test.Length > 0 && !tests.Contains(test)).Distinct());

        static IEnumerable<string> TestsIn(string file) => TestMethod().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileNameWithoutExtension(file)}.{m.Groups[1].Value}");
    }

    [Fact]
    public void The_page_states_the_number_covered_and_explains_each_reason_with_its_number()
    {
        var stated = Regex.Match(Page, @"our tests cover (\d+) of the (\d+) assertions");
        Assert.Equal((Rows.Count(r => r.Test.Length > 0), Rows.Length), (int.Parse(stated.Groups[1].Value), int.Parse(stated.Groups[2].Value)));
        Assert.All(Rows.Where(r => r.Reason.Length > 0).CountBy(r => r.Reason), reason => Assert.Contains($"| {reason.Key} | {reason.Value} |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_names_every_metric_our_edge_publishes_and_every_cause()
    {
        Assert.All(typeof(MachineMetricNames).GetFields().Select(f => (string)f.GetValue(null)!), name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<Cause>().Except([nameof(Cause.None), nameof(Cause.NotForHosts)]), cause => Assert.Contains(cause, Page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\[(?:Fact|Theory|InlineData\b)[^\n]*\]\s*public (?:async )?(?:void|Task|ValueTask) (\w+)\(")]
    private static partial Regex TestMethod();
}
