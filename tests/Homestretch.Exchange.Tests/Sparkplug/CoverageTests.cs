using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>docs/standards/sparkplug-coverage.csv names every assertion of the specification and the test that checks it, or none.</summary>
public sealed class CoverageTests
{
    private static readonly (string Assertion, string Test)[] Rows =
        [.. File.ReadLines(Repository.Path("docs", "standards", "sparkplug-coverage.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[1]))];

    [Fact]
    public void Every_assertion_stands_once()
    {
        Assert.Equal(299, Rows.Length);
        Assert.Equal(299, Rows.Select(r => r.Assertion).Distinct().Count());
        Assert.All(Rows, row => Assert.StartsWith("tck-id-", row.Assertion, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_named_test_exists()
    {
        var tests = typeof(CoverageTests).Assembly.GetTypes().Where(t => t.Namespace == typeof(CoverageTests).Namespace)
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => $"{t.Name}.{m.Name}")).ToHashSet();
        Assert.Empty(Rows.Select(r => r.Test).Where(test => test.Length > 0 && !tests.Contains(test)).Distinct());
    }

    [Fact]
    public void The_page_states_the_number_covered()
    {
        var page = File.ReadAllText(Repository.Path("docs", "standards", "sparkplug.md"));
        var stated = Regex.Match(page, @"our tests cover (\d+) of the (\d+) assertions");
        Assert.Equal((Rows.Count(r => r.Test.Length > 0), Rows.Length), (int.Parse(stated.Groups[1].Value), int.Parse(stated.Groups[2].Value)));
    }

    [Fact]
    public void The_page_names_every_metric_our_edge_publishes()
    {
        var page = File.ReadAllText(Repository.Path("docs", "standards", "sparkplug.md"));
        var names = typeof(Homestretch.Exchange.Sparkplug.MachineMetricNames).GetFields().Select(f => (string)f.GetValue(null)!);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }
}
