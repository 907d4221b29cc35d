using System.Text.RegularExpressions;
using Homestretch.Exchange.Sparkplug;
using Homestretch.Server.Tests.Ingest;
using Homestretch.Server.Tests.Running;
using Homestretch.Tests.House;
using Homestretch.World;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Observing;

/// <summary>Metrics as an operator meets them: on a running server, beside the page that explains them.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task The_page_and_a_running_server_agree_and_the_figures_tell_what_happened()
    {
        await using RunningServer server = await RunningServer.Demo();
        await using var plant = new Plant();
        await server.Busiest(plant);
        await plant.Send(plant.Devices[0].Is(MachineState.Down, "torch"));
        await plant.Send(new EdgeMessage("spBv1.0/SONGBE/DDATA/edge-1/M1", [0xff]));
        string shown = await Until(() => server.Http.GetStringAsync("/metrics"), static m => Series(m, "homestretch_sparkplug_refused_total", "cause=\"malformed\"") == 1 && Series(m, "homestretch_machines", "state=\"down\"") == 1
            && Series(m, "homestretch_message_to_promise_seconds_count", "source=\"machine\"") > 0);

        Row[] there = [.. Told().Matches(shown).Select(static m => new Row(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))];
        string page = Repository.Read("docs/operating/metrics.md");
        string[][] lines = [.. page[(page.IndexOf("<!-- metrics:begin -->\n", StringComparison.Ordinal) + 23)..page.IndexOf("<!-- metrics:end -->", StringComparison.Ordinal)].Split('\n').Skip(2).Select(static l => l.Trim('|', ' ').Split(" | ")).Where(static c => c.Length > 1)];
        Assert.Equal(there.OrderBy(static r => r.Name, StringComparer.Ordinal), lines.Select(static c => new Row(Name(c[0]), c[1], c[2])));
        Assert.All(lines, static c => Assert.True(c is [_, _, _, { Length: > 10 }], $"{c[0]} does not say what to do"));
        Assert.All(lines.SelectMany(static c => Label().Matches(c[0]).Select(m => (Name(c[0]), m.Groups[1].Value))), l => Assert.Matches($"{l.Item1}(_bucket|_total)?{{[^}}]*{l.Value}=\"", shown));
        Assert.All(Alarmed().Matches(page), m => Assert.Contains(m.Value, shown, StringComparison.Ordinal));

        foreach (string step in (string[])["journal_append", "plan_advance", "plan_make"]) Assert.NotEqual(0, await server.Metric($"homestretch_{step}_seconds_count"));
        Assert.NotEqual(0, await server.Metric("homestretch_order_lines_moved_total"));
        Assert.Equal((1, 1), (Series(shown, "homestretch_machines", "state=\"down\""), Series(shown, "homestretch_sparkplug_refused_total", "cause=\"malformed\"")));
        Assert.NotEqual(0, Series(shown, "homestretch_message_to_promise_seconds_count", "source=\"machine\""));
    }

    /// <summary>The value of the one series with this label.</summary>
    private static double Series(string shown, string name, string label) => double.Parse(shown.Split('\n').FirstOrDefault(l => l.StartsWith(name + "{", StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal))?.Split(' ')[^1] ?? "-1",
        System.Globalization.CultureInfo.InvariantCulture);

    private static string Name(string cell) => Ticked().Match(cell).Groups[1].Value;

    private sealed record Row(string Name, string Kind, string Doc);

    [GeneratedRegex(@"^# TYPE (homestretch_\S+) (\S+)\n(?:# UNIT .*\n)?# HELP \S+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Told();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Ticked();

    [GeneratedRegex(@"by `(\w+)`")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bhomestretch_\w+")]
    private static partial Regex Alarmed();
}
